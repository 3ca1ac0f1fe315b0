"""Stores: the rows of one model, read and written within what the caller may touch."""

import datetime as dt
from collections.abc import AsyncGenerator, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from runtime.call import Call
from runtime.clashes import clashing_columns, clashing_index
from runtime.computing import Columns, Computed, columns_of, load, refresh
from runtime.database import Database
from runtime.fields import ListQuery
from runtime.hiding import ALL, hide, show, signs_in, sought
from runtime.hooks import Hooks, Transition
from runtime.listing import Listing
from runtime.locks import lock_targets
from runtime.made import insert
from runtime.problems import ErrorDetail, Problem, conflict, invalid, not_found, pointer
from runtime.reach import check_changed, check_conditions, check_new, reach
from runtime.readers import check_changes, check_sent
from runtime.rules import Change, Rules
from runtime.tables import Entity, Restorable, utc_now

Row = TypeVar("Row", bound=Entity)
BATCH = 500
"""So many rows are loaded at a time where all are gone through."""


class Keeper(Protocol):
    """Keeps what was done with rows. See runtime.history."""

    async def made(self, call: Call, row: Any) -> None:
        """Keep that a row was made."""
        ...

    async def changed(self, call: Call, row: Any, before: Mapping[str, Any]) -> None:
        """Keep what was changed; `before` is what stood there."""
        ...

    async def removed(self, call: Call, row: Any) -> None:
        """Keep that a row is being deleted."""
        ...


class Listed(NamedTuple, Generic[Row]):
    """One page of rows, and the mark of the next where there is one."""

    items: list[Row]
    next_cursor: str | None
    total: int | None = None
    """How many there are on all pages, where the list counts them."""


