"""Grants with a condition, and the role of whoever calls: what they let people see, make and change."""

import json
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import tables
from runtime.call import Call, Condition
from runtime.component import ComposedComponent
from runtime.database import Database
from runtime.registry import Registry, WiringError
from runtime.store import Store
from tests.conftest import ENGINES, fresh_url
from tests.wired import Things, Wired

IS_MEMBER = "Member.exists(m, m.club_id == this.club_id && m.user_id == me.id)"
IS_CHAIR = "Member.exists(m, m.club_id == this.club_id && m.user_id == me.id && m.chair)"
ROLES = {
    "anyone": ["minutes.api:read where this.shown", "minutes.api:list where this.shown", "notes.api:read@parent"],
    "person": [
        f"minutes.api:* where {IS_MEMBER}",
        f"members.api:read where {IS_MEMBER}",
        f"members.api:create where {IS_CHAIR}",
        f"members.api:update where {IS_CHAIR}",
        "notes.api:create@parent",
    ],
    "writer": ["minutes.api:*@owner_id", "minutes.api:update where this.shown"],
}
BLUEPRINT = """
apiVersion: autocoder/v1
system: {name: clubs, version: 1.0.0, description: Clubs with members and minutes}
models: {}
components:
  store:
    ports:
      members: {dir: in, kind: store, model: Member}
      minutes: {dir: in, kind: store, model: Minute}
      notes: {dir: in, kind: store, model: Note}
  members:
    ports:
      api: {dir: in, kind: rpc, crud: Member}
      data: {dir: out, kind: store, model: Member}
  minutes:
    ports:
      api: {dir: in, kind: rpc, crud: Minute}
      data: {dir: out, kind: store, model: Minute}
  notes:
    ports:
      api: {dir: in, kind: rpc, crud: Note, parent: minute_id}
      above: {dir: out, kind: rpc, crud: Minute, only: [read], field: minute_id}
      data: {dir: out, kind: store, model: Note}
links:
  - {from: members.data, to: store.members, onFailure: hard}
  - {from: minutes.data, to: store.minutes, onFailure: hard}
  - {from: notes.data, to: store.notes, onFailure: hard}
  - {from: notes.above, to: minutes.api, onFailure: hard}
expose: []
policies: {roles: ROLES}
""".replace("ROLES", json.dumps(ROLES))


class Member(tables.Entity):
    __tablename__ = "clubs_members"

    club_id: orm.Mapped[uuid.UUID]
    user_id: orm.Mapped[uuid.UUID]
    chair: orm.Mapped[bool] = orm.mapped_column(default=False)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


class Minute(tables.Entity):
    __tablename__ = "clubs_minutes"

    club_id: orm.Mapped[uuid.UUID]
    owner_id: orm.Mapped[uuid.UUID | None]
    shown: orm.Mapped[bool] = orm.mapped_column(default=False)
    words: orm.Mapped[dict[str, Any] | None] = orm.mapped_column(tables.json_type())
    price: orm.Mapped[tables.Decimal | None]
    at: orm.Mapped[tables.dt.datetime] = orm.mapped_column(default=tables.utc_now)


class Note(tables.Entity):
    __tablename__ = "clubs_notes"

    minute_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("clubs_minutes.id"))


TABLES = [Member.__table__, Minute.__table__, Note.__table__]


