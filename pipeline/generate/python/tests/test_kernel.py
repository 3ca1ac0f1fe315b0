"""The kernel cannot be left out, and what it promises holds also under concurrency."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from runtime.database import Database
from runtime.registry import Registry, WiringError
from runtime.service import Service, check_routes
from runtime.settings import Settings
from tests.conftest import ABOUT, BLUEPRINT, Things, ThingStore, build

MEMORY = Settings(database_url="sqlite+aiosqlite:////tmp/never-opened.db")


def start(blueprint: Path, make: object = build) -> Service:
    """Build a service that is never asked anything."""
    return Service(make, MEMORY, ABOUT, blueprint)  # type: ignore[arg-type]


def test_a_route_outside_the_kernel_stops_the_start(blueprint: Path) -> None:
    service = start(blueprint)
    service.app.get("/around")(lambda: {"around": True})
    with pytest.raises(WiringError, match="/around"):
        check_routes(service.app.router.routes, service.kernel)


def test_a_mounted_application_stops_the_start(blueprint: Path) -> None:
    service = start(blueprint)
    service.app.mount("/other", FastAPI())
    with pytest.raises(WiringError, match="/other"):
        check_routes(service.app.router.routes, service.kernel)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("crud: Thing,", "crud: Other,", "model of things.api"),
        ("public: [list,", "public: [", "operations of things.api"),
        ("idempotency: [create], ", "", "Idempotency-Key"),
        ("path: /v1/things", "path: /v1/objects", "exposed ports"),
        ("to: thing_store.sql", "to: things.api", "links"),
        ("policies: {roles: {}}", "policies: {roles: {user: ['things.api:list']}}", "roles"),
        ("  things:\n", "  objects:\n", "components"),
        ("sql: {dir", "rows: {dir", "in ports of thing_store"),
        ("kind: store, model: Thing}}}", "kind: store, model: Else}}}", "model of thing_store.sql"),
    ],
)
def test_a_blueprint_that_the_code_does_not_equal_stops_the_start(
    blueprint: Path, before: str, after: str, words: str
) -> None:
    assert before in BLUEPRINT
    blueprint.write_text(BLUEPRINT.replace(before, after), encoding="utf-8")
    with pytest.raises(WiringError, match=words):
        start(blueprint)


def test_a_component_that_is_not_in_the_blueprint_stops_the_start(blueprint: Path) -> None:
    def more(database: Database, settings: Settings) -> Registry:
        registry = build(database, settings)
        extra = ThingStore(database)
        extra.name = "extra"
        registry.add(extra)
        return registry

    with pytest.raises(WiringError, match="components"):
        start(blueprint, more)


async def test_an_error_in_an_operation_is_a_500_without_a_traceback(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("runtime.store.Store.page", fail)
    answer = await client.get("/v1/things", headers={"X-Request-ID": "my-id"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "my-id"
    assert "42" not in answer.text
    assert (await client.get("/livez")).status_code == 200


async def test_a_database_that_is_gone_is_a_503_and_not_ready(tmp_path: Path, blueprint: Path) -> None:
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.db", log_level="error")
    service = Service(build, settings, ABOUT, blueprint)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://things") as client:
        for path in ("/readyz", "/v1/things"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert (await client.get("/livez")).status_code == 200
    await service.close()


async def test_the_service_is_ready_while_the_database_is_there(client: httpx.AsyncClient) -> None:
    assert (await client.get("/readyz")).status_code == 200


async def test_what_only_reads_has_no_transaction_on_postgresql(service: Service) -> None:
    if service.database.dialect == "sqlite":
        return
    transaction = sa.select(sa.func.pg_current_xact_id())
    async with service.database.ask() as asking, service.database.read() as reading:
        assert await asking.scalar(transaction) != await asking.scalar(transaction)
        assert await reading.scalar(transaction) == await reading.scalar(transaction)
    assert await service.database.first(transaction, {}) != await service.database.first(transaction, {})


async def test_a_writer_waits_for_another_process_without_holding_up_readers(
    client: httpx.AsyncClient, service: Service
) -> None:
    if service.database.dialect != "sqlite":
        return
    await client.get("/v1/things")
    path = service.database._writing.url.database
    with closing(sqlite3.connect(str(path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(client.post("/v1/things", json={"name": "late"}))
        await asyncio.sleep(0.3)
        assert (await client.get("/v1/things")).json()["items"] == []
        assert not writing.done()
        other.execute("COMMIT")
        assert (await writing).status_code == 201


async def test_one_statement_needs_no_transaction_around_it_but_for_a_key(
    client: httpx.AsyncClient, service: Service
) -> None:
    begun: list[object] = []
    sa.event.listen(service.database._writing.sync_engine, "begin", begun.append)
    made = await client.post("/v1/things", json={"name": "alone", "code": "c"})
    assert made.status_code == 201
    assert len(begun) == (1 if service.database.dialect == "sqlite" else 0)
    assert (await client.get(f"/v1/things/{made.json()['id']}")).json() == made.json()
    assert (await client.post("/v1/things", json={"name": "other", "code": "c"})).status_code == 409
    begun.clear()
    kept = await client.post("/v1/things", json={"name": "with a key"}, headers={"Idempotency-Key": "k"})
    assert kept.status_code == 201
    assert len(begun) == 1
    assert len((await client.get("/v1/things")).json()["items"]) == 2


async def test_one_key_makes_one_row_and_one_answer(client: httpx.AsyncClient) -> None:
    async def post() -> httpx.Response:
        return await client.post("/v1/things", json={"name": "once"}, headers={"Idempotency-Key": "k"})

    answers = await asyncio.gather(*(post() for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert len((await client.get("/v1/things")).json()["items"]) == 1


async def test_twenty_writers_lose_no_update(client: httpx.AsyncClient) -> None:
    thing = (await client.post("/v1/things", json={"name": "n", "rank": 0})).json()
    path = f"/v1/things/{thing['id']}"

    async def add() -> None:
        while True:
            read = await client.get(path)
            changed = await client.patch(
                path, json={"rank": read.json()["rank"] + 1}, headers={"If-Match": read.headers["etag"]}
            )
            if changed.status_code == 200:
                return
            assert changed.status_code == 412

    await asyncio.gather(*(add() for _ in range(20)))
    assert (await client.get(path)).json()["rank"] == 20


async def test_a_clash_names_the_field(client: httpx.AsyncClient) -> None:
    await client.post("/v1/things", json={"name": "a", "code": "x"})
    answer = await client.post("/v1/things", json={"name": "b", "code": "x"})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["pointer"] == "/code"


async def test_two_concurrent_posts_of_one_unique_value_make_one_row(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.post("/v1/things", json={"name": "a", "code": "same"}) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


def test_components_are_named(blueprint: Path) -> None:
    service = start(blueprint)
    assert set(service.registry.components) == {"thing_store", "things"}
    assert isinstance(service.registry.components["things"], Things)
