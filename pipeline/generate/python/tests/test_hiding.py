"""Hiding: what is deleted is out of sight with all that belongs to it, and comes back with it. Views over what is seen."""

import uuid
from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import tables
from runtime.call import Call
from runtime.database import Database
from runtime.fields import ListQuery
from runtime.problems import Problem
from runtime.store import Store
from runtime.views import Measure, View
from tests.conftest import ENGINES, fresh_url


class Shelf(tables.Restorable):
    """What is hidden, and what may stand on another shelf."""

    __tablename__ = "hiding_shelves"
    __table_args__ = (
        sa.Index(
            "uq_hiding_shelves_name",
            "name",
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
    )

    name: orm.Mapped[str]
    on_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("hiding_shelves.id", ondelete="CASCADE"))


class Book(tables.Hideable):
    """What goes with its shelf."""

    __tablename__ = "hiding_books"

    shelf_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("hiding_shelves.id", ondelete="CASCADE"))
    price: orm.Mapped[Decimal | None]


class Lamp(tables.Entity):
    """What holds its shelf."""

    __tablename__ = "hiding_lamps"

    shelf_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("hiding_shelves.id", ondelete="RESTRICT"))


TABLES = [Shelf.__table__, Book.__table__, Lamp.__table__]


class Library:
    """The stores of one test, in calls of their own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.shelves = Store[Shelf](database, Shelf)
        self.books = Store[Book](database, Book)
        self.lamps = Store[Lamp](database, Lamp)

    async def shelf(self, name: str, on: uuid.UUID | None = None) -> uuid.UUID:
        async with self.database.write() as session:
            return (await self.shelves.create(_call().inside(session), {"name": name, "on_id": on})).id

    async def book(self, shelf: uuid.UUID, price: str | None = None) -> uuid.UUID:
        async with self.database.write() as session:
            values = {"shelf_id": shelf, "price": None if price is None else Decimal(price)}
            return (await self.books.create(_call().inside(session), values)).id

    async def delete(self, shelf: uuid.UUID) -> None:
        async with self.database.write() as session:
            await self.shelves.delete(_call().inside(session), shelf)

    async def restore(self, shelf: uuid.UUID) -> None:
        async with self.database.write() as session:
            await self.shelves.restore(_call().inside(session), shelf)

    async def seen(self) -> tuple[int, int]:
        """Return how many shelves and books are seen."""
        async with self.database.read() as session:
            shelves = await session.scalar(sa.select(sa.func.count()).select_from(Shelf))
            books = await session.scalar(sa.select(sa.func.count()).select_from(sa.select(Book.id).subquery()))
            return shelves or 0, books or 0


def _call() -> Call:
    return Call("test")


@pytest.fixture(params=ENGINES)
async def library(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Library]:
    """Yield empty stores."""
    url = fresh_url(request.param, tmp_path, TABLES)
    database = Database(url)
    yield Library(database)
    await database.close()


async def test_what_belongs_to_a_row_is_hidden_and_restored_with_it(library: Library) -> None:
    top = await library.shelf("top")
    below = await library.shelf("below", on=top)
    await library.book(top)
    await library.book(below)
    await library.delete(top)
    assert await library.seen() == (0, 0)
    await library.restore(top)
    assert await library.seen() == (2, 2)


async def test_what_was_deleted_before_stays_deleted(library: Library) -> None:
    top = await library.shelf("top")
    below = await library.shelf("below", on=top)
    await library.book(below)
    await library.delete(below)
    await library.delete(top)
    await library.restore(top)
    assert await library.seen() == (1, 0)
    await library.restore(below)
    assert await library.seen() == (2, 1)


async def test_what_must_stay_holds_a_row_and_those_that_it_belongs_to(library: Library) -> None:
    top = await library.shelf("top")
    below = await library.shelf("below", on=top)
    async with library.database.write() as session:
        await library.lamps.create(_call().inside(session), {"shelf_id": below})
    for shelf in (below, top):
        with pytest.raises(Problem) as refused:
            await library.delete(shelf)
        assert refused.value.status == 409
    assert await library.seen() == (2, 0)


async def test_nothing_refers_to_what_is_hidden(library: Library) -> None:
    top = await library.shelf("top")
    below = await library.shelf("below", on=top)
    await library.delete(top)
    with pytest.raises(Problem) as refused:
        await library.book(top)
    assert refused.value.status == 422
    with pytest.raises(Problem) as too_early:
        await library.restore(below)
    assert too_early.value.status == 409


async def test_values_of_what_is_hidden_are_free(library: Library) -> None:
    first = await library.shelf("one")
    with pytest.raises(Problem) as taken:
        await library.shelf("one")
    await library.delete(first)
    await library.shelf("one")
    with pytest.raises(Problem) as clash:
        await library.restore(first)
    assert [taken.value.status, clash.value.status] == [409, 409]
    assert await library.seen() == (1, 0)


async def test_views_count_what_is_seen_page_by_page(library: Library) -> None:
    shelves = [await library.shelf(name) for name in ("a", "b", "c")]
    for shelf, prices in zip(shelves, (["0.1", "0.2"], ["92000000000", "92000000000"], []), strict=True):
        for price in prices:
            await library.book(shelf, price)
    await library.book(shelves[2])
    view = View(
        Book,
        where=[],
        group={"shelf_id": Book.shelf_id},
        select={"total": Measure("sum", Book.price), "mean": Measure("avg", Book.price), "books": Measure("count")},
        sort=["-total"],
    )
    found: list[tuple[object, ...]] = []
    async with library.database.read() as session:
        call = _call().inside(session)
        page = await view.page(call, ListQuery(limit=1), [])
        while True:
            found += [(each["shelf_id"], each["total"], each["mean"], each["books"]) for each in page.items]
            if page.next_cursor is None:
                break
            page = await view.page(call, ListQuery(limit=1, cursor=page.next_cursor), [])
    # What leaves the range of decimals is unknown, and comes last.
    assert found == [
        (shelves[0], Decimal("0.3"), Decimal("0.15"), 2),
        (shelves[2], 0, None, 1),
        (shelves[1], None, Decimal("92000000000"), 2),
    ]
    await library.delete(shelves[0])
    whole = View(
        Book, where=[], select={"total": Measure("sum", Book.price), "dear": Measure("count", where=Book.price > 1)}
    )
    async with library.database.read() as session:
        said = await whole.one(_call().inside(session), [Book.shelf_id == shelves[2]])
    assert said == {"total": 0, "dear": 0}
