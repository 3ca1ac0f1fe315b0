"""Events arrive once each, in order where asked, also when something fails or is killed."""

import asyncio
import signal
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from runtime.call import Call
from runtime.clock import CLOCK
from runtime.event_tables import DeadLetter, Inbox, Outbox
from runtime.service import Service
from tests.conftest import ENGINES
from tests.parcels import Moved, Notes, Parcel, Parcels, days, make_service


def parcels_of(service: Service) -> Parcels:
    """Return the component that emits."""
    found = service.registry.components["parcels"]
    assert isinstance(found, Parcels)
    return found


def notes_of(service: Service) -> Notes:
    """Return the component that hears."""
    found = service.registry.components["notes"]
    assert isinstance(found, Notes)
    return found


async def make_parcel(service: Service, **values: Any) -> Parcel:
    """Store a parcel."""
    async with service.database.write() as session:
        parcel = Parcel(**{"code": "p", **values})
        session.add(parcel)
    return parcel


async def emit(service: Service, parcel: Parcel, *states: str) -> None:
    """Emit moves in one transaction."""
    async with service.database.write() as session:
        for state in states:
            await parcels_of(service).moved.emit(
                Call("test", _session=session), Moved(parcel_id=parcel.id, state=state)
            )


async def count(service: Service, table: Any) -> int:
    """Return how many rows a table has."""
    async with service.database.read() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def seen(service: Service, parcel: Parcel) -> int:
    """Return how often a handler's change of a parcel was kept."""
    async with service.database.read() as session:
        return (await session.get_one(Parcel, parcel.id)).seen


async def test_an_event_reaches_its_handler_once(system: Service) -> None:
    parcel = await make_parcel(system)
    await emit(system, parcel, "a", "b")
    assert notes_of(system).heard == []
    await system.background.settle()
    await system.background.settle()
    assert notes_of(system).heard == ["a", "b"]
    assert await seen(system, parcel) == 2
    assert await count(system, Outbox) == 0


async def test_an_event_of_a_transaction_that_fails_is_never_heard_of(system: Service) -> None:
    parcel = await make_parcel(system)
    with pytest.raises(RuntimeError):
        async with system.database.write() as session:
            await parcels_of(system).moved.emit(
                Call("test", _session=session), Moved(parcel_id=parcel.id, state="never")
            )
            raise RuntimeError
    await system.background.settle()
    assert notes_of(system).heard == []


async def test_what_comes_twice_is_handled_once(system: Service) -> None:
    parcel = await make_parcel(system)
    await emit(system, parcel, "a")
    async with system.database.read() as session:
        row = await session.scalar(sa.select(Outbox))
    assert row is not None
    await system.background.settle()
    async with system.database.write() as session:
        again = {name: getattr(row, name) for name in ("id", "position", "type", "target", "key", "body")}
        await session.execute(sa.insert(Outbox).values(again))
    await system.background.settle()
    assert notes_of(system).heard == ["a"]
    assert await seen(system, parcel) == 1


async def test_a_failing_event_is_tried_again_and_then_a_dead_letter(system: Service) -> None:
    parcel = await make_parcel(system)
    notes = notes_of(system)
    notes.fails = lambda _state: True
    await emit(system, parcel, "a")
    for _ in range(3):
        await system.background.settle()
        assert await seen(system, parcel) == 0
        CLOCK.move(days(0.01))
    assert await count(system, DeadLetter) == 1
    async with httpx.AsyncClient(transport=httpx.ASGITransport(system), base_url="http://parcels") as client:
        letters = (await client.get("/v1/admin/dead-letters")).json()["items"]
        assert [(letter["attempts"], letter["target"]) for letter in letters] == [(3, "notes.moved")]
        assert "not a" in letters[0]["error"]
        notes.fails = lambda _state: False
        assert (await client.post(f"/v1/admin/dead-letters/{letters[0]['id']}/replay")).status_code == 202
        await system.background.settle()
        assert notes.heard == ["a"]
        assert (await client.get("/v1/admin/dead-letters")).json()["items"] == []
        assert (await client.post(f"/v1/admin/dead-letters/{letters[0]['id']}/replay")).status_code == 404


