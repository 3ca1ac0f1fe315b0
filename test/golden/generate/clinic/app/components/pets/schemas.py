"""What pets takes and answers."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from pydantic import Field

from runtime import fields

PetSpecies = Literal["dog", "cat", "bird", "in-between"]


class PetCreate(fields.Schema):
    """What is sent to make a pet."""

    owner_id: fields.Key | None = Field(default=None, description="Whose it is; without it, the caller's")
    name: Annotated[fields.Line, Field(min_length=1, max_length=200)]
    species: PetSpecies = "dog"
    born_on: fields.Date | None = None
    weight_kg: Annotated[fields.Number, fields.Digits(2, least="0")] | None = None
    vaccinated: fields.Bool = False
    tags: Annotated[list[fields.Line], Field(max_length=1000)] = Field(default_factory=list)
    chip_number: Annotated[fields.Line, Field(max_length=30)] | None = None


class PetUpdate(fields.Schema):
    """What is sent to change a pet: only what is to change."""

    owner_id: fields.Key = fields.absent()
    name: Annotated[fields.Line, Field(min_length=1, max_length=200)] = fields.absent()
    species: PetSpecies = fields.absent()
    born_on: fields.Date | None = fields.absent()
    weight_kg: Annotated[fields.Number, fields.Digits(2, least="0")] | None = fields.absent()
    vaccinated: fields.Bool = fields.absent()
    tags: Annotated[list[fields.Line], Field(max_length=1000)] = fields.absent()
    chip_number: Annotated[fields.Line, Field(max_length=30)] | None = fields.absent()


class PetOut(fields.Record):
    """A pet as it is answered."""

    id: uuid.UUID
    owner_id: uuid.UUID
    name: str
    species: Annotated[str, fields.Values(PetSpecies)]
    born_on: dt.date | None
    weight_kg: fields.Number | None
    vaccinated: bool
    tags: list[str]
    chip_number: str | None
    created_at: fields.Moment
    updated_at: fields.Moment


class PetPage(fields.Record):
    """A part of a list."""

    items: list[PetOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class PetQuery(fields.ListQuery):
    """What a list of pet may be asked for."""

    limit: int = Field(default=20, ge=1, le=100, description="How many to return at most")
    sort: str | None = fields.sorting("name", "species", "born_on", "weight_kg", "created_at")
    q: str | None = fields.searching("name", "chip_number")
    born_on_min: fields.Date | None = Field(default=None, description="The least born on")
    born_on_max: fields.Date | None = Field(default=None, description="The greatest born on")
    weight_kg_min: fields.QueryNumber | None = Field(default=None, description="The least weight kg")
    weight_kg_max: fields.QueryNumber | None = Field(default=None, description="The greatest weight kg")
    species: PetSpecies | None = None
    vaccinated: bool | None = None
    tags: fields.QueryText | None = Field(default=None, description="A member of tags")
    owner_id: fields.Key | None = None
    born_on: fields.Date | None = None
