"""The database: sessions to read with and sessions to write with, on SQLite and on PostgreSQL."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from runtime.sqlite import sqlite_engine


class Database:
    """One database. Sessions commit when their block ends and roll back when it raises.

    Errors name no values: they go to the log, and values may be secret.
    """

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self.dialect = parsed.get_backend_name()
        self._writing: AsyncEngine
        self._reading: AsyncEngine
        if self.dialect == "sqlite":
            # SQLite has one writer at a time. The queue for that place is the pool's: waiting there costs nothing.
            self._writing = sqlite_engine(parsed, writes=True)
            self._reading = sqlite_engine(parsed, writes=False)
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
        async with self.read() as session:
            await session.scalar(sa.text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._reading.dispose()
        await self._writing.dispose()
