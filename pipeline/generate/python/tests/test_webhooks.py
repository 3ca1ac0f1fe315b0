"""Webhooks are stored before they are handled, handled once, and only from whoever can sign."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from runtime.clock import CLOCK
from runtime.sender import signature
from runtime.service import Service
from runtime.settings import Settings, SettingsError
from runtime.webhooks import Webhook, require_secrets
from tests.parcels import SECRET, Notes, days


@pytest.fixture
async def client(system: Service) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the system."""
    transport = httpx.ASGITransport(system, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://parcels") as made:
        yield made


async def post(client: httpx.AsyncClient, body: Any, *, secret: str = SECRET, age: int = 0) -> httpx.Response:
    """Send a webhook, signed."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {
        "X-Signature": signature(secret, int(time.time()) - age, content),
        "Content-Type": "application/json",
    }
    return await client.post("/v1/parcels/track", content=content, headers=headers)


async def listed(client: httpx.AsyncClient, status: str) -> list[dict[str, Any]]:
    """Return the stored webhooks in a status."""
    found: list[dict[str, Any]] = (await client.get(f"/v1/admin/webhooks?status={status}")).json()["items"]
    return found


async def test_a_webhook_is_handled_once(client: httpx.AsyncClient, system: Service) -> None:
    await client.post("/v1/parcels/add", json={"code": "p"})
    body = {"event_id": "1", "code": "p", "state": "sent"}
    answers = await asyncio.gather(*(post(client, body) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.json()["received"] for answer in answers)
    await system.background.settle()
    notes = system.registry.components["notes"]
    assert isinstance(notes, Notes)
    assert notes.heard == ["sent"]
    assert (len(await listed(client, "handled")), len(await listed(client, "repeated"))) == (1, 4)
    assert (await post(client, {**body, "event_id": "2"})).status_code == 200
    await system.background.settle()
    assert notes.heard == ["sent", "sent"]


async def test_what_cannot_be_handled_stays_and_can_be_handled_later(client: httpx.AsyncClient) -> None:
    body = {"event_id": "1", "code": "late", "state": "sent"}
    assert (await post(client, body)).status_code == 404
    (stored,) = await listed(client, "failed")
    assert json.loads(stored["body"]) == body
    assert "nothing here" in stored["error"]
    path = f"/v1/admin/webhooks/{stored['id']}"
    assert (await client.post(f"{path}/retry")).status_code == 404
    await client.post("/v1/parcels/add", json={"code": "late"})
    again = await client.post(f"{path}/retry")
    assert (again.status_code, again.json()["status"]) == (200, "handled")
    assert (await client.get(path)).json()["error"] is None
    assert (await client.post(f"{path}/retry")).status_code == 409
    assert (await post(client, body)).status_code == 200
    assert len(await listed(client, "repeated")) == 1


async def test_a_body_that_is_not_valid_is_refused_and_kept(client: httpx.AsyncClient) -> None:
    assert (await post(client, {"code": "p"})).status_code == 422
    assert (await post(client, b"{not json")).status_code == 422
    stored = await listed(client, "failed")
    assert [each["body"] for each in stored] == ["{not json", '{"code": "p"}']
    for each in stored:
        assert (await client.post(f"/v1/admin/webhooks/{each['id']}/retry")).status_code == 409


async def test_only_who_can_sign_is_heard(client: httpx.AsyncClient) -> None:
    body = {"event_id": "1", "code": "p", "state": "sent"}
    assert (await client.post("/v1/parcels/track", json=body)).status_code == 401
    for options in [{"secret": "another"}, {"age": 400}, {"age": -400}]:
        answer = await post(client, body, **options)  # type: ignore[arg-type]
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
    assert (await post(client, body, age=200)).status_code == 404
    assert (await client.get("/v1/admin/webhooks")).json()["items"][0]["status"] == "failed"


async def test_old_webhooks_are_forgotten(client: httpx.AsyncClient, system: Service) -> None:
    await client.post("/v1/parcels/add", json={"code": "p"})
    await post(client, {"event_id": "1", "code": "p", "state": "sent"})
    CLOCK.move(days(31))
    await system.background.settle()
    assert (await client.get("/v1/admin/webhooks")).json()["items"] == []


def test_a_secret_that_is_missing_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_CARRIER_FILE"):
        require_secrets(Settings(database_url=""), [Webhook(secret="carrier")])


async def test_the_description_names_what_administrators_may_do_and_the_signature(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert {path for path in paths if path.startswith("/v1/admin/")} == {
        "/v1/admin/dead-letters",
        "/v1/admin/dead-letters/{id}",
        "/v1/admin/dead-letters/{id}/replay",
        "/v1/admin/deliveries",
        "/v1/admin/deliveries/{id}",
        "/v1/admin/deliveries/{id}/retry",
        "/v1/admin/timers",
        "/v1/admin/timers/{name}/run",
        "/v1/admin/webhooks",
        "/v1/admin/webhooks/{id}",
        "/v1/admin/webhooks/{id}/retry",
    }
    track = paths["/v1/parcels/track"]["post"]
    assert [each["name"] for each in track["parameters"]] == ["X-Signature"]
    assert "401" in track["responses"]
