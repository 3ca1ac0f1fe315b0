"""Transports: how messages come from the outbox of one process to the inbox of another, or of the same."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from runtime.background import Loop


@dataclass(frozen=True, slots=True)
class Message:
    """An event on its way to one port."""

    id: uuid.UUID
    position: int
    type: str
    target: str
    key: str | None
    body: dict[str, Any]


Take = Callable[[AsyncSession, Sequence[Message]], Awaitable[None]]
"""Puts messages into the inbox, in a transaction; those that it has seen are left out."""


class Transport(Protocol):
    """Carries messages: each at least once, and those with one key in the order in which they were published."""

    async def publish(self, session: AsyncSession, messages: Sequence[Message]) -> None:
        """Take messages over. When it returns, and the session is committed, they arrive even if everything is killed."""
        ...

    def loops(self) -> Sequence[Loop]:
        """Return what has to be done for messages to arrive."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class InProcess:
    """The transport within one database: what is published is in the inbox in the same transaction."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def publish(self, session: AsyncSession, messages: Sequence[Message]) -> None:
        """Put the messages into the inbox."""
        await self._take(session, messages)

    def loops(self) -> Sequence[Loop]:
        """Return nothing: there is nothing between outbox and inbox."""
        return ()

    async def close(self) -> None:
        """Do nothing: the session is somebody else's."""
