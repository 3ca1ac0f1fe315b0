"""The functions that expressions need in SQL: SQLite calls Python by their names, PostgreSQL has a template for each."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from runtime import expressions


class Function(NamedTuple):
    """One function: what it gives, what it takes, what it does, and how PostgreSQL says it."""

    result: str
    arguments: tuple[str, ...]
    act: Callable[..., Any]
    template: str


_FIRST_MOMENT = "TIMESTAMPTZ '0001-01-01 00:00:00+00'"
_LAST_MOMENT = "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'"
_INT = "SELECT CASE WHEN x BETWEEN -9223372036854775808 AND 9223372036854775807 THEN x::BIGINT END"
_DECIMAL = "SELECT CASE WHEN abs(x) <= 92233720368.54775807 THEN x END"
_SPAN = "SELECT CASE WHEN x BETWEEN INTERVAL '-3652059 days' AND INTERVAL '3652059 days' THEN x END"
_TWO = "FROM (SELECT {0} AS x, {1} AS y) AS _"
_SIZED = "(x = 0 OR abs(x) BETWEEN 1e-150 AND 1e150) AND (y = 0 OR abs(y) BETWEEN 1e-150 AND 1e150)"


def _one(select: str, calculated: str) -> str:
    return f"({select} FROM (SELECT {calculated} AS x) AS _)"


def _float(condition: str, calculated: str) -> str:
    return f"(SELECT CASE WHEN {condition} THEN {calculated} END {_TWO})"


def _duration_of(count: int | None, unit: int) -> dt.timedelta | None:
    if count is None or abs(count) > expressions.LONGEST // dt.timedelta(microseconds=unit):
        return None
    return count * dt.timedelta(microseconds=unit)


def _in_units(duration: dt.timedelta | None, unit: int) -> int | None:
    return None if duration is None else expressions.divide(duration // dt.timedelta(microseconds=1), unit)


def _same(value: Any) -> Any:
    return value


def _arithmetic(kind: str, template: Callable[[str], str], *names: str) -> dict[str, Function]:
    """Return addition and its like of one kind. In the template stands the operator."""
    signs = {"add": "+", "subtract": "-"}
    acts: dict[str, Callable[..., Any]] = {"add": expressions.plus, "subtract": expressions.minus}
    return {f"{name}_{kind}": Function(kind, (kind, kind), acts[name], template(signs[name])) for name in names}


def _calendar(name: str, result: str, act: Callable[..., Any], shown: str, of_date: str | None) -> dict[str, Function]:
    """Return a function of moments in a zone and, where days have it, of days. `shown` is what the clocks show."""
    clocks = (
        "(CASE WHEN {1} = 'UTC' THEN {0} WHEN {0} < TIMESTAMPTZ '0001-01-02 00:00:00+00' THEN"
        " TIMESTAMPTZ '0001-01-02 00:00:00+00' WHEN {0} > TIMESTAMPTZ '9999-12-30 23:59:59.999999+00' THEN"
        " TIMESTAMPTZ '9999-12-30 23:59:59.999999+00' ELSE {0} END)"
    )
    found = {f"{name}_moment": Function(result, ("moment", "text"), act, shown.replace("$", clocks))}
    if of_date is not None:
        found[f"{name}_date"] = Function(result, ("date",), act, of_date)
    return found


FUNCTIONS: dict[str, Function] = {
    **_arithmetic("int", lambda sign: _one(_INT, f"{{0}}::NUMERIC {sign} {{1}}"), "add", "subtract"),
    **_arithmetic("decimal", lambda sign: _one(_DECIMAL, f"{{0}} {sign} {{1}}"), "add", "subtract"),
    **_arithmetic("duration", lambda sign: _one(_SPAN, f"{{0}} {sign} {{1}}"), "add", "subtract"),
    **_arithmetic(
        "float", lambda sign: _float("abs(x) <= 1e150 AND abs(y) <= 1e150", f"x {sign} y"), "add", "subtract"
    ),
    "add_text": Function("text", ("text", "text"), expressions.joined, "({0} || {1})"),
    "multiply_int": Function("int", ("int", "int"), expressions.times, _one(_INT, "{0}::NUMERIC * {1}")),
    "multiply_decimal": Function(
        "decimal", ("decimal", "decimal"), expressions.times, _one(_DECIMAL, "round({0} * {1}, 8)")
    ),
    "multiply_float": Function("float", ("float", "float"), expressions.times, _float(_SIZED, "x * y")),
    "divide_int": Function(
        "int", ("int", "int"), expressions.divide, _one(_INT, "div({0}::NUMERIC, nullif({1}, 0)::NUMERIC)")
    ),
    "divide_decimal": Function(
        "decimal",
        ("decimal", "decimal"),
        expressions.divide,
        _one(_DECIMAL, "round({0}::NUMERIC(50, 30) / nullif({1}, 0), 8)"),
    ),
    "divide_float": Function("float", ("float", "float"), expressions.divide, _float(_SIZED, "x / nullif(y, 0)")),
    "remainder_int": Function("int", ("int", "int"), expressions.remainder, "mod({0}, nullif({1}, 0))"),
    "negative_int": Function("int", ("int",), expressions.negative, _one(_INT, "-({0}::NUMERIC)")),
    "negative_decimal": Function("decimal", ("decimal",), expressions.negative, "(-{0})"),
    "negative_float": Function("float", ("float",), expressions.negative, "(-{0})"),
    "negative_duration": Function("duration", ("duration",), expressions.negative, "(-{0})"),
    "size_int": Function("int", ("int",), expressions.size_of, _one(_INT, "abs({0}::NUMERIC)")),
    "size_decimal": Function("decimal", ("decimal",), expressions.size_of, "abs({0})"),
    "round_decimal": Function(
        "decimal", ("decimal", "int"), expressions.rounded, _one(_DECIMAL, "round({0}, {1}::INTEGER)")
    ),
    "decimal_int": Function("decimal", ("int",), expressions.decimal, _one(_DECIMAL, "{0}::NUMERIC")),
    "duration_of": Function(
        "duration",
        ("int", "int"),
        _duration_of,
        f"(SELECT CASE WHEN abs(x) <= 315537897600000000 / y THEN x * (y * INTERVAL '1 microsecond') END {_TWO})",
    ),
    "in_units": Function(
        "int", ("duration", "int"), _in_units, "trunc((extract(epoch FROM {0}) * 1000000) / {1})::BIGINT"
    ),
    "later_moment": Function(
        "moment",
        ("moment", "duration"),
        expressions.later,
        f"(SELECT CASE WHEN y BETWEEN {_FIRST_MOMENT} - x AND {_LAST_MOMENT} - x THEN x + y END {_TWO})",
    ),
    "later_date": Function(
        "date",
        ("date", "duration"),
        expressions.later,
        "(SELECT CASE WHEN y BETWEEN TIMESTAMP '0001-01-01' - x AND TIMESTAMP '9999-12-31 23:59:59.999999' - x"
        f" THEN (x + y)::DATE END {_TWO})",
    ),
    "between_moment": Function("duration", ("moment", "moment"), expressions.between, "({0} - {1})"),
    "between_date": Function("duration", ("date", "date"), expressions.between, "(({0} - {1}) * INTERVAL '1 day')"),
    **_calendar("day", "date", expressions.day, "($ AT TIME ZONE {1})::DATE", "{0}"),
    **_calendar(
        "week",
        "date",
        expressions.week,
        "date_trunc('week', $ AT TIME ZONE {1})::DATE",
        "date_trunc('week', {0}::TIMESTAMP)::DATE",
    ),
    **_calendar(
        "month",
        "date",
        expressions.month,
        "date_trunc('month', $ AT TIME ZONE {1})::DATE",
        "date_trunc('month', {0}::TIMESTAMP)::DATE",
    ),
    **_calendar(
        "year",
        "date",
        expressions.year,
        "date_trunc('year', $ AT TIME ZONE {1})::DATE",
        "date_trunc('year', {0}::TIMESTAMP)::DATE",
    ),
    **_calendar("hour", "moment", expressions.hour, "date_trunc('hour', $, {1})", None),
    **_calendar("time_of_day", "time", expressions.time_of_day, "($ AT TIME ZONE {1})::TIME", None),
    **_calendar(
        "weekday",
        "int",
        expressions.weekday,
        "extract(isodow FROM $ AT TIME ZONE {1})::BIGINT",
        "extract(isodow FROM {0})::BIGINT",
    ),
    **_calendar("hour_of", "int", expressions.hour_of, "extract(hour FROM $ AT TIME ZONE {1})::BIGINT", None),
    "contains_text": Function("bool", ("text", "text"), expressions.contains, "(strpos({0}, {1}) > 0)"),
    "starts_with_text": Function("bool", ("text", "text"), expressions.starts_with, "starts_with({0}, {1})"),
    "ends_with_text": Function("bool", ("text", "text"), expressions.ends_with, "(right({0}, length({1})) = {1})"),
    "ordered_text": Function("text", ("text",), _same, '({0} COLLATE "C")'),
    "lower_text": Function("text", ("text",), expressions.lower, "lower({0})"),
    "text_of_int": Function("text", ("int",), expressions.as_text, "({0})::TEXT"),
    "text_of_id": Function("text", ("id",), expressions.as_text, "({0})::TEXT"),
    "text_of_date": Function("text", ("date",), expressions.as_text, "to_char({0}, 'YYYY-MM-DD')"),
    "text_of_moment": Function(
        "text", ("moment",), expressions.as_text, "(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC')"
    ),
}


def _read_moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _write_moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


READ: dict[str, Callable[[Any], Any]] = {
    "decimal": lambda units: Decimal(units) * expressions.UNIT,
    "duration": lambda count: dt.timedelta(microseconds=count),
    "moment": _read_moment,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "bool": bool,
    "float": float,
    "id": UUID,
}
"""How SQLite's values become Python's; others are the same."""
WRITE: dict[str, Callable[[Any], Any]] = {
    "decimal": lambda number: int(number / expressions.UNIT),
    "duration": lambda duration: duration // dt.timedelta(microseconds=1),
    "moment": _write_moment,
    "date": dt.date.isoformat,
    "time": lambda time: time.isoformat("microseconds"),
    "bool": int,
}
"""How Python's values become SQLite's."""


def stored(function: Function) -> Callable[..., Any]:
    """Return a function of SQLite's own values; NULL is None."""
    readers = [READ.get(kind, _same) for kind in function.arguments]
    write = WRITE.get(function.result, _same)

    def act(*values: Any) -> Any:
        read = (None if value is None else reader(value) for reader, value in zip(readers, values, strict=True))
        result = function.act(*read)
        return None if result is None else write(result)

    return act


