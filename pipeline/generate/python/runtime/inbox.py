"""The inbox: each message that arrived is handled once, in its turn, or ends among the dead letters."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.background import POLL, Team
from runtime.call import Call
from runtime.database import Database, after_commit
from runtime.event_tables import DeadLetter, Inbox
from runtime.events import MOST_DELIVERIES, EventIn
from runtime.logs import get_log
from runtime.tables import utc_now
from runtime.transport import Message

KEPT = dt.timedelta(days=7)
"""How long it is remembered that a message was handled."""
WAITS = (1, 5, 25, 125, 300)
"""Seconds after the first failure, the second, ..., and every further one."""
WORKERS = 4


class Mailroom:
    """Takes messages in, and gives each to the port that it is for."""

    def __init__(self, database: Database, ports: Mapping[str, EventIn[Any]]) -> None:
        self._database = database
        self._ports = ports
        # SQLite has one writer at a time: more workers would only wait for one another.
        workers = 1 if database.dialect == "sqlite" else WORKERS
        self._team = Team("inbox", workers, self.step)
        self.loops = self._team.loops
        self._swept = utc_now()

    def ring(self) -> None:
        """Say that messages have arrived."""
        self._team.ring()

    async def take(self, session: AsyncSession, messages: Sequence[Message]) -> None:
        """Put messages into the inbox. One that was there before, handled or not, changes nothing."""
        insert = sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert
        moment = utc_now()
        values = [
            {
                "id": message.id,
                "position": message.position,
                "type": message.type,
                "target": message.target,
                "key": message.key,
                "body": message.body,
                "attempts": 0,
                "due_at": moment,
            }
            for message in messages
        ]
        await session.execute(insert(Inbox).values(values).on_conflict_do_nothing())
        after_commit(session, self.ring)

    async def step(self, taken: Callable[[], None]) -> float:
        """Handle one message; say when it was taken in hand. Returns the seconds until the next is due."""
        async with self._database.read() as session:
            due = await session.scalar(_first().with_only_columns(Inbox.due_at))
        if due is None:
            await self._sweep()
            return POLL
        wait = (due - utc_now()).total_seconds()
        if wait > 0:
            return wait
        async with self._database.write() as session:
            ripe = _first().where(Inbox.due_at <= utc_now()).with_for_update(skip_locked=True, of=Inbox)
            message = await session.scalar(ripe)
            if message is None:
                return 0.2
            taken()
            await self._handle(session, message)
        return 0

    async def replay(self, session: AsyncSession, letter: DeadLetter) -> None:
        """Give a dead letter to its handler again, with as many attempts as a new message has."""
        await session.execute(sa.delete(Inbox).where(Inbox.id == letter.id))
        message = Message(letter.id, letter.position, letter.type, letter.target, letter.key, letter.body)
        await self.take(session, [message])
        await session.execute(sa.delete(DeadLetter).where(DeadLetter.id == letter.id))

    async def _handle(self, session: AsyncSession, message: Inbox) -> None:
        with structlog.contextvars.bound_contextvars(event=str(message.id), port=message.target):
            port = self._ports.get(message.target)
            message.attempts += 1
            await session.flush()
            try:
                if port is None:
                    raise LookupError(f"There is no port {message.target} here.")
                async with session.begin_nested():
                    await port.handle(Call(request_id=f"event-{message.id}", _session=session), message.body)
                    await session.flush()
            except sa.exc.DBAPIError as error:
                if error.connection_invalidated:
                    raise
                self._failed(session, message, port, error)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is this message's, and others wait)
                self._failed(session, message, port, error)
            else:
                message.due_at = None
                message.over_at = utc_now()
                get_log().info("event handled", type=message.type, attempts=message.attempts)
            after_commit(session, self.ring)

    def _failed(self, session: AsyncSession, message: Inbox, port: EventIn[Any] | None, error: Exception) -> None:
        words = f"{type(error).__name__}: {error}"[:2000]
        # A port that is not there may be one of the next release, which takes over at this moment.
        dead = message.attempts >= (port.most if port else MOST_DELIVERIES)
        get_log().warning("event not handled", type=message.type, attempts=message.attempts, dead=dead, exc_info=error)
        moment = utc_now()
        if not dead:
            wait = WAITS[min(message.attempts, len(WAITS)) - 1]
            message.due_at = moment + dt.timedelta(seconds=wait)
            return
        message.due_at = None
        message.over_at = moment
        session.add(
            DeadLetter(
                id=message.id,
                type=message.type,
                target=message.target,
                key=message.key,
                body=message.body,
                position=message.position,
                attempts=message.attempts,
                error=words,
            )
        )

    async def _sweep(self) -> None:
        """Forget, once an hour, what was handled long ago."""
        moment = utc_now()
        if moment - self._swept < dt.timedelta(hours=1):
            return
        self._swept = moment
        async with self._database.write() as session:
            await session.execute(sa.delete(Inbox).where(Inbox.over_at < moment - KEPT))


def _first() -> sa.Select[Inbox]:
    """Return the query of the message that is due first. One with a key waits for those before it."""
    earlier = orm.aliased(Inbox)
    before = (
        sa.select(earlier.id)
        .where(
            earlier.due_at.is_not(None),
            earlier.key == Inbox.key,
            earlier.target == Inbox.target,
            earlier.position < Inbox.position,
        )
        .exists()
    )
    return sa.select(Inbox).where(Inbox.due_at.is_not(None), ~before).order_by(Inbox.due_at, Inbox.position).limit(1)
