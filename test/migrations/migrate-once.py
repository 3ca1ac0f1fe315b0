"""Migrates one database and ends; the tests kill it on the way. argv: release folder, runtime folder, URL."""

import sys
import types

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

folder, runtime, url = sys.argv[1:]
sys.path[:0] = [folder, runtime]
models = types.ModuleType("app.models")
models.Base = type("Base", (), {"metadata": sa.MetaData()})  # type: ignore[attr-defined]
sys.modules["app"] = types.ModuleType("app")
sys.modules["app.models"] = models
config = Config(attributes={"database_url": url})
config.set_main_option("script_location", f"{folder}/migrations")
print("ready", flush=True)
command.upgrade(config, "head")
print("done", flush=True)
