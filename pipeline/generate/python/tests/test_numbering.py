"""Running numbers: where they begin, what they go on after, and what a release before has left."""

import datetime as dt
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import numbering, tables
from runtime.call import Call
from runtime.clock import CLOCK
from runtime.database import Database
from runtime.made import number_in, period_of, written_number
from runtime.store import Store
from tests.conftest import ENGINES, fresh_url

NEW_YEAR = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


class Letter(tables.Restorable):
    __tablename__ = "post_letters"

    box: orm.Mapped[str]
    number: orm.Mapped[int | None] = orm.mapped_column(
        info=numbering.numbered(first=10, per=("box",), created="created_at")
    )
    mark: orm.Mapped[str | None] = orm.mapped_column(
        info=numbering.numbered(shape="L-{year}/{number:3}", created="created_at")
    )
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)


TABLES: list[sa.FromClause] = [Letter.__table__, numbering.NumberSeries.__table__]


def turn_to(moment: dt.datetime) -> None:
    CLOCK.reset()
    CLOCK.move(moment - CLOCK.now())


@pytest.fixture(autouse=True)
def clock() -> Generator[None]:
    turn_to(NEW_YEAR)
    yield
    CLOCK.reset()


@pytest.fixture(params=ENGINES)
async def letters(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Store[Letter]]:
    database = Database(fresh_url(request.param, tmp_path, TABLES))
    yield Store(database, Letter)
    await database.close()


async def send(letters: Store[Letter], box: str = "a") -> tuple[int | None, str | None]:
    async with letters.database.write() as session:
        row = await letters.add(Call("r", _session=session), {"box": box})
        return row.number, row.mark


async def leave(letters: Store[Letter], **values: Any) -> None:
    """Store a letter as a release would that does not know its numbers, or knew them before they were counted."""
    async with letters.database.write() as session:
        await session.execute(sa.insert(Letter).values({"box": "a", **values}))


async def test_numbers_begin_at_the_first_for_each_group_and_each_year(letters: Store[Letter]) -> None:
    assert await send(letters) == (10, "L-2031/001")
    assert await send(letters, "b") == (10, "L-2031/002")
    turn_to(NEW_YEAR.replace(year=2032))
    assert await send(letters) == (11, "L-2032/001")


async def test_numbers_go_on_after_those_that_rows_have(letters: Store[Letter]) -> None:
    await leave(letters, number=41, mark="L-2031/007")
    await leave(letters, number=7, mark="L-2030/900", row_deleted_at=NEW_YEAR)
    await leave(letters, box="b", number=99, mark="by hand")
    assert await send(letters) == (42, "L-2031/008")
    assert await send(letters) == (43, "L-2031/009")


async def test_what_a_release_before_has_made_meanwhile_is_numbered_first(letters: Store[Letter]) -> None:
    assert await send(letters) == (10, "L-2031/001")
    for minutes in (2, 1, 3):
        await leave(letters, created_at=NEW_YEAR + dt.timedelta(minutes=minutes))
    assert await send(letters) == (14, "L-2031/005")
    async with letters.database.read() as session:
        found = await session.execute(sa.select(Letter.number, Letter.mark).order_by(Letter.created_at, Letter.number))
        assert [tuple(row) for row in found] == [(number, f"L-2031/00{number - 9}") for number in (10, 14, 11, 12, 13)]


async def test_a_number_of_what_was_rolled_back_is_given_to_the_next(letters: Store[Letter]) -> None:
    assert await send(letters) == (10, "L-2031/001")
    with pytest.raises(RuntimeError):
        async with letters.database.write() as session:
            await letters.add(Call("r", _session=session), {"box": "a"})
            raise RuntimeError
    assert await send(letters) == (11, "L-2031/002")


async def test_who_moves_to_another_group_gets_a_number_of_that(letters: Store[Letter]) -> None:
    async with letters.database.write() as session:
        call = Call("r", _session=session)
        for box in "bba":
            moved = await letters.add(call, {"box": box})
        await letters.put(call, moved, {"box": "b"})
        assert (moved.number, moved.mark) == (12, "L-2031/003")


@pytest.mark.parametrize(
    ("shape", "number", "text"),
    [
        ("T-{number:4}", 7, "T-0007"),
        ("T-{number:4}", 12345, "T-12345"),
        ("{number}", 7, "7"),
        ("{year}/{month}-{number:2}", 7, "2031/01-07"),
        ("{number:3}/{year}", 7, "007/2031"),
    ],
)
def test_a_number_is_written_and_read(shape: str, number: int, text: str) -> None:
    assert written_number(shape, number, NEW_YEAR) == text
    assert number_in(shape, text, NEW_YEAR) == number


@pytest.mark.parametrize("text", ["2030-001", "2031-", "2031-1a", "2031-²", "x", ""])
def test_what_was_not_written_so_is_no_number(text: str) -> None:
    assert number_in("{year}-{number:3}", text, NEW_YEAR) is None


def test_a_period_is_what_the_shape_says() -> None:
    shapes = [None, "T-{number}", "{year}-{number}", "{year}{month}{number}"]
    assert [period_of(shape, NEW_YEAR) for shape in shapes] == ["", "", "2031", "2031-01"]
