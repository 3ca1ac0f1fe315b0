"""Lists: what a caller may filter, sort and search by, and pages that stay correct while rows come and go."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute

from runtime.computing import NO_COLUMNS, Columns
from runtime.fields import ListQuery
from runtime.problems import Problem, invalid
from runtime.tables import Entity

Row = TypeVar("Row", bound=Entity)
Attribute = InstrumentedAttribute[Any]

_DECODERS: dict[type, Any] = {
    bool: bool,
    int: int,
    float: float,
    str: str,
    Decimal: Decimal,
    UUID: UUID,
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    dt.timedelta: lambda microseconds: dt.timedelta(microseconds=microseconds),
}


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """How the rows of one model are listed. Keys of the filters are the attributes of the query's class."""

    model: type[Row]
    order: str
    equals: Mapping[str, Attribute] = field(default_factory=dict)
    contains: Mapping[str, Attribute] = field(default_factory=dict)
    at_least: Mapping[str, Attribute] = field(default_factory=dict)
    at_most: Mapping[str, Attribute] = field(default_factory=dict)
    sort: Mapping[str, Attribute] = field(default_factory=dict)
    """What may be sorted by, under the names that callers use."""
    search: Sequence[Attribute] = ()
    counted: bool = False
    """Whether a page says how many there are on all."""

    def conditions(
        self, query: ListQuery, dialect: str, computed: Columns = NO_COLUMNS
    ) -> list[sa.ColumnElement[bool]]:
        """Return what rows must meet. `computed` stand for the attributes that are no columns."""
        conditions: list[sa.ColumnElement[bool]] = []
        for name in sorted(query.model_fields_set):
            value = getattr(query, name)
            if value is None:
                continue
            if name in self.equals:
                conditions.append(_column(self.equals[name], computed) == value)
            elif name in self.contains:
                conditions.append(contains(self.contains[name], value, dialect))
            elif name in self.at_least:
                conditions.append(_column(self.at_least[name], computed) >= value)
            elif name in self.at_most:
                conditions.append(_column(self.at_most[name], computed) <= value)
        for word in (getattr(query, "q", None) or "").split():
            conditions.append(sa.or_(*(_holds(attribute, word, dialect) for attribute in self.search)))
        return conditions

    def sorting(self, query: ListQuery, computed: Columns = NO_COLUMNS) -> "Sorting":
        """Return the order of rows: what is asked for, then the id. Raises the 422 for an unknown field."""
        asked: str | None = getattr(query, "sort", None)
        text = self.order if asked is None else asked
        terms: list[Term] = []
        for part in text.split(","):
            name = part.strip().removeprefix("-")
            attribute = self.sort.get(name)
            if attribute is None and text == self.order:
                attribute = self.model.id if name == "id" else None
            if attribute is None or any(term.name == name for term in terms):
                known = ", ".join(self.sort) or "nothing"
                raise invalid(
                    f"Sort by one or more of: {known}; a minus before a name means descending.",
                    "sort",
                    location="query",
                )
            terms.append(Term(name, attribute, _column(attribute, computed), part.strip().startswith("-")))
        return Sorting((*terms, Term("id", self.model.id, self.model.id, terms[-1].descending)))


def _column(attribute: Attribute, computed: Columns) -> sa.SQLColumnExpression[Any]:
    """Return the expression of an attribute: its column, or what it is computed by."""
    return computed.get(attribute.key, attribute)


