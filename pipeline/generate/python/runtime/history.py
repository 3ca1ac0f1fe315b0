"""History: who did what with a row when. Entries are written in the transaction of what they tell."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pydantic_core
import sqlalchemy as sa
from pydantic import Field
from sqlalchemy import orm

from runtime import fields, tables
from runtime.call import Call
from runtime.database import Database
from runtime.file_fields import StoredFile
from runtime.listing import Listing
from runtime.readers import hidden
from runtime.store import Row, Store, field_of

Values = Mapping[str, Any]


class HistoryEntry(tables.Entity):
    """One thing that was done with one row."""

    __tablename__ = "runtime_history"

    model: orm.Mapped[str]
    row_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    by: orm.Mapped[uuid.UUID | None]
    operation: orm.Mapped[str]
    from_state: orm.Mapped[str | None]
    to_state: orm.Mapped[str | None]
    changes: orm.Mapped[dict[str, Any]] = orm.mapped_column(tables.json_type())


class HistoryOut(fields.Record):
    """One thing that was done."""

    id: uuid.UUID
    at: fields.Moment
    by: uuid.UUID | None = Field(description="Who did it; null for the system and for who is not signed in")
    operation: str
    from_state: str | None
    to_state: str | None
    changes: dict[str, Any] = Field(description="By field: what it was (`old`) and has become (`new`)")


class HistoryPage(fields.Record):
    """A part of a history, the newest first."""

    items: list[HistoryOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class HistoryQuery(fields.ListQuery):
    """What a history may be asked for."""

    limit: Annotated[int, Field(ge=1, le=100, description="How many to return at most")] = 20


LISTING = Listing(HistoryEntry, order="-at", sort={"at": HistoryEntry.at})


class History:
    """Keeps what stores do with the rows of one model. `hidden` are the attributes whose values nobody may see."""

    def __init__(self, database: Database, model: str, state: str | None = None, hidden: tuple[str, ...] = ()) -> None:
        self.model = model
        self.entries = Store(database, HistoryEntry)
        self._state = state
        self._hidden = frozenset({"id", "row_version", "row_deleted_at", *hidden})

    async def made(self, call: Call, row: Any) -> None:
        """Keep that a row was made, and with which values."""
        values = {name: {"new": value} for name, value in self._shown(row).items() if value is not None}
        await self._keep(call, row, None, self._state_of(row), values)

    async def changed(self, call: Call, row: Any, before: Values) -> None:
        """Keep what was changed; `before` is what stood there."""
        after = self._shown(row)
        changes = {
            name: {"old": plain(before[attribute]), "new": after[name]}
            for attribute in before
            if (name := field_of(attribute)) in after
        }
        earlier = before.get(self._state, self._state_of(row)) if self._state else None
        await self._keep(call, row, earlier, self._state_of(row), changes)

    async def removed(self, call: Call, row: Any) -> None:
        """Keep that a row is deleted, and what it was."""
        values = {name: {"old": value} for name, value in self._shown(row).items() if value is not None}
        await self._keep(call, row, self._state_of(row), None, values)

    def _state_of(self, row: Any) -> str | None:
        return getattr(row, self._state) if self._state else None

    def _shown(self, row: Any) -> dict[str, Any]:
        names = [mapped.key for mapped in sa.inspect(type(row)).column_attrs if mapped.key not in self._hidden]
        return {field_of(name): plain(getattr(row, name)) for name in names}

    async def _keep(self, call: Call, row: Any, before: str | None, after: str | None, changes: Values) -> None:
        entry = {
            "model": self.model,
            "row_id": row.id,
            "by": call.principal.id if call.principal else None,
            "operation": call.operation,
            "from_state": before,
            "to_state": after,
            "changes": dict(changes),
        }
        await self.entries.add(call, entry)


async def history_of(store: Store[Row], call: Call, id: UUID, query: HistoryQuery) -> HistoryPage:
    """Return what was done with a row, without fields that the caller may not see. Raises the 404 as reading does."""
    row = await store.read(call, id)
    if not isinstance(store.history, History):
        raise RuntimeError(f"{store.of} has no history")
    history = store.history
    conditions = HistoryEntry.model == history.model, HistoryEntry.row_id == id
    page = await history.entries.page(call.within(None), LISTING, query, *conditions)
    answer = HistoryPage.model_validate(page)
    kept = {field_of(name) for name in hidden(call, store.model.__readers__, row)}
    if kept:
        for entry in answer.items:
            entry.changes = {name: change for name, change in entry.changes.items() if name not in kept}
    return answer


def plain(value: Any) -> Any:
    """Return a value as it stands in answers."""
    if isinstance(value, Decimal):
        return fields.plain_number(value)
    if isinstance(value, dt.datetime):
        return fields.utc_text(value)
    if isinstance(value, StoredFile):
        # Not its key, nor a link: whoever may see the file asks for it.
        return {"name": value.name, "type": value.type, "size": value.size}
    return pydantic_core.to_jsonable_python(value)
