"""Todos: the operations at /v1/todos."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.components.todos.repository import LISTING
from app.components.todos.schemas import TodoCreate, TodoOut, TodoPage, TodoQuery, TodoUpdate
from app.models import Todo
from runtime.call import Call, Current
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.store import Store


class Todos(ComposedComponent):
    """What may be done with todos."""

    def __init__(self, data: Store[Todo]) -> None:
        super().__init__("todos")
        self.api = self.offers("api", RpcPort(self, model="Todo", owner="owner_id"))
        self.data = self.needs("data", data)

    async def find_todo(self, call: Call, id: UUID) -> Todo:
        """Return the todo; 404 where the caller sees none."""
        return await self.data.read(call, id)

    @get("/v1/todos", "api.list")
    async def list_todos(self, call: Current, query: Annotated[TodoQuery, Query()]) -> TodoPage:
        """List todos."""
        page = await self.data.page(call, LISTING, query)
        return TodoPage.model_validate(page)

    @post("/v1/todos", "api.create", idempotent=True, alone=True)
    async def create_todo(self, call: Current, body: TodoCreate) -> TodoOut:
        """Make a todo."""
        values = body.model_dump()
        if values.get("owner_id") is None and call.principal is not None:
            values["owner_id"] = call.principal.id
        todo = await self.data.create(call, values, owner="owner_id")
        call.etag(todo.row_version)
        call.location(f"/v1/todos/{todo.id}")
        return TodoOut.model_validate(todo)

    @get("/v1/todos/{id}", "api.read", versioned=True)
    async def read_todo(self, call: Current, id: UUID) -> TodoOut:
        """Read a todo."""
        todo = await self.data.read(call, id)
        call.etag(todo.row_version)
        return TodoOut.model_validate(todo)

    @patch("/v1/todos/{id}", "api.update", versioned=True, find=find_todo)
    async def update_todo(self, call: Current, id: UUID, body: TodoUpdate) -> TodoOut:
        """Change a todo: what is left out stays as it is."""
        changes = body.model_dump(exclude_unset=True)
        todo = await self.data.update(call, id, changes)
        call.etag(todo.row_version)
        return TodoOut.model_validate(todo)

    @delete("/v1/todos/{id}", "api.delete", versioned=True)
    async def delete_todo(self, call: Current, id: UUID) -> None:
        """Delete a todo."""
        await self.data.delete(call, id)
