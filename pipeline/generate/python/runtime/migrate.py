"""Brings the database to this release's newest migration: `python -m runtime.migrate`. Safe to repeat."""

import gc
import logging
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def migrate(database_url: str | None = None) -> None:
    """Run what is pending. A database that is ahead, after a roll back, is left alone.

    Without a URL, the database is the one that DATABASE_URL_FILE names.
    """
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def main() -> int:
    """Run the migrations; return the exit code."""
    # The process is short: looking for garbage while everything is imported would be an eighth of it.
    gc.disable()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.path.insert(0, str(ROOT))
    migrate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
