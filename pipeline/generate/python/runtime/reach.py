"""Reach: which rows a caller may touch, as a condition of queries and as a question about one row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from runtime.call import Call, Under
from runtime.problems import Problem, forbidden
from runtime.tables import Entity

Values = Mapping[str, Any]


def reach(model: type[Entity], call: Call) -> list[sa.ColumnElement[bool]]:
    """Return what rows must meet for the caller to touch them; nothing where every row will do."""
    if call.scope is None:
        return []
    alternatives: list[sa.ColumnElement[bool]] = [getattr(model, name) == call.me for name in sorted(call.scope.fields)]
    if call.scope.under is not None:
        alternatives.append(_is_under(model, call, call.scope.under))
    return [sa.or_(*alternatives)]


def _is_under(model: type[Entity], call: Call, under: Under) -> sa.ColumnElement[bool]:
    parent: sa.ColumnElement[Any] = getattr(model, under.attribute)
    readable = under.parents.readable(call)
    return parent.is_not(None) if readable is None else parent.in_(readable)


async def check_new(call: Call, values: Values) -> None:
    """Raise the 403 where the caller may not make a row with these values."""
    scope = call.scope
    if scope is None or _names(call, scope.fields, values):
        return
    under = scope.under
    in_own_name = under is not None and (under.owner is None or values.get(under.owner) == call.me)
    if under is None or not in_own_name:
        raise _out_of_reach(call)
    if not await _all_readable(call, under, {values.get(under.attribute)}):
        raise _out_of_reach(call)


async def check_changed(call: Call, before: Values, after: Values) -> None:
    """Raise the 403 where a row that the caller may touch would become one that they may not, or somebody else's.

    Both hold the attributes that the scope looks at.
    """
    scope = call.scope
    if scope is None or before == after or (_names(call, scope.fields, before) and _names(call, scope.fields, after)):
        return
    under = scope.under
    same_owner = under is not None and (under.owner is None or before[under.owner] == after[under.owner])
    if under is None or not same_owner:
        raise _out_of_reach(call)
    if not await _all_readable(call, under, {before[under.attribute], after[under.attribute]}):
        raise _out_of_reach(call)


def _names(call: Call, fields: frozenset[str], values: Values) -> bool:
    return any(values.get(name) == call.me for name in fields)


async def _all_readable(call: Call, under: Under, parents: set[UUID | None]) -> bool:
    if None in parents:
        return False
    readable = under.parents.readable(call)
    if readable is None:
        return True
    found = readable.where(readable.selected_columns[0].in_(parents)).subquery()
    return await call.session.scalar(sa.select(sa.func.count()).select_from(found)) == len(parents)


def _out_of_reach(call: Call) -> Problem:
    if call.scope is not None and call.scope.under is not None:
        return forbidden("Your roles allow this only in your own name, and under what you may see.")
    return forbidden("Your roles allow this only for what is your own.")