class Collected:
    """An aggregate of SQLite: the values that are there, and what is made of all of them."""

    kind = ""
    result = ""

    def __init__(self) -> None:
        self._values: list[Any] = []

    def step(self, value: Any) -> None:
        """Take one value."""
        if value is not None:
            self._values.append(READ.get(self.kind, _same)(value))

    def finalize(self) -> Any:
        """Return what was made of them; None where there are none, or where it is out of range."""
        made = self.made(self._values) if self._values else None
        return None if made is None else WRITE.get(self.result, _same)(made)

    def made(self, values: list[Any]) -> Any:
        """Return what is made of values that are there."""
        return expressions.within(sum(values, type(values[0])()))


class Mean(Collected):
    """The mean; of ints a float."""

    def made(self, values: list[Any]) -> Any:
        total = sum(values, type(values[0])())
        if isinstance(total, Decimal):
            return expressions.divide(total, Decimal(len(values)))
        return float(total / len(values))


def _aggregate(base: type[Collected], kind: str, result: str) -> type[Collected]:
    return type(f"{base.__name__}Of{kind.title()}", (base,), {"kind": kind, "result": result})


class Aggregate(NamedTuple):
    """An aggregate: what it gives, how SQLite makes it, and how PostgreSQL says it."""

    result: str
    made_by: type[Collected]
    template: str


AGGREGATES: dict[str, Aggregate] = {
    "sum_int": Aggregate("int", _aggregate(Collected, "int", "int"), _one(_INT, "sum({0})")),
    "sum_decimal": Aggregate("decimal", _aggregate(Collected, "decimal", "decimal"), _one(_DECIMAL, "sum({0})")),
    "sum_float": Aggregate("float", _aggregate(Collected, "float", "float"), "sum({0})"),
    "sum_duration": Aggregate("duration", _aggregate(Collected, "duration", "duration"), _one(_SPAN, "sum({0})")),
    "mean_int": Aggregate("float", _aggregate(Mean, "int", "float"), "avg({0})::DOUBLE PRECISION"),
    "mean_decimal": Aggregate("decimal", _aggregate(Mean, "decimal", "decimal"), "round(avg({0}), 8)"),
    "mean_float": Aggregate("float", _aggregate(Mean, "float", "float"), "avg({0})"),
}
