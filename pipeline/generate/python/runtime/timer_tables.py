"""The table behind timers."""

import datetime as dt

from sqlalchemy import orm

from runtime.tables import Base


class TimerState(Base):
    """When a timer fires next, and how it went the last time."""

    __tablename__ = "runtime_timers"

    name: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    schedule: orm.Mapped[str]
    next_at: orm.Mapped[dt.datetime]
    last_at: orm.Mapped[dt.datetime | None]
    last_rows: orm.Mapped[int | None]
    last_error: orm.Mapped[str | None]