class Term(NamedTuple):
    """One key of an order."""

    name: str
    attribute: Attribute
    column: Any
    """Its column, or what it is computed by."""
    descending: bool

    @property
    def nullable(self) -> bool:
        """Whether rows without a value exist; they come last in either direction."""
        return not isinstance(self.column, InstrumentedAttribute) or bool(self.column.property.columns[0].nullable)

    def clause(self) -> sa.ColumnElement[Any]:
        """Return the term of ORDER BY."""
        clause: sa.UnaryExpression[Any] = self.column.desc() if self.descending else self.column.asc()
        return clause.nulls_last() if self.nullable else clause

    def same(self, value: Any) -> sa.ColumnElement[bool]:
        """Return the condition for rows with this value."""
        same: sa.ColumnElement[bool] = self.column.is_(None) if value is None else self.column == value
        return same

    def after(self, value: Any) -> sa.ColumnElement[bool]:
        """Return the condition for rows that come after those with this value."""
        if value is None:
            return sa.false()
        # Written out as a literal of the column's type: SQLAlchemy compares nothing with a bare True.
        place = sa.literal(value, self.column.type)
        later = self.column < place if self.descending else self.column > place
        return sa.or_(later, self.column.is_(None)) if self.nullable else later


@dataclass(frozen=True)
class Sorting:
    """A total order of rows, and the cursors that stand between them."""

    terms: tuple[Term, ...]

    @property
    def _name(self) -> str:
        return ",".join(f"{'-' if term.descending else ''}{term.name}" for term in self.terms)

    def cursor(self, row: Entity) -> str:
        """Return the opaque mark of the place right after a row."""
        values = [_encode(getattr(row, term.attribute.key)) for term in self.terms]
        text = json.dumps([self._name, *values], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def after(self, cursor: str) -> sa.ColumnElement[bool]:
        """Return the condition for rows behind a cursor. Raises the 422 for one that this order did not make."""
        values = self.values(cursor)
        alternatives: list[sa.ColumnElement[bool]] = []
        same: list[sa.ColumnElement[bool]] = []
        for term, value in zip(self.terms, values, strict=True):
            alternatives.append(sa.and_(*same, term.after(value)))
            same.append(term.same(value))
        return sa.or_(*alternatives)

    def values(self, cursor: str) -> list[Any]:
        """Return the values of the row that a cursor stands behind. Raises the 422 for what is no such cursor."""
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            name, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            if name != self._name or len(values) != len(self.terms):
                raise _bad_cursor()
            return [_decode(term.column, value) for term, value in zip(self.terms, values, strict=True)]
        except (binascii.Error, ValueError, TypeError, InvalidOperation, OverflowError, RecursionError):
            raise _bad_cursor() from None


def _bad_cursor() -> Problem:
    return invalid(
        "This cursor is not from this list in this order; start again without one.", "cursor", location="query"
    )


def _encode(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dt.timedelta):
        return value // dt.timedelta(microseconds=1)
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _decode(column: Any, value: Any) -> Any:
    if value is None:
        return None
    kind = column.type.python_type
    decoded = _DECODERS[kind](value)
    if isinstance(value, (list, dict)) or (isinstance(decoded, str) and "\x00" in decoded):
        raise ValueError
    if isinstance(decoded, int) and abs(decoded) >= 2**63:
        raise ValueError
    if isinstance(decoded, dt.datetime) and decoded.tzinfo is None:
        raise ValueError
    if isinstance(decoded, Decimal) and (not decoded.is_finite() or abs(decoded) >= 92_233_720_368):
        raise ValueError
    return decoded


def contains(attribute: Attribute, value: Any, dialect: str) -> sa.ColumnElement[bool]:
    """Return the condition for rows whose list holds a value."""
    plain = value if isinstance(value, (int, float)) else str(value)
    if dialect == "sqlite":
        members = sa.func.json_each(attribute).table_valued("value")
        return sa.exists(sa.select(sa.literal(1)).select_from(members).where(members.c.value == plain))
    return sa.type_coerce(attribute, postgresql.JSONB).contains([plain])


def _holds(attribute: Attribute, word: str, dialect: str) -> sa.ColumnElement[bool]:
    lower = sa.func.lower_text if dialect == "sqlite" else sa.func.lower
    escaped = word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return lower(attribute).like(f"%{escaped}%", escape="\\")
