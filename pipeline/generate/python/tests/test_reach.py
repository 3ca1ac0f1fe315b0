"""What a caller reaches through a parent: the rows under what they may read, found in one query, and no others."""

import json
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import fields, tables
from runtime.component import ComposedComponent
from runtime.database import Database
from runtime.listing import Listing
from runtime.registry import Registry, WiringError
from runtime.store import Store
from tests.conftest import ENGINES, fresh_url
from tests.wired import Things, Wired

ROLES = {
    "customer": ["tickets.api:read@own", "replies.api:*@parent", "files.api:*@parent"],
    "agent": ["tickets.api:read", "replies.api:*@parent", "files.api:*@parent"],
    "writer": ["replies.api:*@own"],
    "helper": ["replies.api:*@helper_id"],
    "guest": ["replies.api:*@parent", "files.api:*@parent"],
}
BLUEPRINT = """
apiVersion: autocoder/v1
system: {name: desk, version: 1.0.0, description: Tickets with replies with files}
models: {}
components:
  store:
    ports:
      tickets: {dir: in, kind: store, model: Ticket}
      replies: {dir: in, kind: store, model: Reply}
      files: {dir: in, kind: store, model: File}
  tickets:
    ports:
      api: {dir: in, kind: rpc, crud: Ticket, owner: owner_id}
      data: {dir: out, kind: store, model: Ticket}
  replies:
    ports:
      api: {dir: in, kind: rpc, crud: Reply, owner: owner_id, parent: ticket_id}
      above: {dir: out, kind: rpc, crud: Ticket, only: [read], field: ticket_id}
      data: {dir: out, kind: store, model: Reply}
  files:
    ports:
      api: {dir: in, kind: rpc, crud: File, parent: reply_id}
      above: {dir: out, kind: rpc, crud: Reply, only: [read], field: reply_id}
      data: {dir: out, kind: store, model: File}
links:
  - {from: tickets.data, to: store.tickets, onFailure: hard}
  - {from: replies.data, to: store.replies, onFailure: hard}
  - {from: replies.above, to: tickets.api, onFailure: hard}
  - {from: files.data, to: store.files, onFailure: hard}
  - {from: files.above, to: replies.api, onFailure: hard}
expose: []
policies: {roles: ROLES}
""".replace("ROLES", json.dumps(ROLES))


class Ticket(tables.Entity):
    __tablename__ = "desk_tickets"

    owner_id: orm.Mapped[uuid.UUID]


class Reply(tables.Entity):
    __tablename__ = "desk_replies"

    owner_id: orm.Mapped[uuid.UUID]
    helper_id: orm.Mapped[uuid.UUID | None]
    ticket_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("desk_tickets.id"))


class File(tables.Entity):
    __tablename__ = "desk_files"

    reply_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("desk_replies.id"))


TABLES = [Ticket.__table__, Reply.__table__, File.__table__]


class Rows(ComposedComponent):
    """The stores."""

    def __init__(self, database: Database) -> None:
        super().__init__("store")
        self.tickets = self.offers("tickets", Store(database, Ticket))
        self.replies = self.offers("replies", Store(database, Reply))
        self.files = self.offers("files", Store(database, File))


def build(database: Database) -> Registry:
    registry = Registry(expose={}, roles=ROLES)
    rows = registry.add(Rows(database))
    tickets = registry.add(Things("tickets", rows.tickets, "owner_id"))
    replies = registry.add(Things("replies", rows.replies, "owner_id", "ticket_id", tickets.api))
    registry.add(Things("files", rows.files, None, "reply_id", replies.api))
    return registry


@dataclass
class Desk(Wired):
    """A desk with two customers; Ann's ticket has two replies, of which she wrote none, and Ben's has one."""

    LISTED = "replies"

    ann: UUID
    ben: UUID
    to_ann: tuple[UUID, UUID]
    to_ben: UUID
    alone: UUID
    anns: UUID
    bens: UUID
    statements: list[str]


