"""The tables behind events: what is to be sent, what has arrived, and what could not be handled."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import orm

from runtime.tables import Base, Entity, json_type, utc_now


class Outbox(Base):
    """A message that was emitted in a transaction and is still to be sent."""

    __tablename__ = "runtime_outbox"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=uuid.uuid4)
    position: orm.Mapped[int] = orm.mapped_column(index=True)
    """Microseconds since 1970: messages are sent in this order."""
    type: orm.Mapped[str]
    target: orm.Mapped[str]
    """The port that it is for, `component.port`."""
    key: orm.Mapped[str | None]
    body: orm.Mapped[dict[str, Any]] = orm.mapped_column(json_type())


class Inbox(Base):
    """A message that has arrived. Its row stays a while after it was handled, so that it is not handled again."""

    __tablename__ = "runtime_inbox"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True)
    position: orm.Mapped[int]
    type: orm.Mapped[str]
    target: orm.Mapped[str]
    key: orm.Mapped[str | None] = orm.mapped_column(index=True)
    body: orm.Mapped[dict[str, Any]] = orm.mapped_column(json_type())
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    due_at: orm.Mapped[dt.datetime | None] = orm.mapped_column(index=True)
    """When it is to be handled; none once that is over."""
    over_at: orm.Mapped[dt.datetime | None] = orm.mapped_column(index=True)


class DeadLetter(Entity):
    """A message whose handler failed as often as it may."""

    __tablename__ = "runtime_dead_letters"

    type: orm.Mapped[str]
    target: orm.Mapped[str]
    key: orm.Mapped[str | None]
    body: orm.Mapped[dict[str, Any]] = orm.mapped_column(json_type())
    position: orm.Mapped[int]
    attempts: orm.Mapped[int]
    error: orm.Mapped[str]
    died_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now, index=True)
