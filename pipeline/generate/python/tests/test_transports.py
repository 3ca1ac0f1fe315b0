"""What every transport promises: nothing is lost, the order is kept, and what comes twice does no harm."""

import asyncio
import shutil
import socket
import subprocess
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from redis.asyncio import Redis
from redis.exceptions import RedisError

from runtime.event_tables import Inbox
from runtime.redis_streams import RedisStreams
from runtime.service import Service
from runtime.transport import InProcess, Message, Transport
from tests.parcels import make_service


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of a Redis that was started for these tests."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = shutil.which("redis-server") or "/usr/bin/redis-server"
    folder = tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.fixture
async def service(tmp_path: Path) -> AsyncGenerator[Service]:
    """Yield a system of which only the database and its tables are used."""
    made = make_service("sqlite", tmp_path)
    yield made
    await made.close()


class Bench:
    """A transport under test, and the inbox that it fills."""

    def __init__(self, service: Service, redis: str | None) -> None:
        self.database = service.database
        self.redis = redis
        self.arrived: list[Message] = []
        self.transport = self.make()

    def make(self) -> Transport:
        """Return another instance of the transport, as another replica would have it."""
        if self.redis is None:
            return InProcess(self.take)
        return RedisStreams(self.redis, "bench", self.database, self.take)

    async def take(self, _session: Any, messages: Any) -> None:
        """Note what has arrived."""
        self.arrived += messages

    async def publish(self, *messages: Message) -> None:
        """Publish in a transaction."""
        async with self.database.write() as session:
            await self.transport.publish(session, messages)

    async def carry(self, transport: Transport, count: int) -> None:
        """Let a transport do its work until so many messages have arrived."""
        for _ in range(50):
            if len(self.arrived) >= count:
                return
            for loop in transport.loops():
                await loop.step()
        raise AssertionError(f"{len(self.arrived)} of {count} arrived")


@pytest.fixture(params=["in-process", "redis-streams"])
async def bench(request: pytest.FixtureRequest, service: Service) -> AsyncGenerator[Bench]:
    """Yield a transport that carries nothing yet."""
    url = None
    if request.param == "redis-streams":
        url = request.getfixturevalue("redis_url")
        await ready(url)
    made = Bench(service, url)
    yield made
    await made.transport.close()


async def ready(url: str) -> None:
    """Wait for a Redis, and empty it."""
    async with Redis.from_url(url) as redis:
        for _ in range(100):
            with suppress(RedisError):
                await redis.flushall()
                return
            await asyncio.sleep(0.05)
    raise AssertionError("Redis does not answer")


def message(number: int, key: str | None = "k") -> Message:
    """Return a message."""
    return Message(uuid.uuid4(), number, "Moved@1", "notes.moved", key, {"number": number, "text": "ä\n\"'"})


async def test_what_is_published_arrives_as_it_was(bench: Bench) -> None:
    sent = [message(1), message(2, None)]
    await bench.publish(*sent)
    await bench.carry(bench.transport, 2)
    assert bench.arrived == sent


async def test_the_order_is_kept(bench: Bench) -> None:
    sent = [message(number) for number in range(250)]
    for start in range(0, 250, 50):
        await bench.publish(*sent[start : start + 50])
    await bench.carry(bench.transport, 250)
    assert bench.arrived == sent


async def test_what_one_instance_published_another_carries(bench: Bench) -> None:
    await bench.publish(message(1))
    other = bench.make()
    await bench.carry(other, 1)
    await other.close()
    assert [each.position for each in bench.arrived] == [1]


async def test_an_inbox_that_fails_gets_it_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: Any) -> None:
        raise OSError("no database")

    taken = bench.take
    monkeypatch.setattr(bench, "take", fail)
    failing = bench.make()
    sent = message(1)
    if not failing.loops():
        async with bench.database.write() as session:
            with pytest.raises(OSError, match="no database"):
                await failing.publish(session, [sent])
    else:
        await bench.publish(sent)
        with pytest.raises(OSError, match="no database"):
            await failing.loops()[0].step()
    await failing.close()
    monkeypatch.setattr(bench, "take", taken)
    if not failing.loops():
        await bench.publish(sent)
    await bench.carry(bench.make(), 1)
    assert bench.arrived == [sent]


async def test_only_one_reader_reads_a_stream(service: Service, redis_url: str) -> None:
    await ready(redis_url)
    bench = Bench(service, redis_url)
    await bench.carry(bench.transport, 0)
    first, second = bench.transport.loops()[0], bench.make().loops()[0]
    assert await first.step() < 1
    assert await second.step() >= 1
    await bench.transport.close()
    assert await second.step() < 1


async def test_a_system_with_redis_handles_what_was_emitted(tmp_path: Path, redis_url: str) -> None:
    from tests.test_events import emit, make_parcel, notes_of

    await ready(redis_url)
    service = make_service("sqlite", tmp_path, redis=redis_url)
    parcel = await make_parcel(service)
    service.background.start()
    await emit(service, parcel, "a", "b")
    for _ in range(200):
        if len(notes_of(service).heard) == 2:
            break
        await asyncio.sleep(0.02)
    assert notes_of(service).heard == ["a", "b"]
    async with service.database.read() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Inbox)) == 2
    await service.close()
