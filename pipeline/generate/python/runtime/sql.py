"""What expressions of the blueprint mean in SQL, where the databases differ from each other or from Python.

Where nothing can differ, generated code uses SQLAlchemy's own operators. NULL is what None is in `expressions`, whose
functions SQLite calls by the same names; for PostgreSQL `functions` has templates.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.sql.functions import FunctionElement

from runtime.tables import Entity
from runtime.translated import CLASSES, TYPES, apply, kind_of, type_of
from runtime.translated import Span as Span

T = TypeVar("T")
Row = TypeVar("Row", bound=Entity)
Value = sa.SQLColumnExpression[T] | T
"""Something of the database, or a value of Python."""


def given(value: T | None, type_: sa.types.TypeEngine[T]) -> sa.ColumnElement[T]:
    """Return a number that may be missing. PostgreSQL takes one that is for a text unless it is told otherwise."""
    return sa.cast(sa.literal(value, type_), type_)


# Calculation


def add(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the sum of numbers or durations of one kind, or one text behind another."""
    return apply(f"add_{_common(left, right)}", left, right)


def subtract(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the difference of numbers or durations of one kind."""
    return apply(f"subtract_{_common(left, right)}", left, right)


def multiply(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the product of numbers of one kind."""
    return apply(f"multiply_{_common(left, right)}", left, right)


def divide(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the quotient of numbers of one kind."""
    return apply(f"divide_{_common(left, right)}", left, right)


def remainder(left: Value[int | None], right: Value[int | None]) -> sa.ColumnElement[int | None]:
    """Return what a division of ints leaves."""
    return apply("remainder_int", left, right)


def negative(value: sa.SQLColumnExpression[T]) -> sa.ColumnElement[T]:
    """Return a number or a duration with the other sign."""
    return apply(f"negative_{kind_of(value)}", value)


def size_of(value: sa.SQLColumnExpression[T]) -> sa.ColumnElement[T]:
    """Return a number without its sign."""
    return apply(f"size_{kind_of(value)}", value)


def rounded(value: sa.SQLColumnExpression[Decimal | None], places: int = 0) -> sa.ColumnElement[Decimal | None]:
    """Return a decimal number of so many digits after the point."""
    return apply("round_decimal", value, places)


def decimal(value: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[Decimal | None]:
    """Return a whole number as a decimal one."""
    return apply("decimal_int", value)


def smaller(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the smaller of two."""
    one, other = _pair(left, right)
    return sa.case((one <= other, one), (other < one, other))


def larger(left: Value[T | None], right: Value[T | None]) -> sa.ColumnElement[T | None]:
    """Return the larger of two."""
    one, other = _pair(left, right)
    return sa.case((one >= other, one), (other > one, other))


def _pair(left: Any, right: Any) -> tuple[Any, Any]:
    type_ = TYPES[_common(left, right)]
    one, other = (
        each if isinstance(each, sa.SQLColumnExpression) else sa.literal(each, type_) for each in (left, right)
    )
    return one, other


def _common(left: Any, right: Any) -> str:
    return kind_of(left if isinstance(left, sa.SQLColumnExpression) else right)


# Time


def minutes(count: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[dt.timedelta | None]:
    """Return so many minutes."""
    return apply("duration_of", count, 60_000_000)


def hours(count: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[dt.timedelta | None]:
    """Return so many hours."""
    return apply("duration_of", count, 3_600_000_000)


def days(count: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[dt.timedelta | None]:
    """Return so many days of 24 hours."""
    return apply("duration_of", count, 86_400_000_000)


def in_minutes(duration: sa.SQLColumnExpression[dt.timedelta | None]) -> sa.ColumnElement[int]:
    """Return the whole minutes of a duration."""
    return apply("in_units", duration, 60_000_000)


def in_hours(duration: sa.SQLColumnExpression[dt.timedelta | None]) -> sa.ColumnElement[int]:
    """Return the whole hours of a duration."""
    return apply("in_units", duration, 3_600_000_000)


def in_days(duration: sa.SQLColumnExpression[dt.timedelta | None]) -> sa.ColumnElement[int]:
    """Return the whole days of a duration."""
    return apply("in_units", duration, 86_400_000_000)


def later(start: Value[T | None], by: Value[dt.timedelta | None]) -> sa.ColumnElement[T | None]:
    """Return the moment after a time, or the day that a day leads to."""
    return apply(f"later_{kind_of(start)}", start, by)


def earlier(start: Value[T | None], by: Value[dt.timedelta | None]) -> sa.ColumnElement[T | None]:
    """Return the moment or day before a time."""
    return later(start, negative(by) if isinstance(by, sa.SQLColumnExpression) else None if by is None else -by)


def between(end: Value[T | None], start: Value[T | None]) -> sa.ColumnElement[dt.timedelta]:
    """Return the time from a start to an end."""
    return apply(f"between_{_common(end, start)}", end, start)


def day(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.date]:
    """Return the day of a moment, in a zone."""
    return _in_zone("day", value, zone)


def week(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.date]:
    """Return the Monday of a week."""
    return _in_zone("week", value, zone)


def month(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.date]:
    """Return the first day of a month."""
    return _in_zone("month", value, zone)


def year(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.date]:
    """Return the first day of a year."""
    return _in_zone("year", value, zone)


def hour(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.datetime]:
    """Return the moment at which an hour began."""
    return _in_zone("hour", value, zone)


def time_of_day(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[dt.time]:
    """Return what the clocks of a zone show."""
    return _in_zone("time_of_day", value, zone)


def weekday(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[int]:
    """Return the number of a day in its week: 1 is Monday, 7 is Sunday."""
    return _in_zone("weekday", value, zone)


def hour_of(value: sa.SQLColumnExpression[Any], zone: str = "UTC") -> sa.ColumnElement[int]:
    """Return the number of an hour in its day, 0 to 23."""
    return _in_zone("hour_of", value, zone)


def _in_zone(name: str, value: sa.SQLColumnExpression[Any], zone: str) -> sa.ColumnElement[Any]:
    kind = kind_of(value)
    # Written out, not bound: GROUP BY must be able to see that two of them are the same.
    shown: sa.ColumnElement[str] = sa.literal_column("'" + zone.replace("'", "") + "'", sa.Text())
    return apply(f"{name}_{kind}", value, shown) if kind == "moment" else apply(f"{name}_{kind}", value)


# Texts and lists


def contains(text: Value[str | None], part: Value[str | None]) -> sa.ColumnElement[bool]:
    """Return whether a text holds another; case matters."""
    return apply("contains_text", text, part)


def starts_with(text: Value[str | None], part: Value[str | None]) -> sa.ColumnElement[bool]:
    """Return whether a text begins with another; case matters."""
    return apply("starts_with_text", text, part)


def ends_with(text: Value[str | None], part: Value[str | None]) -> sa.ColumnElement[bool]:
    """Return whether a text ends with another; case matters."""
    return apply("ends_with_text", text, part)


def lower(text: sa.SQLColumnExpression[str | None]) -> sa.ColumnElement[str]:
    """Return a text in small letters."""
    return apply("lower_text", text)


def ordered(text: Value[str | None]) -> sa.ColumnElement[str]:
    """Return a text that is compared by its characters' numbers, whatever the language of the database."""
    return apply("ordered_text", text)


def as_text(value: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[str]:
    """Return a whole number, an id, a day or a moment as a text."""
    return apply(f"text_of_{kind_of(value)}", value)


class _Length(FunctionElement[int]):
    inherit_cache = True
    name = "json_array_length"
    type = sa.BigInteger()


@compiles(_Length)
def _length(element: _Length, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_length({compiler.process(element.clause_expr.element, **options)})"


@compiles(_Length, "postgresql")
def _length_of_jsonb(element: _Length, compiler: SQLCompiler, **options: Any) -> str:
    return f"jsonb_array_length({compiler.process(element.clause_expr.element, **options)})"


def length(value: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[int]:
    """Return how many characters a text has, or elements a list."""
    return _Length(value) if isinstance(type_of(value), sa.JSON) else sa.func.length(value, type_=sa.BigInteger())


class _Elements(FunctionElement[Any]):
    """The elements of a list column, each as a row of one text, number or bool."""

    inherit_cache = True
    name = "json_each"


@compiles(_Elements)
def _each(element: _Elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clause_expr.element, **options)})"


@compiles(_Elements, "postgresql")
def _elements(element: _Elements, compiler: SQLCompiler, **options: Any) -> str:
    return f"jsonb_array_elements_text({compiler.process(element.clause_expr.element, **options)})"


def member(item: Value[Any], items: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[bool]:
    """Return whether something is in a list; NULL where there is no list."""
    wanted = item if isinstance(item, sa.SQLColumnExpression) else sa.literal(item)
    return any_of(items, type_of(wanted), lambda each: each == wanted)


def any_of(
    items: sa.SQLColumnExpression[Any], type_: sa.types.TypeEngine[T], where: Callable[[sa.ColumnElement[T]], Any]
) -> sa.ColumnElement[bool]:
    """Return whether the condition is true of an element of a list; NULL where there is no list."""
    return sa.case((items.is_not(None), _among(items, type_, where).exists()))


def all_of(
    items: sa.SQLColumnExpression[Any], type_: sa.types.TypeEngine[T], where: Callable[[sa.ColumnElement[T]], Any]
) -> sa.ColumnElement[bool]:
    """Return whether the condition is false of no element of a list; NULL where there is no list."""
    broken = _among(items, type_, lambda each: sa.not_(where(each))).exists()
    return sa.case((items.is_not(None), sa.not_(broken)))


def count_of(
    items: sa.SQLColumnExpression[Any], type_: sa.types.TypeEngine[T], where: Callable[[sa.ColumnElement[T]], Any]
) -> sa.ColumnElement[int]:
    """Return for how many elements of a list the condition is true; NULL where there is no list."""
    found = _among(items, type_, where).with_only_columns(sa.func.count())
    return sa.case((items.is_not(None), found.scalar_subquery()))


def one_of(
    items: sa.SQLColumnExpression[Any], type_: sa.types.TypeEngine[T], where: Callable[[sa.ColumnElement[T]], Any]
) -> sa.ColumnElement[bool]:
    """Return whether the condition is true of one element of a list; NULL where there is no list."""
    return count_of(items, type_, where) == 1


def _among(
    items: sa.SQLColumnExpression[Any], type_: sa.types.TypeEngine[T], where: Callable[[sa.ColumnElement[T]], Any]
) -> sa.Select[int]:
    rows = _Elements(items).table_valued(sa.column("value", sa.Text()))
    query = sa.select(sa.literal_column("1", sa.Integer())).select_from(rows)
    return query.where(where(sa.cast(rows.c.value, type_))).correlate_except(rows)


# Rows


def truth(value: bool | None) -> sa.ColumnElement[bool]:
    """Return a condition that was decided in Python."""
    return sa.literal(value, sa.Boolean()) if value is None else sa.true() if value else sa.false()


def negate(part: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return the opposite of a condition; SQLAlchemy alone would forget that it is one."""
    return sa.type_coerce(sa.not_(part), sa.Boolean())


def condition(value: sa.SQLColumnExpression[bool | None]) -> sa.ColumnElement[bool]:
    """Return a truth value, which may be unknown, as a condition: in parentheses, because SQLite reads `a = b IS c` its way."""
    found: Any = value
    return Grouping(sa.type_coerce(found, sa.Boolean()))


def exists(model: type[Row], where: Callable[[type[Row]], sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Return whether there is a row for which the condition is true."""
    row = orm.aliased(model)
    return sa.select(sa.literal_column("1")).where(where(row)).correlate_except(row).exists()


def count(model: type[Row], where: Callable[[type[Row]], sa.ColumnElement[bool]]) -> sa.ColumnElement[int]:
    """Return how many rows there are for which the condition is true."""
    row = orm.aliased(model)
    query = sa.select(sa.func.count()).select_from(row).where(where(row))
    return query.correlate_except(row).scalar_subquery()


def total(
    model: type[Row],
    where: Callable[[type[Row]], sa.ColumnElement[bool]],
    of: Callable[[type[Row]], sa.SQLColumnExpression[T]],
) -> sa.ColumnElement[T]:
    """Return the sum over the rows for which the condition is true: zero where there are none, NULL out of range."""
    row = orm.aliased(model)
    value = of(row)
    nothing = sa.type_coerce(sa.literal_column("0"), type_of(value))
    query = sa.select(sa.case((sa.func.count(value) == 0, nothing), else_=sum_of(value)))
    return query.select_from(row).where(where(row)).correlate_except(row).scalar_subquery()


def sum_of(value: sa.SQLColumnExpression[T]) -> sa.ColumnElement[T]:
    """Return the sum of a group's values: NULL where there are none, or where it is out of range."""
    return CLASSES[f"sum_{kind_of(value)}"](value)


def mean_of(value: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[Any]:
    """Return the mean of a group's values: of decimals rounded to eight digits, of ints a float."""
    return CLASSES[f"mean_{kind_of(value)}"](value)


def summary(
    model: type[Row],
    where: Callable[[type[Row]], sa.ColumnElement[bool]],
    of: Callable[[type[Row]], sa.ColumnElement[T]],
) -> sa.ColumnElement[T]:
    """Return an aggregate over the rows for which the condition is true; NULL where there are none."""
    row = orm.aliased(model)
    query = sa.select(of(row)).select_from(row).where(where(row))
    return query.correlate_except(row).scalar_subquery()


def of(
    model: type[Row], id: Value[UUID | None], value: Callable[[type[Row]], sa.SQLColumnExpression[T]]
) -> sa.ColumnElement[T]:
    """Return a value of the row that a reference names; NULL where it names none."""
    row = orm.aliased(model)
    query = sa.select(value(row)).where(row.id == id)
    return query.correlate_except(row).scalar_subquery()
