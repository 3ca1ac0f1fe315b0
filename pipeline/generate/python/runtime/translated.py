"""Functions of SQL that the databases say differently: how they are written, and what type of value they give."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from runtime.functions import AGGREGATES, FUNCTIONS
from runtime.tables import ExactDecimal, UtcDateTime


class Span(sa.types.TypeDecorator[dt.timedelta]):
    """A duration. SQLite has none: there it is a number of microseconds."""

    impl = sa.Interval
    cache_ok = True
    _UNIT = dt.timedelta(microseconds=1)

    @property
    def python_type(self) -> type[dt.timedelta]:
        return dt.timedelta

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        stored: sa.types.TypeEngine[Any] = sa.BigInteger() if dialect.name == "sqlite" else postgresql.INTERVAL()
        return dialect.type_descriptor(stored)

    def process_bind_param(self, value: dt.timedelta | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name != "sqlite" else value // self._UNIT

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.timedelta | None:
        return value if value is None or dialect.name != "sqlite" else value * self._UNIT


class _Translated(FunctionElement[Any]):
    """A function that SQLite calls by its name, and that is a template on PostgreSQL."""

    inherit_cache = True
    template: ClassVar[str] = ""


@compiles(_Translated)
def _called(element: _Translated, compiler: SQLCompiler, **options: Any) -> str:
    return f"{element.name}({compiler.process(element.clause_expr.element, **options)})"


@compiles(_Translated, "postgresql")
def _written(element: _Translated, compiler: SQLCompiler, **options: Any) -> str:
    arguments = [_argument(argument, compiler, options) for argument in element.clauses]
    return element.template.format(*arguments)


_TIGHT: tuple[type[Any], ...] = (sa.ColumnClause, FunctionElement)
"""What needs no parentheses, whatever stands around it."""


def _argument(argument: sa.ColumnElement[Any], compiler: SQLCompiler, options: dict[str, Any]) -> str:
    text = compiler.process(argument, **options)
    if isinstance(argument, sa.BindParameter):
        # PostgreSQL takes a parameter without a value for a text.
        return f"CAST({text} AS {type_of(argument).compile(compiler.dialect)})"
    return text if isinstance(argument, _TIGHT) else f"({text})"


TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "int": sa.BigInteger(),
    "decimal": ExactDecimal(),
    "float": sa.Double(),
    "duration": Span(),
    "moment": UtcDateTime(),
    "date": sa.Date(),
    "time": sa.Time(),
    "bool": sa.Boolean(),
    "text": sa.Text(),
    "id": sa.Uuid(),
}
"""The types of what functions take and give."""

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "bool"),
    (int, "int"),
    (Decimal, "decimal"),
    (float, "float"),
    (dt.timedelta, "duration"),
    (dt.datetime, "moment"),
    (dt.date, "date"),
    (dt.time, "time"),
    (UUID, "id"),
    (str, "text"),
)


def kind_of(value: Any) -> str:
    """Return what a value is: by its column type, or by its Python type."""
    kind = type_of(value).python_type if isinstance(value, sa.SQLColumnExpression) else type(value)
    return next(name for python, name in _KINDS if issubclass(kind, python))


def type_of(value: Any) -> sa.types.TypeEngine[Any]:
    """Return the type of a column or an expression."""
    found: sa.types.TypeEngine[Any] = value.type
    return found


def apply(name: str, *arguments: Any) -> sa.ColumnElement[Any]:
    """Return the call of a function; values of Python are bound with the type that it takes."""
    function = FUNCTIONS[name]
    given = [
        argument if isinstance(argument, sa.SQLColumnExpression) else sa.literal(argument, TYPES[kind])
        for argument, kind in zip(arguments, function.arguments, strict=True)
    ]
    return CLASSES[name](*given)


CLASSES: dict[str, Callable[..., sa.ColumnElement[Any]]] = {
    name: type(
        name,
        (_Translated,),
        {"name": name, "template": each.template, "type": TYPES[each.result], "inherit_cache": True},
    )
    for name, each in (*FUNCTIONS.items(), *AGGREGATES.items())
}
"""Every function and aggregate, by its name."""
