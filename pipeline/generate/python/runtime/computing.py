"""Computed values: what a row shows beyond what is stored of it, worked out by the database with the row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from runtime.call import Call
from runtime.tables import Entity

Row = TypeVar("Row", bound=Entity)
Computation = Callable[[Call, Any], sa.SQLColumnExpression[Any]]
"""Gives a value as the caller sees it, of the class of rows or of what stands for it in a query."""
Computed = Mapping[str, Computation]
"""The computed values of a model, under their attributes."""
Columns = Mapping[str, sa.SQLColumnExpression[Any]]
NO_COLUMNS: Columns = {}


def columns_of(computed: Computed, call: Call, model: type[Entity]) -> Columns:
    """Return the expressions of a model's computed values, for a caller."""
    return {name: compute(call, model) for name, compute in computed.items()}


async def load(call: Call, statement: sa.Select[Row], columns: Columns) -> Sequence[Row]:
    """Return the rows of a query with their computed values, in one query."""
    if not columns:
        return (await call.session.scalars(statement)).all()
    labelled = [column.label(f"computed_{number}") for number, column in enumerate(columns.values())]
    found: list[Row] = []
    for row, *values in await call.session.execute(statement.add_columns(*labelled)):
        _fill(row, columns, values)
        found.append(row)
    return found


async def refresh(call: Call, model: type[Row], row: Row, columns: Columns) -> Row:
    """Return a row that was written with its computed values as they are now."""
    if columns:
        values = await call.session.execute(sa.select(*columns.values()).where(model.id == row.id))
        _fill(row, columns, values.one())
    return row


def _fill(row: Entity, columns: Columns, values: Sequence[Any]) -> None:
    for name, value in zip(columns, values, strict=True):
        set_committed_value(row, name, value)