async def test_no_later_event_of_a_key_overtakes_one_that_fails(system: Service) -> None:
    one, other = await make_parcel(system), await make_parcel(system)
    notes = notes_of(system)
    notes.fails = lambda state: state == "1"
    await emit(system, one, "1", "2")
    await emit(system, other, "x")
    await system.background.settle()
    assert notes.heard == ["x"]
    for _ in range(2):
        CLOCK.move(days(0.01))
        await system.background.settle()
    assert await count(system, DeadLetter) == 1
    assert notes.heard == ["x", "2"]


async def test_the_handler_runs_right_after_the_commit(system: Service) -> None:
    parcel = await make_parcel(system)
    system.background.start()
    await asyncio.sleep(0.1)
    begun = time.perf_counter()
    await emit(system, parcel, "a")
    while not notes_of(system).heard:
        assert time.perf_counter() - begun < 2
        await asyncio.sleep(0.005)
    await system.background.stop(5)
    assert time.perf_counter() - begun < 2


async def test_an_unknown_port_makes_a_dead_letter_in_the_end(system: Service) -> None:
    parcel = await make_parcel(system)
    await emit(system, parcel, "a")
    async with system.database.write() as session:
        await session.execute(sa.update(Outbox).values(target="gone.moved"))
    for turn in range(5):
        await system.background.settle()
        assert await count(system, DeadLetter) == (turn == 4)
        CLOCK.move(days(0.01))


async def test_what_was_handled_is_forgotten_after_a_week(system: Service) -> None:
    parcel = await make_parcel(system)
    await emit(system, parcel, "a")
    await system.background.settle()
    CLOCK.move(days(8))
    await system.background.settle()
    assert await count(system, Inbox) == 0


async def test_two_replicas_handle_each_event_once(tmp_path: Path) -> None:
    if "postgres" not in ENGINES:
        return
    first = make_service("postgres", tmp_path)
    second = make_service("postgres", tmp_path, empty=False)
    parcel = await make_parcel(first)
    for number in range(20):
        await emit(first, parcel, f"{number}")
    first.background.start()
    second.background.start()
    for _ in range(500):
        if len(notes_of(first).heard) + len(notes_of(second).heard) == 20:
            break
        await asyncio.sleep(0.02)
    await asyncio.gather(first.background.stop(5), second.background.stop(5))
    assert sorted(map(int, notes_of(first).heard + notes_of(second).heard)) == list(range(20))
    assert notes_of(first).heard == sorted(notes_of(first).heard, key=int)
    assert await seen(first, parcel) == 20
    await first.close()
    await second.close()


_EMIT_AND_DIE = """
import asyncio, os, signal, sys, uuid
from pathlib import Path
from runtime.call import Call
from tests.parcels import Moved, Parcel, make_service

async def main() -> None:
    service = make_service("sqlite", Path(sys.argv[1]))
    parcels = service.registry.components["parcels"]
    async with service.database.write() as session:
        parcel = Parcel(id=uuid.UUID(int=1), code="p")
        session.add(parcel)
        await session.flush()
        await parcels.moved.emit(Call("test", _session=session), Moved(parcel_id=parcel.id, state="killed"))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_what_was_committed_arrives_though_the_process_was_killed(tmp_path: Path) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", textwrap.dedent(_EMIT_AND_DIE), str(tmp_path), cwd=Path(__file__).parent.parent
    )
    assert await program.wait() == -signal.SIGKILL
    service = make_service("sqlite", tmp_path, empty=False)
    await service.background.settle()
    assert notes_of(service).heard == ["killed"]
    await service.close()
