"""Lists as CSV: the whole list as one file, read batch by batch while it is sent."""

import csv
import io
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Header
from pydantic import BaseModel
from starlette.responses import Response, StreamingResponse

from runtime.call import Call
from runtime.database import Database
from runtime.fields import Expandable, ListQuery

MEDIA_TYPE = "text/csv"
BATCH = 500
"""Rows that are in memory at a time."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Accept = Annotated[str | None, Header(include_in_schema=False)]
"""What media types the caller takes."""
AnyQuery = TypeVar("AnyQuery", bound=ListQuery)


class Page(Protocol):
    """A part of a list."""

    @property
    def items(self) -> Sequence[BaseModel]:
        """What is shown of the rows."""
        ...

    @property
    def next_cursor(self) -> str | None:
        """Where the next part begins; None on the last one."""
        ...


def wants_csv(format: str | None, accept: str | None) -> bool:
    """Return whether the caller asks for CSV: by `?format=`, or by preferring it in Accept."""
    if format is not None:
        return format == "csv"
    weights = dict(_weight(part) for part in (accept or "").split(","))
    return weights.get(MEDIA_TYPE, 0.0) > weights.get("application/json", 0.0)


async def as_csv(
    call: Call,
    query: AnyQuery,
    read: Callable[[Call, AnyQuery], Awaitable[Page]],
    *,
    database: Database,
    name: str,
    shown: type[BaseModel],
) -> Response:
    """Return the list from the query's cursor on as a file of that name. Raises what reading the first rows raises."""
    first = await read(call, query.model_copy(update={"limit": BATCH}))
    embedded = shown.expansions if issubclass(shown, Expandable) else frozenset[str]()
    columns = [
        field.serialization_alias or attribute
        for attribute, field in shown.model_fields.items()
        if attribute not in embedded
    ]

    async def lines() -> AsyncGenerator[str]:
        page = first
        yield _lines([columns])
        while True:
            yield _lines(_cells(item, columns) for item in page.items)
            if page.next_cursor is None:
                return
            # The call's own transaction is over by now.
            async with database.ask() as session:
                later = query.model_copy(update={"limit": BATCH, "cursor": page.next_cursor})
                page = await read(call.inside(session), later)

    disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines(), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=disposition)


def _weight(part: str) -> tuple[str, float]:
    media, *parameters = (each.strip() for each in part.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return media.lower(), float(quality)
    except ValueError:
        return media.lower(), 0.0


def _cells(item: BaseModel, columns: Sequence[str]) -> list[str]:
    values = item.model_dump(mode="json", by_alias=True)
    return [_cell(values.get(column)) for column in columns]


def _cell(value: Any) -> str:
    """Return a value as it stands in a cell. A text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
