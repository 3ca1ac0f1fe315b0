"""Timers fire when they are due, on one replica, and can be run by hand."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from runtime.call import Call
from runtime.clock import CLOCK
from runtime.service import Service
from runtime.tables import utc_now
from runtime.timer_tables import TimerState
from runtime.timers import TimerIn, names_of
from tests.conftest import ENGINES
from tests.parcels import Parcel, days, make_service

BERLIN = "Europe/Berlin"


@pytest.fixture
async def client(system: Service) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the system."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(system), base_url="http://parcels") as made:
        yield made


async def make(service: Service, *states: str) -> None:
    """Store parcels."""
    async with service.database.write() as session:
        session.add_all(Parcel(code=f"{number}", state=state) for number, state in enumerate(states))


async def lost(service: Service) -> int:
    """Return how many parcels are lost."""
    async with service.database.read() as session:
        return await session.scalar(sa.select(sa.func.count()).where(Parcel.state == "lost")) or 0


async def nothing(_call: Call) -> None:
    """Handle a tick by doing nothing."""


def at(text: str) -> dt.datetime:
    """Return a moment."""
    return dt.datetime.fromisoformat(text)


def test_cron_is_read_in_its_zone_also_when_the_clocks_change() -> None:
    timer = TimerIn(nothing, cron="0 8 * * 1", zone=BERLIN, missed="once")
    assert timer.after(at("2030-03-25T06:59:00Z")) == at("2030-03-25T07:00:00Z")
    assert timer.after(at("2030-03-25T07:00:00Z")) == at("2030-04-01T06:00:00Z")


def test_what_comes_every_so_often_keeps_its_beat() -> None:
    timer = TimerIn(nothing, every=60, missed="skip")
    tick = at("2030-01-01T00:00:10Z")
    assert timer.after(at("2030-01-01T00:00:00Z")) == at("2030-01-01T00:01:00Z")
    assert timer.after(at("2030-01-01T00:00:11Z"), tick) == at("2030-01-01T00:01:10Z")
    assert timer.after(at("2030-01-01T02:30:00Z"), tick) == at("2030-01-01T02:30:10Z")


def test_timers_are_called_as_their_ports_where_only_one_is() -> None:
    ports = [TimerIn(nothing, every=1, missed="skip") for _ in range(3)]
    for port, address in zip(ports, ["dues.flag", "news.send", "mail.send"], strict=True):
        port.address = address
    assert list(names_of(ports)) == ["flag", "news_send", "mail_send"]


async def test_a_timer_fires_when_it_is_due_and_once(system: Service) -> None:
    await make(system, "new", "new", "delivered")
    await system.background.settle()
    assert await lost(system) == 0
    CLOCK.move(days(7))
    await system.background.settle()
    assert await lost(system) == 2
    await make(system, "new")
    await system.background.settle()
    assert await lost(system) == 2


async def test_ticks_that_were_missed_fire_once_or_not_at_all(system: Service) -> None:
    parcels = system.registry.components["parcels"].offered["lost"]
    assert isinstance(parcels, TimerIn)
    await system.background.settle()
    await make(system, "new")
    CLOCK.move(days(30))
    await system.background.settle()
    assert await lost(system) == 1
    parcels.missed = "skip"
    await make(system, "new")
    CLOCK.move(days(30))
    await system.background.settle()
    assert await lost(system) == 1
    async with system.database.read() as session:
        state = await session.get_one(TimerState, "lost")
    assert utc_now() < state.next_at <= utc_now() + days(7)


async def test_an_administrator_runs_it_now(system: Service, client: httpx.AsyncClient) -> None:
    await make(system, "new", "new", "delivered")
    answer = await client.post("/v1/admin/timers/lost/run")
    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["rows"]) == ("lost", 2)
    assert await lost(system) == 2
    assert (await client.post("/v1/admin/timers/lost/run")).json()["rows"] == 0
    (listed,) = (await client.get("/v1/admin/timers")).json()["items"]
    assert (listed["name"], listed["port"], listed["last_rows"]) == ("lost", "parcels.lost", 0)
    assert listed["next_at"] > listed["last_at"]
    assert (await client.post("/v1/admin/timers/other/run")).status_code == 404


async def test_a_timer_that_fails_says_so_and_fires_again(
    system: Service, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer = system.registry.components["parcels"].offered["lost"]
    assert isinstance(timer, TimerIn)
    handler = timer.handler

    async def fail(call: Call) -> None:
        await handler(call)
        raise RuntimeError("no")

    await system.background.settle()
    await make(system, "new")
    monkeypatch.setattr(timer, "handler", fail)
    CLOCK.move(days(7))
    await system.background.settle()
    assert await lost(system) == 0
    assert "no" in (await client.get("/v1/admin/timers")).json()["items"][0]["last_error"]
    monkeypatch.setattr(timer, "handler", handler)
    CLOCK.move(days(7))
    await system.background.settle()
    assert await lost(system) == 1
    assert (await client.get("/v1/admin/timers")).json()["items"][0]["last_error"] is None


async def test_another_schedule_is_planned_anew(system: Service) -> None:
    timer = system.registry.components["parcels"].offered["lost"]
    assert isinstance(timer, TimerIn)
    await system.background.settle()
    timer.cron = "0 8 1 1 *"
    await system.background.settle()
    async with system.database.read() as session:
        state = await session.get_one(TimerState, "lost")
    assert state.next_at == timer.after(utc_now())


async def test_of_two_replicas_one_fires(tmp_path: Path) -> None:
    if "postgres" not in ENGINES:
        return
    replicas = [make_service("postgres", tmp_path, empty=number == 0) for number in range(2)]
    await replicas[0].background.settle()
    fired: list[str] = []

    async def fire(_call: Call) -> None:
        fired.append("tick")
        await asyncio.sleep(0.1)

    for replica in replicas:
        timer = replica.registry.components["parcels"].offered["lost"]
        assert isinstance(timer, TimerIn)
        timer.handler = fire
    CLOCK.move(days(7))
    for replica in replicas:
        replica.background.start()
    await asyncio.sleep(0.5)
    assert fired == ["tick"]
    CLOCK.reset()
    for replica in replicas:
        await replica.close()
