"""Stores and standard operations wired by hand, and what somebody may do with them: for tests of rights without HTTP."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from runtime import fields
from runtime.call import Call, Principal
from runtime.component import ComposedComponent, RpcPort, delete, get, operation_of, patch, post
from runtime.database import Database
from runtime.listing import Listing
from runtime.problems import Problem
from runtime.registry import Registry
from runtime.store import Store


class Things(ComposedComponent):
    """The standard operations on one model. Only reading does something: it is what children ask for."""

    def __init__(
        self,
        name: str,
        data: Store[Any],
        owner: str | None = None,
        parent: str | None = None,
        above: RpcPort | None = None,
    ) -> None:
        super().__init__(name)
        self.data = self.needs("data", data)
        if above is not None:
            self.needs("above", above)
        self.api = self.offers("api", RpcPort(self, data.of, owner, parent, above))

    @get("/{id}", "api.read")
    async def read(self, call: Call, id: UUID) -> object:
        return await self.data.read(call, id)

    @get("/", "api.list")
    async def list(self, call: Call) -> None: ...

    @post("/", "api.create")
    async def create(self, call: Call) -> None: ...

    @patch("/{id}", "api.update")
    async def update(self, call: Call, id: UUID) -> None: ...

    @delete("/{id}", "api.delete")
    async def delete(self, call: Call, id: UUID) -> None: ...


@dataclass
class Wired:
    """A registry on a database. A person is an id with roles, or nobody."""

    LISTED: ClassVar[str]
    """The component whose list is asked for where none is named."""

    database: Database
    registry: Registry

    def port(self, name: str) -> RpcPort:
        """Return the port of a component's operations."""
        port = self.registry.components[name].offered["api"]
        assert isinstance(port, RpcPort)
        return port

    def call(self, session: AsyncSession, who: UUID | None, roles: str, asked: str) -> Call:
        """Return a call of `replies:list` or the like by somebody, as the kernel hands it on."""
        name, _, op = asked.partition(":")
        principal = Principal(who, uuid.uuid4(), frozenset(roles.split())) if who else None
        operation = operation_of(self.port(name).operations[op][0])
        return self.registry.scope(f"{name}.api", operation, Call("r", principal, _session=session))

    async def listed(self, who: UUID | None, roles: str, name: str | None = None) -> set[UUID]:
        """Return what somebody's list holds, page by page."""
        name = name or self.LISTED
        store = self.port(name).rows()
        listing = Listing(store.model, order="id", sort={"id": store.model.id})
        found: list[UUID] = []
        cursor: str | None = None
        while True:
            query = fields.ListQuery.model_construct(limit=1, cursor=cursor)
            async with self.database.read() as session:
                page = await store.page(self.call(session, who, roles, f"{name}:list"), listing, query)
            found += [row.id for row in page.items]
            cursor = page.next_cursor
            if cursor is None:
                assert len(found) == len(set(found))
                return set(found)

    async def status(self, who: UUID | None, roles: str, asked: str, *arguments: object) -> int:
        """Return the status that an operation of a store ends with for somebody."""
        name, _, op = asked.partition(":")
        try:
            async with self.database.write() as session:
                await getattr(self.port(name).rows(), op)(self.call(session, who, roles, asked), *arguments)
        except Problem as problem:
            return problem.status
        return 200
