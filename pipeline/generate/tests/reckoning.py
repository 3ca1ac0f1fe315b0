"""Views worked out row by row: what the database says of groups must be what this comes to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

import httpx
import pydantic_core
import sqlalchemy as sa

from runtime.call import Call, Principal
from tests.world import NOBODY, Person, World, plain

Worth = Callable[[Call, Any, Any], Awaitable[Any]]
"""What an expression is worth, for a row and for what was asked."""


@dataclass(frozen=True)
class Taken:
    """A measure: what is taken of a row, and of which rows."""

    take: str
    of: Worth | None = None
    where: Worth | None = None


@dataclass(frozen=True)
class Reckoning:
    """A view, as a reader of the blueprint would work it out."""

    model: Any
    where: Sequence[tuple[Sequence[str], Worth]]
    """Conditions, each with the parameters without which it is left out."""
    group: Mapping[str, Worth]
    select: Mapping[str, Taken]
    having: Callable[[Mapping[str, Any], Any], Any] = field(default=lambda group, query: True)


def reckoned(
    world: World, view: Reckoning, person: Person, roles: Sequence[str], query: Any, ids: Sequence[str] | None
) -> list[Any]:
    """Return the groups over the rows of these ids, None being all, as they stand in JSON, in no order."""

    async def work_out() -> list[dict[str, Any]]:
        async with world.service.database.read() as session:
            principal = Principal(UUID(person.id), None, frozenset(roles)) if person.id != NOBODY else None
            call = Call("test", principal=principal).inside(session)
            rows = list(await session.scalars(sa.select(view.model)))
            wanted = [row for row in rows if ids is None or str(row.id) in ids]
            return await _groups(call, view, wanted, query)

    return in_no_order(world.run(work_out()))


async def _groups(call: Call, view: Reckoning, rows: Sequence[Any], query: Any) -> list[dict[str, Any]]:
    groups: dict[tuple[Any, ...], list[Any]] = {} if view.group else {(): []}
    for row in rows:
        asked = [holds for names, holds in view.where if all(getattr(query, name) is not None for name in names)]
        if not all([await holds(call, row, query) is True for holds in asked]):
            continue
        key = tuple([await worth(call, row, query) for worth in view.group.values()])
        groups.setdefault(key, []).append(row)
    found: list[dict[str, Any]] = []
    for key, members in groups.items():
        group = dict(zip(view.group, key, strict=True))
        for name, taken in view.select.items():
            group[name] = await _measured(call, taken, members, query)
        if view.having(group, query) is True:
            found.append(group)
    return found


async def _measured(call: Call, taken: Taken, rows: Sequence[Any], query: Any) -> Any:
    counted = [row for row in rows if taken.where is None or await taken.where(call, row, query) is True]
    if taken.of is None:
        return len(counted)
    values = [await taken.of(call, row, query) for row in counted]
    known = [value for value in values if value is not None]
    match taken.take:
        case "count":
            return len(set(known))
        case "sum":
            return sum(known)
        case "avg" if known and isinstance(known[0], Decimal):
            return (sum(known) / len(known)).quantize(Decimal(10) ** -8, ROUND_HALF_UP)
        case "avg":
            return sum(known) / len(known) if known else None
        case "min":
            return min(known, default=None)
        case _:
            return max(known, default=None)


def shown_groups(person: Person, path: str, asked: Mapping[str, Any]) -> list[Any]:
    """Return all groups that a view answers with, page by page, in no order."""
    groups: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        answer = person.get(path, params={**asked, "limit": 1} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        groups += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return in_no_order(groups)


def shown_object(answer: httpx.Response) -> list[Any]:
    """Return the one group of a view without groups."""
    assert answer.status_code == 200, answer.text
    return in_no_order([answer.json()])


def in_no_order(groups: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return groups so that they can be compared: numbers as far as a float carries them."""
    return sorted(([(name, _comparable(value)) for name, value in group.items()] for group in groups), key=repr)


def _comparable(value: Any) -> Any:
    value = pydantic_core.to_jsonable_python(value) if isinstance(value, timedelta) else plain(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return float(f"{value:.9g}")
