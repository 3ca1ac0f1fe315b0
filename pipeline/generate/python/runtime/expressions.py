"""What expressions of the blueprint mean, where Python alone would mean something else.

None is a value that is missing or unknown: what is calculated from it is unknown, and so is what leaves its range or is
divided by zero. Where nothing can be unknown, generated code uses Python's own operators.
"""

import datetime as dt
from collections.abc import Iterable, Sized
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Protocol, TypeVar, overload
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.problems import invalid

LEAST_INT, MOST_INT = -(2**63), 2**63 - 1
UNIT = Decimal("0.00000001")
"""The last digit of a decimal number."""
MOST_DECIMAL = Decimal(MOST_INT) * UNIT
LONGEST = dt.timedelta(days=3_652_059)
"""From one end of the calendar to the other: no duration is longer."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_MAGNITUDE = 1e150
"""Beyond it, and as close to zero, calculations with floats are unknown: databases differ there."""


class Ordered(Protocol):
    """What can be less than another of its kind."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T")


def less(left: Ordered | None, right: Ordered | None) -> bool | None:
    """Return whether the left is less; None where one is missing."""
    return None if left is None or right is None else left < right


def at_most(left: Ordered | None, right: Ordered | None) -> bool | None:
    """Return whether the left is not more; None where one is missing."""
    return None if left is None or right is None else not right < left


def more(left: Ordered | None, right: Ordered | None) -> bool | None:
    """Return whether the left is more; None where one is missing."""
    return less(right, left)


def at_least(left: Ordered | None, right: Ordered | None) -> bool | None:
    """Return whether the left is not less; None where one is missing."""
    return at_most(right, left)


def both(*parts: bool | None) -> bool | None:
    """Return False where one is false, else None where one is unknown."""
    if False in parts:
        return False
    return None if None in parts else True


def either(*parts: bool | None) -> bool | None:
    """Return True where one is true, else None where one is unknown."""
    if True in parts:
        return True
    return None if None in parts else False


def negate(part: bool | None) -> bool | None:
    """Return the opposite; None of what is unknown."""
    return None if part is None else not part


def choose(condition: bool | None, yes: T | None, no: T | None) -> T | None:
    """Return one of two; None where it is unknown which."""
    return None if condition is None else yes if condition else no


def member(item: object, items: Iterable[object] | None) -> bool | None:
    """Return whether something is in a list; None where there is no list."""
    return None if items is None else item in items


def known(value: T | None) -> T:
    """Return a value that must be known. Raises a 422 where it could not be calculated."""
    if value is None:
        raise invalid("This leads to a value that is out of range.")
    return value


@overload
def plus(left: int | None, right: int | None) -> int | None: ...
@overload
def plus(left: Decimal | None, right: Decimal | None) -> Decimal | None: ...
@overload
def plus(left: float | None, right: float | None) -> float | None: ...
@overload
def plus(left: dt.timedelta | None, right: dt.timedelta | None) -> dt.timedelta | None: ...
def plus(left: Any, right: Any) -> Any:
    """Return the sum of numbers or durations of one kind."""
    if left is None or right is None or not _in_scale(left, right):
        return None
    return within(_EXACT.add(left, right) if isinstance(left, Decimal) else left + right)


@overload
def minus(left: int | None, right: int | None) -> int | None: ...
@overload
def minus(left: Decimal | None, right: Decimal | None) -> Decimal | None: ...
@overload
def minus(left: float | None, right: float | None) -> float | None: ...
@overload
def minus(left: dt.timedelta | None, right: dt.timedelta | None) -> dt.timedelta | None: ...
def minus(left: Any, right: Any) -> Any:
    """Return the difference of numbers or durations of one kind."""
    if left is None or right is None or not _in_scale(left, right):
        return None
    return within(_EXACT.subtract(left, right) if isinstance(left, Decimal) else left - right)


