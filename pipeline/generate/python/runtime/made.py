"""Values that the system makes where nobody gives one: readable slugs and random codes, each unique; see numbering too."""

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.clashes import clashing_columns
from runtime.tables import Entity

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""What codes are made of: nothing that could be read as something else."""
ATTEMPTS = 10
LONGEST_SLUG = 80
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "œ": "oe", "þ": "th", "ð": "d"})


class Maker(Protocol):
    """Makes a value for one attribute of a new row."""

    async def make(self, session: AsyncSession, row: Entity, name: str) -> int | str:
        """Return a value that no row has."""
        ...

    def remade(self, changed: set[str]) -> bool:
        """Return whether a row needs another value once these of its attributes have changed."""
        ...


@dataclass(frozen=True)
class SlugMaker:
    """Makes `a-short-title`, and `a-short-title-2` where that is taken, from another attribute."""

    source: str

    async def make(self, session: AsyncSession, row: Entity, name: str) -> str:
        """Return the first free slug. Whoever makes one from the same words at the same time waits."""
        attribute = getattr(type(row), name)
        base = slugified(str(getattr(row, self.source) or "")) or type(row).__name__.lower()
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(sa.select(sa.func.pg_advisory_xact_lock(_number(f"{attribute} {base}"))))
        first, count = 1, 20
        while True:
            wanted = [base if number == 1 else f"{base}-{number}" for number in range(first, first + count)]
            taken = set(await session.scalars(sa.select(attribute).where(attribute.in_(wanted))))
            free = next((slug for slug in wanted if slug not in taken), None)
            if free is not None:
                return free
            first, count = first + count, count * 2

    def remade(self, changed: set[str]) -> bool:
        """Return that it stays as it was: others may have kept it."""
        return False


@dataclass(frozen=True)
class CodeMaker:
    """Makes random codes of so many characters."""

    length: int

    async def make(self, session: AsyncSession, row: Entity, name: str) -> str:
        """Return a code that no row has."""
        attribute = getattr(type(row), name)
        while True:
            code = random_code(self.length)
            if await session.scalar(sa.select(attribute).where(attribute == code)) is None:
                return code

    def remade(self, changed: set[str]) -> bool:
        """Return that it stays as it was: others may have kept it."""
        return False


def slug(source: str) -> dict[str, Any]:
    """Return what a column says about itself whose values are slugs of another attribute."""
    return {"make": SlugMaker(source)}


def code(length: int) -> dict[str, Any]:
    """Return what a column says about itself whose values are random codes."""
    return {"make": CodeMaker(length)}


def random_code(length: int) -> str:
    """Return a code of so many characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def slugified(text: str) -> str:
    """Return the words of a text in small letters and digits, with hyphens between; nothing where it has none."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\w)'(?=\w)", "", plain.lower())).strip("-")
    return words[:LONGEST_SLUG].strip("-")


_PART = re.compile(r"\{(year|month|number)(?::(\d))?\}")


def written_number(shape: str, number: int, at: dt.datetime) -> str:
    """Return a number as it is written: T-0007 for `T-{number:4}`. Year and month are those of UTC."""
    day = at.astimezone(dt.UTC)
    values = {"year": f"{day.year}", "month": f"{day.month:02d}"}
    return _PART.sub(lambda part: values.get(part[1]) or str(number).zfill(int(part[2] or 1)), shape)


def number_in(shape: str, text: str, at: dt.datetime) -> int | None:
    """Return the number that a text of the same period has been written with; None for any other text."""
    before, _, after = written_number(_PART.sub(_kept, shape), 0, at).partition("\0")
    number = text[len(before) : len(text) - len(after)]
    fits = text.startswith(before) and text.endswith(after) and number.isascii() and number.isdigit()
    return int(number) if fits else None


def _kept(part: re.Match[str]) -> str:
    return "\0" if part[1] == "number" else part[0]


def period_of(shape: str | None, at: dt.datetime) -> str:
    """Return the year, or year and month, in which numbers of this shape begin at the first; nothing where they go on."""
    parts = {part[1] for part in _PART.finditer(shape or "")}
    day = at.astimezone(dt.UTC)
    return f"{day:%Y-%m}" if "month" in parts else f"{day:%Y}" if "year" in parts else ""


async def insert(session: AsyncSession, row: Entity, makers: Mapping[str, Maker]) -> None:
    """Add a row with values made for it; where another writer takes one of them first, others are made.

    Raises IntegrityError for every other clash.
    """
    columns = {sa.inspect(type(row)).column_attrs[name].columns[0].name for name in makers}
    for attempt in range(ATTEMPTS):
        for name, maker in makers.items():
            setattr(row, name, await maker.make(session, row, name))
        try:
            async with session.begin_nested():
                session.add(row)
                await session.flush()
        except IntegrityError as error:
            if attempt == ATTEMPTS - 1 or not columns.intersection(clashing_columns(error)):
                raise
        else:
            return


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)
