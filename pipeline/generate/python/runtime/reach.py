"""Reach: which rows a caller may touch, as a condition of queries and as a question about one row."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from runtime.call import Call, Under
from runtime.problems import Problem, forbidden
from runtime.tables import Entity

Values = Mapping[str, Any]


def reach(model: type[Entity], call: Call) -> list[sa.ColumnElement[bool]]:
    """Return what rows must meet for the caller to touch them; nothing where every row will do."""
    if call.scope is None:
        return []
    alternatives: list[sa.SQLColumnExpression[bool]] = []
    if call.caller is not None:
        alternatives += [getattr(model, name) == call.caller for name in sorted(call.scope.fields)]
    if call.scope.under is not None:
        alternatives.append(_is_under(model, call, call.scope.under))
    alternatives += [condition(call, model) for condition in call.scope.conditions]
    return [sa.or_(sa.false(), *alternatives)]


def _is_under(model: type[Entity], call: Call, under: Under) -> sa.ColumnElement[bool]:
    parent: sa.ColumnElement[Any] = getattr(model, under.attribute)
    readable = under.parents.readable(call)
    return parent.is_not(None) if readable is None else parent.in_(readable)


async def check_new(call: Call, values: Values) -> bool:
    """Return whether the caller may make a row with these values whatever the conditions of their scope say.

    Raises the 403 where they may not, and there are no conditions to ask.
    """
    scope = call.scope
    if scope is None or _names(call, scope.fields, values):
        return True
    under = scope.under
    in_own_name = under is not None and (under.owner is None or values.get(under.owner) == call.caller)
    if under is not None and in_own_name and await _all_readable(call, under, {values.get(under.attribute)}):
        return True
    return _ask_conditions(call)


async def check_changed(call: Call, before: Values, after: Values) -> bool:
    """Return whether the caller may change a row so whatever the conditions of their scope say.

    Both hold the attributes that the scope looks at. Raises the 403 where a row that the caller may touch would become
    one that they may not, or somebody else's, and there are no conditions to ask.
    """
    scope = call.scope
    if scope is None or (before == after and not scope.conditions):
        return True
    if _names(call, scope.fields, before) and _names(call, scope.fields, after):
        return True
    under = scope.under
    same_owner = under is not None and (under.owner is None or before[under.owner] == after[under.owner])
    parents = {values[under.attribute] for values in (before, after)} if under else set[UUID | None]()
    if under is not None and same_owner and await _all_readable(call, under, parents):
        return True
    return _ask_conditions(call)


async def check_conditions(call: Call, model: type[Entity], values: Values) -> None:
    """Raise the 403 where a row that is not written yet, with all its values, meets none of the scope's conditions.

    They are asked of the row as it will be, and of all other rows as they are: nobody gets a right by the very row that
    they make or change with it.
    """
    this = _as_it_will_be(call, model, values)
    conditions = [condition(call, this) for condition in call.scope.conditions] if call.scope else []
    found = await call.session.scalar(sa.select(sa.literal(1)).select_from(this).where(sa.or_(*conditions)))
    if found is None:
        raise _out_of_reach(call)


def _as_it_will_be(call: Call, model: type[Entity], values: Values) -> Any:
    """Return what stands in a query for the table with this row only."""
    cast = call.session.get_bind().dialect.name != "sqlite"
    columns: list[sa.ColumnElement[Any]] = []
    for attribute in sa.inspect(model).column_attrs:
        column = attribute.columns[0]
        if isinstance(column, sa.Column):
            value = sa.literal(values.get(attribute.key), column.type)
            columns.append((sa.cast(value, column.type) if cast else value).label(column.name))
    return orm.aliased(model, sa.select(*columns).subquery(), adapt_on_names=True)


def _names(call: Call, fields: frozenset[str], values: Values) -> bool:
    return call.caller is not None and any(values.get(name) == call.caller for name in fields)


async def _all_readable(call: Call, under: Under, parents: set[UUID | None]) -> bool:
    if None in parents:
        return False
    readable = under.parents.readable(call)
    if readable is None:
        return True
    found = readable.where(readable.selected_columns[0].in_(parents)).subquery()
    return await call.session.scalar(sa.select(sa.func.count()).select_from(found)) == len(parents)


def _ask_conditions(call: Call) -> bool:
    if call.scope is None or not call.scope.conditions:
        raise _out_of_reach(call)
    return False


def _out_of_reach(call: Call) -> Problem:
    if call.scope is not None and call.scope.conditions:
        return forbidden("Your roles do not allow this for a row with these values.")
    if call.scope is not None and call.scope.under is not None:
        return forbidden("Your roles allow this only in your own name, and under what you may see.")
    return forbidden("Your roles allow this only for what is your own.")
