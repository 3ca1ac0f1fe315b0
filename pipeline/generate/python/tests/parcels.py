"""A small system with everything that works in the background: an event, a timer, calls to the outside, a webhook."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import orm

from runtime import delivery_tables, event_tables, fields, tables, timer_tables, webhook_tables
from runtime.call import Call, Current
from runtime.calls import CallOut
from runtime.component import ComposedComponent, RpcPort, post
from runtime.database import Database
from runtime.events import EventIn, EventOut
from runtime.problems import not_found
from runtime.registry import Registry
from runtime.service import About, Service
from runtime.settings import Settings
from runtime.store import Store
from runtime.timers import TimerIn
from runtime.webhooks import Received, Webhook, received
from tests.conftest import fresh_url, url_of

BLUEPRINT = """
apiVersion: autocoder/v1
system: {name: parcels, version: 1.0.0, description: Parcels}
models: {}
components:
  parcel_store: {ports: {sql: {dir: in, kind: store, model: Parcel}}}
  parcels:
    ports:
      api: {dir: in, kind: rpc, ops: {add: {public: true}, track: {public: true, webhook: {secret: carrier}}}}
      data: {dir: out, kind: store, model: Parcel}
      moved: {dir: out, kind: event, type: Moved@1, key: parcel_id}
      tell: {dir: out, kind: rpc, external: true}
      lost: {dir: in, kind: timer, cron: "0 8 * * 1", zone: Europe/Berlin, missed: once}
  bus: {ports: {in: {dir: in, kind: event, type: any}, out: {dir: out, kind: event, type: any}}}
  notes:
    ports:
      moved: {dir: in, kind: event, type: Moved@1, maxDeliveries: 3}
      data: {dir: out, kind: store, model: Parcel}
links:
  - {from: parcels.data, to: parcel_store.sql, onFailure: hard}
  - {from: notes.data, to: parcel_store.sql, onFailure: hard}
  - {from: parcels.moved, to: bus.in, onFailure: hard}
  - {from: bus.out, to: notes.moved, onFailure: hard}
expose: [{port: parcels.api, path: /v1/parcels}]
policies: {roles: {}}
"""
SECRET = "the secret of the carrier"


class Parcel(tables.Entity):
    __tablename__ = "parcels"

    code: orm.Mapped[str]
    state: orm.Mapped[str] = orm.mapped_column(default="new")
    seen: orm.Mapped[int] = orm.mapped_column(default=0)
    url: orm.Mapped[str | None]
    secret: orm.Mapped[str | None]


class Moved(fields.Message):
    parcel_id: fields.Key
    state: str


class ParcelIn(fields.Schema):
    code: str
    url: str | None = None
    secret: str | None = None


class Tracking(fields.Schema):
    event_id: str
    code: str
    state: str


class Made(fields.Record):
    id: uuid.UUID


class ParcelStore(ComposedComponent):
    def __init__(self, database: Database) -> None:
        super().__init__("parcel_store")
        self.sql = self.offers("sql", Store[Parcel](database, Parcel))


class Parcels(ComposedComponent):
    def __init__(self, data: Store[Parcel]) -> None:
        super().__init__("parcels")
        self.data = self.needs("data", data)
        self.moved = self.sends("moved", EventOut[Moved]("Moved@1", key="parcel_id"))
        self.tell = self.sends("tell", CallOut())
        self.api = self.offers("api", RpcPort(self))
        self.lost = self.offers("lost", TimerIn(self.on_lost, cron="0 8 * * 1", zone="Europe/Berlin", missed="once"))

    @post("/v1/parcels/add", "api.add", access="public")
    async def add(self, call: Current, body: ParcelIn) -> Made:
        """Make a parcel."""
        return Made.model_validate(await self.data.create(call, body.model_dump()))

    @post("/v1/parcels/track", "api.track", access="public", status=200, webhook=Webhook(secret="carrier"))
    async def track(self, call: Current, body: Tracking) -> Received:
        """Note where a parcel is."""
        receipt = received(call)
        if not await receipt.first(call, body.event_id):
            return receipt.answer()
        parcel = await call.session.scalar(sa.select(Parcel).where(Parcel.code == body.code))
        if parcel is None:
            raise not_found()
        parcel.state = body.state
        await call.session.flush()
        await self.moved.emit(call, Moved(parcel_id=parcel.id, state=body.state))
        await self.tell.send(call, parcel.url, {"code": parcel.code}, secret=parcel.secret, subject=parcel)
        return receipt.answer()

    async def on_lost(self, call: Call) -> None:
        for parcel in await call.session.scalars(sa.select(Parcel).where(Parcel.state == "new")):
            parcel.state = "lost"


class Bus(ComposedComponent):
    def __init__(self) -> None:
        super().__init__("bus")
        self.out = self.sends("out", EventOut("any"))
        self.in_ = self.offers("in", EventIn("any", passes_on=[self.out]))


class Notes(ComposedComponent):
    """Hears of moves. Tests make it fail."""

    fails: Callable[[str], bool]

    def __init__(self, data: Store[Parcel]) -> None:
        super().__init__("notes")
        self.data = self.needs("data", data)
        self.moved = self.offers("moved", EventIn("Moved@1", Moved, self.on_moved, max_deliveries=3))
        self.heard: list[str] = []
        self.fails = lambda _state: False

    async def on_moved(self, call: Call, event: Moved) -> None:
        parcel = await self.data.read(call, event.parcel_id)
        parcel.seen += 1
        await call.session.flush()
        if self.fails(event.state):
            raise RuntimeError(f"not {event.state}")
        self.heard.append(event.state)


def build(database: Database, _settings: Settings) -> Registry:
    """Return the wired components."""
    registry = Registry(expose={"parcels.api": "/v1/parcels"}, roles={})
    store = registry.add(ParcelStore(database))
    parcels = registry.add(Parcels(store.sql))
    bus = registry.add(Bus())
    notes = registry.add(Notes(store.sql))
    parcels.moved.link(bus.in_)
    bus.out.link(notes.moved)
    return registry


TABLES = [
    Parcel.__table__,
    tables.IdempotentAnswer.__table__,
    event_tables.Outbox.__table__,
    event_tables.Inbox.__table__,
    event_tables.DeadLetter.__table__,
    timer_tables.TimerState.__table__,
    delivery_tables.Delivery.__table__,
    delivery_tables.DeliveryAttempt.__table__,
    webhook_tables.ReceivedWebhook.__table__,
    webhook_tables.WebhookId.__table__,
]
ABOUT = About(name="parcels", title="Parcels", version="1.0.0", description="Parcels")


def make_service(
    engine: str, folder: Path, *, empty: bool = True, redis: str = "", outbound: str = "loopback"
) -> Service:
    """Return the system, on an empty database unless it is to keep what is there."""
    url = fresh_url(engine, folder, TABLES) if empty else url_of(engine, folder)
    blueprint = folder / "parcels.yaml"
    blueprint.write_text(BLUEPRINT, encoding="utf-8")
    settings = Settings(
        database_url=url,
        log_level="error",
        redis_url=redis,
        allow_outbound=tuple(outbound.split(",")) if outbound else (),
        webhook_secrets={"carrier": SECRET},
    )
    return Service(build, settings, ABOUT, blueprint)


def days(count: float) -> dt.timedelta:
    """Return so many days."""
    return dt.timedelta(days=count)
