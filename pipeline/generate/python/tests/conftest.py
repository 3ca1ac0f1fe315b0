"""A small system written by hand: the runtime's tests run on it, on SQLite and on a PostgreSQL where one is given.

`RUNTIME_TEST_POSTGRES` holds the URL of an empty database (postgresql+psycopg://...).
"""

import datetime as dt
import os
import uuid
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from fastapi import Query
from pydantic import Field
from sqlalchemy import orm

from runtime import fields, tables
from runtime.call import Call, Current
from runtime.clock import CLOCK
from runtime.component import ComposedComponent, RpcPort, delete, get, patch, post
from runtime.database import Database
from runtime.listing import Listing
from runtime.registry import Registry
from runtime.service import About, Service
from runtime.settings import Settings
from runtime.store import Store

BLUEPRINT = """
apiVersion: autocoder/v1
system: {name: things, version: 1.0.0, description: Things}
models: {}
components:
  thing_store: {ports: {sql: {dir: in, kind: store, model: Thing}}}
  things:
    ports:
      api: {dir: in, kind: rpc, crud: Thing, idempotency: [create], public: [list, create, read, update, delete]}
      data: {dir: out, kind: store, model: Thing}
links: [{from: things.data, to: thing_store.sql, onFailure: hard}]
expose: [{port: things.api, path: /v1/things}]
policies: {roles: {}}
"""


class Thing(tables.Entity):
    """A row with a column of each kind that can be sorted by."""

    __tablename__ = "things"
    __table_args__ = (sa.Index("uq_things_code", "code", unique=True),)

    name: orm.Mapped[str]
    code: orm.Mapped[str | None]
    rank: orm.Mapped[int | None]
    ratio: orm.Mapped[float | None]
    price: orm.Mapped[tables.Decimal | None]
    due: orm.Mapped[dt.date | None]
    at: orm.Mapped[dt.datetime | None]
    opens: orm.Mapped[dt.time | None]
    done: orm.Mapped[bool] = orm.mapped_column(default=False)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class ThingCreate(fields.Schema):
    name: Annotated[fields.Line, Field(min_length=1, max_length=50)]
    code: fields.Line | None = None
    rank: fields.Int | None = None
    ratio: fields.Float | None = None
    price: Annotated[fields.Number, fields.Digits(4)] | None = None
    due: fields.Date | None = None
    at: fields.DateTime | None = None
    opens: fields.Time | None = None
    done: fields.Bool = False


class ThingUpdate(fields.Schema):
    name: Annotated[fields.Line, Field(min_length=1, max_length=50)] = fields.absent()
    rank: fields.Int | None = fields.absent()


class ThingOut(fields.Record):
    id: uuid.UUID
    name: str
    code: str | None
    rank: int | None
    ratio: float | None
    price: fields.Number | None
    due: dt.date | None
    at: fields.Moment | None
    opens: fields.ShownTime | None
    done: bool


class ThingPage(fields.Record):
    items: list[ThingOut]
    next_cursor: str | None


SORTS = ("name", "rank", "ratio", "price", "due", "at", "opens", "done")


class ThingQuery(fields.ListQuery):
    limit: int = Field(default=20, ge=1, le=100)
    sort: str | None = fields.sorting(*SORTS)
    q: str | None = fields.searching("name")
    name: fields.QueryText | None = None


LISTING = Listing(
    Thing,
    order="name",
    equals={"name": Thing.name},
    sort={name: getattr(Thing, name) for name in SORTS},
    search=(Thing.name,),
)


class ThingStore(ComposedComponent):
    def __init__(self, database: Database) -> None:
        super().__init__("thing_store")
        self.sql = self.offers("sql", Store[Thing](database, Thing))


