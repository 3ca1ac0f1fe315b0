"""The tables behind accounts: sessions, refresh tokens, one-time tokens and failed sign-ins."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from sqlalchemy import orm

from runtime.tables import Base, Entity, utc_now


class Account(Entity):
    """The base of the model that can sign in."""

    __abstract__ = True
    __signs_in__ = True

    if TYPE_CHECKING:
        email: orm.Mapped[str]
        password_hash: orm.Mapped[str]
        roles: orm.Mapped[list[str]]


class SignInSession(Base):
    """One sign-in: a family of refresh tokens, of which only the newest is good."""

    __tablename__ = "runtime_sessions"

    id: orm.Mapped[uuid.UUID] = orm.mapped_column(primary_key=True, default=uuid.uuid4)
    user_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=utc_now)
    expires_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
    revoked_at: orm.Mapped[dt.datetime | None]


class RefreshToken(Base):
    """The hash of a refresh token. It is good once: when it comes again, somebody else has it too."""

    __tablename__ = "runtime_refresh_tokens"

    hash: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    session_id: orm.Mapped[uuid.UUID] = orm.mapped_column(index=True)
    used_at: orm.Mapped[dt.datetime | None]


class OneTimeToken(Base):
    """The hash of a token that sets a password, or the mark that the first administrator was made."""

    __tablename__ = "runtime_one_time_tokens"

    hash: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    user_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(index=True)
    expires_at: orm.Mapped[dt.datetime | None]
    used_at: orm.Mapped[dt.datetime | None]


class FailedSignIns(Base):
    """How often signing in to one account has failed of late."""

    __tablename__ = "runtime_failed_sign_ins"

    account: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    failures: orm.Mapped[int]
    last_at: orm.Mapped[dt.datetime] = orm.mapped_column(index=True)
