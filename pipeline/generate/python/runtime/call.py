"""A call: one use of one operation by one caller."""

import datetime as dt
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from runtime import tables
from runtime.file_fields import StoredFile
from runtime.problems import unauthenticated


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is signed in."""

    id: UUID
    session_id: UUID | None
    """None for whoever signed in with an API key."""
    roles: frozenset[str]
    device: str | None = None
    """The model of the row whose API key it is; None for people."""


class Readable(Protocol):
    """A port that can say which of its objects a caller may read."""

    def readable(self, call: "Call") -> sa.Select[UUID] | None:
        """Return their ids, as a query to put into another; None where the caller may read every one."""
        ...


class Receipt(Protocol):
    """That a webhook was received and stored. See runtime/webhooks.py."""

    @property
    def id(self) -> UUID:
        """Its id here."""
        ...


@dataclass(frozen=True, slots=True)
class Under:
    """A limit to rows whose parent the caller may read. It lets nobody write in another's name."""

    attribute: str
    """Holds the parent's id."""
    parents: Readable
    owner: str | None
    """The attribute that says whose a row is."""


Condition = Callable[["Call", Any], sa.SQLColumnExpression[bool]]
"""What the `where` of a grant says, of the caller and of the class of rows, or of what stands for it in a query."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What limits a caller to some of the rows: one of these has to let them.

    The row names the caller in one of the fields, is under `under`, or meets one of the conditions.
    """

    fields: frozenset[str] = frozenset()
    under: Under | None = None
    conditions: tuple[Condition, ...] = ()

    def attributes(self) -> set[str]:
        """Return the attributes that decide whether a row is within."""
        if self.under is None:
            return set(self.fields)
        return {*self.fields, self.under.attribute, *([self.under.owner] if self.under.owner else [])}

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(self.fields | other.fields, self.under or other.under, self.conditions + other.conditions)


@dataclass(slots=True)
class Call:
    """What the kernel knows of one call when the operation's own code begins."""

    request_id: str
    principal: Principal | None = None
    scope: Scope | None = None
    """None where the caller may touch every row."""
    address: str = ""
    operation: str = ""
    """The name of what was asked for, also in what that asks for in turn."""
    if_match: frozenset[str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """Headers of the answer."""
    receipt: "Receipt | None" = None
    """Of a webhook: that it was stored."""
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    """Files that were sent, by the names of their fields."""
    unknown: Set[str] = frozenset()
    """What else a form brought that only files were expected in."""
    _session: AsyncSession | None = None
    now: dt.datetime = field(default_factory=lambda: tables.utc_now())
    """The present moment, the same for everything that the call does."""

    @property
    def session(self) -> AsyncSession:
        """The transaction of this call."""
        if self._session is None:
            raise RuntimeError("this operation runs without a transaction of its own")
        return self._session

    @property
    def me(self) -> UUID:
        """The id of who is signed in. Raises the 401 when nobody is."""
        if self.principal is None:
            raise unauthenticated()
        return self.principal.id

    @property
    def person(self) -> UUID | None:
        """The id of the account that is signed in; None for nobody and for whoever sent an API key."""
        return self.principal.id if self.principal and self.principal.device is None else None

    @property
    def caller(self) -> UUID | None:
        """The id of who is signed in; None for nobody."""
        return self.principal.id if self.principal else None

    @property
    def roles(self) -> frozenset[str]:
        """The roles of who is signed in; none for nobody."""
        return self.principal.roles if self.principal else frozenset()

    def file(self, name: str) -> StoredFile:
        """Return the file that was sent for a field. Raises the 422 without one, and for what else was sent."""
        found = self.files.get(name)
        errors = [{"type": "extra_forbidden", "loc": ("body", each), "msg": ""} for each in sorted(self.unknown)]
        if found is None:
            errors.append({"type": "missing", "loc": ("body", "file"), "msg": ""})
        if found is None or errors:
            raise RequestValidationError(errors)
        return found

    def etag(self, version: int) -> None:
        """Give the answer the version of the row it shows."""
        self.headers["ETag"] = f'"{version}"'

    def location(self, path: str) -> None:
        """Say where what was made can be found."""
        self.headers["Location"] = path

    def inside(self, session: AsyncSession) -> "Call":
        """Return this call within a transaction that the operation opened itself."""
        return replace(self, _session=session)

    def within(self, scope: Scope | None) -> "Call":
        """Return this call as another operation sees it: same caller, same transaction, its own scope."""
        return Call(
            request_id=self.request_id,
            principal=self.principal,
            scope=scope,
            address=self.address,
            operation=self.operation,
            _session=self._session,
            now=self.now,
        )


async def _current(request: Request) -> Call:
    call: Call = request.scope["call"]
    return call


Current = Annotated[Call, Depends(_current)]
"""The call, as a parameter of an operation."""