def is_member(call: Call, this: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(Member.club_id == this.club_id, Member.user_id == call.caller)


def is_fellow(call: Call, this: Any) -> sa.ColumnElement[bool]:
    other = orm.aliased(Member)
    return sa.exists().where(other.club_id == this.club_id, other.user_id == call.caller)


def is_chair(call: Call, this: Any) -> sa.ColumnElement[bool]:
    other = orm.aliased(Member)
    return sa.exists().where(other.club_id == this.club_id, other.user_id == call.caller, other.chair)


def is_shown(_call: Call, this: Any) -> sa.ColumnElement[bool]:
    shown: sa.ColumnElement[bool] = this.shown
    return shown


CONDITIONS: dict[str, Condition] = {
    "minutes.api where this.shown": is_shown,
    f"minutes.api where {IS_MEMBER}": is_member,
    f"members.api where {IS_MEMBER}": is_fellow,
    f"members.api where {IS_CHAIR}": is_chair,
}


class Rows(ComposedComponent):
    """The stores."""

    def __init__(self, database: Database) -> None:
        super().__init__("store")
        self.members = self.offers("members", Store(database, Member))
        self.minutes = self.offers("minutes", Store(database, Minute))
        self.notes = self.offers("notes", Store(database, Note))


def build(database: Database, conditions: dict[str, Condition] = CONDITIONS) -> Registry:
    registry = Registry(expose={}, roles=ROLES, conditions=conditions)
    rows = registry.add(Rows(database))
    registry.add(Things("members", rows.members))
    minutes = registry.add(Things("minutes", rows.minutes))
    registry.add(Things("notes", rows.notes, None, "minute_id", minutes.api))
    return registry


@dataclass
class Clubs(Wired):
    """Two clubs with one minute each. Ann chairs the first, Ben is a member of it."""

    LISTED = "minutes"

    ann: UUID
    ben: UUID
    first: UUID
    second: UUID
    hidden: UUID
    shown: UUID

    async def member(self, who: UUID, club: UUID, *, chair: bool = False) -> UUID:
        made = Member(club_id=club, user_id=who, chair=chair)
        async with self.database.write() as session:
            session.add(made)
        return made.id


@pytest.fixture(params=ENGINES)
async def clubs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Clubs]:
    url = fresh_url(request.param, tmp_path, TABLES)
    path = tmp_path / "architecture.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    database = Database(url)
    registry = build(database)
    registry.seal(path)
    ann, ben, first, second, hidden, shown = (uuid.uuid4() for _ in range(6))
    made = Clubs(database, registry, ann, ben, first, second, hidden, shown)
    async with database.write() as session:
        session.add(Minute(id=hidden, club_id=first))
        session.add(Minute(id=shown, club_id=second, shown=True))
    await made.member(ann, first, chair=True)
    await made.member(ben, first)
    yield made
    await database.close()


async def test_a_list_holds_that_for_which_a_condition_is_true(clubs: Clubs) -> None:
    assert await clubs.listed(clubs.ann, "person") == {clubs.hidden, clubs.shown}
    assert await clubs.listed(uuid.uuid4(), "person") == {clubs.shown}


async def test_whoever_calls_has_what_anyone_has(clubs: Clubs) -> None:
    assert await clubs.listed(None, "") == {clubs.shown}
    assert await clubs.listed(uuid.uuid4(), "") == {clubs.shown}
    assert await clubs.status(None, "", "minutes:read", clubs.shown) == 200
    assert await clubs.status(None, "", "minutes:read", clubs.hidden) == 404


async def test_what_anyone_may_not_do_needs_a_sign_in_and_then_a_role(clubs: Clubs) -> None:
    assert await clubs.status(None, "", "minutes:update", clubs.shown, {}) == 401
    assert await clubs.status(clubs.ann, "", "minutes:update", clubs.shown, {}) == 403


async def test_other_objects_are_a_404(clubs: Clubs) -> None:
    for op, *arguments in (("read",), ("update", {}), ("delete",)):
        assert await clubs.status(uuid.uuid4(), "person", f"minutes:{op}", clubs.hidden, *arguments) == 404
    assert await clubs.status(clubs.ben, "person", "minutes:delete", clubs.hidden) == 200


async def test_what_is_made_must_fit(clubs: Clubs) -> None:
    assert await clubs.status(clubs.ben, "person", "minutes:create", {"club_id": clubs.first}) == 200
    assert await clubs.status(clubs.ben, "person", "minutes:create", {"club_id": clubs.second}) == 403
    full = {"club_id": clubs.first, "words": {"a": [1]}, "price": tables.Decimal("1.5")}
    assert await clubs.status(clubs.ben, "person", "minutes:create", full) == 200


