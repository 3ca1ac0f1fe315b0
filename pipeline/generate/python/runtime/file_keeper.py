"""Files that belong to rows: taken in, handed out, and removed when nothing refers to them any more."""

import time
from collections.abc import AsyncGenerator, Iterator, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import orm
from starlette.requests import Request
from starlette.responses import Response

from runtime.background import Loop
from runtime.database import Database, after_commit
from runtime.file_answers import answer_with
from runtime.file_disk import Disk
from runtime.file_fields import FileRules, FileType, StoredFile
from runtime.file_links import Linked, Links, use_links
from runtime.forms import Form, Kinds
from runtime.logs import get_log
from runtime.problems import Problem, not_found
from runtime.settings import FilePlace, Settings, SettingsError
from runtime.tables import Base
from runtime.uploads import Receiver

SWEEP_EVERY = 6 * 3600.0
"""Seconds."""
SPARED = 3600.0
"""A file that is younger may belong to a row that is not committed yet. Seconds."""


class Storage(Protocol):
    """Where the bytes are; what cannot be reached is an OSError. See Disk and Objects."""

    scratch: Path

    def prepare(self) -> None: ...
    async def take(self, key: str, path: Path) -> None: ...
    async def size(self, key: str) -> int | None: ...
    def read(self, key: str, start: int, length: int) -> AsyncGenerator[bytes]: ...
    async def delete(self, key: str) -> None: ...
    async def older(self, seconds: float) -> list[str]: ...


