"""Views: reports over the rows of one model, in groups, counted and calculated by the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple, cast

import sqlalchemy as sa

from runtime import sql
from runtime.call import Call
from runtime.fields import ListQuery
from runtime.listing import Sorting, Term
from runtime.tables import Entity

Condition = sa.ColumnElement[Any]
"""Of which only what is true counts."""
Columns = Mapping[str, sa.ColumnElement[Any]]
Having = Callable[[Columns], Condition]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is said of a group: how many rows (or different values) it has, or what their values come to."""

    take: Literal["count", "sum", "avg", "min", "max"]
    of: sa.SQLColumnExpression[Any] | None = None
    where: sa.SQLColumnExpression[Any] | None = None
    """Which rows count; all of the group where there is none."""

    def value(self) -> sa.ColumnElement[Any]:
        """Return what is taken of one row."""
        value = sa.literal_column("1", sa.BigInteger()) if self.of is None else _element(self.of)
        return value if self.where is None else sa.case((_element(self.where), value))

    def over(self, values: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """Return what it comes to over a group: a sum of nothing is zero, the rest of nothing NULL."""
        if self.take == "count":
            return sa.func.count(values if self.of is None else sa.distinct(values))
        if self.take == "sum":
            nothing = sa.type_coerce(sa.literal_column("0"), values.type)
            return sa.case((sa.func.count(values) == 0, nothing), else_=sql.sum_of(values))
        if self.take == "avg":
            return sql.mean_of(values)
        chosen = sa.func.min if self.take == "min" else sa.func.max
        return chosen(sql.ordered(values) if isinstance(values.type, sa.Text) else values, type_=values.type)


class Groups(NamedTuple):
    """One page of groups, each with its columns by name, and the mark of the next page where there is one."""

    items: list[dict[str, Any]]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A report over the rows of a model for which `where` is true."""

    model: type[Entity]
    where: Sequence[sa.SQLColumnExpression[Any]]
    select: Mapping[str, Measure]
    group: Mapping[str, sa.SQLColumnExpression[Any]] = field(default_factory=dict)
    having: Having | None = None
    sort: Sequence[str] = ()
    """Columns, with a minus where the greatest come first; then come the groups' own columns."""

    async def page(self, call: Call, query: ListQuery, reach: Sequence[Condition]) -> Groups:
        """Return a page of groups of the rows within reach. Raises the 422 for a cursor of another list."""
        groups = self._groups(reach)
        columns = dict(groups.c.items())
        sorting = self._sorting(columns)
        wanted = [self.having(columns)] if self.having else []
        if query.cursor:
            wanted.append(sorting.after(query.cursor))
        statement = (
            sa.select(groups).where(*wanted).order_by(*(term.clause() for term in sorting.terms)).limit(query.limit + 1)
        )
        found = [_named(row) for row in (await call.session.execute(statement)).mappings()]
        items = found[: query.limit]
        # A cursor is made of attributes.
        last = cast(Entity, SimpleNamespace(**items[-1])) if len(found) > query.limit else None
        return Groups(items, sorting.cursor(last) if last else None)

    async def one(self, call: Call, reach: Sequence[Condition]) -> dict[str, Any]:
        """Return what is said of all rows within reach together, also where there are none."""
        found = await call.session.execute(sa.select(self._groups(reach)))
        return _named(found.mappings().one())

    def _groups(self, reach: Sequence[Condition]) -> sa.Subquery:
        keys = {name: _element(each) for name, each in self.group.items()}
        taken = {name: measure.value() for name, measure in self.select.items()}
        columns = [each.label(name) for name, each in (keys | taken).items()]
        rows = sa.select(*columns).select_from(self.model).where(*self.where, *reach).subquery("rows")
        return (
            sa.select(
                *(rows.c[name] for name in keys),
                *(measure.over(rows.c[name]).label(name) for name, measure in self.select.items()),
            )
            .group_by(*(rows.c[name] for name in keys))
            .subquery("groups")
        )

    def _sorting(self, columns: Columns) -> Sorting:
        named = {part.removeprefix("-"): part.startswith("-") for part in self.sort}
        order = named | {name: False for name in self.group if name not in named}
        return Sorting(tuple(Term(name, cast(Any, columns[name]), columns[name], down) for name, down in order.items()))


def _element(expression: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[Any]:
    return cast(sa.ColumnElement[Any], expression)


def _named(row: sa.RowMapping) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