class Things(ComposedComponent):
    def __init__(self, data: Store[Thing]) -> None:
        super().__init__("things")
        self.data = self.needs("data", data)
        self.api = self.offers("api", RpcPort(self, model="Thing"))

    async def find(self, call: Call, id: UUID) -> Thing:
        return await self.data.read(call, id)

    @get("/v1/things", "api.list", access="public")
    async def list_things(self, call: Current, query: Annotated[ThingQuery, Query()]) -> ThingPage:
        """List things."""
        return ThingPage.model_validate(await self.data.page(call, LISTING, query))

    @post("/v1/things", "api.create", access="public", idempotent=True, alone=True)
    async def create_thing(self, call: Current, body: ThingCreate) -> ThingOut:
        """Make a thing."""
        thing = await self.data.create(call, body.model_dump())
        call.etag(thing.row_version)
        return ThingOut.model_validate(thing)

    @get("/v1/things/{id}", "api.read", access="public", versioned=True)
    async def read_thing(self, call: Current, id: UUID) -> ThingOut:
        """Read a thing."""
        thing = await self.data.read(call, id)
        call.etag(thing.row_version)
        return ThingOut.model_validate(thing)

    @patch("/v1/things/{id}", "api.update", access="public", versioned=True, find=find)
    async def update_thing(self, call: Current, id: UUID, body: ThingUpdate) -> ThingOut:
        """Change a thing."""
        thing = await self.data.update(call, id, body.model_dump(exclude_unset=True))
        call.etag(thing.row_version)
        return ThingOut.model_validate(thing)

    @delete("/v1/things/{id}", "api.delete", access="public", versioned=True)
    async def delete_thing(self, call: Current, id: UUID) -> None:
        """Delete a thing."""
        await self.data.delete(call, id)


def build(database: Database, _settings: Settings) -> Registry:
    """Return the wired components."""
    registry = Registry(expose={"things.api": "/v1/things"}, roles={})
    store = registry.add(ThingStore(database))
    registry.add(Things(store.sql))
    return registry


ABOUT = About(name="things", title="Things", version="1.0.0", description="Things")
ENGINES = ["sqlite", *(["postgres"] if os.environ.get("RUNTIME_TEST_POSTGRES") else [])]


def url_of(engine: str, folder: Path) -> str:
    """Return the URL of the database that an engine's tests run on."""
    return os.environ["RUNTIME_TEST_POSTGRES"] if engine == "postgres" else f"sqlite+aiosqlite:///{folder}/app.db"


def fresh_url(engine: str, folder: Path, known: Sequence[sa.FromClause]) -> str:
    """Return the URL of an engine's database, in which these tables were made anew."""
    url = url_of(engine, folder)
    made = sa.create_engine(url.replace("+aiosqlite", ""))
    tables.Base.metadata.drop_all(made, tables=known)
    tables.Base.metadata.create_all(made, tables=known)
    made.dispose()
    return url


@pytest.fixture
def blueprint(tmp_path: Path) -> Path:
    """Return the path of an architecture.yaml that describes the system."""
    path = tmp_path / "architecture.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    return path


@pytest.fixture(params=ENGINES)
async def service(request: pytest.FixtureRequest, tmp_path: Path, blueprint: Path) -> AsyncGenerator[Service]:
    """Yield the system, with an empty database."""
    url = fresh_url(request.param, tmp_path, [Thing.__table__, tables.IdempotentAnswer.__table__])
    made = Service(build, Settings(database_url=url, log_level="error"), ABOUT, blueprint)
    yield made
    await made.close()


@pytest.fixture
async def client(service: Service) -> AsyncGenerator[httpx.AsyncClient]:
    """Yield a client of the system."""
    transport: Any = httpx.ASGITransport(service, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://things") as made:
        yield made


@pytest.fixture(params=ENGINES)
async def system(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Service]:
    """Yield the system of tests.parcels; what it does in the background it does when a test asks for it."""
    from tests.parcels import make_service  # noqa: PLC0415 (it takes the databases from here)

    made = make_service(request.param, tmp_path)
    yield made
    CLOCK.reset()
    await made.close()