class FileKeeper:
    """The capability behind file fields. `path` is where links lead."""

    def __init__(self, database: Database, settings: Settings, path: str) -> None:
        place = settings.files
        if place is None:
            raise SettingsError("FILES_DIR is not set: it names the folder for uploaded files")
        self.path = path
        self._database = database
        self._base_url = settings.base_url
        self._links = Links(settings.jwt_key, path)
        self._storage = _storage(place)
        self._storage.prepare()
        self._columns = _file_columns()
        self._above = _tables_above({column.table for column in self._columns})
        sa.event.listen(database.sessions, "do_orm_execute", self._on_execute)
        sa.event.listen(database.sessions, "before_flush", self._on_flush)
        self.loop = Loop("files", self._keep_clean)
        self._due = time.monotonic()

    def let_show(self, request: Request) -> None:
        """Let the answer to a request carry links."""
        use_links(self._links, self._base_url or str(request.base_url).rstrip("/"))

    async def receive(self, request: Request, rules: Sequence[FileRules], kinds: Kinds) -> Form:
        """Return a form whose files are kept. Raises 400, 413, 415, 422 and 503; nothing is left of its files then."""
        form = await Receiver(rules, kinds, self._storage.scratch).receive(request)
        try:
            for file, path in form.files:
                await self._storage.take(file.key, path)
        except OSError as error:
            await self.discard(form)
            raise _unreachable(error) from error
        return form

    async def discard(self, form: Form) -> None:
        """Remove the files of a form that nothing came of."""
        for file, path in form.files:
            path.unlink(missing_ok=True)
            await self._remove({file.key})

    async def answer(self, request: Request, file: StoredFile | Linked | None) -> Response:
        """Return a file as a download. Raises the 404 where there is none, and the 503 where it cannot be reached."""
        try:
            if file is None or await self._storage.size(file.key) is None:
                raise not_found()
        except OSError as error:
            raise _unreachable(error) from error
        linked = Linked(file.key, file.name, file.type, file.size)
        return answer_with(request, linked, lambda start, length: self._storage.read(file.key, start, length))

    async def answer_link(self, request: Request, token: str) -> Response:
        """Return the file of a link as a download. Raises 404 and 410."""
        return await self.answer(request, self._links.check(token))

    async def sweep(self, spared: float = SPARED) -> int:
        """Remove files that no row refers to and that are older than so many seconds; return how many."""
        keys = set(await self._storage.older(spared))
        if not keys:
            return 0
        async with self._database.read() as session:
            for column in self._columns:
                statement = sa.select(column).where(column.is_not(None)).execution_options(yield_per=1000)
                async for file in await session.stream_scalars(statement):
                    keys.discard(file.key)
        await self._remove(keys)
        return len(keys)

    async def _keep_clean(self) -> float:
        """Sweep where it is time; return the seconds until the next time."""
        now = time.monotonic()
        if now >= self._due:
            self._due = now + SWEEP_EVERY
            removed = await self.sweep()
            if removed:
                get_log().info("files without a row are gone", files=removed)
        return self._due - now

    def _on_flush(self, session: orm.Session, _context: Any, _instances: Any) -> None:
        """Note the files of rows that get others."""
        for row in session.dirty:
            state = sa.inspect(row)
            for column in self._columns:
                if state.mapper.local_table is column.table:
                    name = state.mapper.get_property_by_column(column).key
                    self._doom(session, [file for file in state.attrs[name].history.deleted or () if file])

    def _on_execute(self, state: orm.ORMExecuteState) -> None:
        """Note the files of rows that are about to be deleted, and of those that go with them."""
        if not state.is_delete or not isinstance(state.statement, sa.Delete):
            return
        # The table itself, not the annotated copy that the statement holds.
        table = Base.metadata.tables.get(str(state.statement.table))
        if table is None or table not in self._above:
            return
        doomed = sa.select(table.c.id)
        if state.statement.whereclause is not None:
            doomed = doomed.where(state.statement.whereclause)
        for statement in self._files_of(table, doomed, {table}):
            self._doom(state.session, list(state.session.scalars(statement)))

    def _files_of(self, table: sa.Table, ids: sa.Select[Any], seen: set[sa.Table]) -> Iterator[sa.Select[Any]]:
        for column in self._columns:
            if column.table is table:
                yield sa.select(column).where(table.c.id.in_(ids), column.is_not(None))
        for child, key in _children(table):
            if child in self._above and child not in seen:
                yield from self._files_of(child, sa.select(child.c.id).where(key.in_(ids)), {*seen, child})

    def _doom(self, session: orm.Session, files: Sequence[StoredFile]) -> None:
        for file in files:
            after_commit(session, partial(self._remove, frozenset({file.key})))

    async def _remove(self, keys: Set[str]) -> None:
        """Remove files. One that cannot be removed now is left for the sweep."""
        for key in keys:
            try:
                await self._storage.delete(key)
            except OSError as error:
                get_log().warning("a file is left for the sweep", key=key, reason=str(error)[:500])


def _unreachable(error: OSError) -> Problem:
    get_log().error("files cannot be reached", error=type(error).__name__, reason=str(error)[:500])
    return Problem(503, "Files cannot be reached at the moment.", headers={"Retry-After": "10"})


def _storage(place: FilePlace) -> Storage:
    if not place.url:
        return Disk(Path(place.folder))
    # Loaded only where it is used: the library behind it is large.
    from runtime.file_objects import Objects, bucket

    return Objects(bucket(place))


def _file_columns() -> list[sa.Column[Any]]:
    tables = Base.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, FileType)]


def _children(table: sa.Table) -> list[tuple[sa.Table, sa.Column[Any]]]:
    """Return the tables whose rows go when a row of this one goes, and the columns that say so."""
    return [
        (child, key.parent)
        for child in table.metadata.sorted_tables
        for key in child.foreign_keys
        if key.column.table is table and key.ondelete == "CASCADE"
    ]


def _tables_above(holders: set[sa.Table]) -> set[sa.Table]:
    """Return the tables whose deletions reach a file."""
    above = set(holders)
    tables = Base.metadata.sorted_tables
    while more := {
        table for table in tables if table not in above and above & {child for child, _ in _children(table)}
    }:
        above |= more
    return above
