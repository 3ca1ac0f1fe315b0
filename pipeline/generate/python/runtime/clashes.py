"""Clashes: which columns and which index a database refused to repeat."""

import re

from sqlalchemy.exc import IntegrityError


def clashing_columns(error: IntegrityError) -> list[str]:
    """Return the columns that were to be unique and are not; none for other violations."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None:
        match = re.search(r"UNIQUE constraint failed: (.+)", str(error.orig))
        return [part.rpartition(".")[2] for part in match[1].split(", ")] if match else []
    if getattr(error.orig, "sqlstate", "") != "23505":
        return []
    match = re.search(r"\((.+?)\)=\(", diagnosis.message_detail or "")
    return [part.strip('"') for part in match[1].split(", ")] if match else []


def clashing_index(error: IntegrityError) -> str | None:
    """Return the name of the index that was broken, where the database tells it."""
    name: str | None = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return name
