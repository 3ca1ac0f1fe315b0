"""The database: sessions to read with and sessions to write with, on SQLite and on PostgreSQL."""

import select
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.util import greenlet_spawn

from runtime.hiding import session_class
from runtime.sqlite import sqlite_engine

_COMMITTED = "committed"


class Database:
    """One database. Sessions commit when their block ends and roll back when it raises.

    Errors name no values: they go to the log, and values may be secret.
    """

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self.dialect = parsed.get_backend_name()
        self._writing: AsyncEngine
        self._reading: AsyncEngine
        self._asking: AsyncEngine
        if self.dialect == "sqlite":
            # SQLite has one writer at a time. The queue for that place is the pool's: waiting there costs nothing.
            self._writing = sqlite_engine(parsed, writes=True)
            self._reading = self._asking = sqlite_engine(parsed, writes=False)
        else:
            self._writing = self._reading = _postgres_engine(parsed)
            # A statement on its own needs no transaction around it, which would be two more ways to the server. These
            # connections are kept apart: changing one for each statement takes as long as the transaction would.
            self._asking = _postgres_engine(parsed, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
        # A class of this database's own: what listens to its sessions listens to no other's.
        self.sessions: type[orm.Session] = type("DatabaseSession", (session_class(),), {})
        self._write_sessions = async_sessionmaker(
            self._writing, expire_on_commit=False, autoflush=False, sync_session_class=self.sessions
        )
        self._read_sessions = async_sessionmaker(
            self._reading, expire_on_commit=False, autoflush=False, sync_session_class=self.sessions
        )
        self._ask_sessions = async_sessionmaker(
            self._asking, expire_on_commit=False, autoflush=False, sync_session_class=self.sessions
        )

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session whose changes are committed together."""
        async with self._write_sessions() as session:
            async with session.begin():
                yield session
            for act in session.info.pop(_COMMITTED, {}):
                done = act()
                if done is not None:
                    await done

    @asynccontextmanager
    async def write_alone(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session for one statement that writes. It is a transaction by itself; on SQLite, which begins one, too.

        What the session reads before and after it sees what was committed by then. It has no `after_commit`.
        """
        async with self.write() if self.dialect == "sqlite" else self.ask() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session that sees one state of the database."""
        async with self._read_sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def ask(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session to read with, each of whose statements sees what was committed before it.

        So do those of a transaction on PostgreSQL; here none is begun and ended. It holds no locks and has no cursors.
        """
        async with self._ask_sessions() as session:
            yield session

    async def first(self, statement: sa.Select[Any], values: Mapping[str, object]) -> sa.Row[Any] | None:
        """Return the first row of one statement that reads, run on its own. It sees hidden rows too."""
        return await greenlet_spawn(self._first, statement, values)

    def _first(self, statement: sa.Select[Any], values: Mapping[str, object]) -> sa.Row[Any] | None:
        with self._asking.sync_engine.connect() as connection:
            return connection.execute(statement, values).first()

    async def ping(self) -> None:
        """Raise what the driver raises when the database cannot be reached."""
        async with self.read() as session:
            await session.scalar(sa.text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._reading.dispose()
        await self._writing.dispose()
        await self._asking.dispose()


def after_commit(session: AsyncSession | orm.Session, act: Callable[[], Awaitable[None] | None]) -> None:
    """Have something done once the session's transaction is committed; once, however often it is asked for."""
    session.info.setdefault(_COMMITTED, {})[act] = None


def _postgres_engine(url: sa.URL, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        # None beyond those that are kept: to open one for a moment costs more than to wait for another.
        pool_size=10,
        max_overflow=0,
        pool_use_lifo=True,
        connect_args={
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c lock_timeout=15s -c statement_timeout=30s",
        },
        **options,
    )
    event.listen(engine.sync_engine, "checkout", _refuse_dead)
    return engine


def _refuse_dead(connection: Any, _record: object, _proxy: object) -> None:
    """Make the pool try another connection where the server has ended this one.

    A server that ends a connection says so, and then the socket can be read without anybody having asked. Looking costs
    microseconds; asking the server, as SQLAlchemy's pre-ping does, costs each request two more ways to it.
    """
    driver = connection.driver_connection
    if driver.closed:
        raise sa.exc.DisconnectionError
    looking = select.poll()
    looking.register(driver.fileno(), select.POLLIN)
    if looking.poll(0):
        raise sa.exc.DisconnectionError
