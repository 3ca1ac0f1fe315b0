"""Histories and hooks go along with what is written, and with nothing else."""

import datetime as dt
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import orm

from runtime import tables
from runtime.call import Call, Principal
from runtime.database import Database
from runtime.file_fields import StoredFile
from runtime.handling import check_state, redirect, require
from runtime.history import History, HistoryEntry, HistoryQuery, history_of, plain
from runtime.hooks import Hooks
from runtime.locks import lock_rows
from runtime.problems import Problem
from runtime.store import Store
from tests.conftest import ENGINES, fresh_url


class Parcel(tables.Entity):
    """A row with a state and a secret."""

    __tablename__ = "history_parcels"

    state: orm.Mapped[str] = orm.mapped_column(default="new")
    weight: orm.Mapped[tables.Decimal | None]
    due: orm.Mapped[dt.datetime | None]
    pin: orm.Mapped[str | None]
    seen: orm.Mapped[int] = orm.mapped_column(default=0)
    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)


ANN = uuid.UUID(int=7)


@pytest.fixture(params=ENGINES)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Database]:
    url = fresh_url(request.param, tmp_path, [Parcel.__table__, HistoryEntry.__table__])
    made = Database(url)
    yield made
    await made.close()


def call_of(session: object, operation: str) -> Call:
    call = Call("test", principal=Principal(ANN, ANN, frozenset()), operation=operation)
    return call.inside(session)  # type: ignore[arg-type]


async def test_what_was_done_is_kept_without_secrets(database: Database) -> None:
    store = Store(database, Parcel, history=History(database, "Parcel", state="state", hidden=("pin",)))
    noon = dt.datetime(2030, 1, 31, 12, tzinfo=dt.UTC)
    async with database.write() as session:
        parcel = await store.add(call_of(session, "create"), {"weight": tables.Decimal("1.50"), "pin": "4711"})
        await store.change(call_of(session, "send"), parcel, {"state": "sent", "pin": "0815", "due": noon})
        await store.change(call_of(session, "update"), parcel, {"state": "sent"})
    async with database.read() as session:
        page = await history_of(store, call_of(session, "read"), parcel.id, HistoryQuery())
    assert [(entry.operation, entry.by, entry.from_state, entry.to_state) for entry in page.items] == [
        ("send", ANN, "new", "sent"),
        ("create", ANN, None, "new"),
    ]
    assert page.items[0].changes == {
        "state": {"old": "new", "new": "sent"},
        "due": {"old": None, "new": "2030-01-31T12:00:00Z"},
    }
    assert page.items[1].changes["weight"] == {"new": 1.5}
    with pytest.raises(Problem) as caught:
        async with database.read() as session:
            await history_of(store, call_of(session, "read"), ANN, HistoryQuery())
    assert caught.value.status == 404


async def test_hooks_are_called_by_changes_and_not_by_their_own(database: Database) -> None:
    store = Store(database, Parcel)
    told: list[tuple[str, str]] = []

    async def before(_call: Call, parcel: Parcel) -> None:
        told.append(("before", parcel.state))

    async def after(call: Call, parcel: Parcel, was: Parcel) -> None:
        told.append((f"after {was.state}", parcel.state))
        await store.put(call, parcel, {"seen": parcel.seen + 1})

    store.hooks = Hooks(before_create=before, before_update=before, after_update=after, before_delete=before)
    async with database.write() as session:
        call = call_of(session, "any")
        parcel = await store.add(call, {})
        await store.change(call, parcel, {"state": "sent"})
        await store.change(call, parcel, {"state": "sent"})
        await store.put(call, parcel, {"state": "lost"})
        await store.remove(call, parcel)
    assert told == [("before", "new"), ("before", "new"), ("after new", "sent"), ("before", "lost")]
    assert (parcel.seen, parcel.row_version) == (1, 4)


async def test_rows_that_are_gone_are_not_locked(database: Database) -> None:
    store = Store(database, Parcel)
    async with database.write() as session:
        call = call_of(session, "any")
        parcel, other = await store.add(call, {}), await store.add(call, {})
        await lock_rows(session, parcel, None, other, parcel)
        await store.remove(call, other)
        with pytest.raises(Problem) as caught:
            await lock_rows(session, parcel, other)
    assert caught.value.status == 404


def test_what_a_wrong_state_is_told() -> None:
    check_state("open", ("open", "on_hold"), "closed")
    with pytest.raises(Problem, match="It is in review; only what is open, on hold or new can be closed."):
        check_state("in_review", ("open", "on_hold", "new"), "closed")


def test_what_is_unknown_is_not_as_required() -> None:
    require(True, "Never said.")
    for holds in (None, False):
        with pytest.raises(Problem, match="Not now.") as caught:
            require(holds, "Not now.", 403)
        assert caught.value.status == 403


def test_a_redirect_goes_where_a_header_can_say() -> None:
    headers = redirect("https://example.org/a b?c=ü#d").headers
    assert headers["location"] == "https://example.org/a%20b?c=%C3%BC#d"
    assert headers["cache-control"] == "no-store"


def test_a_file_is_told_without_where_it_is_kept() -> None:
    file = StoredFile(key="k", name="a.png", size=3, type="image/png", sha256="ab", uploaded_at="2030-01-31T12:00:00Z")
    assert plain(file) == {"name": "a.png", "type": "image/png", "size": 3}
