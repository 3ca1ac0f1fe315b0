"""Components: what they need, what they offer, and the operations behind it."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, ClassVar, Literal, Protocol, TypedDict, TypeVar, Unpack, get_args, get_type_hints
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from runtime.background import Loop
from runtime.call import Call
from runtime.database import Database
from runtime.file_fields import FileRules
from runtime.problems import Problem
from runtime.reach import reach
from runtime.settings import Settings
from runtime.store import Store, found
from runtime.tables import Entity

Access = Literal["granted", "signed-in", "public"]
Handler = Callable[..., Awaitable[Any]]
Function = TypeVar("Function", bound=Handler)
Finder = Callable[[Any, Call, UUID], Awaitable[object]]


class Hook(Protocol):
    """What an operation that is called from outside is known by. See runtime/webhooks.py."""

    @property
    def secret(self) -> str | None:
        """The setting that holds what callers sign with."""
        ...

    def work(self, site: "Site", ports: Sequence[Any]) -> "Work":
        """Return the work behind all such operations."""
        ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a port can be asked for over HTTP, and what the kernel must know to guard it."""

    port: str
    name: str
    method: str
    path: str
    status: int
    access: Access
    transaction: bool
    idempotent: bool
    versioned: bool
    fresh: bool
    """Whether the answer shows more than the row that its ETag is the version of: it is sent each time."""
    limited: bool
    csv: bool
    """Whether it can also be had as CSV."""
    answers: tuple[int, ...]
    """Statuses of errors beyond those that follow from the rest."""
    files: tuple[FileRules, ...]
    """Files that may be sent, with multipart/form-data."""
    downloads: tuple[str, ...]
    """Media types of the files that it answers with."""
    secret: str | None
    """The field of the answer that is shown once, and never stored."""
    webhook: "Hook | None"
    """That it is called from outside: what comes is stored before it is handled."""
    find: Finder | None
    """Finds what the path names before the body is looked at: what a caller may not see is a 404, not a 422."""
    writes: bool
    """Whether it changes something although it is a GET, such as counting who came by."""
    alone: bool
    """Whether one statement is all that it writes, which is a transaction by itself."""

    @property
    def reads(self) -> bool:
        """Whether the operation changes nothing."""
        return self.method == "GET"


class Options(TypedDict, total=False):
    """How an operation differs from most. See Operation."""

    status: int
    access: Access
    transaction: bool
    idempotent: bool
    versioned: bool
    fresh: bool
    limited: bool
    csv: bool
    answers: tuple[int, ...]
    files: tuple[FileRules, ...]
    downloads: tuple[str, ...]
    secret: str | None
    webhook: "Hook | None"
    find: Finder | None
    writes: bool
    alone: bool


def operation(method: str, path: str, name: str, status: int, options: Options) -> Callable[[Function], Function]:
    """Make a method of a component the operation `port.operation`, at a path. Its docstring is its description."""
    port, _, op = name.partition(".")
    described = Operation(
        port=port,
        name=op,
        method=method,
        path=path,
        status=options.get("status", status),
        access=options.get("access", "granted"),
        transaction=options.get("transaction", True),
        idempotent=options.get("idempotent", False),
        versioned=options.get("versioned", False),
        fresh=options.get("fresh", False),
        limited=options.get("limited", False),
        csv=options.get("csv", False),
        answers=options.get("answers", ()),
        files=options.get("files", ()),
        downloads=options.get("downloads", ()),
        secret=options.get("secret"),
        webhook=options.get("webhook"),
        find=options.get("find"),
        writes=options.get("writes", method != "GET"),
        alone=options.get("alone", False),
    )

    def mark(function: Function) -> Function:
        function.__dict__["operation"] = described
        return function

    return mark


def get(path: str, name: str, **options: Unpack[Options]) -> Callable[[Function], Function]:
    """Make a method an operation that reads."""
    return operation("GET", path, name, 200, options)


def post(path: str, name: str, **options: Unpack[Options]) -> Callable[[Function], Function]:
    """Make a method an operation that makes or does something."""
    return operation("POST", path, name, 201, options)


