"""The database: sessions to read with and sessions to write with, on SQLite and on PostgreSQL."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine


class Database:
    """One database. Sessions commit when their block ends and roll back when it raises.

    Errors name no values: they go to the log, and values may be secret.
    """

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self.dialect = parsed.get_backend_name()
        if self.dialect == "sqlite":
            # SQLite has one writer at a time. The queue for that place stands here, where waiting costs nothing,
            # and a writer takes the lock when it begins: one that only found out later could not wait any more.
            self._writing = _sqlite_engine(parsed, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
            self._reading = _sqlite_engine(parsed, begin="BEGIN", pool_size=4, max_overflow=4)
        else:
            self._writing = self._reading = create_async_engine(
                parsed,
                hide_parameters=True,
                pool_size=10,
                max_overflow=10,
                pool_pre_ping=True,
                connect_args={
                    "connect_timeout": 5,
                    "options": "-c timezone=UTC -c lock_timeout=15s -c statement_timeout=30s",
                },
            )
        self._write_sessions = async_sessionmaker(self._writing, expire_on_commit=False, autoflush=False)
        self._read_sessions = async_sessionmaker(self._reading, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session whose changes are committed together."""
        async with self._write_sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """Yield a session that sees one state of the database."""
        async with self._read_sessions() as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Raise what the driver raises when the database cannot be reached."""
        async with self._reading.connect() as connection:
            await connection.execute(sa.text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._reading.dispose()
        await self._writing.dispose()


def _sqlite_engine(url: sa.URL, *, begin: str, pool_size: int, max_overflow: int) -> AsyncEngine:
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=pool_size, max_overflow=max_overflow, pool_timeout=30
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # Without this the driver begins transactions by itself, and later than they have to.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        # SQLite's own lower() knows ASCII only.
        connection.create_function("lower_text", 1, _lower_text, deterministic=True)

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _lower_text(value: object) -> object:
    return value.lower() if isinstance(value, str) else value
