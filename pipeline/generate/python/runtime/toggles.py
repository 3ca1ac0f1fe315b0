"""Toggles: marks that callers put on objects for themselves, such as favourites and votes, and take off again."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from runtime.call import Call
from runtime.component import RpcPort
from runtime.fields import ListQuery
from runtime.listing import Listing
from runtime.problems import Problem
from runtime.store import Store
from runtime.tables import Entity

Mark = TypeVar("Mark", bound=Entity)
Person = TypeVar("Person", bound=Entity)


class Marks(NamedTuple):
    """Where marks are kept: the objects of a port, and rows that say who (`by`) marked what (`of`)."""

    port: RpcPort
    store: Store[Any]
    of: str
    by: str

    def on(self, id: UUID) -> sa.ColumnElement[bool]:
        """Return the condition for the marks on an object."""
        on: sa.ColumnElement[bool] = getattr(self.store.model, self.of) == id
        return on

    def own(self, call: Call, id: UUID) -> Sequence[sa.ColumnElement[bool]]:
        """Return the conditions for the caller's mark on an object. Raises the 401 for nobody."""
        return [self.on(id), getattr(self.store.model, self.by) == call.me]


class Marked(NamedTuple, Generic[Mark, Person]):
    """A page of the marks on an object, each with who put it there, and the cursor of the next page."""

    items: list[tuple[Mark, Person]]
    next_cursor: str | None
    total: int | None


class MarksQuery(ListQuery):
    """What a list of those who marked something may be asked for."""

    limit: int = Field(default=20, ge=1, le=100, description="How many to return at most")


async def switch_on(call: Call, id: UUID, marks: Marks) -> Any:
    """Put the caller's mark on an object, unless it is there, and return the object. Raises 404, and the 409 of rules."""
    row = await _visible(call, id, marks)
    trusted = call.within(None)
    own = marks.own(call, id)
    if await marks.store.first(trusted, *own) is None:
        try:
            async with call.session.begin_nested():
                await marks.store.create(trusted, {marks.of: id, marks.by: call.me})
        except Problem:
            # The same caller may have put it there at the same moment.
            if await marks.store.first(trusted, *own) is None:
                raise
            row = await _visible(call, id, marks)
    return await marks.port.rows().refreshed(call, row)


async def switch_off(call: Call, id: UUID, marks: Marks) -> Any:
    """Take the caller's mark off an object, where there is one, and return the object. Raises the 404."""
    row = await _visible(call, id, marks)
    trusted = call.within(None)
    mark = await marks.store.first(trusted, *marks.own(call, id), lock=True)
    if mark is not None:
        await marks.store.remove(trusted, mark)
    return await marks.port.rows().refreshed(call, row)


async def marked_by(
    call: Call, id: UUID, marks: Marks, listing: Listing[Mark], query: ListQuery, people: type[Person]
) -> Marked[Mark, Person]:
    """Return a page of the marks on an object, each with who put it there. Raises the 404."""
    await _visible(call, id, marks)
    page = await marks.store.page(call.within(None), listing, query, marks.on(id))
    ids = [getattr(mark, marks.by) for mark in page.items]
    found = await call.session.scalars(sa.select(people).where(people.id.in_(ids)))
    by_id = {person.id: person for person in found}
    pairs = zip(page.items, ids, strict=True)
    return Marked([(mark, by_id[person]) for mark, person in pairs if person in by_id], page.next_cursor, page.total)


async def _visible(call: Call, id: UUID, marks: Marks) -> Any:
    """Return an object that the operation is allowed on, and that the caller may read. Raises the 404."""
    await marks.port.rows().read(call, id)
    return await marks.port.find(call, id)