class Store(Generic[Row]):
    """The rows of one model. Every method works in the call's transaction and within the call's scope."""

    def __init__(
        self,
        database: Database,
        model: type[Row],
        rules: Rules[Row] | None = None,
        history: Keeper | None = None,
        computed: Computed | None = None,
    ) -> None:
        self.database = database
        self.model = model
        self.rules = rules
        self.history = history
        self.hooks: Hooks[Row] | None = None
        """Set by the component whose model it is."""
        self.transitions: Mapping[str, Transition[Row]] = {}
        """Those that rows are taken through by something else than their own operation; set by the same component."""
        self.computed = computed or {}
        self.address = ""
        mapped = {each.key: each.columns[0] for each in sa.inspect(model).column_attrs}
        self._columns = {name: column for name, column in mapped.items() if isinstance(column, sa.Column)}
        self._attributes = {column.name: name for name, column in self._columns.items()}
        self._made = {name: column.info["make"] for name, column in self._columns.items() if "make" in column.info}

    @property
    def of(self) -> str:
        """The model's name in the blueprint."""
        return self.model.__model__ or self.model.__name__

    async def page(
        self, call: Call, listing: Listing[Row], query: ListQuery, *conditions: sa.ColumnElement[bool]
    ) -> Listed[Row]:
        """Return the rows that the caller may see and the query asks for, and that meet further conditions."""
        columns = self._computed(call)
        sorting = listing.sorting(query, columns)
        wanted = [*conditions, *reach(self.model, call), *listing.conditions(query, self.database.dialect, columns)]
        wanted_in_all = list(wanted)
        if query.cursor:
            wanted.append(sorting.after(query.cursor))
        statement = (
            sa.select(self.model)
            .where(*wanted)
            .order_by(*(term.clause() for term in sorting.terms))
            .limit(query.limit + 1)
        )
        rows = list(await load(call, statement, columns))
        more = len(rows) > query.limit
        rows = rows[: query.limit]
        total = await self._count(call, wanted_in_all) if listing.counted else None
        return Listed(rows, sorting.cursor(rows[-1]) if more else None, total)

    async def read(self, call: Call, id: UUID) -> Row:
        """Return one row. Raises the 404 where there is none that the caller may see."""
        return await self.find(call, id)

    async def _count(self, call: Call, conditions: Sequence[sa.ColumnElement[bool]]) -> int:
        statement = sa.select(sa.func.count()).select_from(self.model).where(*conditions)
        return await call.session.scalar(statement) or 0

    def readable(self, call: Call) -> sa.Select[UUID] | None:
        """Return the ids of the rows that the caller may see, as a query to put into another; None for all rows."""
        if call.scope is None:
            return None
        return sa.select(self.model.id).where(*reach(self.model, call)).correlate(None)

    async def create(self, call: Call, values: Mapping[str, Any], *, owner: str | None = None) -> Row:
        """Add a row. It becomes the caller's, unless it names another owner; `owner` is the attribute that says whose.

        Raises 403 for a row outside the caller's scope, 422 for a reference to nothing, 409 for a value taken.
        """
        filled = dict(values)
        if owner is not None and filled.get(owner) is None:
            filled[owner] = self._owner(call, owner)
        await self._lock_written(call, filled)
        self._claim(call, filled)
        self._check_filled(filled)
        # Whoever signs up says what they will see of themselves.
        if self.model.__readers__ and not self.model.__signs_in__:
            check_sent(call, self.model.__readers__, filled, self._given(filled))
        if not await check_new(call, filled):
            await self._check_references(call, filled)
            await check_conditions(call, self.model, self._complete(filled))
        return await self._add(call, filled, frozenset(filled))

    async def add(self, call: Call, values: Mapping[str, Any], sent: Set[str] = frozenset()) -> Row:
        """Add a row as it is, whoever may. `sent` are the attributes whose values came from the caller.

        Raises 422 for a reference to nothing and for values that break a rule by themselves, 409 for what clashes.
        """
        await self._lock_written(call, values)
        return await self._add(call, values, sent)

    async def _lock_written(self, call: Call, values: Mapping[str, Any]) -> None:
        """Lock what is written along with a new row before anything refers to it.

        A reference holds a lock of its own: two who both hold that and then want to write would wait for each other.
        """
        if self.hooks and self.hooks.writes:
            known = {name: values[name] for name in self.hooks.writes if name in values}
            await lock_targets(call.session, self.model(**known), known.keys())

    async def _add(self, call: Call, values: Mapping[str, Any], sent: Set[str]) -> Row:
        row = self.model(**(self._complete(values) if self.rules or self.hooks else values))
        await self._check_references(call, values)
        change = Change(call, row, None, frozenset(sent))
        if self.rules:
            self.rules.check(change)
        if self.hooks:
            await self.hooks.before_create(call, row)
        await self._insert(change)
        if self.rules:
            await self.rules.hold(change)
        if self.history:
            await self.history.made(call, row)
        if self.hooks:
            await self.hooks.after_create(call, row)
        return await self.refreshed(call, row)

    async def update(self, call: Call, id: UUID, changes: Mapping[str, Any]) -> Row:
        """Change some values of a row.

        Raises 404, 412 when the row is not the one that If-Match names, and what `create` raises.
        """
        row = await self.find(call, id, lock=True)
        self.check_version(call, row)
        if self.model.__readers__:
            check_changes(call, self.model.__readers__, row, changes)
        decisive = call.scope.attributes() if call.scope else set[str]()
        before = {name: getattr(row, name) for name in decisive}
        if not await check_changed(call, before, {name: changes.get(name, before[name]) for name in decisive}):
            await self._check_references(call, changes)
            after = {name: changes.get(name, getattr(row, name)) for name in self._columns}
            await check_conditions(call, self.model, after)
        return await self.change(call, row, changes, frozenset(changes))

    async def change(self, call: Call, row: Row, changes: Mapping[str, Any], sent: Set[str] = frozenset()) -> Row:
        """Change some values of a row that is locked. `sent` are the attributes whose values came from the caller.

        Raises what `add` raises.
        """
        if self.hooks is None or not self._differing(row, changes):
            return await self.put(call, row, changes, sent)
        await self.hooks.before_update(call, row)
        was = self._copied(row)
        await self.put(call, row, changes, sent)
        await self.hooks.after_update(call, row, was)
        return await self.refreshed(call, row)

    async def put(self, call: Call, row: Row, changes: Mapping[str, Any], sent: Set[str] = frozenset()) -> Row:
        """Change some values as `change` does, without what goes along with changes: for what has that of its own."""
        before = {name: getattr(row, name) for name in self._differing(row, changes)}
        for name in before:
            setattr(row, name, changes[name])
        if not call.session.is_modified(row):
            return row
        await self._check_references(call, changes)
        for name, maker in self._made.items():
            if maker.remade(set(before)):
                before[name] = getattr(row, name)
                setattr(row, name, await maker.make(call.session, row, name))
        change = Change(call, row, before, frozenset(sent))
        if self.rules:
            self.rules.check(change)
        _count(row)
        await self._flush(change)
        if self.rules:
            await self.rules.hold(change)
        if self.history:
            await self.history.changed(call, row, before)
        return await self.refreshed(call, row)

    async def take(self, call: Call, row: Row, transition: str) -> None:
        """Take a row that is locked through a transition, with what that requires and what goes along with it.

        Raises the 409 where the row is in another state or something else keeps it from going on.
        """
        await self.transitions[transition](call, row)

    def _copied(self, row: Row) -> Row:
        """Return a row as it is now, which no session knows of."""
        copy = self.model(**{name: getattr(row, name) for name in self._columns})
        for name in self.computed:
            set_committed_value(copy, name, getattr(row, name))
        return copy

    async def refreshed(self, call: Call, row: Row) -> Row:
        """Return a row with its computed values as they are now, after whatever the transaction wrote."""
        return await refresh(call, self.model, row, self._computed(call))

    async def delete(self, call: Call, id: UUID) -> None:
        """Delete a row. Raises 404, 412, and 409 where rows that must stay refer to it."""
        row = await self.find(call, id, lock=True)
        self.check_version(call, row)
        await self.remove(call, row)

    async def remove(self, call: Call, row: Row) -> None:
        """Delete a row that is locked. Raises the 409 where rows that must stay refer to it."""
        if self.hooks:
            await self.hooks.before_delete(call, row)
        if self.history:
            await self.history.removed(call, row)
        if issubclass(self.model, Restorable):
            await self._hide(call.session, row)
            return
        try:
            await call.session.execute(sa.delete(self.model).where(self.model.id == row.id))
        except IntegrityError as error:
            raise conflict("Something that must stay refers to it, so it cannot be deleted.") from error

    async def restore(self, call: Call, id: UUID) -> Row:
        """Bring back a row that was deleted, and what was deleted with it.

        Raises 404, and 409 where it is not deleted, where what it refers to is, or where it clashes with what came since.
        """
        wanted = sa.select(self.model).where(self.model.id == id, *reach(self.model, call)).with_for_update()
        row = await call.session.scalar(wanted, execution_options={**ALL, "populate_existing": True})
        if row is None:
            raise not_found()
        deleted_at: dt.datetime | None = getattr(row, "row_deleted_at", None)
        if deleted_at is None:
            raise conflict("It is not deleted.")
        try:
            await self._check_references(call, {name: getattr(row, name) for name in self._columns})
        except Problem:
            raise conflict("What it refers to is deleted. Restore that first.") from None
        change = Change(call, row, None, frozenset())
        if self.rules:
            self.rules.check(change)
        row.__setattr__("row_deleted_at", None)
        _count(row)
        await self._flush(change)
        if self.rules:
            await self.rules.hold(change)
        try:
            await show(call.session, row, deleted_at)
        except IntegrityError as error:
            raise conflict("Something that was deleted with it clashes with what came since.") from error
        if self.history:
            await self.history.changed(call, row, {})
        return await self.refreshed(call, row)

    async def lock(self, call: Call, id: UUID) -> Row:
        """Return one row that nobody else can change until the transaction ends. Raises 404 and 412."""
        row = await self.find(call, id, lock=True)
        self.check_version(call, row)
        return row

    async def lock_all(self, call: Call, ids: Sequence[UUID]) -> None:
        """Lock rows, all callers in the same order, so that none waits for one that waits for it."""
        wanted = sa.select(self.model.id).where(self.model.id.in_(ids)).order_by(self.model.id)
        await call.session.execute(wanted.with_for_update())

    def check_version(self, call: Call, row: Row) -> None:
        """Raise the 412 when the row has changed since the caller read it."""
        version = getattr(row, "row_version", None)
        if call.if_match is not None and version is not None and str(version) not in call.if_match:
            raise Problem(412, "It has changed since you read it. Read it again and repeat your change.")

    async def find(
        self, call: Call, id: UUID | None, *conditions: sa.SQLColumnExpression[bool], lock: bool = False
    ) -> Row:
        """Return the row with this id, which meets the conditions. Raises the 404 where the caller sees no such row."""
        return found(await self.maybe(call, id, *conditions, lock=lock))

    async def maybe(
        self, call: Call, id: UUID | None, *conditions: sa.SQLColumnExpression[bool], lock: bool = False
    ) -> Row | None:
        """Return the row with this id, which meets the conditions; None where the caller sees no such row."""
        if id is None:
            return None
        rows = await self._load(call, self._select(call, self.model.id == id, *conditions, lock=lock))
        return rows[0] if rows else None

    async def one(self, call: Call, *conditions: sa.SQLColumnExpression[bool], lock: bool = False) -> Row:
        """Return the first row that meets the conditions. Raises the 404 where there is none."""
        return found(await self.first(call, *conditions, lock=lock))

    async def first(self, call: Call, *conditions: sa.SQLColumnExpression[bool], lock: bool = False) -> Row | None:
        """Return the first row that meets the conditions; None where there is none."""
        while True:
            rows = await self._load(call, self._select(call, *conditions).order_by(self.model.id).limit(1))
            row = rows[0] if rows else None
            if row is None or not lock:
                return row
            # Whoever held the row may have changed it so that it does not fit any more: then it is another one's turn.
            locked = await self.maybe(call, row.id, *conditions, lock=True)
            if locked is not None:
                return locked

    async def rows(self, call: Call, *conditions: sa.SQLColumnExpression[bool], lock: bool = False) -> list[Row]:
        """Return all rows that meet the conditions, in an order that is the same for all who lock them."""
        return list(await self._load(call, self._select(call, *conditions, lock=lock).order_by(self.model.id)))

    async def each(
        self, call: Call, *conditions: sa.SQLColumnExpression[bool], lock: bool = False
    ) -> AsyncGenerator[Row]:
        """Yield the rows that meet the conditions at this moment, loaded in batches: there may be very many.

        They come in an order that is the same for all who lock them.
        """
        found = self._select(call, *conditions, lock=False).with_only_columns(self.model.id).order_by(self.model.id)
        ids = list(await call.session.scalars(found))
        for start in range(0, len(ids), BATCH):
            batch = self.model.id.in_(ids[start : start + BATCH])
            # One that is locked is looked at once more: others may have changed it meanwhile.
            for row in await self.rows(call, batch, *(conditions if lock else ()), lock=lock):
                yield row

    async def exists(self, session: AsyncSession, id: UUID) -> bool:
        """Return whether there is a row with this id, whoever may see it."""
        return await session.scalar(sa.select(self.model.id).where(self.model.id == id)) is not None

    def _owner(self, call: Call, owner: str) -> UUID | None:
        if call.person is not None:
            return call.person
        if not self._columns[owner].nullable:
            raise invalid("This is required.", field_of(owner))
        return None

    def _claim(self, call: Call, values: dict[str, Any]) -> None:
        """Make a new row the caller's where only that lets them make it, and nobody is named yet."""
        if call.scope is None or call.scope.conditions or call.caller is None:
            return
        if call.scope.under and values.get(call.scope.under.attribute) is not None:
            return
        if not any(values.get(name) == call.me for name in call.scope.fields):
            free = next((name for name in sorted(call.scope.fields) if values.get(name) is None), None)
            if free is not None:
                values[free] = call.me

    def _check_filled(self, values: Mapping[str, Any]) -> None:
        """Raise the 422 for what a caller may leave out only where it is filled in for them."""
        for name, value in values.items():
            if value is None and name in self._columns and not self._columns[name].nullable:
                raise invalid("This is required.", field_of(name))

    def _given(self, values: Mapping[str, Any]) -> list[str]:
        """Return the attributes whose values are not those that a row has where nothing is sent."""
        defaults = {name: default_of(column.default) for name, column in self._columns.items() if column.default}
        return [name for name, value in values.items() if value != defaults.get(name)]

    def _differing(self, row: Row, changes: Mapping[str, Any]) -> list[str]:
        """Return the attributes that changes would give another value."""
        return [name for name, value in changes.items() if getattr(row, name) != value]

    def _computed(self, call: Call) -> Columns:
        return columns_of(self.computed, call, self.model)

    async def _load(self, call: Call, statement: sa.Select[Row]) -> Sequence[Row]:
        return await load(call, statement, self._computed(call))

    def _select(self, call: Call, *conditions: sa.SQLColumnExpression[bool], lock: bool = False) -> sa.Select[Row]:
        statement = sa.select(self.model).where(*conditions, *reach(self.model, call))
        if not lock:
            return statement
        # Rows may still begin to refer to what is locked: nothing that is locked here gets another id.
        return statement.with_for_update(key_share=True).execution_options(populate_existing=True)

    @cached_property
    def _references(self) -> list[tuple[str, sa.Column[Any], bool]]:
        """The attributes that refer to rows, with what they refer to, and whether that is an account."""
        table = sa.inspect(self.model).local_table
        keys = sorted(table.foreign_keys, key=lambda each: each.parent.name)
        return [(self._attributes[key.parent.name], key.column, signs_in(key.column)) for key in keys]

    async def _check_references(self, call: Call, values: Mapping[str, Any]) -> None:
        missing: list[ErrorDetail] = []
        for name, column, to_account in self._references:
            value = values.get(name)
            # Who is signed in was found when the call began; the database refuses who was deleted since.
            if value is None or (to_account and value == call.person):
                continue
            if await call.session.scalar(sought(column, value)) is None:
                missing.append(ErrorDetail(pointer=pointer(field_of(name)), detail="There is nothing with this id."))
        if missing:
            raise Problem(422, "The request refers to something that does not exist.", errors=missing)

    def _complete(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values with the defaults that they get when they are written."""
        defaults = {name: column.default for name, column in self._columns.items() if name not in values}
        return {**values, **{name: default_of(default) for name, default in defaults.items() if default is not None}}

    async def _hide(self, session: AsyncSession, row: Row) -> None:
        at = utc_now()
        row.__setattr__("row_deleted_at", at)
        _count(row)
        await session.flush()
        await hide(session, row, at)

    async def _insert(self, change: Change[Row]) -> None:
        missing = {name: make for name, make in self._made.items() if getattr(change.row, name) is None}
        if not missing:
            change.session.add(change.row)
            await self._flush(change)
            return
        try:
            await insert(change.session, change.row, missing)
        except IntegrityError as error:
            raise self._clash(error, change.sent) from error

    async def _flush(self, change: Change[Row]) -> None:
        try:
            await change.session.flush()
        except IntegrityError as error:
            raise self._clash(error, change.sent) from error

    def _clash(self, error: IntegrityError, sent: frozenset[str]) -> Problem:
        columns = clashing_columns(error)
        attributes = [self._attributes[column] for column in columns if column in self._attributes]
        fields = [field_of(name) for name in attributes]
        broken = self.rules.clash(clashing_index(error), attributes, sent) if self.rules and fields else None
        if broken is not None:
            return broken
        if not fields:
            # A row that was there when it was looked up was deleted before the change was written.
            return invalid("The request refers to something that does not exist any more.")
        if len(fields) == 1:
            return conflict("This value is taken.", *fields)
        return conflict(f"This combination of {' and '.join(fields)} is taken.", *fields)


def _count(row: Entity) -> None:
    version = getattr(row, "row_version", None)
    if version is not None:
        row.__setattr__("row_version", version + 1)


def field_of(attribute: str) -> str:
    """Return the name that callers use: Python's words and ours carry an underscore as attributes."""
    return attribute.removesuffix("_")


def default_of(default: Any) -> Any:
    """Return the value that a column's default stands for."""
    return default.arg(None) if default.is_callable else default.arg


def found(row: Row | None) -> Row:
    """Return the row. Raises the 404 where there is none."""
    if row is None:
        raise not_found()
    return row


class Visible(Protocol):
    """A port whose objects can be looked for as the caller."""

    async def sees(self, call: Call, id: UUID) -> bool:
        """Return whether there is such an object that the caller may see."""
        ...


async def check_visible(call: Call, port: Visible, field: str, id: UUID | None) -> None:
    """Raise the 422 where a field of a body refers to what the caller does not see.

    The field in which an API key must name itself is not looked at: a wrong name there is a 403 of the store.
    """
    if call.principal and call.principal.device and call.scope and field in call.scope.fields:
        return
    if id is not None and not await port.sees(call, id):
        raise invalid("There is nothing with this id.", field)


def same_parent(field: str, given: UUID | None, id: UUID) -> None:
    """Raise the 422 where a body names another parent than its path."""
    if given is not None and given != id:
        raise invalid("This is not the one in the path.", field)
