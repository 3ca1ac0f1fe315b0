"""What expressions mean at the edges: of numbers, of the calendar, and where something is missing."""

import datetime as dt
from decimal import Decimal

import pytest

from runtime import expressions
from runtime.functions import FUNCTIONS, stored
from runtime.problems import Problem

MOMENT = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
"""Half an hour before the clocks of Berlin go back."""


def test_unknown_is_neither_true_nor_false() -> None:
    assert expressions.less(None, 1) is None
    assert (expressions.both(False, None), expressions.both(True, None)) == (False, None)
    assert (expressions.either(True, None), expressions.either(False, None)) == (True, None)
    assert expressions.choose(None, 1, 2) is None
    assert expressions.larger(None, 1) is None
    with pytest.raises(Problem):
        expressions.known(None)


def test_ints_have_64_bits_and_divide_towards_zero() -> None:
    most = expressions.MOST_INT
    assert expressions.plus(most, 1) is None
    assert expressions.times(most, 2) is None
    assert expressions.divide(expressions.LEAST_INT, -1) is None
    assert expressions.divide(most, 1) == most
    assert [expressions.divide(-7, 2), expressions.remainder(-7, 2), expressions.divide(7, 0)] == [-3, -1, None]


def test_decimals_round_halves_away_from_zero_at_eight_digits() -> None:
    assert expressions.divide(Decimal(1), Decimal(3)) == Decimal("0.33333333")
    assert expressions.times(Decimal("-0.00000005"), Decimal("0.1")) == Decimal("-0.00000001")
    assert expressions.rounded(Decimal("2.345"), 2) == Decimal("2.35")
    assert expressions.plus(Decimal(90_000_000_000), Decimal(90_000_000_000)) is None


def test_floats_end_where_databases_differ() -> None:
    assert expressions.times(1e200, 1e200) is None
    assert expressions.plus(1e200, 0.0) is None
    assert expressions.divide(1.0, 0.0) is None
    assert expressions.times(2.0, 1.5) == 3.0


def test_days_begin_where_people_are() -> None:
    assert expressions.day(MOMENT, "America/New_York") == dt.date(2026, 10, 24)
    assert expressions.week(MOMENT, "America/New_York") == dt.date(2026, 10, 19)
    assert expressions.hour_of(MOMENT, "Europe/Berlin") == 2
    later = MOMENT + dt.timedelta(hours=1)
    assert expressions.hour_of(later, "Europe/Berlin") == 2
    assert expressions.hour(later, "Europe/Berlin") - expressions.hour(MOMENT, "Europe/Berlin") == dt.timedelta(hours=1)


def test_days_and_moments_are_written_out() -> None:
    berlin = dt.timezone(dt.timedelta(hours=2))
    assert expressions.as_text(dt.date(2026, 1, 31)) == "2026-01-31"
    assert expressions.as_text(MOMENT) == "2026-10-25 00:30 UTC"
    assert expressions.as_text(MOMENT.astimezone(berlin)) == "2026-10-25 00:30 UTC"
    assert expressions.as_text(dt.datetime(7, 1, 1, tzinfo=dt.UTC)) == "0007-01-01 00:00 UTC"


def test_the_calendar_has_ends() -> None:
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    assert expressions.later(last, dt.timedelta(days=1)) is None
    assert expressions.day(last) == dt.date.max
    assert expressions.day(last, "Pacific/Auckland") == dt.date.max
    assert expressions.days(10**12) is None
    assert expressions.in_days(dt.timedelta(hours=-36)) == -1


def test_sqlite_stores_what_it_is_given() -> None:
    assert (
        stored(FUNCTIONS["later_moment"])("2026-10-25 00:30:00.000000", 3_600_000_000) == "2026-10-25 01:30:00.000000"
    )
    assert stored(FUNCTIONS["multiply_decimal"])(150_000_000, 200_000_000) == 300_000_000
    assert stored(FUNCTIONS["week_moment"])("2026-10-25 00:30:00.000000", "UTC") == "2026-10-19"
    assert stored(FUNCTIONS["contains_text"])(None, "a") is None
