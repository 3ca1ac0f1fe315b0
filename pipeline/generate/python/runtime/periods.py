"""Periods of the calendar: the day, week, month or year that a moment falls into, in a time zone."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from runtime.tables import Entity

Unit = Literal["day", "week", "month", "year"]


class Period(NamedTuple):
    """From `start` on, up to but without `end`: moments, or days for dates."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Within:
    """In the same period of a field."""

    field: str
    unit: Unit
    zone: str

    def period(self, row: Entity) -> Period | None:
        """Return the period that the row falls into; None where the field has no value."""
        value: dt.date | None = getattr(row, self.field)
        return None if value is None else period_of(value, self.unit, self.zone)

    def holds(self, model: type[Entity], row: Entity) -> list[sa.ColumnElement[bool]]:
        """Return what rows must meet to be in the row's period."""
        period = self.period(row)
        if period is None:
            return [sa.false()]
        attribute = getattr(model, self.field)
        return [attribute >= period.start, attribute < period.end]


def period_of(value: dt.date, unit: Unit, zone: str) -> Period:
    """Return the period around a date, which has no zone, or around a moment."""
    if not isinstance(value, dt.datetime):
        first = _first(value, unit)
        return Period(first, _next(first, unit))
    where = ZoneInfo(zone)
    first = _first(_day(value, where), unit)
    return Period(_midnight(first, where), _midnight(_next(first, unit), where))


def _first(day: dt.date, unit: Unit) -> dt.date:
    match unit:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _next(first: dt.date, unit: Unit) -> dt.date:
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit]
    if first.toordinal() + days > dt.date.max.toordinal():
        return dt.date.max
    return _first(first + dt.timedelta(days=days), unit)


def _day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # at the edge of the calendar no zone fits
        return moment.date()


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    try:
        return dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)
    except OverflowError:
        return dt.datetime.combine(day, dt.time.min, dt.UTC)
