"""SQLite in the event loop's own thread.

SQLite answers in microseconds, from memory that it shares with this process. A thread for each connection, as other
drivers have, makes a request wait for a dozen hand-overs between threads, which cost more than all of its queries. Only
one thing can take long, the lock that another process holds: that is waited for without blocking (see `patiently`).
"""

import asyncio
import datetime as dt
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

from runtime.functions import AGGREGATES, FUNCTIONS, stored
from runtime.timespans import later

CALLED = [(name, stored(function), len(function.arguments)) for name, function in FUNCTIONS.items()]
"""What SQL may call: names, Python functions, numbers of arguments."""

_Stored = str | int | float | bytes | None

_STORED_MOMENT = "%Y-%m-%d %H:%M:%S.%f"

PATIENCE = 30.0
"""Seconds that a transaction waits for its turn."""


class InlineCursor(sqlite3.Cursor):
    """A cursor with the one asynchronous method that SQLAlchemy asks for."""

    async def _async_soft_close(self) -> None:
        """Do nothing: the rows are in memory."""


class InlineContext(SQLiteExecutionContext):
    """Executes with such cursors."""

    def create_default_cursor(self) -> DBAPICursor:
        """Return a cursor."""
        return self._dbapi_connection.cursor(InlineCursor)


class InlineDialect(SQLiteDialect_pysqlite):
    """The standard library's driver, for SQLAlchemy's async engine."""

    driver = "inline"
    is_async = True
    execution_ctx_cls = InlineContext
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: sa.URL) -> type[Pool]:
        """Return the pool whose queue is waited in without blocking."""
        return AsyncAdaptedQueuePool


registry.register("sqlite.inline", __name__, "InlineDialect")


def sqlite_engine(url: sa.URL, *, writes: bool) -> AsyncEngine:
    """Return an engine for a database file: for one writer at a time, or for several readers."""
    engine = create_async_engine(
        url.set(drivername="sqlite+inline"),
        hide_parameters=True,
        pool_size=1 if writes else 4,
        max_overflow=0 if writes else 4,
        pool_timeout=PATIENCE,
        connect_args={"isolation_level": None, "timeout": 0.05},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            patiently(lambda pragma=pragma: connection.execute(f"PRAGMA {pragma}"), sqlite3.OperationalError)
        # SQLite's own lower() knows ASCII only.
        connection.create_function("lower_text", 1, _lower_text, deterministic=True)
        connection.create_function("later_by", 2, _later_by, deterministic=True)
        for name, act, count in CALLED:
            connection.create_function(name, count, act, deterministic=True)
        for name, aggregate in AGGREGATES.items():
            connection.create_aggregate(name, 1, aggregate.made_by)

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: sa.Connection) -> None:
        # A writer takes the lock at once: one that only found out later that it needs it could not wait any more.
        statement = "BEGIN IMMEDIATE" if writes else "BEGIN"
        patiently(lambda: connection.exec_driver_sql(statement), sa.exc.OperationalError)

    return engine


def patiently(act: Callable[[], object], locked: type[Exception]) -> None:
    """Do what another process's lock may forbid, again and again until it may be done, while other requests go on."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            act()
        except locked as error:
            name = getattr(getattr(error, "orig", error), "sqlite_errorname", "")
            if not name.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            await_only(asyncio.sleep(0.01))
        else:
            return


def _lower_text(value: _Stored) -> _Stored:
    return value.lower() if isinstance(value, str) else value


def _later_by(start: str | None, minutes: int | None) -> str | None:
    """Return the moment so many minutes later, as it would be stored."""
    return start and later(dt.datetime.fromisoformat(start), minutes or 0).strftime(_STORED_MOMENT)