def put(path: str, name: str, **options: Unpack[Options]) -> Callable[[Function], Function]:
    """Make a method an operation that makes something so, however often it is asked for."""
    return operation("PUT", path, name, 200, options)


def patch(path: str, name: str, **options: Unpack[Options]) -> Callable[[Function], Function]:
    """Make a method an operation that changes something."""
    return operation("PATCH", path, name, 200, options)


def delete(path: str, name: str, **options: Unpack[Options]) -> Callable[[Function], Function]:
    """Make a method an operation that deletes something."""
    return operation("DELETE", path, name, 204, options)


class Guard(Protocol):
    """The kernel, as ports see it."""

    def scope(self, port: str, operation: Operation, call: Call) -> Call:
        """Return the call within what its caller may touch. Raises 401 and 403."""
        ...

    def listing(self, model: str, call: Call) -> Call | None:
        """Return the call as the one that lists the rows of a model; None where it may list none."""
        ...

    def reading(self, model: str, call: Call) -> Call | None:
        """Return the call as the one that reads rows of a model, or lists them; None where it may do neither."""
        ...


@dataclass(slots=True)
class RpcPort:
    """Operations that are called and answered: over HTTP where the port is exposed, and along links."""

    component: "ComposedComponent"
    model: str | None = None
    owner: str | None = None
    parent: str | None = None
    """The field that refers to what an object hangs on."""
    parents: "RpcPort | None" = None
    """Where those are read."""
    address: str = ""
    operations: dict[str, list[Handler]] = field(default_factory=dict)
    guard: Guard | None = None

    async def read(self, call: Call, id: UUID) -> object:
        """Read one object as the caller. Raises what the operation raises."""
        return await self.invoke("read", call, id)

    async def sees(self, call: Call, id: UUID) -> bool:
        """Return whether there is such an object that the caller may see. Whoever sent an API key sees itself."""
        who = call.principal
        if who is not None and who.device is not None and (who.device, who.id) == (self.model, id):
            return True
        try:
            await self.invoke("read", call, id)
        except Problem as problem:
            if problem.status in (401, 403, 404):
                return False
            raise
        return True

    def readable(self, call: Call) -> sa.Select[UUID] | None:
        """Return the ids of the objects that the caller may read, as a query to put into another; None for all."""
        rows = self.rows()
        try:
            return rows.readable(self._as(call, self.operations["read"][0]))
        except Problem as problem:
            if problem.status in (401, 403):
                return sa.select(rows.model.id).where(sa.false())
            raise

    async def find(self, call: Call, id: UUID | None, *conditions: sa.ColumnElement[bool], lock: bool = False) -> Any:
        """Return the row of an object. Raises the 404 where the caller sees no such object."""
        return found(await self.maybe(call, id, *conditions, lock=lock))

    async def maybe(self, call: Call, id: UUID | None, *conditions: sa.ColumnElement[bool], lock: bool = False) -> Any:
        """Return the row of an object; None where the caller sees no such object."""
        try:
            reader = self._as(call, self.operations["read"][0])
        except Problem as problem:
            if problem.status in (401, 403):
                return None
            raise
        return await self.rows().maybe(reader, id, *conditions, lock=lock)

    def over(self, call: Call, model: type[Entity]) -> list[sa.ColumnElement[bool]]:
        """Return what rows must meet to be counted in a view that the caller may use.

        They are those that the caller may list; for who may list none, those that the grant of the view is about.
        """
        if self.guard is None:
            raise RuntimeError(f"{self.address} is not wired")
        name = model.__model__ or model.__name__
        listing = self.guard.listing(name, call)
        granted = reach(model, call) if name == self.model else []
        return granted if listing is None else [*granted, *reach(model, listing)]

    def rows(self) -> Store[Any]:
        """Return the store of what the port's standard operations are about."""
        stores = [each for each in self.component.needed.values() if isinstance(each, Store) and each.of == self.model]
        if not stores:
            raise RuntimeError(f"{self.address} has no rows of {self.model}")
        return stores[0]

    async def invoke(self, name: str, call: Call, *arguments: object) -> object:
        """Run an operation in the call's transaction, guarded as it is over HTTP."""
        handler = self.operations[name][0]
        return await handler(self._as(call, handler), *arguments)

    def _as(self, call: Call, handler: Handler) -> Call:
        if self.guard is None:
            raise RuntimeError(f"{self.address} is not wired")
        return self.guard.scope(self.address, operation_of(handler), call)


