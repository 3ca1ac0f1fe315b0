"""Expansion: what an object refers to, and what refers to it, embedded where a request asks for it.

One query finds what is embedded in all objects of a page. Nothing is embedded that the caller may not see.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from runtime.call import Call
from runtime.component import RpcPort
from runtime.fields import Record
from runtime.problems import invalid
from runtime.reach import reach
from runtime.tables import Entity

MOST_CHILDREN = 100
"""How many children of one object are embedded at most: the first ones."""


class One(NamedTuple):
    """What a reference names, embedded as `into`."""

    into: str
    model: type[Entity]
    shape: type[Record]
    attribute: str
    """Holds the reference."""
    open_to_all: bool = False
    """Whether it shows no more than whoever sees the object may see."""


class Many(NamedTuple):
    """The rows whose reference names the object, embedded as `into`."""

    into: str
    model: type[Entity]
    shape: type[Record]
    reference: InstrumentedAttribute[Any]
    order: Sequence[InstrumentedAttribute[Any]]


Expansion = One | Many


async def embed(
    call: Call, port: RpcPort, asked: str | None, items: Sequence[Any], known: Mapping[str, Expansion]
) -> None:
    """Embed in answers what is asked for, such as `author,comments`. Raises the 422 for what is not known."""
    for name in _names(asked, known):
        expansion = known[name]
        if isinstance(expansion, One):
            await _embed_one(call, port, items, expansion)
        else:
            await _embed_many(call, port, items, expansion)


def _names(asked: str | None, known: Mapping[str, Expansion]) -> list[str]:
    names = [] if asked is None else list(dict.fromkeys(asked.split(",")))
    if any(name not in known for name in names):
        raise invalid(f"What can be embedded is {', '.join(known)}.", "expand", location="query")
    return names


async def _embed_one(call: Call, port: RpcPort, items: Sequence[Any], expansion: One) -> None:
    ids = {id for item in items if (id := getattr(item, expansion.attribute)) is not None}
    seen = [] if expansion.open_to_all else _seen(call, port, expansion.model)
    rows = await call.session.scalars(sa.select(expansion.model).where(expansion.model.id.in_(ids), *seen))
    shown = {row.id: expansion.shape.model_validate(row, context=call) for row in rows}
    for item in items:
        setattr(item, expansion.into, shown.get(getattr(item, expansion.attribute)))


async def _embed_many(call: Call, port: RpcPort, items: Sequence[Any], expansion: Many) -> None:
    model, reference = expansion.model, expansion.reference
    number = sa.func.row_number().over(partition_by=reference, order_by=expansion.order)
    seen = _seen(call, port, model)
    ids = [item.id for item in items]
    ranked = sa.select(model.id, number.label("number")).where(reference.in_(ids), *seen).subquery()
    wanted = sa.select(model).join(ranked, ranked.c.id == model.id).where(ranked.c.number <= MOST_CHILDREN)
    below: dict[UUID, list[Record]] = {id: [] for id in ids}
    for row in await call.session.scalars(wanted.order_by(*expansion.order)):
        below[getattr(row, reference.key)].append(expansion.shape.model_validate(row, context=call))
    for item in items:
        setattr(item, expansion.into, below[item.id])


def _seen(call: Call, port: RpcPort, model: type[Entity]) -> list[sa.ColumnElement[bool]]:
    """Return what rows of another model must meet for the caller to see them: as in the lists of their own port."""
    if port.guard is None:
        raise RuntimeError(f"{port.address} is not wired")
    name = model.__model__ or model.__name__
    reader = port.guard.reading(name, call)
    return [sa.false()] if reader is None else reach(model, reader)
