"""Events: ports through which a component says that something happened, and ports at which others hear of it."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.call import Call
from runtime.component import QuietPort, Site, Work
from runtime.database import after_commit
from runtime.event_tables import Outbox

Event = TypeVar("Event", bound=BaseModel)
ANYTHING = "any"
"""The type of a channel's ports."""
MOST_DELIVERIES = 5
"""How often a handler is tried where the blueprint says nothing."""


class EventIn(QuietPort, Generic[Event]):
    """A port that hears of events. A channel's has no handler: it passes on what comes."""

    kind = "event"

    def __init__(
        self,
        type: str,
        shape: type[Event] | None = None,
        handler: Callable[[Call, Event], Awaitable[None]] | None = None,
        *,
        key: str | None = None,
        max_deliveries: int | None = None,
        passes_on: Sequence["EventOut[Any]"] = (),
    ) -> None:
        self.type = type
        self.key = key
        self.most = max_deliveries or MOST_DELIVERIES
        self.passes_on = tuple(passes_on)
        self._shape = shape
        self._handler = handler
        self._described = {"type": type, "key": key, "maxDeliveries": max_deliveries}

    def described(self) -> dict[str, Any]:
        """Return what the blueprint must say about the port."""
        return self._described

    async def handle(self, call: Call, body: dict[str, Any]) -> None:
        """Handle one event in the call's transaction. Raises what the handler raises."""
        if self._shape is None or self._handler is None:
            raise RuntimeError(f"{self.address} has no handler")
        await self._handler(call, self._shape.model_validate(body, by_alias=False, by_name=True))

    @classmethod
    def work(cls, site: Site, ports: Sequence[Any]) -> Work:
        """Return the work that brings events to their handlers."""
        from runtime.event_work import EventWork

        return EventWork(site, ports)


class EventOut(QuietPort, Generic[Event]):
    """A port through which a component says that something happened."""

    kind = "event"

    def __init__(self, type: str, *, key: str | None = None) -> None:
        self.type = type
        self.key = key
        self.targets: list[EventIn[Any]] = []
        self.ring: Callable[[], None] = _nothing

    def described(self) -> dict[str, Any]:
        """Return what the blueprint must say about the port."""
        return {"type": self.type, "key": self.key}

    def leads_to(self) -> list[str]:
        """Return the addresses of the ports that it is linked to."""
        return [target.address for target in self.targets]

    def link(self, target: EventIn[Any]) -> None:
        """Let a port hear of this one's events."""
        self.targets.append(target)

    def listeners(self) -> list[EventIn[Any]]:
        """Return the ports with handlers that hear of this one's events, directly or through channels."""
        found: dict[str, EventIn[Any]] = {}
        open_ports: list[EventIn[Any]] = list(self.targets)
        seen: set[str] = set()
        while open_ports:
            port = open_ports.pop(0)
            if port.address in seen:
                continue
            seen.add(port.address)
            if port.type == self.type:
                found[port.address] = port
            for onward in port.passes_on:
                open_ports += onward.targets
        return list(found.values())

    async def emit(self, call: Call, event: Event) -> None:
        """Say that something happened: it is heard of once the call's transaction is committed, and not otherwise."""
        body = event.model_dump(mode="json", by_alias=False)
        for listener in self.listeners():
            await call.session.execute(
                sa.insert(Outbox).values(
                    position=position(call.session),
                    type=self.type,
                    target=listener.address,
                    key=_key(body, listener.key or self.key),
                    body=body,
                )
            )
        after_commit(call.session, self.ring)

    @classmethod
    def work(cls, site: Site, ports: Sequence[Any]) -> Work:
        """Return the work that brings events to their handlers."""
        return EventIn.work(site, ports)


def _key(body: dict[str, Any], field: str | None) -> str | None:
    """Return what a message is in line by; names that Python keeps for itself end in an underscore."""
    if field is None:
        return None
    value = body[field] if field in body else body[f"{field}_"]
    return str(value)


_last_position = 0


def position(session: AsyncSession) -> Any:
    """Return the place of what happens now in the order of events, in microseconds since 1970.

    PostgreSQL says it, for all replicas; SQLite has one process, whose clock may be set back.
    """
    if session.get_bind().dialect.name != "sqlite":
        return sa.text("(extract(epoch from clock_timestamp()) * 1000000)::bigint")
    global _last_position
    _last_position = max(time.time_ns() // 1000, _last_position + 1)
    return _last_position


def _nothing() -> None:
    """Ring no bell: no work in the background was begun."""
