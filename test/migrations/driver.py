"""Carries out what the tests of migrations ask for, one JSON line each: migrate, compare, insert, dump."""

import datetime as dt
import hashlib
import importlib
import json
import sys
import traceback
import types
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

sys.path.insert(0, sys.argv[1])
from runtime.tables import ExactDecimal, UtcDateTime, json_type  # noqa: E402

TYPES: dict[str, Any] = {
    "uuid": sa.Uuid(),
    "text": sa.Text(),
    "int": sa.BigInteger(),
    "float": sa.Double(),
    "decimal": ExactDecimal(),
    "bool": sa.Boolean(),
    "date": sa.Date(),
    "datetime": UtcDateTime(),
    "time": sa.Time(),
    "json": json_type(),
    "bytes": sa.LargeBinary(),
}


def metadata_of(physical: dict[str, Any]) -> sa.MetaData:
    """What a release's models.py declares: visible columns, no server defaults."""
    metadata = sa.MetaData()
    for name, table in physical["tables"].items():
        columns = []
        for column, spec in table["columns"].items():
            reference = spec.get("references")
            keys = []
            if reference:
                on_delete = reference["onDelete"].replace("-", " ").upper()
                keys.append(sa.ForeignKey(f"{reference['table']}.{reference['column']}", ondelete=on_delete))
            columns.append(
                sa.Column(
                    column, TYPES[spec["type"]], *keys, primary_key=column in table["key"], nullable=spec["nullable"]
                )
            )
        indexes = [sa.Index(index, *spec["columns"], unique=spec["unique"]) for index, spec in table["indexes"].items()]
        sa.Table(name, metadata, *columns, *indexes)
    return metadata


def use_release(folder: str, metadata: sa.MetaData) -> Config:
    """Makes this process import app.models and migrations of one release."""
    for name in [name for name in sys.modules if name.split(".")[0] in ("app", "migrations")]:
        del sys.modules[name]
    models = types.ModuleType("app.models")
    models.Base = type("Base", (), {"metadata": metadata})  # type: ignore[attr-defined]
    sys.modules["app"] = types.ModuleType("app")
    sys.modules["app.models"] = models
    sys.path[:] = [folder, *(path for path in sys.path if "autocoder-migrations" not in path)]
    importlib.invalidate_caches()
    config = Config()
    config.set_main_option("script_location", f"{folder}/migrations")
    return config


def sync_url(url: str) -> sa.URL:
    parsed = sa.make_url(url)
    return parsed.set(drivername="sqlite") if parsed.get_backend_name() == "sqlite" else parsed


def connect(url: str) -> sa.Engine:
    engine = sa.create_engine(sync_url(url), poolclass=sa.pool.NullPool)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def connected(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA foreign_keys = ON")

    return engine


def value_of(spec: dict[str, Any], seed: str) -> Any:
    number = int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16)
    return {
        "uuid": lambda: uuid.uuid5(uuid.NAMESPACE_URL, seed),
        "text": lambda: f"text {number} 'quoted' ü",
        "int": lambda: number,
        "float": lambda: number / 7,
        "decimal": lambda: Decimal(number) / 100,
        "bool": lambda: number % 2 == 0,
        "date": lambda: dt.date(2000, 1, 1) + dt.timedelta(days=number % 9000),
        "datetime": lambda: dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number),
        "time": lambda: dt.time(number % 24, number % 60),
        "json": lambda: {"n": number, "l": ["a", None]},
        "bytes": lambda: seed.encode(),
    }[spec["type"]]()


def insert(physical: dict[str, Any], url: str, seed: str, sparse: bool) -> int:
    """Adds a row to each visible table as that release would; `sparse` leaves out or nulls what may be null."""
    metadata = metadata_of(physical)
    added = 0
    with connect(url).begin() as connection:
        for table in metadata.sorted_tables:
            columns = physical["tables"][table.name]["columns"]
            row: dict[str, Any] = {}
            for name, spec in columns.items():
                reference = spec.get("references")
                if sparse and spec["nullable"]:
                    row[name] = None
                elif reference:
                    target = metadata.tables[reference["table"]]
                    row[name] = connection.scalar(sa.select(target.c[reference["column"]]).limit(1))
                    if row[name] is None and not spec["nullable"]:
                        row = {}
                        break
                else:
                    row[name] = value_of(spec, f"{seed}.{table.name}.{name}")
            if row:
                connection.execute(table.insert().values(**row))
                added += 1
            connection.execute(sa.select(table).limit(5)).all()
    return added


def put(physical: dict[str, Any], url: str, table: str, given: dict[str, str]) -> None:
    """Adds a row with these values to a table; times and keys are given as text."""
    parsed = {"datetime": dt.datetime.fromisoformat, "uuid": uuid.UUID}
    columns = physical["tables"][table]["columns"]
    row = {name: parsed.get(columns[name]["type"], str)(value) for name, value in given.items()}
    rest = {n: value_of(spec, f"{given}.{n}") for n, spec in columns.items() if n not in row and not spec["nullable"]}
    with connect(url).begin() as connection:
        connection.execute(metadata_of(physical).tables[table].insert().values(**rest, **row))


def dump(url: str) -> dict[str, dict[str, dict[str, str]]]:
    """Every value of every table as text: table -> row's key -> column -> value."""
    engine = connect(url)
    found: dict[str, dict[str, dict[str, str]]] = {}
    with engine.connect() as connection:
        for name in sa.inspect(engine).get_table_names():
            if name == "alembic_version":
                continue
            rows = connection.execute(sa.text(f'SELECT * FROM "{name}"')).mappings()
            found[name] = {str(next(iter(row.values()))): {key: repr(value) for key, value in row.items()} for row in rows}
    return found


def compare(config: Config, url: str, metadata: sa.MetaData) -> list[str]:
    """What Alembic's autogenerate would add to a new migration, under the options of env.py."""
    engine = connect(url)
    script = ScriptDirectory.from_config(config)
    found: list[str] = []
    config.attributes["database_url"] = url

    def remember(_revision: Any, migration: MigrationContext) -> list[Any]:
        found.extend(map(str, compare_metadata(migration, metadata)))
        return []

    with EnvironmentContext(config, script, fn=remember):
        script.run_env()
    engine.dispose()
    return found


def serve(request: dict[str, Any]) -> Any:
    kind, url = request["do"], request["url"]
    if kind == "dump":
        return dump(url)
    physical = request["physical"]
    if kind == "insert":
        return insert(physical, url, request["seed"], request["sparse"])
    if kind == "put":
        return put(physical, url, request["table"], request["row"])
    metadata = metadata_of(physical)
    config = use_release(request["folder"], metadata)
    if request.get("real"):
        # Each release declares its tables anew, on a base that the runtime holds.
        for name in [name for name in sys.modules if name.split(".")[0] in ("app", "runtime")]:
            del sys.modules[name]
        metadata = importlib.import_module("app.models").Base.metadata
    if kind == "migrate":
        config.attributes["database_url"] = url
        command.upgrade(config, "head")
        return None
    if kind == "compare":
        return compare(config, url, metadata)
    raise ValueError(kind)


for line in sys.stdin:
    try:
        answer = {"ok": serve(json.loads(line))}
    except BaseException as error:  # noqa: BLE001
        answer = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