class QuietPort:
    """A port that no caller asks: events, timers, and calls to the world outside. Work in the background stands behind it."""

    kind: ClassVar[str]
    component: str = ""
    name: str = ""

    @property
    def address(self) -> str:
        """Return `component.port`."""
        return f"{self.component}.{self.name}"

    @address.setter
    def address(self, address: str) -> None:
        self.component, _, self.name = address.partition(".")

    def described(self) -> dict[str, Any]:
        """Return what the blueprint must say about the port, in its words."""
        return {}

    def leads_to(self) -> list[str]:
        """Return the addresses of the ports that an out port is linked to."""
        return []

    @classmethod
    def work(cls, site: "Site", ports: Sequence[Any]) -> "Work":
        """Return the work that stands behind all ports of this kind."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Site:
    """Where work in the background is done."""

    database: Database
    settings: Settings
    system: str


class Work(Protocol):
    """What a service does in the background, and what its administrators are told of it."""

    @property
    def loops(self) -> Sequence[Loop]:
        """What is done again and again."""
        ...

    @property
    def desk(self) -> "ComposedComponent":
        """The operations of administrators."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


Port = Store[Any] | RpcPort | QuietPort
AnyPort = TypeVar("AnyPort", bound=Port)
AnyQuiet = TypeVar("AnyQuiet", bound=QuietPort)


class ComposedComponent:
    """A part of the system. It holds the ports it was given and those it offers; it inherits nothing else."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.offered: dict[str, Port] = {}
        self.needed: dict[str, Port] = {}
        self.sent: dict[str, QuietPort] = {}

    def needs(self, name: str, port: AnyPort) -> AnyPort:
        """Take the port of another component as what stands behind the out port `name`."""
        self.needed[name] = port
        return port

    def sends(self, name: str, port: AnyQuiet) -> AnyQuiet:
        """Have an out port of its own, through which something leaves: events, or calls to the world outside."""
        port.address = f"{self.name}.{name}"
        self.sent[name] = port
        return port

    def offers(self, name: str, port: AnyPort) -> AnyPort:
        """Offer a port to others under `name`."""
        port.address = f"{self.name}.{name}"
        self.offered[name] = port
        if isinstance(port, RpcPort):
            for handler in handlers_of(self):
                described = operation_of(handler)
                if described.port == name:
                    port.operations.setdefault(described.name, []).append(handler)
        return port


def handlers_of(component: ComposedComponent) -> list[Handler]:
    """Return the methods that are operations, in the order in which they are written."""
    names = [
        name
        for kind in reversed(type(component).__mro__)
        for name, member in vars(kind).items()
        if inspect.isfunction(member) and hasattr(member, "operation")
    ]
    return [getattr(component, name) for name in dict.fromkeys(names)]


def operation_of(handler: Handler) -> Operation:
    """Return what a method was marked with."""
    described: Operation = vars(getattr(handler, "__func__", handler))["operation"]
    return described


def body_of(handler: Handler) -> type[BaseModel] | None:
    """Return the class of the body that an operation takes; None without one."""
    body = get_type_hints(handler).get("body")
    return body if isinstance(body, type) and issubclass(body, BaseModel) else None


def answer_of(handler: Handler) -> type[BaseModel] | None:
    """Return the class of what an operation answers with; None where that is no shape, or where there are several."""
    returned = get_type_hints(handler).get("return")
    choices = get_args(returned) if isinstance(returned, UnionType) else (returned,)
    shapes = [each for each in choices if isinstance(each, type) and issubclass(each, BaseModel)]
    return shapes[0] if len(shapes) == 1 else None


def name_of(handler: Handler) -> str:
    """Return the name of a method."""
    return str(getattr(handler, "__name__", "operation"))