@overload
def times(left: int | None, right: int | None) -> int | None: ...
@overload
def times(left: Decimal | None, right: Decimal | None) -> Decimal | None: ...
@overload
def times(left: float | None, right: float | None) -> float | None: ...
def times(left: Any, right: Any) -> Any:
    """Return the product of numbers of one kind. Decimals are rounded to eight digits, halves away from zero."""
    if left is None or right is None or not _in_scale(left, right, both_ways=True):
        return None
    return within(_EXACT.multiply(left, right) if isinstance(left, Decimal) else left * right)


@overload
def divide(left: int | None, right: int | None) -> int | None: ...
@overload
def divide(left: Decimal | None, right: Decimal | None) -> Decimal | None: ...
@overload
def divide(left: float | None, right: float | None) -> float | None: ...
def divide(left: Any, right: Any) -> Any:
    """Return the quotient: of ints cut towards zero, of decimals rounded to eight digits; None where it is by zero."""
    if left is None or right is None or right == 0 or not _in_scale(left, right, both_ways=True):
        return None
    if isinstance(left, Decimal):
        return within(_EXACT.divide(left, right))
    if isinstance(left, float):
        return within(left / right)
    cut = abs(left) // abs(right)
    return within(cut if (left < 0) == (right < 0) else -cut)


def remainder(left: int | None, right: int | None) -> int | None:
    """Return what a division leaves, with the sign of what is divided; None where it is by zero."""
    if left is None or right is None or right == 0:
        return None
    rest = abs(left) % abs(right)
    return rest if left >= 0 else -rest


@overload
def negative(value: int | None) -> int | None: ...
@overload
def negative(value: Decimal | None) -> Decimal | None: ...
@overload
def negative(value: float | None) -> float | None: ...
@overload
def negative(value: dt.timedelta | None) -> dt.timedelta | None: ...
def negative(value: Any) -> Any:
    """Return a value with the other sign."""
    return None if value is None else within(-value)


@overload
def size_of(value: int | None) -> int | None: ...
@overload
def size_of(value: Decimal | None) -> Decimal | None: ...
def size_of(value: Any) -> Any:
    """Return a number without its sign."""
    return None if value is None else within(abs(value))


def rounded(value: Decimal | None, places: int = 0) -> Decimal | None:
    """Return a decimal number of so many digits after the point, halves away from zero."""
    return None if value is None else within(value.quantize(Decimal(1).scaleb(-places), context=_EXACT))


def decimal(value: int | None) -> Decimal | None:
    """Return a whole number as a decimal one."""
    return None if value is None else within(Decimal(value))


@overload
def within(value: Decimal) -> Decimal | None: ...
@overload
def within(value: float) -> float | None: ...
@overload
def within(value: dt.timedelta) -> dt.timedelta | None: ...
def within(value: Any) -> Any:
    """Return a result where its type can hold it: ints of 64 bits, decimals of eight digits after the point."""
    if isinstance(value, Decimal):
        exact = value.quantize(UNIT, context=_EXACT)
        return exact if abs(exact) <= MOST_DECIMAL else None
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, dt.timedelta):
        return value if abs(value) <= LONGEST else None
    if isinstance(value, int):
        return value if LEAST_INT <= value <= MOST_INT else None
    return value


def _in_scale(left: Any, right: Any, *, both_ways: bool = False) -> bool:
    """Whether floats are of a size with which every database calculates alike; other values always are."""
    sizes = [abs(each) for each in (left, right) if isinstance(each, float)]
    if both_ways and any(0 < each < 1 / _MAGNITUDE for each in sizes):
        return False
    return all(each <= _MAGNITUDE for each in sizes)


def smaller(left: T | None, right: T | None) -> T | None:
    """Return the smaller of two; None where one is missing."""
    return right if _precedes(right, left) else left if right is not None else None


def larger(left: T | None, right: T | None) -> T | None:
    """Return the larger of two; None where one is missing."""
    return right if _precedes(left, right) else left if right is not None else None


def _precedes(left: Any, right: Any) -> bool:
    return less(left, right) is True


# Durations


def minutes(count: int | None) -> dt.timedelta | None:
    """Return so many minutes."""
    return _lasting(count, dt.timedelta(minutes=1))


