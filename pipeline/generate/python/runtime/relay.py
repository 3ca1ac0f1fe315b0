"""The relay: gives what stands in the outbox to the transport."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.background import POLL, Loop
from runtime.database import Database, after_commit
from runtime.event_tables import Outbox
from runtime.transport import Message, Transport

BATCH = 100
_LOCK = 7_203_114_911
"""Any number: on PostgreSQL it lets one replica send at a time, so that the order of messages is kept."""


class Relay:
    """Sends messages in the order in which they were emitted."""

    def __init__(self, database: Database, transport: Transport, sent: Callable[[], None]) -> None:
        self._database = database
        self._transport = transport
        self._sent = sent
        self.loop = Loop("relay", self.step)

    async def step(self) -> float:
        """Send a batch. Returns the seconds until there may be another."""
        async with self._database.read() as session:
            if await session.scalar(sa.select(Outbox.id).limit(1)) is None:
                return POLL
        async with self._database.write() as session:
            if not await self._has_turn(session):
                return 0.2
            rows = list(await session.scalars(sa.select(Outbox).order_by(Outbox.position, Outbox.id).limit(BATCH)))
            if not rows:
                return POLL
            await self._transport.publish(session, [_message(row) for row in rows])
            await session.execute(sa.delete(Outbox).where(Outbox.id.in_([row.id for row in rows])))
            after_commit(session, self._sent)
        return 0

    async def _has_turn(self, session: AsyncSession) -> bool:
        """Return whether no other replica is sending; on SQLite the transaction is the turn."""
        if self._database.dialect == "sqlite":
            return True
        return bool(await session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))))


def _message(row: Outbox) -> Message:
    return Message(row.id, row.position, row.type, row.target, row.key, row.body)
