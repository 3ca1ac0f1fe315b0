"""The tables. Rules on values are in the schemas; what holds between rows is here."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from runtime import account_tables, tables
from runtime.tables import Base

__all__ = [
    "Base",
    "User",
    "Todo",
]


class User(account_tables.Account):
    """A row of users."""

    __tablename__ = "users"
    __table_args__ = (sa.Index("uq_users_email", "email", unique=True),)

    email: orm.Mapped[str]
    password_hash: orm.Mapped[str]
    roles: orm.Mapped[list[str]] = orm.mapped_column(tables.json_type(), default=lambda: ["user"])
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class Todo(tables.Entity):
    """A row of todos."""

    __tablename__ = "todos"
    __table_args__ = (sa.Index("ix_todos_owner_id", "owner_id"),)

    owner_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    title: orm.Mapped[str]
    description: orm.Mapped[str | None]
    done: orm.Mapped[bool] = orm.mapped_column(default=False)
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)
