"""The tables. Rules on values are in the schemas; what holds between rows is here."""

import datetime as dt
import decimal
import typing
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from runtime import account_tables, tables
from runtime.tables import Base

__all__ = [
    "Base",
    "User",
    "Pet",
    "Visit",
    "Species",
]


class User(account_tables.Account):
    """A row of users."""

    __tablename__ = "users"
    __table_args__ = (sa.Index("uq_users_email", "email", unique=True),)

    email: orm.Mapped[str]
    password_hash: orm.Mapped[str]
    name: orm.Mapped[str]
    roles: orm.Mapped[list[str]] = orm.mapped_column(tables.json_type(), default=lambda: ["owner"])
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class Pet(tables.Entity):
    """A row of pets."""

    __tablename__ = "pets"
    __table_args__ = (
        sa.Index("ix_pets_owner_id", "owner_id"),
        sa.Index("uq_pets_chip_number", "chip_number", unique=True),
    )

    owner_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    name: orm.Mapped[str]
    species: orm.Mapped[str] = orm.mapped_column(default="dog")
    born_on: orm.Mapped[dt.date | None]
    weight_kg: orm.Mapped[decimal.Decimal | None]
    vaccinated: orm.Mapped[bool] = orm.mapped_column(default=False)
    tags: orm.Mapped[list[str]] = orm.mapped_column(tables.json_type(), default=list)
    chip_number: orm.Mapped[str | None]
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class Visit(tables.Entity):
    """A row of visits."""

    __tablename__ = "visits"
    __table_args__ = (
        sa.Index("ix_visits_pet_id", "pet_id"),
        sa.Index("ix_visits_vet_id", "vet_id"),
    )

    pet_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("pets.id", ondelete="CASCADE"))
    vet_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))
    at: orm.Mapped[dt.datetime]
    reason: orm.Mapped[str]
    price: orm.Mapped[decimal.Decimal] = orm.mapped_column(default=decimal.Decimal("0"))
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class Species(tables.Entity):
    """A row of species_notes."""

    __tablename__ = "species_notes"
    __table_args__ = (sa.Index("uq_species_notes_title_class", "title", "class", unique=True),)

    title: orm.Mapped[str]
    class_: orm.Mapped[str | None] = orm.mapped_column("class")
    rating: orm.Mapped[int] = orm.mapped_column(default=5)
    website: orm.Mapped[str | None]
    opens: orm.Mapped[dt.time | None]
    extra: orm.Mapped[typing.Any] = orm.mapped_column(tables.json_type(), nullable=True)
    created_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now)
    updated_at: orm.Mapped[dt.datetime] = orm.mapped_column(default=tables.utc_now, onupdate=tables.utc_now)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)
