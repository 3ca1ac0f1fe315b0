"""What visits takes and answers."""

import decimal
import uuid
from typing import Annotated

from pydantic import Field

from runtime import fields


class VisitCreate(fields.Schema):
    """What is sent to make a visit."""

    pet_id: fields.Key
    vet_id: fields.Key | None = None
    at: fields.DateTime
    reason: Annotated[fields.Text, Field(max_length=5000)]
    price: Annotated[fields.Number, fields.Digits(2, least="0")] = decimal.Decimal("0")


class VisitCreateUnder(fields.Schema):
    """What is sent to make a visit under its parent."""

    pet_id: fields.Key | None = Field(default=None, description="If given, the one in the path")
    vet_id: fields.Key | None = None
    at: fields.DateTime
    reason: Annotated[fields.Text, Field(max_length=5000)]
    price: Annotated[fields.Number, fields.Digits(2, least="0")] = decimal.Decimal("0")


class VisitUpdate(fields.Schema):
    """What is sent to change a visit: only what is to change."""

    pet_id: fields.Key = fields.absent()
    vet_id: fields.Key | None = fields.absent()
    at: fields.DateTime = fields.absent()
    reason: Annotated[fields.Text, Field(max_length=5000)] = fields.absent()
    price: Annotated[fields.Number, fields.Digits(2, least="0")] = fields.absent()


class VisitOut(fields.Record):
    """A visit as it is answered."""

    id: uuid.UUID
    pet_id: uuid.UUID
    vet_id: uuid.UUID | None
    at: fields.Moment
    reason: str
    price: fields.Number
    created_at: fields.Moment
    updated_at: fields.Moment


class VisitPage(fields.Record):
    """A part of a list."""

    items: list[VisitOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class VisitQuery(fields.ListQuery):
    """What a list of visit may be asked for."""

    limit: int = Field(default=20, ge=1, le=100, description="How many to return at most")
    sort: str | None = fields.sorting("at", "price", "created_at")
    q: str | None = fields.searching("reason")
    at_min: fields.DateTime | None = Field(default=None, description="The least at")
    at_max: fields.DateTime | None = Field(default=None, description="The greatest at")
    price_min: fields.QueryNumber | None = Field(default=None, description="The least price")
    price_max: fields.QueryNumber | None = Field(default=None, description="The greatest price")
    pet_id: fields.Key | None = None
    vet_id: fields.Key | None = None