@pytest.fixture(params=ENGINES)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Desk]:
    url = fresh_url(request.param, tmp_path, TABLES)
    engine = sa.create_engine(url.replace("+aiosqlite", ""))
    ids = [uuid.uuid4() for _ in range(12)]
    ann, ben, agent, anns, bens, first, second, third, alone, *files = ids
    with engine.begin() as connection:
        connection.execute(sa.insert(Ticket), [{"id": anns, "owner_id": ann}, {"id": bens, "owner_id": ben}])
        replies = [(first, anns), (second, anns), (third, bens), (alone, None)]
        connection.execute(
            sa.insert(Reply), [{"id": id, "owner_id": agent, "ticket_id": ticket} for id, ticket in replies]
        )
        connection.execute(
            sa.insert(File), [{"id": a, "reply_id": b} for a, b in zip(files, (first, second, third), strict=True)]
        )
    engine.dispose()
    path = tmp_path / "architecture.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    database = Database(url)
    registry = build(database)
    registry.seal(path)
    statements: list[str] = []
    sa.event.listen(database._reading.sync_engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    yield Desk(database, registry, ann, ben, (first, second), third, alone, anns, bens, statements)
    await database.close()


async def test_the_list_holds_what_is_under_what_the_caller_may_read(desk: Desk) -> None:
    assert await desk.listed(desk.ann, "customer") == set(desk.to_ann)
    assert await desk.listed(desk.ben, "customer") == {desk.to_ben}
    assert await desk.listed(uuid.uuid4(), "customer") == set()


async def test_a_row_without_a_parent_is_under_nothing(desk: Desk) -> None:
    assert await desk.listed(uuid.uuid4(), "agent") == {*desk.to_ann, desk.to_ben}


async def test_who_may_read_no_parent_sees_nothing(desk: Desk) -> None:
    assert await desk.listed(desk.ann, "guest") == set()
    assert await desk.listed(desk.ann, "guest", "files") == set()


async def test_a_grandchild_is_reached_through_both(desk: Desk) -> None:
    assert len(await desk.listed(desk.ann, "customer", "files")) == 2
    assert len(await desk.listed(desk.ben, "customer", "files")) == 1
    assert len(await desk.listed(desk.ben, "agent", "files")) == 3


async def test_grants_add_up(desk: Desk) -> None:
    async with desk.database.write() as session:
        await session.execute(sa.update(Reply).where(Reply.id == desk.alone).values(owner_id=desk.ann))
    assert await desk.listed(desk.ann, "customer writer") == {*desk.to_ann, desk.alone}
    assert await desk.listed(desk.ann, "writer") == {desk.alone}


async def test_a_page_is_one_query_however_many_parents_there_are(desk: Desk) -> None:
    store = desk.port("files").rows()
    listing = Listing(store.model, order="id", sort={})
    query = fields.ListQuery.model_construct(limit=10)
    async with desk.database.read() as session:
        call = desk.call(session, desk.ann, "customer", "files:list")
        desk.statements.clear()
        assert len((await store.page(call, listing, query)).items) == 2
    assert [text.split()[0] for text in desk.statements if "desk_" in text] == ["SELECT"]


async def test_what_is_outside_is_a_404(desk: Desk) -> None:
    for op, *arguments in (("read",), ("update", {}), ("delete",)):
        assert await desk.status(desk.ann, "customer", f"replies:{op}", desk.to_ben, *arguments) == 404
        assert await desk.status(desk.ann, "customer", f"replies:{op}", desk.alone, *arguments) == 404
    assert await desk.status(desk.ann, "customer", "replies:read", desk.to_ann[0]) == 200


async def test_a_row_is_made_under_what_the_caller_may_read_and_in_their_own_name(desk: Desk) -> None:
    async def made(roles: str, **values: object) -> int:
        return await desk.status(desk.ann, roles, "replies:create", values)

    assert await made("customer", owner_id=desk.ann, ticket_id=desk.anns) == 200
    assert await made("agent", owner_id=desk.ann, ticket_id=desk.bens) == 200
    assert await made("customer", owner_id=desk.ann, ticket_id=desk.bens) == 403
    assert await made("customer", owner_id=desk.ann, ticket_id=uuid.uuid4()) == 403
    assert await made("customer", owner_id=desk.ben, ticket_id=desk.anns) == 403
    assert await made("agent", owner_id=desk.ann) == 403
    assert await made("customer writer", owner_id=desk.ann) == 200
    assert await made("customer helper", owner_id=desk.ben) == 200


async def test_a_row_stays_under_what_the_caller_may_read_and_whose_it_is(desk: Desk) -> None:
    async def changed(roles: str, **changes: object) -> int:
        return await desk.status(desk.ann, roles, "replies:update", desk.to_ann[0], changes)

    assert await changed("customer", ticket_id=desk.bens) == 403
    assert await changed("customer", ticket_id=None) == 403
    assert await changed("customer", owner_id=desk.ann) == 403
    assert await changed("customer writer", owner_id=desk.ann) == 403
    assert await changed("customer", ticket_id=desk.anns) == 200
    assert await changed("agent", ticket_id=desk.bens) == 200
    assert await changed("customer") == 404


async def test_a_grant_beside_it_allows_what_it_allowed_alone(desk: Desk) -> None:
    async with desk.database.write() as session:
        await session.execute(sa.update(Reply).where(Reply.id == desk.to_ben).values(helper_id=desk.ann))
    changes = {"owner_id": desk.ann}
    assert await desk.status(desk.ann, "customer helper", "replies:update", desk.to_ben, changes) == 200
    assert await desk.status(desk.ann, "customer helper", "replies:update", desk.to_ben, {"helper_id": None}) == 403


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("parent: ticket_id", "parent: owner_id"),
        ("owner: owner_id, parent: ticket_id", "owner: owner_id"),
        ("field: ticket_id", "field: owner_id"),
    ],
)
def test_another_parent_in_the_blueprint_stops_the_start(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "architecture.yaml"
    path.write_text(BLUEPRINT.replace(before, after), encoding="utf-8")
    with pytest.raises(WiringError, match=r"parent of replies\.api"):
        build(Database("sqlite+aiosqlite:////tmp/never-opened.db")).seal(path)
