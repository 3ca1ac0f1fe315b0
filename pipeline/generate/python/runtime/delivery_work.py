"""The work behind calls to the world outside: attempts, retries and their record."""

import asyncio
import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pydantic_core
import sqlalchemy as sa

from runtime.background import POLL, Loop, Team
from runtime.breaker import Breakers
from runtime.calls import CallOut
from runtime.component import Site
from runtime.delivery_desk import DeliveryDesk
from runtime.delivery_tables import Delivery, DeliveryAttempt
from runtime.guard import Guard
from runtime.logs import get_log
from runtime.sender import TIMEOUT, Outcome, Sender
from runtime.tables import utc_now

WAITS = (1, 5, 25)
"""Seconds from one attempt to the next at first; then an hour, until a day is over."""
HOUR = 3600
LIFETIME = dt.timedelta(days=1)
LEASE = dt.timedelta(seconds=TIMEOUT * 3)
"""How long an attempt that says nothing is taken to be under way: afterwards its process is gone."""
AT_ONCE = 16
AT_ONCE_A_HOST = 4
KEPT = dt.timedelta(days=30)


class DeliveryWork:
    """Makes calls that were decided on, several at the same time."""

    def __init__(self, site: Site, ports: Sequence[Any]) -> None:
        self._database = site.database
        self._sender = Sender(Guard(site.settings.allow_outbound), site.system)
        self._breakers = Breakers()
        self._busy: Counter[str] = Counter()
        self._claiming = asyncio.Lock()
        self._swept = utc_now()
        self._team = Team("calls", AT_ONCE, self.step)
        self.loops: Sequence[Loop] = self._team.loops
        for port in ports:
            if isinstance(port, CallOut):
                port.ring = self.ring
        self.desk = DeliveryDesk(site.database, self.ring)

    def ring(self) -> None:
        """Say that there is something to call."""
        self._team.ring()

    async def close(self) -> None:
        """Close the connections."""
        await self._sender.close()

    async def step(self, taken: Callable[[], None]) -> float:
        """Make one attempt at one call; say when it was taken in hand. Returns the seconds until the next is due."""
        async with self._claiming:
            delivery, wait = await self._claim()
            if delivery is None:
                return wait
            self._busy[delivery.host] += 1
        taken()
        try:
            outcome = await self._attempt(delivery)
        finally:
            self._busy[delivery.host] -= 1
        await self._record(delivery, outcome)
        taken()
        return 0

    async def _claim(self) -> tuple[Delivery | None, float]:
        """Take a call that is due, so that nobody else makes it; or return the seconds until one is."""
        async with self._database.read() as session:
            due = await session.scalar(sa.select(sa.func.min(Delivery.due_at)).where(*self._callable()))
        moment = utc_now()
        if due is None:
            await self._sweep(moment)
            return None, POLL
        if due > moment:
            return None, (due - moment).total_seconds()
        async with self._database.write() as session:
            delivery = await session.scalar(
                sa.select(Delivery)
                .where(Delivery.due_at <= moment, *self._callable())
                .order_by(Delivery.due_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if delivery is None:
                return None, 0.2
            delivery.attempts += 1
            delivery.due_at = moment + LEASE
        return delivery, 0

    def _callable(self) -> list[sa.ColumnElement[bool]]:
        """Return what a call must meet to be made now: its host neither rests nor has its hands full."""
        full = [host for host, count in self._busy.items() if count >= AT_ONCE_A_HOST]
        resting = sorted({*self._breakers.open_hosts(), *full})
        return [Delivery.due_at.is_not(None), *([Delivery.host.not_in(resting)] if resting else [])]

    async def _attempt(self, delivery: Delivery) -> Outcome:
        body = pydantic_core.to_json(delivery.body)
        outcome = await self._sender.post(str(delivery.id), delivery.url, body, delivery.secret, utc_now())
        if outcome.good or (outcome.status is not None and outcome.status < 500):
            self._breakers.succeeded(delivery.host)
        elif not outcome.final:
            self._breakers.failed(delivery.host)
        return outcome

    async def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        moment = utc_now()
        async with self._database.write() as session:
            session.add(
                DeliveryAttempt(
                    delivery_id=delivery.id,
                    at=moment,
                    status=outcome.status,
                    error=outcome.error,
                    ms=outcome.ms,
                )
            )
            again = None if outcome.good or outcome.final else next_attempt(delivery, moment)
            status = "delivered" if outcome.good else "failed" if again is None else "pending"
            await session.execute(
                sa.update(Delivery)
                .where(Delivery.id == delivery.id)
                .values(status=status, due_at=again, over_at=moment if again is None else None)
            )
        get_log().info(
            "call made",
            delivery=str(delivery.id),
            attempt=delivery.attempts,
            status=outcome.status,
            error=outcome.error,
            ms=outcome.ms,
        )

    async def _sweep(self, moment: dt.datetime) -> None:
        """Forget, once an hour, calls that were over long ago."""
        if moment - self._swept < dt.timedelta(hours=1):
            return
        self._swept = moment
        async with self._database.write() as session:
            old = sa.select(Delivery.id).where(Delivery.over_at < moment - KEPT)
            await session.execute(sa.delete(DeliveryAttempt).where(DeliveryAttempt.delivery_id.in_(old)))
            await session.execute(sa.delete(Delivery).where(Delivery.over_at < moment - KEPT))


def next_attempt(delivery: Delivery, moment: dt.datetime) -> dt.datetime | None:
    """Return when a call that failed is tried again; None once a day is over. Up to a fifth is added by chance."""
    wait = WAITS[delivery.attempts - 1] if delivery.attempts <= len(WAITS) else HOUR
    at = moment + dt.timedelta(seconds=wait * (1 + random.random() / 5))  # noqa: S311 (it spreads load, it guards nothing)
    return at if at - delivery.created_at <= LIFETIME or delivery.attempts <= len(WAITS) else None
