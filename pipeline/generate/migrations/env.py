"""Runs the migrations, and tells Alembic what to compare when it is asked for differences."""

import json
import os
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from app.models import Base

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text())["tables"]
# Any number: it keeps two processes from migrating one PostgreSQL database at the same time.
ADVISORY_LOCK = 7_203_114_902
WAIT_SECONDS = 300


def database_url() -> sa.URL:
    """The URL handed over by the caller, or the content of the file that DATABASE_URL_FILE names."""
    given = context.config.attributes.get("database_url") or context.config.get_main_option("sqlalchemy.url")
    url = sa.make_url(given or Path(os.environ["DATABASE_URL_FILE"]).read_text().strip())
    return url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url


def include_object(item: Any, name: str | None, kind: str, reflected: bool, _compare_to: Any) -> bool:
    """Leaves out what the models do not know: tables and columns that were hidden and kept."""
    if not reflected:
        return True
    if kind == "table":
        return not SCHEMA.get(name, {}).get("hidden", False)
    columns = SCHEMA.get(item.table.name, {}).get("columns", {})
    names = [name] if kind == "column" else [column.name for column in item.columns]
    return not any(columns.get(each, {}).get("hidden", False) for each in names)


def configure(connection: Connection, **options: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=include_object,
        transactional_ddl=True,
        **options,
    )


def known(connection: Connection) -> bool:
    """Whether the database is at a migration that this release knows; after a roll back it may be ahead."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return True
    script = ScriptDirectory.from_config(context.config)
    revisions = {revision.revision for revision in script.walk_revisions()}
    return all(row in revisions for row in connection.scalars(sa.text("SELECT version_num FROM alembic_version")))


def migrate_sqlite(engine: sa.Engine) -> None:
    """All pending migrations in one transaction: killed at any moment, the database is the old one or the new one."""

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # The driver would commit by itself around DDL; with this, only the statements below begin and commit.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA busy_timeout = 30000")
        # A table is rebuilt by dropping the old one, and with enforcement on that deletes what refers to its rows.
        connection.execute("PRAGMA foreign_keys = OFF")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        if not known(connection):
            return
        configure(connection)
        context.run_migrations()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"{len(broken)} rows would refer to rows that do not exist; nothing was changed")


def take_turns(connection: Connection) -> None:
    """Wait until no other process migrates this database.

    It asks again and again, in a transaction of its own each time: an index that the other one builds concurrently
    waits for every transaction that is open, and so the two would wait for each other.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while not connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK}):
        connection.rollback()
        if time.monotonic() > deadline:
            raise RuntimeError("another process has been migrating this database for too long; nothing was changed")
        time.sleep(0.2)
    connection.rollback()


def migrate_postgresql(engine: sa.Engine) -> None:
    """One transaction a migration; gives up rather than make requests wait behind a lock."""
    with engine.connect() as connection:
        connection.execute(sa.text("SET lock_timeout = '5s'"))
        connection.execute(sa.text("SET timezone = 'UTC'"))
        connection.commit()
        take_turns(connection)
        if not known(connection):
            return
        connection.rollback()
        configure(connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()


def run() -> None:
    engine = sa.create_engine(database_url(), poolclass=NullPool)
    try:
        if engine.dialect.name == "sqlite":
            migrate_sqlite(engine)
        else:
            migrate_postgresql(engine)
    finally:
        engine.dispose()


run()