def hours(count: int | None) -> dt.timedelta | None:
    """Return so many hours."""
    return _lasting(count, dt.timedelta(hours=1))


def days(count: int | None) -> dt.timedelta | None:
    """Return so many days of 24 hours."""
    return _lasting(count, dt.timedelta(days=1))


def _lasting(count: int | None, unit: dt.timedelta) -> dt.timedelta | None:
    return None if count is None or abs(count) > LONGEST // unit else count * unit


def in_minutes(duration: dt.timedelta | None) -> int | None:
    """Return the whole minutes of a duration."""
    return _whole(duration, dt.timedelta(minutes=1))


def in_hours(duration: dt.timedelta | None) -> int | None:
    """Return the whole hours of a duration."""
    return _whole(duration, dt.timedelta(hours=1))


def in_days(duration: dt.timedelta | None) -> int | None:
    """Return the whole days of a duration."""
    return _whole(duration, dt.timedelta(days=1))


def _whole(duration: dt.timedelta | None, unit: dt.timedelta) -> int | None:
    return (
        None
        if duration is None
        else divide(duration // dt.timedelta(microseconds=1), unit // dt.timedelta(microseconds=1))
    )


@overload
def later(start: dt.datetime | None, by: dt.timedelta | None) -> dt.datetime | None: ...
@overload
def later(start: dt.date | None, by: dt.timedelta | None) -> dt.date | None: ...
def later(start: Any, by: Any) -> Any:
    """Return the moment after a time, or the day that a day leads to; None outside of the calendar."""
    if start is None or by is None:
        return None
    try:
        return start + by
    except OverflowError:
        return None


@overload
def earlier(start: dt.datetime | None, by: dt.timedelta | None) -> dt.datetime | None: ...
@overload
def earlier(start: dt.date | None, by: dt.timedelta | None) -> dt.date | None: ...
def earlier(start: Any, by: Any) -> Any:
    """Return the moment or day before a time; None outside of the calendar."""
    return None if by is None else later(start, -by)


@overload
def between(end: dt.datetime | None, start: dt.datetime | None) -> dt.timedelta | None: ...
@overload
def between(end: dt.date | None, start: dt.date | None) -> dt.timedelta | None: ...
def between(end: Any, start: Any) -> Any:
    """Return the time from a start to an end; negative where the end is earlier."""
    return None if end is None or start is None else end - start


# The calendar


def local(moment: dt.datetime, zone: str = "UTC") -> dt.datetime:
    """Return a moment as the clocks of a zone show it. The first and the last day of the calendar have no other zone."""
    if zone == "UTC":
        return moment.astimezone(dt.UTC)
    return max(_FIRST, min(_LAST, moment)).astimezone(ZoneInfo(zone))


_FIRST = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
_LAST = dt.datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=dt.UTC)


@overload
def day(value: dt.date, zone: str = "UTC") -> dt.date: ...
@overload
def day(value: None, zone: str = "UTC") -> None: ...
@overload
def day(value: dt.date | None, zone: str = "UTC") -> dt.date | None: ...
def day(value: dt.date | None, zone: str = "UTC") -> dt.date | None:
    """Return the day of a moment, in a zone."""
    if isinstance(value, dt.datetime):
        return local(value, zone).date()
    return value


@overload
def week(value: dt.date, zone: str = "UTC") -> dt.date: ...
@overload
def week(value: None, zone: str = "UTC") -> None: ...
@overload
def week(value: dt.date | None, zone: str = "UTC") -> dt.date | None: ...
def week(value: dt.date | None, zone: str = "UTC") -> dt.date | None:
    """Return the Monday of a week."""
    if value is None:
        return None
    date = day(value, zone)
    return date - dt.timedelta(days=date.weekday())


@overload
def month(value: dt.date, zone: str = "UTC") -> dt.date: ...
@overload
def month(value: None, zone: str = "UTC") -> None: ...
@overload
def month(value: dt.date | None, zone: str = "UTC") -> dt.date | None: ...
def month(value: dt.date | None, zone: str = "UTC") -> dt.date | None:
    """Return the first day of a month."""
    return None if value is None else day(value, zone).replace(day=1)


