"""Rules hold for every row, also while many write at once."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import tables
from runtime.call import Call
from runtime.database import Database
from runtime.periods import Within, period_of
from runtime.problems import Problem
from runtime.rules import Check, CheckAmong, Limit, NoOverlap, Rules, Unique
from runtime.store import Store
from runtime.timespans import Span, later
from tests.conftest import ENGINES, fresh_url


class Room(tables.Entity):
    """What is booked."""

    __tablename__ = "rule_rooms"

    seats: orm.Mapped[int] = orm.mapped_column(default=3)
    open: orm.Mapped[bool] = orm.mapped_column(default=True)


class Booking(tables.Entity):
    """A row with a rule of each kind."""

    __tablename__ = "rule_bookings"
    __table_args__ = (
        sa.Index(
            "uq_rule_bookings_code_active",
            "code",
            unique=True,
            sqlite_where=sa.text("state <> 'off'"),
            postgresql_where=sa.text("state <> 'off'"),
        ),
    )

    room_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("rule_rooms.id"))
    begins: orm.Mapped[dt.datetime | None]
    ends: orm.Mapped[dt.datetime | None]
    minutes: orm.Mapped[int | None]
    day: orm.Mapped[dt.date | None]
    last_day: orm.Mapped[dt.date | None]
    hours: orm.Mapped[tables.Decimal | None]
    code: orm.Mapped[str | None]
    state: orm.Mapped[str] = orm.mapped_column(default="on")
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


def ends_later(booking: Booking, _call: Call) -> bool | None:
    return None if booking.begins is None or booking.ends is None else booking.ends > booking.begins


def active(booking: type[Booking], _call: Call) -> sa.ColumnElement[bool]:
    return booking.state != "off"


def seats(booking: type[Booking], _call: Call) -> sa.ColumnElement[int]:
    return sa.select(Room.seats).where(Room.id == booking.room_id).scalar_subquery()


def is_open(booking: type[Booking], _call: Call) -> sa.ColumnElement[bool]:
    return sa.select(Room.open).where(Room.id == booking.room_id).scalar_subquery()


ENDS_LATER = Check("ends_later", "It ends before it begins.", ends_later, ("begins", "ends"))
OPEN = CheckAmong("open", "The room is closed.", is_open, ("room_id",), follows=("room_id",))
CODE = Unique("code", "This code is in use.", "uq_rule_bookings_code_active", ("code",))
FREE = NoOverlap("free", "The room is taken.", ("room_id",), Span("begins", "ends"), active, ("state",))
SEATS = Limit("seats", "The room is full.", ("room_id",), seats, where=active, fields=("state",), deciding=("room_id",))
MORNING = dt.datetime(2030, 1, 31, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    url = fresh_url(request.param, tmp_path, [Room.__table__, Booking.__table__])
    made = Database(url)
    yield made
    await made.close()


class Desk:
    """Books in transactions of their own."""

    def __init__(self, database: Database, *rules: Any) -> None:
        self.database = database
        self.store = Store(database, Booking, Rules(*rules))
        self.rooms = Store(database, Room)

    async def room(self, **values: Any) -> uuid.UUID:
        async with self.database.write() as session:
            return (await self.rooms.add(Call("test").inside(session), values)).id

    async def book(self, **values: Any) -> uuid.UUID:
        async with self.database.write() as session:
            return (await self.store.create(Call("test").inside(session), values)).id

    async def change(self, id: uuid.UUID, **values: Any) -> Booking:
        async with self.database.write() as session:
            return await self.store.update(Call("test").inside(session), id, values)

    async def statuses(self, *bookings: Any) -> list[int]:
        """Send all at once and return their statuses, sorted."""
        answers = await asyncio.gather(*bookings, return_exceptions=True)
        problems = [answer for answer in answers if isinstance(answer, BaseException)]
        assert all(isinstance(problem, Problem) for problem in problems), problems
        return sorted(answer.status if isinstance(answer, Problem) else 201 for answer in answers)


async def refused(work: Any) -> tuple[int, str, list[str]]:
    """Return status, detail and pointers of a problem."""
    with pytest.raises(Problem) as caught:
        await work
    return caught.value.status, caught.value.detail, [error.pointer for error in caught.value.errors]


async def test_a_check_is_a_422_at_what_was_sent_and_a_409_elsewhere(database: Database) -> None:
    desk = Desk(database, ENDS_LATER)
    wrong = {"begins": MORNING, "ends": MORNING - HOUR}
    assert await refused(desk.book(**wrong)) == (422, "It ends before it begins.", ["/begins", "/ends"])
    id = await desk.book(begins=MORNING, ends=MORNING + HOUR)
    assert await refused(desk.change(id, ends=MORNING - HOUR)) == (422, "It ends before it begins.", ["/ends"])
    assert (await desk.change(id, ends=None)).ends is None
    async with database.write() as session:
        call = Call("test").inside(session)
        booking = await desk.store.lock(call, id)
        status, _, pointers = await refused(desk.store.change(call, booking, {"ends": MORNING - HOUR}))
        assert (status, pointers) == (409, [])
        session.expunge_all()


async def test_a_check_is_looked_at_only_where_what_it_is_about_changes(database: Database) -> None:
    id = await Desk(database).book(begins=MORNING, ends=MORNING - HOUR)
    desk = Desk(database, ENDS_LATER)
    assert (await desk.change(id, code="x")).code == "x"
    assert (await desk.change(id, begins=MORNING)).begins == MORNING
    assert (await refused(desk.change(id, begins=MORNING + HOUR)))[0] == 422


async def test_a_check_among_rows_is_a_409(database: Database) -> None:
    desk = Desk(database, OPEN)
    closed = await desk.room(open=False)
    assert await refused(desk.book(room_id=closed)) == (409, "The room is closed.", ["/room_id"])
    assert await desk.book(room_id=await desk.room()) is not None
    assert await desk.book(room_id=None) is not None


async def test_a_unique_rule_says_its_message_and_is_about_some_rows_only(database: Database) -> None:
    desk = Desk(database, CODE)
    id = await desk.book(code="a")
    assert await refused(desk.book(code="a")) == (409, "This code is in use.", ["/code"])
    await desk.book(code="a", state="off")
    await desk.change(id, state="off")
    assert await desk.statuses(*(desk.book(code="a") for _ in range(20))) == [201] + [409] * 19


async def test_of_twenty_that_overlap_one_is_made(database: Database) -> None:
    desk = Desk(database, FREE)
    room, other = await desk.room(), await desk.room()
    slot = {"begins": MORNING, "ends": MORNING + HOUR}
    assert await desk.statuses(*(desk.book(room_id=room, **slot) for _ in range(20))) == [201] + [409] * 19
    assert await refused(desk.book(room_id=room, **slot)) == (409, "The room is taken.", ["/begins"])
    assert (
        await desk.statuses(
            desk.book(room_id=other, **slot),
            desk.book(room_id=room, begins=MORNING + HOUR, ends=MORNING + 2 * HOUR),
            desk.book(room_id=room, begins=MORNING - HOUR, ends=MORNING),
            desk.book(room_id=room, begins=MORNING, ends=MORNING + HOUR, state="off"),
            desk.book(room_id=None, **slot),
            desk.book(room_id=None, **slot),
        )
        == [201] * 6
    )


async def test_what_has_no_end_overlaps_all_that_comes_later(database: Database) -> None:
    desk = Desk(database, FREE)
    room = await desk.room()
    id = await desk.book(room_id=room, begins=MORNING, ends=None)
    assert (await refused(desk.book(room_id=room, begins=MORNING + 9 * HOUR, ends=None)))[0] == 409
    assert await desk.book(room_id=room, begins=MORNING - HOUR, ends=MORNING) is not None
    assert (await refused(desk.book(room_id=room, begins=MORNING - 2 * HOUR, ends=None)))[0] == 409
    assert (await desk.change(id, ends=MORNING + HOUR)).ends == MORNING + HOUR


async def test_a_change_into_an_overlap_is_refused(database: Database) -> None:
    desk = Desk(database, FREE)
    room = await desk.room()
    await desk.book(room_id=room, begins=MORNING, ends=MORNING + HOUR)
    later_id = await desk.book(room_id=room, begins=MORNING + HOUR, ends=MORNING + 2 * HOUR)
    off = await desk.book(room_id=room, begins=MORNING, ends=MORNING + HOUR, state="off")
    half = MORNING + HOUR / 2
    assert await refused(desk.change(later_id, begins=half)) == (409, "The room is taken.", ["/begins"])
    assert (await refused(desk.change(off, state="on")))[2] == []
    assert (await desk.change(later_id, begins=MORNING + HOUR, code="x")).code == "x"


@pytest.mark.parametrize("minutes", ["minutes", 45])
async def test_minutes_stand_for_an_end(database: Database, minutes: str | int) -> None:
    desk = Desk(database, NoOverlap("free", "Taken.", (), Span("begins", minutes=minutes)))
    await desk.book(begins=MORNING, minutes=45)
    quarter = dt.timedelta(minutes=15)
    assert (await refused(desk.book(begins=MORNING + 2 * quarter, minutes=45)))[0] == 409
    assert (await refused(desk.book(begins=MORNING - 2 * quarter, minutes=45)))[0] == 409
    assert await desk.book(begins=MORNING + 3 * quarter, minutes=45) is not None
    assert await desk.book(begins=MORNING - 3 * quarter, minutes=45) is not None
    await desk.book(begins=MORNING + 50 * HOUR, minutes=2**52)


async def test_days_that_are_closed_clash_at_their_ends(database: Database) -> None:
    desk = Desk(database, NoOverlap("days", "Taken.", (), Span("day", "last_day", closed=True)))
    first, third, fourth = (dt.date(2030, 1, day) for day in (1, 3, 4))
    await desk.book(day=first, last_day=third)
    assert (await refused(desk.book(day=third, last_day=fourth)))[0] == 409
    assert await desk.book(day=fourth, last_day=fourth) is not None


async def test_of_twenty_as_many_as_are_allowed_are_made(database: Database) -> None:
    desk = Desk(database, SEATS)
    room = await desk.room(seats=3)
    assert await desk.statuses(*(desk.book(room_id=room) for _ in range(20))) == [201] * 3 + [409] * 17
    assert await refused(desk.book(room_id=room)) == (409, "The room is full.", ["/room_id"])
    off = await desk.book(room_id=room, state="off")
    assert (await refused(desk.change(off, state="on")))[0] == 409
    assert (await desk.change(off, code="x")).code == "x"


async def test_fewer_seats_keep_those_who_are_there_and_let_nobody_in(database: Database) -> None:
    desk = Desk(database, SEATS)
    room = await desk.room(seats=3)
    ids = [await desk.book(room_id=room) for _ in range(3)]
    async with database.write() as session:
        await desk.rooms.update(Call("test").inside(session), room, {"seats": 1})
    assert (await desk.change(ids[0], code="x")).code == "x"
    await desk.change(ids[0], state="off")
    assert (await refused(desk.book(room_id=room)))[0] == 409


async def test_a_sum_is_limited_and_may_always_shrink(database: Database) -> None:
    desk = Desk(database, Limit("hours", "Too much.", ("room_id",), 8, total="hours"))
    room = await desk.room()
    assert await desk.statuses(*(desk.book(room_id=room, hours=3) for _ in range(20))) == [201] * 2 + [409] * 18
    id = await desk.book(room_id=room, hours=2)
    assert await refused(desk.change(id, hours=3)) == (409, "Too much.", ["/hours"])
    large = await Desk(database).book(room_id=room, hours=90)
    assert (await desk.change(large, hours=80)).hours == 80


async def test_a_limit_counts_within_the_days_of_a_zone(database: Database) -> None:
    desk = Desk(database, Limit("daily", "Enough.", (), 2, within=Within("begins", "day", "Europe/Berlin")))
    # Midnight in Berlin is 23:00 UTC.
    evening = MORNING.replace(hour=22)
    await desk.book(begins=evening)
    await desk.book(begins=evening)
    assert await refused(desk.book(begins=evening)) == (409, "Enough.", ["/begins"])
    assert await desk.book(begins=evening + HOUR) is not None
    assert await desk.book(begins=None) is not None


def test_periods_of_the_calendar() -> None:
    day = dt.date(2028, 2, 29)
    assert period_of(day, "day", "UTC") == (day, dt.date(2028, 3, 1))
    assert period_of(day, "week", "UTC") == (dt.date(2028, 2, 28), dt.date(2028, 3, 6))
    assert period_of(day, "month", "UTC") == (dt.date(2028, 2, 1), dt.date(2028, 3, 1))
    assert period_of(day, "year", "UTC") == (dt.date(2028, 1, 1), dt.date(2029, 1, 1))
    summer = dt.datetime(2030, 3, 31, 12, tzinfo=dt.UTC)
    start, end = period_of(summer, "day", "Europe/Berlin")
    assert isinstance(end, dt.datetime) and isinstance(start, dt.datetime)
    assert end - start == 23 * HOUR
    for edge in (dt.datetime.min, dt.datetime.max):
        for unit in ("day", "week", "month", "year"):
            assert period_of(edge.replace(tzinfo=dt.UTC), unit, "America/New_York") is not None


def test_time_does_not_run_out() -> None:
    assert later(dt.datetime.max, 5) == dt.datetime.max
    assert later(MORNING, -5) == MORNING
