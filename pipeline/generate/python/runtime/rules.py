"""Rules: what holds between the values of a row and between rows, also while many write at once.

A rule is looked at when what it is about changes. What only needs the row is checked before it is written. What needs
other rows is checked afterwards, in the same transaction, under a lock that whoever writes rows of the same group takes
too: one of two that exclude each other waits, then sees the other's row and is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.call import Call
from runtime.locks import lock_groups, lock_targets
from runtime.periods import Within
from runtime.problems import ErrorDetail, Problem, pointer
from runtime.tables import Entity
from runtime.timespans import Span

Row = TypeVar("Row", bound=Entity)
Question = Callable[[type[Row], Call], sa.SQLColumnExpression[Any]]
"""What is asked of the database about each row of a class, or of an alias of it."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Row]):
    """A row that is being made or changed. Names are those of attributes."""

    call: Call
    row: Row
    before: Mapping[str, Any] | None
    """What stood in what is changing; None for a new row."""
    sent: frozenset[str]
    """What the caller sent, which errors may point at."""

    @property
    def session(self) -> AsyncSession:
        """The transaction."""
        return self.call.session

    @property
    def model(self) -> type[Row]:
        """The class of the row."""
        return type(self.row)

    def touches(self, names: frozenset[str]) -> bool:
        """Return whether one of these is given or changed."""
        return self.before is None or not names.isdisjoint(self.before)

    def problem(self, status: int, message: str, names: Sequence[str]) -> Problem:
        """Return the error that points at those of the names that were sent."""
        found = [name.removesuffix("_") for name in names if name in self.sent]
        return Problem(status, message, errors=[ErrorDetail(pointer=pointer(name), detail=message) for name in found])


class Rule(Protocol[Row]):
    """What rules have in common."""

    @property
    def message(self) -> str:
        """What is said to whoever breaks it."""
        ...


@dataclass(frozen=True, slots=True)
class Check(Generic[Row]):
    """Holds unless it is false for the row alone."""

    name: str
    message: str
    holds: Callable[[Row, Call], bool | None]
    fields: tuple[str, ...]

    def check(self, change: Change[Row]) -> None:
        """Raise 422 where something that was sent makes it false, 409 where it is false because of what is stored."""
        if change.touches(frozenset(self.fields)) and self.holds(change.row, change.call) is False:
            raise change.problem(409 if change.sent.isdisjoint(self.fields) else 422, self.message, self.fields)


@dataclass(frozen=True, slots=True)
class CheckAmong(Generic[Row]):
    """Holds unless it is false for the row and those it refers to, or for other rows."""

    name: str
    message: str
    holds: Question[Row]
    fields: tuple[str, ...]
    follows: tuple[str, ...] = ()
    """References whose targets must not change meanwhile."""

    def concerns(self, change: Change[Row]) -> bool:
        """Return whether what it looks at changes."""
        return change.touches(frozenset(self.fields))

    async def hold(self, change: Change[Row]) -> None:
        """Raise the 409 where it is false."""
        if not self.concerns(change):
            return
        model = change.model
        holds = await change.session.scalar(sa.select(self.holds(model, change.call)).where(model.id == change.row.id))
        if holds is not None and not holds:
            raise change.problem(409, self.message, self.fields)


@dataclass(frozen=True, slots=True)
class Unique(Generic[Row]):
    """A unique index with a message of its own."""

    name: str
    message: str
    index: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoOverlap(Generic[Row]):
    """No two rows with the same values overlap in time. A row without a start or without one of the values is free."""

    name: str
    message: str
    same: tuple[str, ...]
    span: Span
    where: Question[Row] | None = None
    fields: tuple[str, ...] = ()
    """What `where` looks at."""

    @property
    def deciding(self) -> tuple[str, ...]:
        """References to rows that must not change meanwhile: none."""
        return ()

    def group(self, change: Change[Row]) -> str | None:
        """Return the name of the rows that it can clash with; None where it cannot."""
        watched = frozenset({*self.same, *self.span.fields, *self.fields})
        if not change.touches(watched) or getattr(change.row, self.span.start) is None:
            return None
        return group_of(self.name, change.row, self.same)

    async def hold(self, change: Change[Row]) -> None:
        """Raise the 409 at the start where it overlaps another."""
        if self.group(change) is None:
            return
        row, model = change.row, change.model
        other: type[Row] = orm.aliased(model)
        clash = sa.select(other.id).where(
            other.id != row.id,
            *equals(other, row, self.same),
            *self.span.overlaps(other, row),
            *only(self.where, other, change.call),
        )
        concerned = sa.select(sa.true()).where(
            model.id == row.id, *only(self.where, model, change.call), sa.exists(clash)
        )
        if await change.session.scalar(concerned):
            raise change.problem(409, self.message, (self.span.start,))


