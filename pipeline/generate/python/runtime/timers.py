"""Timers: ports at which a component is woken at certain times."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim

from runtime.call import Call
from runtime.component import QuietPort, Site, Work

Missed = Literal["once", "skip"]


class TimerIn(QuietPort):
    """A port that wakes its component: at the times of a cron expression in a zone, or every so many seconds."""

    kind = "timer"

    def __init__(
        self,
        handler: Callable[[Call], Awaitable[None]],
        *,
        missed: Missed,
        cron: str | None = None,
        every: int | None = None,
        zone: str | None = None,
    ) -> None:
        self.handler = handler
        self.cron = cron
        self.every = every
        self.zone = zone
        self.missed = missed

    @property
    def schedule(self) -> str:
        """The schedule as text: what was planned by another one is planned anew."""
        return f"{self.cron} {self.zone or 'UTC'}" if self.cron else f"every {self.every} s"

    @property
    def patience(self) -> dt.timedelta:
        """How late a tick may be before it counts as missed."""
        return dt.timedelta(seconds=min(60, self.every or 60))

    def after(self, moment: dt.datetime, tick: dt.datetime | None = None) -> dt.datetime:
        """Return the first tick after a moment; ticks that come every so often go on from `tick`."""
        if self.cron:
            local = moment.astimezone(ZoneInfo(self.zone or "UTC"))
            return next(CronSim(self.cron, local)).astimezone(dt.UTC)
        step = dt.timedelta(seconds=self.every or 1)
        if tick is None or tick > moment:
            return moment + step
        return tick + step * ((moment - tick) // step + 1)

    def described(self) -> dict[str, Any]:
        """Return what the blueprint must say about the port."""
        return {"cron": self.cron, "every": self.every, "zone": self.zone, "missed": self.missed}

    @classmethod
    def work(cls, site: Site, ports: Sequence[Any]) -> Work:
        """Return the work that fires timers."""
        from runtime.timer_work import TimerWork

        return TimerWork(site, ports)


def names_of(ports: Sequence[TimerIn]) -> dict[str, TimerIn]:
    """Return timers by name: the port's, or with the component's before it where several ports are called so."""
    names = [port.name for port in ports]
    return {port.name if names.count(port.name) == 1 else f"{port.component}_{port.name}": port for port in ports}
