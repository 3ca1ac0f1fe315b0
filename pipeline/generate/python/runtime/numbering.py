"""Running numbers: 1, 2, 3 in the order in which rows are made.

The last number of each series is a row of its own, which stays locked until the transaction ends. So whoever numbers waits
for whoever numbered before, a transaction that is rolled back takes its number back, and what a deleted row had is not
given again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.hiding import ALL
from runtime.locks import lock_groups
from runtime.made import number_in, period_of, written_number
from runtime.tables import Base, Entity, utc_now


class NumberSeries(Base):
    """The last number of a series."""

    __tablename__ = "runtime_numbers"

    series: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    last: orm.Mapped[int]


@dataclass(frozen=True)
class NumberMaker:
    """Makes the next number of a series: one for each of what `per` refers to, and for each period of the shape."""

    first: int = 1
    per: tuple[str, ...] = ()
    shape: str | None = None
    """How a number is written; None where it is kept as a number."""
    created: str | None = None
    """The attribute that says when a row was made."""

    async def make(self, session: AsyncSession, row: Entity, name: str) -> int | str:
        """Return the next number. Rows that a release before has made meanwhile get theirs first."""
        group = {each: getattr(row, each) for each in self.per}
        await self._number_older(session, type(row), name, group)
        return await self._next(session, type(row), name, group, utc_now())

    def remade(self, changed: set[str]) -> bool:
        """Return whether a row that changed in these attributes is of another series now."""
        return not changed.isdisjoint(self.per)

    async def _number_older(self, session: AsyncSession, model: type[Entity], name: str, group: dict[str, Any]) -> None:
        made = getattr(model, self.created) if self.created else model.id
        older = sa.select(model.id, made).where(getattr(model, name).is_(None), *_within(model, group))
        wanted = older.order_by(made, model.id).with_for_update()
        for id, at in (await session.execute(wanted, execution_options=ALL)).all():
            number = await self._next(session, model, name, group, at if isinstance(at, dt.datetime) else utc_now())
            numbering = sa.update(model).where(model.id == id).values({name: number})
            await session.execute(numbering, execution_options={**ALL, "synchronize_session": False})

    async def _next(
        self, session: AsyncSession, model: type[Entity], name: str, group: dict[str, Any], at: dt.datetime
    ) -> int | str:
        column = sa.inspect(model).column_attrs[name].columns[0].name
        series = " ".join(
            [f"{model.__tablename__}.{column}", *map(str, group.values()), period_of(self.shape, at)]
        ).strip()
        after = NumberSeries.last + 1
        following = sa.case((after > self.first, after), else_=self.first)
        counted = sa.update(NumberSeries).where(NumberSeries.series == series).values(last=following)
        number = await session.scalar(counted.returning(NumberSeries.last))
        if number is None:
            begun = max(self.first, await self._greatest(session, model, name, group, at) + 1)
            insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
            beginning = insert(NumberSeries).values(series=series, last=begun)
            # Whoever begins the series at the same time is waited for.
            going_on = beginning.on_conflict_do_update(index_elements=["series"], set_={"last": following})
            number = (await session.execute(going_on.returning(NumberSeries.last))).scalar_one()
        return number if self.shape is None else written_number(self.shape, number, at)

    async def _greatest(
        self, session: AsyncSession, model: type[Entity], name: str, group: dict[str, Any], at: dt.datetime
    ) -> int:
        """Return the greatest number that rows have which are older than their series, one less than the first if none."""
        attribute = getattr(model, name)
        given = sa.select(attribute).where(attribute.is_not(None), *_within(model, group))
        if self.shape is None:
            greatest = await session.scalar(given.with_only_columns(sa.func.max(attribute)), execution_options=ALL)
            return self.first - 1 if greatest is None else int(greatest)
        texts = await session.scalars(given, execution_options=ALL)
        numbers = [number for text in texts if (number := number_in(self.shape, text, at)) is not None]
        return max(numbers, default=self.first - 1)


def numbered(
    *, first: int = 1, per: tuple[str, ...] = (), shape: str | None = None, created: str | None = None
) -> dict[str, Any]:
    """Return what a column says about itself whose values are running numbers."""
    return {"make": NumberMaker(first, per, shape, created)}


async def lock_series(session: AsyncSession, model: type[Entity], bodies: Sequence[Any]) -> None:
    """Wait for the series that rows made of these bodies are numbered in, all callers in the same order."""
    columns = sa.inspect(model).column_attrs
    makers = {each.key: each.columns[0].info.get("make") for each in columns}
    groups = {
        f"{name} {' '.join(str(getattr(body, each)) for each in maker.per)}"
        for name, maker in makers.items()
        if isinstance(maker, NumberMaker)
        for body in bodies
    }
    await lock_groups(session, model.__tablename__, groups)


def _within(model: type[Entity], group: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [getattr(model, name) == value for name, value in group.items()]
