"""Work in the background: what a service does without being asked, beside answering requests."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from runtime.logs import get_log

POLL = 5.0
"""Seconds after which a loop looks by itself, should nobody have rung its bell."""
HELPERS = 3600.0
"""Seconds after which one of a team looks by itself while another watches."""
DRAIN_SECONDS = 10.0
"""How long a service that is to end waits for what is under way."""
_AFTER_AN_ERROR = 1.0


@dataclass(eq=False)
class Loop:
    """Something that is done again and again: when its bell is rung, when it is due, and every few seconds."""

    name: str
    step: Callable[[], Awaitable[float]]
    """Does some of what is due. Returns the seconds until there is more: 0 for at once."""
    patience: float = POLL
    """Seconds after which it looks by itself."""
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Say that there is something to do."""
        self.bell.set()


class Team:
    """Loops that share their work. Of those that have nothing to do one watches; the others sleep until there is more.

    The step is given what it calls once it has taken something in hand: then somebody else looks whether there is more.
    """

    def __init__(self, name: str, size: int, step: Callable[[Callable[[], None]], Awaitable[float]]) -> None:
        self._step = step
        self._busy: set[int] = set()
        self._watcher: int | None = None
        self.loops = tuple(Loop(f"{name} {number + 1}", self._turn(number), HELPERS) for number in range(size))

    def ring(self) -> None:
        """Say that there is something to do."""
        idle = [number for number in range(len(self.loops)) if number not in self._busy]
        # Where nobody is idle, the bell is heard when the turn is over.
        chosen = self._watcher if self._watcher is not None else idle[0] if idle else 0
        self.loops[chosen].ring()

    def _turn(self, number: int) -> Callable[[], Awaitable[float]]:
        async def turn() -> float:
            self._busy.add(number)
            if self._watcher == number:
                self._watcher = None
            try:
                pause = await self._step(self.ring)
            finally:
                self._busy.discard(number)
            if pause <= 0:
                return pause
            if self._watcher is not None:
                return HELPERS
            self._watcher = number
            return min(pause, POLL)

        return turn


class Background:
    """The loops of a service. Nothing is lost when they end at any moment: each step is a transaction of its own."""

    def __init__(self, loops: Sequence[Loop]) -> None:
        self.loops = tuple(loops)
        self.held = False
        """Whether the service is not in charge yet: another release is, or the database is not ready."""
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin, unless it has begun or is to end."""
        if not self._tasks and not self._stopping:
            self._tasks = [asyncio.create_task(self._run(loop), name=loop.name) for loop in self.loops]

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait so long for what is in hand. What is not done then is left to whoever comes next."""
        self._stopping = True
        for loop in self.loops:
            loop.ring()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def settle(self) -> None:
        """Do everything that is due at this moment, and what follows from it, before returning."""
        busy = True
        while busy:
            busy = False
            for loop in self.loops:
                while await loop.step() <= 0:
                    busy = True

    async def _run(self, loop: Loop) -> None:
        while not self._stopping:
            loop.bell.clear()
            try:
                pause = await loop.step()
            except Exception as error:  # noqa: BLE001 (a loop outlives what goes wrong in one of its turns)
                get_log().error("background work failed", loop=loop.name, error=type(error).__name__, exc_info=error)
                pause = _AFTER_AN_ERROR
            if pause <= 0:
                await asyncio.sleep(0)
                continue
            try:
                await asyncio.wait_for(loop.bell.wait(), min(pause, loop.patience))
            except TimeoutError:
                continue
