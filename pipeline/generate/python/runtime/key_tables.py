"""The tables behind API keys: what can hold one, and the keys themselves."""

import datetime as dt
import uuid

from sqlalchemy import orm

from runtime.tables import Base, Entity, utc_now


class KeyHolder(Entity):
    """The base of a model whose rows sign in with an API key of their own."""

    __abstract__ = True


class ApiKey(Base):
    """The hash of a key, and the row that signs in with it."""

    __tablename__ = "runtime_api_keys"

    hash: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    holder: orm.Mapped[str]
    """The table of the row, which outlives a new name of its model."""
    row_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now)
    last_used_at: orm.Mapped[dt.datetime | None]
    """To the minute."""
    revoked_at: orm.Mapped[dt.datetime | None]
