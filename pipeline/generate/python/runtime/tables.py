"""Tables: the base of all models, the column types that differ between databases, and the kernel's own table."""

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from runtime.clock import CLOCK


def utc_now() -> dt.datetime:
    """Return the present moment, in UTC."""
    return CLOCK.now()


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """A moment. SQLite knows no time zones: there it is kept as UTC without one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        return dt.datetime

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class ExactDecimal(sa.types.TypeDecorator[Decimal]):
    """An exact decimal number. SQLite would keep a binary float: there it is an integer of hundred-millionths."""

    impl = sa.Numeric
    cache_ok = True
    _UNIT = Decimal(10) ** 8

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        stored: sa.types.TypeEngine[Any] = sa.BigInteger() if dialect.name == "sqlite" else sa.Numeric()
        return dialect.type_descriptor(stored)

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return int(Decimal(value) * self._UNIT)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value) / self._UNIT if dialect.name == "sqlite" else Decimal(value)


def json_type() -> sa.types.TypeEngine[Any]:
    """Return the type of a JSON column, in which None is the database's NULL."""
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def computed() -> Any:
    """Return an attribute that is no column: the store fills it in when it reads a row."""
    return orm.query_expression()


class Base(orm.DeclarativeBase):
    """The base of every table."""

    type_annotation_map = {
        str: sa.Text(),
        int: sa.BigInteger(),
        float: sa.Double(),
        Decimal: ExactDecimal(),
        dt.datetime: UtcDateTime(),
    }


_numbered = False


def number_ids() -> None:
    """Make new rows ids that are whole numbers below 2**53, which callers see as such."""
    global _numbered
    _numbered = True


def new_id() -> uuid.UUID:
    """Return an id that no row has: random, so that nobody waits for a counter or guesses the next one."""
    return uuid.UUID(int=1 + secrets.randbelow(2**53 - 2)) if _numbered else uuid.uuid4()


@dataclass(frozen=True, slots=True)
class Readers:
    """Who sees a field of those who see the row. See runtime.readers."""

    roles: frozenset[str]
    fields: tuple[str, ...] = ()
    """Attributes of the row: whom one of them names sees it too."""


class Entity(Base):
    """The base of what a system stores: a row with an id of its own."""

    __abstract__ = True
    __model__: ClassVar[str | None] = None
    """The model's name in the blueprint where Python cannot have it as the name of a class."""
    __signs_in__: ClassVar[bool] = False
    """Whether its rows are the accounts of people."""
    __readers__: ClassVar[Mapping[str, Readers]] = {}
    """Attributes that only some may see, and who they are."""

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=new_id, sort_order=-1)


class Hideable(Entity):
    """The base of models whose rows can be hidden, by themselves or with what they belong to. See runtime.hiding."""

    __abstract__ = True

    row_deleted_at: orm.Mapped[dt.datetime | None] = orm.mapped_column("deleted_at")


class Restorable(Hideable):
    """The base of models whose rows are hidden when they are deleted, and can be brought back."""

    __abstract__ = True


class IdempotentAnswer(Base):
    """The answer to a request with an Idempotency-Key, given again when the request is repeated."""

    __tablename__ = "runtime_idempotency"

    key: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    fingerprint: orm.Mapped[str]
    status: orm.Mapped[int | None]
    headers: orm.Mapped[dict[str, str] | None] = orm.mapped_column(json_type())
    body: orm.Mapped[str | None]
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now, index=True)
