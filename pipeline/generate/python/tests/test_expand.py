"""Expansion: one query for what is embedded in a page, and only what the caller may see."""

import datetime as dt
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from runtime import fields, tables
from runtime.call import Call, Scope
from runtime.component import ComposedComponent, Operation, RpcPort
from runtime.database import Database
from runtime.expand import MOST_CHILDREN, Expansion, Many, One, embed
from runtime.problems import Problem
from tests.conftest import ENGINES, fresh_url


class Shop(tables.Entity):
    __tablename__ = "market_shops"

    name: orm.Mapped[str]


class Stall(tables.Entity):
    __tablename__ = "market_stalls"

    shop_id: orm.Mapped[uuid.UUID | None] = orm.mapped_column(sa.ForeignKey("market_shops.id"))


class Fruit(tables.Entity):
    __tablename__ = "market_fruits"

    stall_id: orm.Mapped[uuid.UUID] = orm.mapped_column(sa.ForeignKey("market_stalls.id"))
    grown_by: orm.Mapped[uuid.UUID | None]
    created_at: orm.Mapped[dt.datetime]


class ShopOut(fields.Record):
    id: uuid.UUID
    name: str


class FruitOut(fields.Record):
    id: uuid.UUID
    grown_by: uuid.UUID | None


class StallOut(fields.Expandable):
    id: uuid.UUID
    shop_id: uuid.UUID | None
    shop: ShopOut | None = fields.embedded()
    fruits: list[FruitOut] | None = fields.embedded()
    expansions: ClassVar[frozenset[str]] = frozenset({"shop", "fruits"})


KNOWN: dict[str, Expansion] = {
    "shop": One("shop", Shop, ShopOut, "shop_id"),
    "fruits": Many("fruits", Fruit, FruitOut, Fruit.stall_id, (Fruit.created_at, Fruit.id)),
}
TABLES = [Shop.__table__, Stall.__table__, Fruit.__table__]
START = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


@dataclass
class Rights:
    """A guard for whom each model has a scope; nobody sees what has none."""

    scopes: dict[str, Scope | None]

    def scope(self, port: str, operation: Operation, call: Call) -> Call:
        raise NotImplementedError

    def listing(self, model: str, call: Call) -> Call | None:
        raise NotImplementedError

    def reading(self, model: str, call: Call) -> Call | None:
        return call.within(self.scopes[model]) if model in self.scopes else None


@dataclass
class Market:
    """Fifty stalls, each of a shop with three fruits; the first has more than is shown, the last has no shop."""

    database: Database
    statements: list[str]
    stalls: list[UUID]
    grower: UUID

    async def shown(self, asked: str | None, scopes: dict[str, Scope | None]) -> list[dict[str, Any]]:
        """Return what a list answers where so much is asked for, in the order of the stalls."""
        port = RpcPort(ComposedComponent("stalls"), model="Stall")
        port.guard = Rights(scopes)
        async with self.database.read() as session:
            rows = {row.id: row for row in await session.scalars(sa.select(Stall))}
            items = [StallOut.model_validate(rows[id]) for id in self.stalls]
            self.statements.clear()
            await embed(Call("r", _session=session), port, asked, items, KNOWN)
        return [item.model_dump(mode="json") for item in items]


@pytest.fixture(params=ENGINES)
async def market(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Market]:
    url = fresh_url(request.param, tmp_path, TABLES)
    database = Database(url)
    grower = uuid.uuid4()
    shops, stalls = ([uuid.uuid4() for _ in range(50)] for _ in range(2))
    async with database.write() as session:
        session.add_all(Shop(id=id, name=f"Shop {number}") for number, id in enumerate(shops))
        await session.flush()
        session.add_all(
            Stall(id=id, shop_id=shop if id != stalls[-1] else None) for id, shop in zip(stalls, shops, strict=True)
        )
        await session.flush()
        for id in stalls:
            for number in range(MOST_CHILDREN + 5 if id == stalls[0] else 3):
                at = START + dt.timedelta(minutes=-number)
                session.add(Fruit(stall_id=id, grown_by=grower if number == 1 else None, created_at=at))
    statements: list[str] = []
    sa.event.listen(database._reading.sync_engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    yield Market(database, statements, stalls, grower)
    await database.close()


async def test_a_page_of_fifty_needs_one_query_for_each_name(market: Market) -> None:
    items = await market.shown("shop,fruits,shop", {"Shop": None, "Fruit": None})
    assert len([text for text in market.statements if "market_" in text]) == 2
    assert items[7]["shop"]["name"] == "Shop 7"
    assert [len(item["fruits"]) for item in items] == [MOST_CHILDREN, *[3] * 49]
    assert items[-1]["shop"] is None


async def test_children_come_in_their_order_the_first_ones(market: Market) -> None:
    first, second, *_ = await market.shown("fruits", {"Fruit": None})
    assert [fruit["grown_by"] is not None for fruit in second["fruits"]] == [False, True, False]
    # The fruits of the first stall were made from the latest to the earliest: the second one is too late to be shown.
    assert [fruit["grown_by"] for fruit in first["fruits"]] == [None] * MOST_CHILDREN


async def test_what_was_not_asked_for_has_no_key(market: Market) -> None:
    assert set((await market.shown(None, {}))[0]) == {"id", "shop_id"}
    assert market.statements == []
    assert set((await market.shown("shop", {"Shop": None}))[0]) == {"id", "shop_id", "shop"}


async def test_nothing_is_embedded_that_the_caller_may_not_see(market: Market) -> None:
    def grown(_call: Call, this: Any) -> sa.SQLColumnExpression[bool]:
        seen: sa.SQLColumnExpression[bool] = this.grown_by.is_not(None)
        return seen

    items = await market.shown("shop,fruits", {"Fruit": Scope(conditions=(grown,))})
    assert {item["shop"] is None for item in items} == {True}
    assert {tuple(fruit["grown_by"] for fruit in item["fruits"]) for item in items} == {(str(market.grower),)}
    assert [item["fruits"] for item in await market.shown("fruits", {})] == [[]] * 50


@pytest.mark.parametrize("asked", ["shop,owner", "", "shop,", " shop"])
async def test_what_is_not_known_is_named(market: Market, asked: str) -> None:
    with pytest.raises(Problem) as caught:
        await market.shown(asked, {"Shop": None})
    assert (caught.value.status, caught.value.errors[0].pointer, caught.value.errors[0].location) == (
        422,
        "/expand",
        "query",
    )


def test_the_description_says_what_can_be_embedded() -> None:
    described = StallOut.model_json_schema(mode="serialization")
    assert described["required"] == ["id", "shop_id"]
    assert described["properties"]["fruits"]["anyOf"][0]["items"] == {"$ref": "#/$defs/FruitOut"}
