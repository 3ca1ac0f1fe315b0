"""The work behind timers: each tick fires on one replica, and has its effect once."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.admin import AdminDesk
from runtime.background import POLL, Loop
from runtime.call import Call, Current
from runtime.component import Site, get, post
from runtime.counting import Changes
from runtime.fields import Moment, Record
from runtime.logs import get_log
from runtime.problems import not_found
from runtime.tables import utc_now
from runtime.timer_tables import TimerState
from runtime.timers import TimerIn, names_of


class TimerWork:
    """Fires timers when they are due."""

    def __init__(self, site: Site, ports: Sequence[TimerIn]) -> None:
        self._database = site.database
        self._timers = names_of(ports)
        self.loops: Sequence[Loop] = (Loop("timers", self.step),)
        self.desk = TimerDesk(self, self._timers)

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    async def step(self) -> float:
        """Fire one timer that is due. Returns the seconds until the next is."""
        async with self._database.read() as session:
            states = {state.name: state for state in await session.scalars(sa.select(TimerState))}
        moment = utc_now()
        held = False
        for name, timer in self._timers.items():
            state = states.get(name)
            if state is None or state.schedule != timer.schedule:
                await self._plan(name, timer)
                # While one release takes over from another, each would plan anew what the other has just planned.
                return 0 if state is None else 1
            if state.next_at <= moment:
                if await self._tick(name, timer):
                    return 0
                held = True  # by another replica, which is firing it
        if held:
            return 0.2
        waits = [(states[name].next_at - moment).total_seconds() for name in self._timers]
        return min([*waits, POLL])

    async def run(self, session: AsyncSession, name: str) -> TimerState:
        """Run a timer's handler now, beside its schedule. Raises what the handler raises."""
        timer = self._timers.get(name)
        if timer is None:
            raise not_found()
        state = await self._state(session, name, timer, skip_locked=False)
        if state is None:
            raise not_found()
        with Changes(session) as changes:
            await timer.handler(Call(request_id=f"timer-{name}", _session=session))
            await session.flush()
        state.last_at, state.last_rows, state.last_error = utc_now(), changes.count, None
        await session.flush()
        return state

    async def states(self, session: AsyncSession) -> dict[str, TimerState]:
        """Return what is known of each timer that has been planned."""
        return {state.name: state for state in await session.scalars(sa.select(TimerState))}

    async def _plan(self, name: str, timer: TimerIn) -> None:
        async with self._database.write() as session:
            state = await self._state(session, name, timer, skip_locked=False)
            if state is not None and state.schedule != timer.schedule:
                state.schedule = timer.schedule
                state.next_at = timer.after(utc_now())

    async def _state(self, session: AsyncSession, name: str, timer: TimerIn, *, skip_locked: bool) -> TimerState | None:
        """Return a timer's row, locked, and made where there was none."""
        insert = sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert
        planned = {"name": name, "schedule": timer.schedule, "next_at": timer.after(utc_now())}
        await session.execute(insert(TimerState).values(planned).on_conflict_do_nothing())
        found: TimerState | None = await session.scalar(
            sa.select(TimerState).where(TimerState.name == name).with_for_update(skip_locked=skip_locked)
        )
        return found

    async def _tick(self, name: str, timer: TimerIn) -> bool:
        """Fire a timer, unless another replica is firing it. Returns whether this one did."""
        async with self._database.write() as session:
            state = await self._state(session, name, timer, skip_locked=True)
            moment = utc_now()
            if state is None or state.next_at > moment:
                return False
            tick = state.next_at
            state.next_at = timer.after(moment, tick)
            await session.flush()
            if timer.missed == "skip" and moment - tick > timer.patience:
                get_log().warning("timer missed", timer=name, tick=tick.isoformat())
                return True
            await self._fire(session, name, timer, state)
        return True

    async def _fire(self, session: AsyncSession, name: str, timer: TimerIn, state: TimerState) -> None:
        with structlog.contextvars.bound_contextvars(timer=name):
            try:
                with Changes(session) as changes:
                    async with session.begin_nested():
                        await timer.handler(Call(request_id=f"timer-{name}", _session=session))
                        await session.flush()
            except sa.exc.DBAPIError as error:
                if error.connection_invalidated:
                    raise
                self._failed(state, error)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is this timer's; its next tick comes all the same)
                self._failed(state, error)
            else:
                state.last_rows, state.last_error = changes.count, None
                get_log().info("timer fired", rows=changes.count)
            state.last_at = utc_now()

    def _failed(self, state: TimerState, error: Exception) -> None:
        state.last_rows, state.last_error = None, f"{type(error).__name__}: {error}"[:2000]
        get_log().error("timer failed", exc_info=error)


class TimerOut(Record):
    """A timer, and how it went."""

    name: str
    port: str
    schedule: str
    next_at: Moment | None
    last_at: Moment | None
    last_rows: int | None
    """How many rows the last run changed."""
    last_error: str | None


class TimerList(Record):
    """All timers."""

    items: list[TimerOut]
    next_cursor: str | None = None


class TimerRun(Record):
    """What a run by hand has done."""

    name: str
    ran_at: Moment
    rows: int


class TimerDesk(AdminDesk):
    """What administrators may do with timers."""

    def __init__(self, work: TimerWork, timers: Mapping[str, TimerIn]) -> None:
        super().__init__("timers")
        self._work = work
        self._timers = timers

    @get("/v1/admin/timers", "timers.list")
    async def list_timers(self, call: Current) -> TimerList:
        """List the timers: when each fires next, and how it went the last time."""
        states = await self._work.states(call.session)
        return TimerList(items=[_shown(name, timer, states.get(name)) for name, timer in self._timers.items()])

    @post("/v1/admin/timers/{name}/run", "timers.run", status=200)
    async def run_timer(self, call: Current, name: str) -> TimerRun:
        """Run a timer now.

        It is done when the answer comes; its schedule stays as it is.
        """
        state = await self._work.run(call.session, name)
        return TimerRun(name=name, ran_at=state.last_at or utc_now(), rows=state.last_rows or 0)


def _shown(name: str, timer: TimerIn, state: TimerState | None) -> TimerOut:
    return TimerOut(
        name=name,
        port=timer.address,
        schedule=timer.schedule,
        next_at=state.next_at if state else timer.after(utc_now()),
        last_at=state.last_at if state else None,
        last_rows=state.last_rows if state else None,
        last_error=state.last_error if state else None,
    )
