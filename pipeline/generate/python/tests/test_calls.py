"""Calls to the world outside are made once the transaction is committed, retried, recorded and guarded."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncGenerator, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from runtime.breaker import FAILURES, REST, Breakers
from runtime.call import Call
from runtime.clock import CLOCK
from runtime.delivery_tables import Delivery
from runtime.delivery_work import next_attempt
from runtime.guard import Guard, Refused
from runtime.sender import Sender, signature
from runtime.service import Service
from tests.parcels import Parcel, Parcels, days, make_service

BODY = {
    "day": dt.date(2030, 1, 31),
    "at": dt.datetime(2030, 1, 31, 9, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    "price": Decimal("12.50"),
    "parts": [{"count": 3, "weight": Decimal("2.00")}],
    "id": UUID(int=1),
    "none": None,
}
Answer = Callable[[str], tuple[int, dict[str, str]]]


class Listener:
    """A server of the world outside: it keeps what it hears and answers as it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Answer = lambda _path: (200, {})
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.heard.append((head[0], headers, body))
        status, more = self.answer(head[0].split(" ")[1])
        lines = [
            f"HTTP/1.1 {status} X",
            "Content-Length: 0",
            "Connection: close",
            *(f"{k}: {v}" for k, v in more.items()),
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def listener() -> AsyncGenerator[Listener]:
    """Yield a server on this machine."""
    made = Listener()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield made
    server.close()


@pytest.fixture
async def client(system: Service) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the system."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(system), base_url="http://parcels") as made:
        yield made


async def send(service: Service, url: str, **options: Any) -> None:
    """Have a URL called."""
    parcels = service.registry.components["parcels"]
    assert isinstance(parcels, Parcels)
    async with service.database.write() as session:
        await parcels.tell.send(Call("test", _session=session), url, BODY, **options)


async def test_a_call_is_signed_and_recorded(system: Service, client: httpx.AsyncClient, listener: Listener) -> None:
    async with system.database.write() as session:
        parcel = Parcel(code="p")
        session.add(parcel)
    await send(system, f"{listener.url}/hook?a=1", secret="s", subject=parcel)
    assert listener.heard == []
    await system.background.settle()
    ((line, headers, body),) = listener.heard
    assert line == "POST /hook?a=1 HTTP/1.1"
    assert json.loads(body) == {
        "day": "2030-01-31",
        "at": "2030-01-31T08:00:00Z",
        "price": 12.5,
        "parts": [{"count": 3, "weight": 2}],
        "id": "00000000-0000-0000-0000-000000000001",
        "none": None,
    }
    moment = int(headers["x-signature"].split(",")[0].removeprefix("t="))
    assert headers["x-signature"] == signature("s", moment, body)
    (delivery,) = (await client.get("/v1/admin/deliveries?status=delivered")).json()["items"]
    assert headers["idempotency-key"] == delivery["id"]
    assert headers["user-agent"] == "parcels-webhooks/1"
    assert (delivery["subject"], delivery["subject_id"]) == ("Parcel", str(parcel.id))
    assert [(each["status"], each["error"]) for each in delivery["attempts"]] == [(200, None)]
    assert delivery["attempts"][0]["ms"] >= 0
    assert "secret" not in delivery


async def test_a_call_of_a_transaction_that_fails_is_not_made(system: Service, listener: Listener) -> None:
    parcels = system.registry.components["parcels"]
    assert isinstance(parcels, Parcels)
    with pytest.raises(RuntimeError):
        async with system.database.write() as session:
            await parcels.tell.send(Call("test", _session=session), listener.url, {})
            raise RuntimeError
    await system.background.settle()
    assert listener.heard == []


async def test_a_call_that_fails_is_made_again_until_it_succeeds(
    system: Service, client: httpx.AsyncClient, listener: Listener
) -> None:
    listener.answer = lambda _path: (500 if len(listener.heard) < 3 else 204, {})
    await send(system, listener.url)
    for seconds in (0, 1.3, 6.1):
        CLOCK.move(dt.timedelta(seconds=seconds))
        await system.background.settle()
    (delivery,) = (await client.get("/v1/admin/deliveries")).json()["items"]
    assert [each["status"] for each in delivery["attempts"]] == [500, 500, 204]
    assert (delivery["status"], delivery["next_attempt_at"]) == ("delivered", None)
    assert len({headers["idempotency-key"] for _, headers, _ in listener.heard}) == 1


async def test_a_call_is_given_up_after_a_day_and_can_be_made_again(
    system: Service, client: httpx.AsyncClient, listener: Listener
) -> None:
    listener.answer = lambda _path: (404, {})
    await send(system, listener.url)
    for _ in range(30):
        await system.background.settle()
        CLOCK.move(dt.timedelta(hours=1.3))
    (delivery,) = (await client.get("/v1/admin/deliveries?status=failed")).json()["items"]
    assert 15 < len(delivery["attempts"]) < 28
    listener.answer = lambda _path: (200, {})
    assert (await client.post(f"/v1/admin/deliveries/{delivery['id']}/retry")).status_code == 202
    await system.background.settle()
    assert (await client.get(f"/v1/admin/deliveries/{delivery['id']}")).json()["status"] == "delivered"


def test_retries_come_after_1_5_and_25_seconds_and_then_every_hour() -> None:
    begun = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    for attempts, least in [(1, 1), (2, 5), (3, 25), (4, 3600), (9, 3600)]:
        again = next_attempt(Delivery(attempts=attempts, created_at=begun), begun)
        assert again is not None
        assert least <= (again - begun).total_seconds() <= least * 1.2
    assert next_attempt(Delivery(attempts=30, created_at=begun), begun + days(1)) is None


async def test_what_nobody_answers_is_recorded(system: Service, client: httpx.AsyncClient) -> None:
    await send(system, "http://127.0.0.1:1/")
    await system.background.settle()
    (delivery,) = (await client.get("/v1/admin/deliveries?status=pending")).json()["items"]
    assert delivery["attempts"][0]["status"] is None
    assert "ConnectError" in delivery["attempts"][0]["error"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:80/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.0.0.1/",
        "http://172.16.5.5/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "ftp://93.184.216.34/",
        "file:///etc/passwd",
        "http:///nothing",
        "http://93.184.216.34:99999/",
        "not a url",
    ],
)
async def test_the_guard_refuses_what_is_not_public(url: str) -> None:
    with pytest.raises(Refused):
        await Guard(()).resolve(url)


