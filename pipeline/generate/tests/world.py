"""What the tests share: the service in this process, people who use it, and a look into its database."""

import asyncio
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import sqlalchemy as sa

from app.models import Base
from runtime.clock import CLOCK
from runtime.settings import Settings
from tests import wire

ROOT = Path(__file__).parent.parent
NOBODY = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""
PASSWORD = "correct horse battery staple"
SETUP_TOKEN = "the setup token of the tests"
WEBHOOK_SECRET = "the secret of those who send webhooks"
KEPT = {"runtime_sessions", "runtime_refresh_tokens"}
"""What people are signed in with."""


AHEAD = dt.timedelta()
"""How far the tests are ahead of the real time."""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + AHEAD


HOUR = dt.timedelta(hours=1)
NEXT_HOUR = now().replace(minute=0, second=0, microsecond=0) + HOUR


def soon(days: int = 0, minutes: int = 0) -> str:
    """Return a moment so far ahead, as it stands in JSON; the same all through the tests."""
    return (NEXT_HOUR + dt.timedelta(days=days, minutes=minutes)).isoformat().replace("+00:00", "Z")


def soon_day(days: int = 0) -> str:
    """Return a day so far ahead, as it stands in JSON."""
    return str((NEXT_HOUR + dt.timedelta(days=days)).date())


def settings_of(url: str, *webhooks: str) -> Settings:
    """Return the settings of the tests; `webhooks` are the names of secrets with which senders sign."""
    return Settings(
        database_url=url,
        jwt_key="a key that only the tests use, of 32 bytes and more",
        setup_token=SETUP_TOKEN,
        base_url="http://testserver",
        log_level="error",
        release="tests",
        sign_ins_per_minute=1_000_000,
        allow_outbound=("loopback",),
        webhook_secrets=dict.fromkeys(webhooks, WEBHOOK_SECRET),
    )


class Upload(NamedTuple):
    """A file that is sent."""

    name: str
    content: bytes
    type: str


def as_form(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a body with files in it is sent: what is not text as JSON, and nothing of what is null."""
    files = [(name, (value.name, value.content, value.type)) for name, value in body.items() if isinstance(value, Upload)]
    values = {name: value for name, value in body.items() if value is not None and not isinstance(value, Upload)}
    return {
        "files": files,
        "data": {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()},
    }


@dataclass(repr=False)
class Person:
    """Somebody who sends requests; without a token, somebody who is not signed in."""

    world: "World"
    id: str = NOBODY
    email: str = ""
    token: str = ""
    key: str = ""
    """An API key, for a device."""

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.world.run(self.asking(method, path, **options))

    async def asking(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request; several of them go together."""
        headers = wire.token_headers(self.token)
        headers |= {"X-API-Key": self.key} if self.key else {}
        headers |= options.pop("headers", {})
        body = options.get("json")
        if isinstance(body, dict) and any(isinstance(value, Upload) for value in body.values()):
            options |= as_form(wire.sent_form(options.pop("json")))
        elif body is not None:
            options["json"] = wire.sent(method, path, body)
        if "params" in options:
            options["params"] = wire.asked(options["params"])
        raw = await self.world.client.request(
            wire.method_of(method, path), wire.path_of(path), headers=headers, **options
        )
        return wire.Answer.of(raw, method, path)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, **options)

    def touch(self, method: str, path: str) -> httpx.Response:
        """Read, delete or change nothing, whichever the method is."""
        return self.request(method, path, json={} if method == "PATCH" else None)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)