@overload
def year(value: dt.date, zone: str = "UTC") -> dt.date: ...
@overload
def year(value: None, zone: str = "UTC") -> None: ...
@overload
def year(value: dt.date | None, zone: str = "UTC") -> dt.date | None: ...
def year(value: dt.date | None, zone: str = "UTC") -> dt.date | None:
    """Return the first day of a year."""
    return None if value is None else day(value, zone).replace(month=1, day=1)


@overload
def hour(value: dt.datetime, zone: str = "UTC") -> dt.datetime: ...
@overload
def hour(value: None, zone: str = "UTC") -> None: ...
@overload
def hour(value: dt.datetime | None, zone: str = "UTC") -> dt.datetime | None: ...
def hour(value: dt.datetime | None, zone: str = "UTC") -> dt.datetime | None:
    """Return the moment at which an hour began."""
    if value is None:
        return None
    shown = local(value, zone)
    past = dt.timedelta(minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)
    return shown.astimezone(dt.UTC) - past


@overload
def time_of_day(value: dt.datetime, zone: str = "UTC") -> dt.time: ...
@overload
def time_of_day(value: None, zone: str = "UTC") -> None: ...
@overload
def time_of_day(value: dt.datetime | None, zone: str = "UTC") -> dt.time | None: ...
def time_of_day(value: dt.datetime | None, zone: str = "UTC") -> dt.time | None:
    """Return what the clocks of a zone show."""
    return None if value is None else local(value, zone).time()


@overload
def weekday(value: dt.date, zone: str = "UTC") -> int: ...
@overload
def weekday(value: None, zone: str = "UTC") -> None: ...
@overload
def weekday(value: dt.date | None, zone: str = "UTC") -> int | None: ...
def weekday(value: dt.date | None, zone: str = "UTC") -> int | None:
    """Return the number of a day in its week: 1 is Monday, 7 is Sunday."""
    return None if value is None else day(value, zone).isoweekday()


@overload
def hour_of(value: dt.datetime, zone: str = "UTC") -> int: ...
@overload
def hour_of(value: None, zone: str = "UTC") -> None: ...
@overload
def hour_of(value: dt.datetime | None, zone: str = "UTC") -> int | None: ...
def hour_of(value: dt.datetime | None, zone: str = "UTC") -> int | None:
    """Return the number of an hour in its day, 0 to 23."""
    return None if value is None else local(value, zone).hour


# Texts


def joined(left: str | None, right: str | None) -> str | None:
    """Return one text behind another."""
    return None if left is None or right is None else left + right


def contains(text: str | None, part: str | None) -> bool | None:
    """Return whether a text holds another; case matters."""
    return None if text is None or part is None else part in text


def starts_with(text: str | None, part: str | None) -> bool | None:
    """Return whether a text begins with another; case matters."""
    return None if text is None or part is None else text.startswith(part)


def ends_with(text: str | None, part: str | None) -> bool | None:
    """Return whether a text ends with another; case matters."""
    return None if text is None or part is None else text.endswith(part)


def lower(text: str | None) -> str | None:
    """Return a text in small letters."""
    return None if text is None else text.lower()


def length(value: Sized | None) -> int | None:
    """Return how many characters a text has, or elements a list."""
    return None if value is None else len(value)


def as_text(value: int | UUID | dt.date | None) -> str | None:
    """Return a whole number, an id, a day (2030-01-31) or a moment (2030-01-31 09:30 UTC) as a text."""
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(' ', 'minutes')} UTC"
    return None if value is None else str(value)


# What the database is asked for


Row = TypeVar("Row")


async def follow(session: AsyncSession, model: type[Row], id: UUID | None) -> Row | None:
    """Return the row that a reference names; None where it names none."""
    return None if id is None else await session.get(model, id)


async def fetch(session: AsyncSession, value: sa.ColumnElement[T]) -> T:
    """Return one value that the database calculates."""
    return (await session.scalars(sa.select(value))).one()
