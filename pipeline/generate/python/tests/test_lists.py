"""Lists return every row once, in order, whatever the order and the page size."""

import datetime as dt
import random

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.problems import Problem
from tests.conftest import LISTING, SORTS, ThingQuery

ROWS = 30
ORDERS = [sign + name for name in SORTS for sign in ("", "-")]


async def fill(client: httpx.AsyncClient) -> None:
    """Make rows of which many share values and many have none."""
    dice = random.Random(1)
    for number in range(ROWS):
        body = {
            "name": f"n{dice.randrange(4)}",
            "done": dice.random() < 0.5,
            "rank": dice.choice([None, -1, 0, 7]),
            "ratio": dice.choice([None, 0.1, 0.30000000000000004, -2.5]),
            "price": dice.choice([None, "0.0001", "12.5", "-3"]),
            "due": dice.choice([None, "2030-01-01", "1999-12-31"]),
            "at": dice.choice([None, "2030-01-01T00:00:00Z", "2030-01-01T00:00:00.000001Z"]),
            "opens": dice.choice([None, "09:30", "23:59:59.5"]),
            "code": f"c{number}",
        }
        assert (await client.post("/v1/things", json=body)).status_code == 201


async def test_every_order_pages_through_every_row_once(client: httpx.AsyncClient) -> None:
    await fill(client)
    for order in [*ORDERS, "done,-rank", "-at,price,name"]:
        for limit in (1, 7, ROWS - 1, ROWS) if order in ("name", "-due") else (7,):
            seen: list[str] = []
            cursor: str | None = None
            while True:
                asked = {"sort": order, "limit": str(limit)} | ({"cursor": cursor} if cursor else {})
                answer = await client.get("/v1/things", params=asked)
                assert answer.status_code == 200, answer.text
                page = answer.json()
                seen += [item["id"] for item in page["items"]]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            assert len(seen) == len(set(seen)) == ROWS, (order, limit)


async def test_rows_without_a_value_come_last_in_either_direction(client: httpx.AsyncClient) -> None:
    await fill(client)
    for order in ("due", "-due"):
        page = (await client.get("/v1/things", params={"sort": order, "limit": "100"})).json()
        values = [item["due"] for item in page["items"]]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == sorted(known, reverse=order == "-due")


async def test_pages_stay_correct_while_rows_come_and_go(client: httpx.AsyncClient) -> None:
    made = [(await client.post("/v1/things", json={"name": f"n{number:02}"})).json() for number in range(10)]
    first = (await client.get("/v1/things", params={"limit": "4"})).json()
    await client.delete(f"/v1/things/{made[1]['id']}")
    await client.post("/v1/things", json={"name": "n00"})
    rest = (await client.get("/v1/things", params={"limit": "100", "cursor": first["next_cursor"]})).json()
    assert [item["name"] for item in rest["items"]] == [f"n{number:02}" for number in range(4, 10)]


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.hex()))
@settings(max_examples=300, deadline=None)
def test_a_cursor_is_understood_or_refused(text: str) -> None:
    sorting = LISTING.sorting(ThingQuery())
    try:
        sorting.after(text)
    except Problem as problem:
        assert problem.status == 422


@given(
    st.sampled_from(SORTS),
    st.text(max_size=20).filter(lambda text: "\x00" not in text and text.isprintable()),
    st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
    st.none() | st.datetimes(timezones=st.just(dt.UTC)),
)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_cursor_says_what_it_was_made_of(order: str, name: str, rank: int | None, at: dt.datetime | None) -> None:
    row = LISTING.model(name=name, rank=rank, at=at, done=True)
    row.id = __import__("uuid").uuid4()
    sorting = LISTING.sorting(ThingQuery(sort=f"{order},-rank" if order != "rank" else "rank"))
    for term, value in zip(sorting.terms, sorting.values(sorting.cursor(row)), strict=True):
        assert value == getattr(row, term.attribute.key)
