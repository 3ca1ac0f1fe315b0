"""Spans of time that rows take: from a start to an end, for so many minutes, or without an end."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from runtime.tables import Entity, UtcDateTime

MOST_MINUTES = 5_256_000
"""Ten years: what lasts longer is taken to last as long."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which attributes say when something begins and ends. Half open, unless `closed`: then the end belongs to it."""

    start: str
    end: str | None = None
    """No value: it has no end yet."""
    minutes: str | int | None = None
    """Instead of an end: how long it takes, a number or the attribute that holds it."""
    closed: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The attributes that it looks at."""
        more = [name for name in (self.end, self.minutes) if isinstance(name, str)]
        return (self.start, *more)

    def overlaps(self, other: type[Entity], row: Entity) -> list[sa.ColumnElement[bool]]:
        """Return what other rows must meet to overlap the row, which has a start."""
        start = getattr(row, self.start)
        end = self._end_of(row)
        begins = getattr(other, self.start)
        ends = self._end_in(other)
        if self.end is None and self.minutes is None:
            return [begins == start]
        meets = [ends >= start if self.closed else ends > start]
        if self.end is not None:
            meets = [sa.or_(ends.is_(None), *meets)]
        if end is not None:
            meets.append(begins <= end if self.closed else begins < end)
        return meets

    def _end_of(self, row: Entity) -> dt.date | None:
        if self.minutes is None:
            end: dt.date | None = getattr(row, self.end or self.start)
            return end
        minutes = self.minutes if isinstance(self.minutes, int) else getattr(row, self.minutes)
        return later(getattr(row, self.start), minutes or 0)

    def _end_in(self, model: type[Entity]) -> sa.SQLColumnExpression[Any]:
        start: sa.SQLColumnExpression[Any] = getattr(model, self.start)
        if self.minutes is None:
            return getattr(model, self.end) if self.end else start
        minutes = sa.literal(self.minutes) if isinstance(self.minutes, int) else getattr(model, self.minutes)
        return later_by(start, minutes)


def later(start: dt.datetime, minutes: int) -> dt.datetime:
    """Return the moment so many minutes later; none is taken as no time, and the end of all time is not passed."""
    try:
        return start + dt.timedelta(minutes=min(max(minutes, 0), MOST_MINUTES))
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=start.tzinfo)


class later_by(sa.sql.functions.GenericFunction[dt.datetime]):  # noqa: N801 (it is written like a function of SQL)
    """The moment so many minutes after another, in the database."""

    type = UtcDateTime()
    inherit_cache = True
    name = "later_by"


@compiles(later_by, "postgresql")
def _later_by(element: later_by, compiler: SQLCompiler, **options: object) -> str:
    start, minutes = (compiler.process(clause, **options) for clause in element.clauses)
    bounded = f"CAST(LEAST(GREATEST(COALESCE({minutes}, 0), 0), {MOST_MINUTES}) AS INTEGER)"
    return f"({start} + make_interval(mins => {bounded}))"
