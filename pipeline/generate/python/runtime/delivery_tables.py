"""The tables behind calls to the world outside: each call, and each attempt at it."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from runtime.tables import Base, Entity, json_type, utc_now


class Delivery(Entity):
    """A call that was decided on in a transaction, and how far it has come."""

    __tablename__ = "runtime_deliveries"

    port: orm.Mapped[str]
    url: orm.Mapped[str]
    host: orm.Mapped[str]
    body: orm.Mapped[dict[str, Any]] = orm.mapped_column(json_type())
    secret: orm.Mapped[str | None]
    """What the call is signed with."""
    subject: orm.Mapped[str | None]
    """The model of the row that asked for calls."""
    subject_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(index=True)
    status: orm.Mapped[str] = orm.mapped_column(default="pending")
    """pending, delivered or failed."""
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    due_at: orm.Mapped[dt.datetime | None] = orm.mapped_column(index=True)
    """When it is tried next; none once that is over."""
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now, index=True)
    over_at: orm.Mapped[dt.datetime | None]


class DeliveryAttempt(Base):
    """One attempt at a call."""

    __tablename__ = "runtime_delivery_attempts"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=uuid.uuid4)
    delivery_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("runtime_deliveries.id", ondelete="CASCADE"), index=True
    )
    at: orm.Mapped[dt.datetime]
    status: orm.Mapped[int | None]
    """The status that was answered; none without an answer."""
    error: orm.Mapped[str | None]
    ms: orm.Mapped[int]
