"""Locks that last as long as a transaction. SQLite has one writer at a time: there every transaction is its own lock."""

import hashlib
from collections.abc import Iterable, Set

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.problems import not_found
from runtime.tables import Entity


async def lock_groups(session: AsyncSession, table: str, groups: Iterable[str]) -> None:
    """Wait until nobody else writes rows of these groups. Always in the same order, so that no two wait for each other."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for key in sorted(key_of(f"{table} {group}") for group in groups):
        await session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def key_of(text: str) -> int:
    """Return the number of 64 bits under which PostgreSQL locks a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


async def lock_targets(session: AsyncSession, row: Entity, references: Set[str], *, shared: bool = False) -> None:
    """Keep the rows that these references of a row lead to from being changed; rows may still begin to refer to them."""
    if session.get_bind().dialect.name != "postgresql":
        return
    columns = sa.inspect(type(row)).column_attrs
    for name in sorted(references):
        for foreign_key in columns[name].columns[0].foreign_keys:
            target = foreign_key.column
            found = sa.select(target).where(target == getattr(row, name))
            await session.execute(found.with_for_update(read=shared, key_share=not shared))


async def lock_rows(session: AsyncSession, *rows: Entity | None) -> None:
    """Lock rows that were read and read them anew, in the same order for all. Raises the 404 where one is gone."""
    known = {row for row in rows if row is not None}
    for row in sorted(known, key=lambda each: (each.__tablename__, each.id.hex)):
        model = type(row)
        locked = sa.select(model).where(model.id == row.id).with_for_update()
        if await session.scalar(locked.execution_options(populate_existing=True)) is None:
            raise not_found()
