"""Computed values: fresh after each write, for whoever calls, and found, sorted and paged by like columns."""

import datetime as dt
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from pydantic import Field
from sqlalchemy import orm

from runtime import fields, sql, tables
from runtime.call import Call, Principal
from runtime.computing import Computed
from runtime.database import Database
from runtime.listing import Listing
from runtime.store import Store
from tests.conftest import ENGINES, fresh_url


class Book(tables.Entity):
    __tablename__ = "shelf_books"

    title: orm.Mapped[str]
    loans: orm.Mapped[int] = tables.computed()
    paid: orm.Mapped[Decimal] = tables.computed()
    mean: orm.Mapped[Decimal | None] = tables.computed()
    last: orm.Mapped[dt.datetime | None] = tables.computed()
    mine: orm.Mapped[bool] = tables.computed()
    size: orm.Mapped[int] = tables.computed()


class Loan(tables.Entity):
    __tablename__ = "shelf_loans"

    book_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("shelf_books.id"))
    user_id: orm.Mapped[uuid.UUID]
    price: orm.Mapped[Decimal]
    at: orm.Mapped[dt.datetime]


def loans(_call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    return sql.count(Loan, lambda that: that.book_id == this.id)


def paid(_call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    return sql.total(Loan, lambda that: that.book_id == this.id, lambda that: that.price)


def mean(_call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    found = sql.summary(Loan, lambda that: that.book_id == this.id, lambda that: sql.mean_of(that.price))
    return sql.rounded(found, 2)


def last(_call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    return sql.summary(Loan, lambda that: that.book_id == this.id, lambda that: sa.func.max(that.at))


def mine(call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    return sql.exists(Loan, lambda that: sa.and_(that.book_id == this.id, that.user_id == call.caller))


def size(_call: Call, this: type[Book]) -> sa.SQLColumnExpression[Any]:
    return sql.length(this.title)


OF_BOOK: Computed = {"loans": loans, "paid": paid, "mean": mean, "last": last, "mine": mine, "size": size}
LISTING = Listing(
    Book,
    order="title",
    equals={"mine": Book.mine, "loans": Book.loans, "mean": Book.mean},
    at_least={"paid_min": Book.paid, "last_min": Book.last},
    at_most={"paid_max": Book.paid},
    sort={
        "title": Book.title,
        **{name: getattr(Book, name) for name in ("loans", "paid", "mean", "last", "mine", "size")},
    },
)
TABLES = [Book.__table__, Loan.__table__]
START = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class BookQuery(fields.ListQuery):
    sort: str | None = None
    mine: bool | None = None
    loans: int | None = None
    mean: Decimal | None = None
    paid_min: Decimal | None = None
    paid_max: Decimal | None = None
    last_min: dt.datetime | None = Field(default=None)


@dataclass
class Shelf:
    """Books that were lent 0, 1, 2 and 3 times; Ann had the last one."""

    store: Store[Book]
    ann: UUID
    books: list[UUID]
    statements: list[str]

    async def titles(self, who: UUID | None = None, limit: int = 10, **asked: Any) -> list[str]:
        """Return the titles that a list finds, page by page."""
        found: list[str] = []
        cursor: str | None = None
        while True:
            query = BookQuery(limit=limit, cursor=cursor, **asked)
            async with self.store.database.read() as session:
                page = await self.store.page(self.call(session, who), LISTING, query)
            found += [row.title for row in page.items]
            cursor = page.next_cursor
            if cursor is None:
                return found

    def call(self, session: Any, who: UUID | None = None) -> Call:
        principal = Principal(who, uuid.uuid4(), frozenset()) if who else None
        return Call("r", principal, _session=session)


@pytest.fixture(params=ENGINES)
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Shelf]:
    url = fresh_url(request.param, tmp_path, TABLES)
    database = Database(url)
    ann = uuid.uuid4()
    books = [uuid.uuid4() for _ in range(4)]
    async with database.write() as session:
        for number, id in enumerate(books):
            session.add(Book(id=id, title=f"Book {'x' * number}"))
        await session.flush()
        for number, id in enumerate(books):
            for loan in range(number):
                who = ann if number == loan + 1 == 3 else uuid.uuid4()
                price, at = Decimal("0.35") * (loan + 1), START + dt.timedelta(days=number, microseconds=loan)
                session.add(Loan(book_id=id, user_id=who, price=price, at=at))
    statements: list[str] = []
    sa.event.listen(database._reading.sync_engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    yield Shelf(Store(database, Book, computed=OF_BOOK), ann, books, statements)
    await database.close()


async def test_a_row_shows_what_is_computed_for_whoever_reads_it(shelf: Shelf) -> None:
    async with shelf.store.database.read() as session:
        row = await shelf.store.read(shelf.call(session, shelf.ann), shelf.books[3])
        shown = (row.loans, row.paid, row.mean, row.last, row.mine, row.size)
        assert shown == (3, Decimal("2.1"), Decimal("0.7"), START + dt.timedelta(days=3, microseconds=2), True, 8)
        assert (await shelf.store.read(shelf.call(session), shelf.books[3])).mine is False
        assert type(row.paid) is Decimal


async def test_nothing_adds_up_to_zero_and_has_no_mean(shelf: Shelf) -> None:
    async with shelf.store.database.read() as session:
        row = await shelf.store.read(shelf.call(session), shelf.books[0])
        assert (row.loans, row.paid, row.mean, row.last) == (0, 0, None, None)


async def test_values_are_fresh_after_writes_of_the_same_transaction(shelf: Shelf) -> None:
    async with shelf.store.database.write() as session:
        call = shelf.call(session, shelf.ann)
        made = await shelf.store.create(call, {"title": "New"})
        assert (made.loans, made.paid, made.mine, made.size) == (0, 0, False, 3)
        session.add(Loan(book_id=made.id, user_id=shelf.ann, price=Decimal(2), at=START))
        changed = await shelf.store.update(call, made.id, {"title": "Newer"})
        assert (changed.loans, changed.paid, changed.mine, changed.size) == (1, 2, True, 5)
        await session.execute(sa.delete(Loan).where(Loan.book_id == made.id))
        assert (await shelf.store.refreshed(call, changed)).loans == 0


async def test_a_page_of_fifty_is_one_query(shelf: Shelf) -> None:
    async with shelf.store.database.write() as session:
        session.add_all(Book(title=f"Title {number}") for number in range(60))
    async with shelf.store.database.read() as session:
        shelf.statements.clear()
        page = await shelf.store.page(shelf.call(session, shelf.ann), LISTING, BookQuery(limit=50))
    assert len(page.items) == 50
    assert len([text for text in shelf.statements if "shelf_" in text]) == 1


@pytest.mark.parametrize("name", ["loans", "paid", "mean", "last", "size"])
async def test_a_list_is_sorted_and_paged_by_what_is_computed(shelf: Shelf, name: str) -> None:
    up = ["Book ", "Book x", "Book xx", "Book xxx"]
    down = up[::-1]
    if name in ("mean", "last"):
        up = [*up[1:], up[0]]
    assert await shelf.titles(limit=1, sort=name) == up
    assert await shelf.titles(limit=1, sort=f"-{name}") == down
    assert await shelf.titles(shelf.ann, limit=1, sort=f"-mine,-{name}") == down


async def test_a_list_is_filtered_by_what_is_computed(shelf: Shelf) -> None:
    assert await shelf.titles(shelf.ann, mine=True) == ["Book xxx"]
    assert await shelf.titles(shelf.ann, mine=False) == ["Book ", "Book x", "Book xx"]
    assert await shelf.titles(mine=True) == []
    assert await shelf.titles(loans=2) == ["Book xx"]
    assert await shelf.titles(mean=Decimal("0.53")) == ["Book xx"]
    assert await shelf.titles(paid_min=Decimal("0.35"), paid_max=Decimal("1.05")) == ["Book x", "Book xx"]
    assert await shelf.titles(last_min=START + dt.timedelta(days=2)) == ["Book xx", "Book xxx"]