async def test_the_guard_lets_through_what_is_public_or_allowed() -> None:
    for allowed, url in [
        ((), "http://93.184.216.34/"),
        ((), "https://[2606:2800:220:1::1]/"),
        (("loopback",), "http://127.0.0.1:8080/"),
        (("loopback",), "http://[::1]/"),
        (("localhost",), "http://localhost/"),
        (("10.0.0.0/8",), "http://10.1.2.3/"),
    ]:
        assert (await Guard(allowed).resolve(url))[1]
    with pytest.raises(Refused):
        await Guard(("loopback", "10.0.0.0/8")).resolve("http://192.168.0.1/")


async def test_a_refused_call_is_not_made_and_not_repeated(tmp_path: Path, listener: Listener) -> None:
    service = make_service("sqlite", tmp_path, outbound="")
    await send(service, listener.url)
    await service.background.settle()
    async with service.database.read() as session:
        delivery = await session.scalar(sa.select(Delivery))
    assert delivery is not None
    assert (delivery.status, delivery.attempts, listener.heard) == ("failed", 1, [])
    await service.close()


async def test_redirects_are_followed_and_checked(listener: Listener) -> None:
    sender = Sender(Guard(("loopback",)), "parcels")
    moment = dt.datetime.now(dt.UTC)

    async def outcome(answer: Answer) -> tuple[int | None, str | None, bool]:
        listener.heard.clear()
        listener.answer = answer
        result = await sender.post("id", f"{listener.url}/0", b"{}", None, moment)
        return result.status, result.error, result.final

    assert await outcome(lambda path: (307, {"Location": "/1"}) if path == "/0" else (200, {})) == (200, None, False)
    assert [line for line, _, _ in listener.heard] == ["POST /0 HTTP/1.1", "POST /1 HTTP/1.1"]
    status, error, final = await outcome(lambda _path: (302, {"Location": "/again"}))
    assert (status, error, final, len(listener.heard)) == (None, "Refused: More than 3 redirects.", True, 4)
    status, error, final = await outcome(lambda _path: (302, {"Location": "http://10.0.0.1/"}))
    assert (status, error, final) == (None, "Refused: 10.0.0.1 is not a public address.", True)
    await sender.close()


async def test_a_server_that_says_nothing_is_not_waited_for(listener: Listener) -> None:
    def silence(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    sender = Sender(Guard(("loopback",)), "parcels", timeout=0.2)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    outcome = await sender.post("id", url, b"{}", None, dt.datetime.now(dt.UTC))
    assert outcome.error == "No answer within 0.2 seconds."
    assert outcome.ms < 2000
    await sender.close()
    server.close()


async def test_one_slow_host_does_not_hold_up_the_others(tmp_path: Path, listener: Listener) -> None:
    def silence(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    service = make_service("sqlite", tmp_path)
    for _ in range(20):
        await send(service, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    await send(service, listener.url)
    service.background.start()
    for _ in range(100):
        if listener.heard:
            break
        await asyncio.sleep(0.02)
    assert len(listener.heard) == 1
    await service.background.stop(0.1)
    await service.close()
    server.close()


def test_a_host_that_keeps_failing_rests() -> None:
    moment = 0.0
    breakers = Breakers(lambda: moment)
    for _ in range(FAILURES - 1):
        breakers.failed("a")
    assert breakers.open_hosts() == []
    breakers.failed("a")
    assert breakers.open_hosts() == ["a"]
    moment = REST + 1
    assert breakers.open_hosts() == []
    breakers.failed("a")
    assert breakers.open_hosts() == ["a"]
    breakers.succeeded("a")
    assert breakers.open_hosts() == []
