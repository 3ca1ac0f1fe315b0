"""The tables behind inbound webhooks."""

import datetime as dt
import uuid

from sqlalchemy import orm

from runtime.tables import Base, Entity, json_type, utc_now


class ReceivedWebhook(Entity):
    """A webhook as it was received, before and after it was handled."""

    __tablename__ = "runtime_webhooks"

    operation: orm.Mapped[str] = orm.mapped_column(index=True)
    """`component.port:operation`."""
    path: orm.Mapped[dict[str, str]] = orm.mapped_column(json_type())
    """The parts of the path that have names."""
    body: orm.Mapped[str]
    status: orm.Mapped[str] = orm.mapped_column(default="received")
    """received, handled, repeated or failed."""
    error: orm.Mapped[str | None]
    received_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now, index=True)
    handled_at: orm.Mapped[dt.datetime | None]


class WebhookId(Base):
    """The sender's id of a webhook that was handled: it is handled once."""

    __tablename__ = "runtime_webhook_ids"

    key: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    webhook_id: orm.Mapped[uuid.UUID]
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now, index=True)