@dataclass(frozen=True, slots=True)
class Limit(Generic[Row]):
    """At most so many rows, or a sum of at most so much, with the same values. A row without one of them is free."""

    name: str
    message: str
    per: tuple[str, ...]
    most: int | Question[Row]
    """A number, or what gives it for a row; null is no limit."""
    total: str | None = None
    """What is added up; without it rows are counted."""
    within: Within | None = None
    where: Question[Row] | None = None
    fields: tuple[str, ...] = ()
    """What `where` and `most` look at."""
    deciding: tuple[str, ...] = ()
    """References to rows that say how much is allowed: they must not change meanwhile."""

    def group(self, change: Change[Row]) -> str | None:
        """Return the name of the rows that it counts; None where the change adds nothing to them."""
        grouping = {*self.per, *self.fields, *([self.within.field] if self.within else [])}
        if not change.touches(frozenset(grouping)) and not self._adds(change):
            return None
        name = group_of(self.name, change.row, self.per)
        if self.within is None or name is None:
            return name
        period = self.within.period(change.row)
        return None if period is None else f"{name} {period.start.isoformat()}"

    def _adds(self, change: Change[Row]) -> bool:
        """Return whether the change makes the row weigh more."""
        if self.total is None or change.before is None or self.total not in change.before:
            return False
        before, after = change.before[self.total], getattr(change.row, self.total)
        return after is not None and (before is None or after > before)

    async def hold(self, change: Change[Row]) -> None:
        """Raise the 409 where more are used than allowed."""
        if self.group(change) is None:
            return
        row, model = change.row, change.model
        other: type[Row] = orm.aliased(model)
        measured = sa.func.count() if self.total is None else sa.func.sum(getattr(other, self.total))
        among = [*equals(other, row, self.per), *only(self.where, other, change.call)]
        if self.within is not None:
            among += self.within.holds(other, row)
        used = sa.select(measured).select_from(other).where(*among).scalar_subquery()
        most = self.most if callable(self.most) else constant(self.most)
        # Compared here: the databases disagree on how decimals are stored.
        counted = sa.select(used, most(model, change.call)).where(
            model.id == row.id, *only(self.where, model, change.call)
        )
        found = (await change.session.execute(counted)).first()
        if found and found[0] is not None and found[1] is not None and found[0] > found[1]:
            raise change.problem(409, self.message, self._pointed())

    def _pointed(self) -> tuple[str, ...]:
        if self.total is not None:
            return (self.total,)
        return self.per or ((self.within.field,) if self.within else ())


class Rules(Generic[Row]):
    """All rules of one model."""

    def __init__(self, *rules: Check[Row] | CheckAmong[Row] | Unique[Row] | NoOverlap[Row] | Limit[Row]) -> None:
        self._alone = [rule for rule in rules if isinstance(rule, Check)]
        self._among = [rule for rule in rules if isinstance(rule, CheckAmong)]
        self._grouped = [rule for rule in rules if isinstance(rule, (NoOverlap, Limit))]
        self._unique = [rule for rule in rules if isinstance(rule, Unique)]

    def check(self, change: Change[Row]) -> None:
        """Raise what the row breaks by itself. It need not be written yet."""
        for rule in self._alone:
            rule.check(change)

    async def hold(self, change: Change[Row]) -> None:
        """Raise what the row, which is written, breaks together with others."""
        await self._lock(change)
        for rule in (*self._among, *self._grouped):
            await rule.hold(change)

    async def _lock(self, change: Change[Row]) -> None:
        """Wait for all locks that are needed, in one order for all: no two writers wait for each other."""
        grouped = [(group, rule) for rule in self._grouped if (group := rule.group(change)) is not None]
        deciding = {name for _, rule in grouped for name in rule.deciding}
        seen = {name for rule in self._among if rule.concerns(change) for name in rule.follows}
        await lock_targets(change.session, change.row, deciding)
        await lock_targets(change.session, change.row, seen - deciding, shared=True)
        await lock_groups(change.session, change.model.__tablename__, {group for group, _ in grouped})

    def clash(self, index: str | None, attributes: Sequence[str], sent: frozenset[str]) -> Problem | None:
        """Return the 409 of the rule behind a unique index; None where no rule is. SQLite names columns only."""
        for rule in self._unique:
            if rule.index == index or (index is None and set(rule.fields) == set(attributes)):
                found = [name.removesuffix("_") for name in rule.fields if name in sent]
                errors = [ErrorDetail(pointer=pointer(name), detail=rule.message) for name in found]
                return Problem(409, rule.message, errors=errors)
        return None


def constant(value: int) -> Question[Any]:
    """Return what is the same for every row."""
    return lambda _model, _call: sa.literal(value)


def group_of(rule: str, row: Entity, names: Sequence[str]) -> str | None:
    """Return what names the rows with the same values under a rule; None where one of them has no value."""
    values = [getattr(row, name) for name in names]
    return None if None in values else " ".join([rule, *map(str, values)])


def equals(model: type[Entity], row: Entity, names: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    """Return what rows must meet to have the same values."""
    return [getattr(model, name) == getattr(row, name) for name in names]


def only(where: Question[Row] | None, model: type[Row], call: Call) -> list[sa.SQLColumnExpression[Any]]:
    """Return the condition for rows that a rule is about; nothing where it is about all."""
    return [] if where is None else [where(model, call)]