@dataclass(repr=False)
class World:
    """The running service and its database. One for all tests; what a test stores is gone before the next."""

    service: Any
    runner: asyncio.Runner
    engine: sa.Engine
    client: httpx.AsyncClient = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(app=self.service, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://testserver")

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

    def settle(self) -> None:
        """Do everything that is due in the background."""
        self.run(self.service.background.settle())

    def later(self, **by: float) -> None:
        """Let so much time pass."""
        CLOCK.move(dt.timedelta(**by))

    def until(self, moment: dt.datetime) -> None:
        """Let time pass until shortly after a moment."""
        CLOCK.move(moment - CLOCK.now() + dt.timedelta(seconds=1))

    def send_again(self, messages: Iterable[Mapping[str, Any]]) -> None:
        """Send messages once more that were sent before."""
        with self.engine.begin() as connection:
            connection.execute(Base.metadata.tables["runtime_outbox"].insert(), [dict(each) for each in messages])

    def together(self, requests: Iterable[Any]) -> list[httpx.Response]:
        """Send several requests at the same time."""

        async def gather() -> list[httpx.Response]:
            return list(await asyncio.gather(*requests))

        return self.run(gather())

    @property
    def anyone(self) -> Person:
        return Person(self)

    def insert(self, table: str, row: Mapping[str, Any], columns: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Store a row; values are as in JSON. `columns` names those that are called otherwise in the database."""
        target = Base.metadata.tables[table]
        names = {name: (columns or {}).get(name, name) for name in row}
        with self.engine.begin() as connection:
            connection.execute(
                target.insert().values({names[key]: stored(target.c[names[key]], value) for key, value in row.items()})
            )
        return dict(row)

    def have(self, make: Any, table: str, same: Sequence[str], **values: Any) -> None:
        """Store a row; where there is one already that would clash with it, change that one."""
        target = Base.metadata.tables[table]
        known = {name: stored(target.c[name], value) for name, value in values.items()}
        with self.engine.begin() as connection:
            there = [target.c[name] == known[name] for name in same]
            changed = connection.execute(target.update().where(*there).values(known)).rowcount
        if not changed:
            make(self, **values)

    def change(self, table: str, id: str, column: str, value: Any) -> None:
        """Change one stored value, which is as in JSON."""
        target = Base.metadata.tables[table]
        with self.engine.begin() as connection:
            new = {column: stored(target.c[column], value)}
            connection.execute(target.update().where(target.c.id == uuid.UUID(id)).values(new))

    def row(self, table: str, id: str) -> dict[str, Any] | None:
        """Return what is stored under an id, None where nothing is."""
        target = Base.metadata.tables[table]
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(target).where(target.c.id == uuid.UUID(id))).mappings().first()
        return dict(found) if found else None

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(Base.metadata.tables[table])).mappings()]

    def value(self, table: str, id: str, column: str) -> Any:
        """Return one stored value as it stands in JSON."""
        row = self.row(table, id)
        return plain(row[column]) if row else None

    def count(self, table: str) -> int:
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[table])) or 0

    def give_roles(self, table: str, person: Person, roles: list[str]) -> None:
        target = Base.metadata.tables[table]
        with self.engine.begin() as connection:
            connection.execute(target.update().where(target.c.id == uuid.UUID(person.id)).values(roles=roles))

    def device(self, table: str, id: str) -> Person:
        """Give a stored row an API key, and return who sends it."""
        key = f"test_{uuid.uuid4().hex}"
        hashed = hashlib.sha256(key.encode()).hexdigest()
        self.insert("runtime_api_keys", {"hash": hashed, "holder": table, "row_id": id, "created_at": now()})
        return Person(self, id, key=key)

    def clear(self, accounts: str) -> None:
        """Remove what a test stored; the people stay, with their sessions. The clock tells the time of the tests again."""
        CLOCK.reset()
        CLOCK.move(AHEAD)
        kept = [uuid.UUID(person.id) for person in self.people.values()]
        with self.engine.begin() as connection:
            filled = self._filled(connection, {accounts: len(kept)})
            # What refers to others goes first.
            for table in reversed([each for each in Base.metadata.sorted_tables if each.name in filled]):
                if table.name == accounts:
                    connection.execute(table.delete().where(table.c.id.not_in(kept)))
                else:
                    connection.execute(table.delete())

    def _filled(self, connection: sa.Connection, kept: Mapping[str, int]) -> list[str]:
        """Return the tables with more rows than are kept: asking for all at once is much faster than emptying each."""
        names = [name for name in Base.metadata.tables if name not in KEPT]
        asked = [
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\" LIMIT 1 OFFSET {kept.get(name, 0)})" for name in names
        ]
        # SQLite takes at most 500 parts in one question.
        parts = [" UNION ALL ".join(asked[start : start + 400]) for start in range(0, len(asked), 400)]
        return [name for part in parts for name in connection.exec_driver_sql(part).scalars()]


def stored(column: sa.Column[Any], value: Any) -> Any:
    """Return a value of JSON as the column's type wants it."""
    if value is None or not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return value
    kind = getattr(column.type, "impl_instance", column.type).python_type
    if kind is uuid.UUID:
        return uuid.UUID(str(value))
    if kind in (dt.datetime, dt.date, dt.time):
        return kind.fromisoformat(str(value))
    return Decimal(str(value)) if kind is Decimal else value


def plain(value: Any) -> Any:
    """Return a stored value as JSON has it."""
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, (dt.date, dt.time, uuid.UUID)):
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def ids(answer: httpx.Response) -> list[str]:
    """Return the ids of a list's items. Fails where it is no list."""
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def walk(person: Person, path: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """Return the pages of a list one by one."""
    cursor: str | None = None
    while True:
        answer = person.get(path, params={"limit": limit} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        yield answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return


def problem(answer: httpx.Response, status: int) -> list[str]:
    """Return the fields that an error answer names. Fails where it is not this error, or not a proper one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    assert document["request_id"]
    assert "Traceback" not in answer.text
    found = [error["pointer"].removeprefix("/").split("/")[0] for error in document.get("errors", [])]
    return sorted(set(found)) if status in (403, 409, 422) else []


def without(body: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def shown(answer: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer says about the fields of a body."""
    return {name: answer[name] for name in body if name in answer}
