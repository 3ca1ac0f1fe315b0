"""What accounts takes and answers."""

import uuid
from typing import Annotated

from pydantic import Field

from app.types import Role
from runtime import fields


class UserUpdate(fields.Schema):
    """What is sent to change a user: only what is to change."""

    email: fields.SignInEmail = fields.absent()
    name: Annotated[fields.Line, Field(min_length=1, max_length=200)] = fields.absent()
    roles: Annotated[list[Role], Field(max_length=1000)] = fields.absent()


class UserSelfUpdate(fields.Schema):
    """What people may change of their own account."""

    name: Annotated[fields.Line, Field(min_length=1, max_length=200)] = fields.absent()


class UserOut(fields.Record):
    """A user as it is answered."""

    id: uuid.UUID
    email: fields.ShownEmail
    name: str
    roles: list[Annotated[str, fields.Values(Role)]]
    created_at: fields.Moment
    updated_at: fields.Moment


class UserPage(fields.Record):
    """A part of a list."""

    items: list[UserOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class UserQuery(fields.ListQuery):
    """What a list of user may be asked for."""

    limit: int = Field(default=20, ge=1, le=100, description="How many to return at most")
    sort: str | None = fields.sorting("email", "name", "created_at")
    q: str | None = fields.searching("email", "name")
    email: fields.QueryText | None = None
    name: fields.QueryText | None = None
