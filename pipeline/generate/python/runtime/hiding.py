"""Hiding: rows that are deleted stay, out of sight, and come back when they are restored.

No query sees a hidden row, whoever writes it: sessions add the condition to every statement. With a row goes what would
be deleted with it, marked with the same moment, so that it comes back with it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.problems import conflict
from runtime.tables import Base, Entity, Hideable

ALL = {"hidden_too": True}
"""The option of a statement that is about hidden rows too."""
_AT_ONCE = 500
_VISIBLE = orm.with_loader_criteria(Hideable, lambda model: model.row_deleted_at.is_(None), include_aliases=True)


class HidingSession(orm.Session):
    """A session in which hidden rows are not there."""


@event.listens_for(HidingSession, "do_orm_execute")
def _leave_out_hidden(state: orm.ORMExecuteState) -> None:
    if not state.execution_options.get("hidden_too"):
        state.statement = state.statement.options(_VISIBLE)


def session_class() -> type[orm.Session]:
    """Return the class of sessions: a plain one where no model can be hidden."""
    hides = any(issubclass(mapper.class_, Hideable) for mapper in Base.registry.mappers)
    return HidingSession if hides else orm.Session


def visible(model: type[Entity]) -> list[sa.ColumnElement[bool]]:
    """Return what the rows of a model must meet not to be hidden, for statements that no session runs."""
    return [model.row_deleted_at.is_(None)] if issubclass(model, Hideable) else []


def sought(column: sa.Column[Any], value: Any) -> sa.Select[Any]:
    """Return the query for a row that is referred to, unless it is hidden. Nobody hides it until the transaction ends."""
    model = _model(column.table)
    if model is None or not issubclass(model, Hideable):
        return sa.select(column).where(column == value)
    return sa.select(model.id).where(model.id == value).with_for_update(read=True)


def signs_in(column: sa.Column[Any]) -> bool:
    """Return whether a column is one of accounts, which nobody can hide."""
    model = _model(column.table)
    return model is not None and model.__signs_in__ and not issubclass(model, Hideable)


@cache
def _model(table: sa.FromClause) -> type[Entity] | None:
    models = [mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table]
    return next((model for model in models if issubclass(model, Entity)), None)


async def hide(session: AsyncSession, row: Entity, at: dt.datetime) -> None:
    """Hide what goes with a row. Raises the 409 where visible rows that must stay refer to it, or to what goes with it."""
    await _move(session, type(row), [row.id], None, at)


async def show(session: AsyncSession, row: Entity, at: dt.datetime) -> None:
    """Bring back what was hidden with a row at that moment."""
    await _move(session, type(row), [row.id], at, None)


class _Reference(NamedTuple):
    child: type[Entity]
    attribute: orm.InstrumentedAttribute[Any]
    rule: str


def _references_to(model: type[Entity]) -> Iterator[_Reference]:
    table = sa.inspect(model).local_table
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            for foreign_key in attribute.columns[0].foreign_keys:
                if foreign_key.column.table is table:
                    of = getattr(mapper.class_, attribute.key)
                    yield _Reference(mapper.class_, of, foreign_key.ondelete or "RESTRICT")


async def _move(
    session: AsyncSession,
    model: type[Entity],
    ids: Sequence[UUID],
    before: dt.datetime | None,
    after: dt.datetime | None,
) -> None:
    for child, attribute, rule in _references_to(model):
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            below = attribute.in_(some)
            if rule == "RESTRICT" and after is not None:
                if await session.scalar(sa.select(child.id).where(below).limit(1)) is not None:
                    raise conflict("Something that must stay refers to it, so it cannot be deleted.")
            elif rule == "CASCADE" and issubclass(child, Hideable):
                moment: orm.InstrumentedAttribute[dt.datetime | None] = child.row_deleted_at
                update = sa.update(child).where(below, moment.is_(None) if before is None else moment == before)
                moved = await session.scalars(
                    update.values({moment: after}).returning(child.id),
                    execution_options={**ALL, "synchronize_session": False},
                )
                await _move(session, child, list(moved), before, after)
