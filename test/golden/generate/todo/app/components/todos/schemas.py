"""What todos takes and answers."""

import uuid
from typing import Annotated

from pydantic import Field

from runtime import fields


class TodoCreate(fields.Schema):
    """What is sent to make a todo."""

    owner_id: fields.Key | None = Field(default=None, description="Whose it is; without it, the caller's")
    title: Annotated[fields.Line, Field(min_length=1, max_length=200)]
    description: Annotated[fields.Text, Field(max_length=5000)] | None = None
    done: fields.Bool = False


class TodoUpdate(fields.Schema):
    """What is sent to change a todo: only what is to change."""

    owner_id: fields.Key = fields.absent()
    title: Annotated[fields.Line, Field(min_length=1, max_length=200)] = fields.absent()
    description: Annotated[fields.Text, Field(max_length=5000)] | None = fields.absent()
    done: fields.Bool = fields.absent()


class TodoOut(fields.Record):
    """A todo as it is answered."""

    id: uuid.UUID
    owner_id: uuid.UUID
    title: str
    description: str | None
    done: bool
    created_at: fields.Moment
    updated_at: fields.Moment


class TodoPage(fields.Record):
    """A part of a list."""

    items: list[TodoOut]
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class TodoQuery(fields.ListQuery):
    """What a list of todo may be asked for."""

    limit: int = Field(default=20, ge=1, le=100, description="How many to return at most")
    sort: str | None = fields.sorting("title", "done", "created_at", "updated_at")
    q: str | None = fields.searching("title", "description")
    done: bool | None = None