async def test_what_is_changed_must_still_fit(clubs: Clubs) -> None:
    await clubs.member(clubs.ben, clubs.second)
    change = {"club_id": clubs.second}
    assert await clubs.status(clubs.ann, "person", "minutes:update", clubs.hidden, change) == 403
    assert await clubs.status(clubs.ann, "person", "minutes:update", clubs.hidden, {"owner_id": clubs.ben}) == 200
    assert await clubs.status(clubs.ben, "person", "minutes:update", clubs.hidden, change) == 200


async def test_nobody_gets_a_right_by_the_row_that_they_write_with_it(clubs: Clubs) -> None:
    stranger = uuid.uuid4()
    mine = {"club_id": clubs.first, "user_id": stranger, "chair": True}
    assert await clubs.status(stranger, "person", "members:create", mine) == 403
    assert await clubs.status(clubs.ben, "person", "members:create", mine) == 403
    assert await clubs.status(clubs.ann, "person", "members:create", mine) == 200
    # Who chairs one club does not become chair of another by moving there.
    row = await clubs.member(clubs.ben, clubs.second, chair=True)
    assert await clubs.status(clubs.ben, "person", "members:update", row, {"club_id": clubs.first}) == 403
    assert await clubs.status(clubs.ben, "person", "members:update", row, {"chair": False}) == 200
    assert await clubs.status(clubs.ben, "person", "members:update", row, {"chair": True}) == 404


async def test_a_condition_and_a_field_add_up(clubs: Clubs) -> None:
    assert await clubs.status(clubs.ann, "writer", "minutes:update", clubs.hidden, {}) == 404
    assert await clubs.status(clubs.ben, "writer", "minutes:update", clubs.shown, {"shown": False}) == 403
    assert await clubs.status(clubs.ann, "writer", "minutes:update", clubs.shown, {"owner_id": clubs.ann}) == 200
    assert await clubs.status(clubs.ann, "writer", "minutes:update", clubs.shown, {"shown": False}) == 200
    own = {"club_id": clubs.first, "owner_id": clubs.ann}
    assert await clubs.status(clubs.ann, "writer", "minutes:create", own) == 200
    assert await clubs.status(clubs.ann, "writer", "minutes:create", {"club_id": clubs.first}) == 200
    assert await clubs.status(clubs.ann, "writer", "minutes:create", {**own, "owner_id": clubs.ben}) == 403


async def test_what_hangs_on_a_parent_is_seen_where_the_parent_is(clubs: Clubs) -> None:
    notes = {clubs.hidden: uuid.uuid4(), clubs.shown: uuid.uuid4()}
    async with clubs.database.write() as session:
        session.add_all(Note(id=id, minute_id=minute) for minute, id in notes.items())
    assert await clubs.status(None, "", "notes:read", notes[clubs.shown]) == 200
    assert await clubs.status(None, "", "notes:read", notes[clubs.hidden]) == 404
    assert await clubs.status(clubs.ben, "person", "notes:read", notes[clubs.hidden]) == 200
    assert await clubs.status(clubs.ben, "person", "notes:create", {"minute_id": clubs.hidden}) == 200
    assert await clubs.status(uuid.uuid4(), "person", "notes:create", {"minute_id": clubs.hidden}) == 403


@pytest.mark.parametrize(
    "conditions",
    [{}, {**CONDITIONS, "notes.api where this.shown": is_shown}],
)
def test_other_conditions_than_the_blueprints_stop_the_start(tmp_path: Path, conditions: dict[str, Condition]) -> None:
    path = tmp_path / "architecture.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    with pytest.raises(WiringError, match="conditions of grants"):
        build(Database("sqlite+aiosqlite:////tmp/never-opened.db"), conditions).seal(path)
