"""What species_notes takes and answers."""

import uuid
from typing import Annotated

from pydantic import Field

from runtime import fields


class SpeciesCreate(fields.Schema):
    """What is sent to make a species."""

    title: Annotated[fields.Line, Field(min_length=1, max_length=200)]
    class_: Annotated[fields.Line, Field(max_length=50)] | None = Field(default=None, alias="class")
    rating: Annotated[fields.Int, Field(ge=0, le=10)] = 5
    website: fields.Url | None = None
    opens: fields.Time | None = None
    extra: fields.Json | None = None


class SpeciesUpdate(fields.Schema):
    """What is sent to change a species: only what is to change."""

    title: Annotated[fields.Line, Field(min_length=1, max_length=200)] = fields.absent()
    class_: Annotated[fields.Line, Field(max_length=50)] | None = fields.absent(alias="class")
    rating: Annotated[fields.Int, Field(ge=0, le=10)] = fields.absent()
    website: fields.Url | None = fields.absent()
    opens: fields.Time | None = fields.absent()
    extra: fields.Json | None = fields.absent()


class SpeciesOut(fields.Record):
    """A species as it is answered."""

    id: uuid.UUID
    title: str
    class_: str | None = Field(serialization_alias="class")
    rating: int
    website: fields.ShownUrl | None
    opens: fields.ShownTime | None
    extra: fields.Json
    created_at: fields.Moment
    updated_at: fields.Moment


class SpeciesPage(fields.Record):
    """A part of a list."""

    items: list[SpeciesOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class SpeciesQuery(fields.ListQuery):
    """What a list of species may be asked for."""

    limit: int = Field(default=20, ge=1, le=50, description="How many to return at most")
    sort: str | None = fields.sorting("title", "rating", "created_at")
    q: str | None = fields.searching("title")
    rating_min: fields.QueryInt | None = Field(default=None, description="The least rating")
    rating_max: fields.QueryInt | None = Field(default=None, description="The greatest rating")
    title: fields.QueryText | None = None
    class_: fields.QueryText | None = Field(default=None, alias="class")
    rating: fields.QueryInt | None = None
