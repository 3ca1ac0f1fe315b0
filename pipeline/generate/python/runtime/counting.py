"""Counting: how many rows a piece of work changes."""

from types import TracebackType
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from runtime.tables import Entity


class Changes:
    """Counts the rows of models that are made, changed and deleted while it is entered."""

    def __init__(self, session: AsyncSession) -> None:
        self.count = 0
        self._session = session.sync_session

    def __enter__(self) -> "Changes":
        event.listen(self._session, "after_flush", self._flushed)
        event.listen(self._session, "do_orm_execute", self._executed)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        event.remove(self._session, "after_flush", self._flushed)
        event.remove(self._session, "do_orm_execute", self._executed)

    def _flushed(self, session: Session, _context: UOWTransaction) -> None:
        changed = [row for row in session.dirty if session.is_modified(row)]
        self.count += sum(_is_counted(type(row)) for row in (*session.new, *changed, *session.deleted))

    def _executed(self, state: ORMExecuteState) -> Any:
        """Count what a statement of its own changes."""
        mapper = state.bind_mapper
        if not (state.is_update or state.is_delete or state.is_insert) or mapper is None:
            return None
        if not _is_counted(mapper.class_):
            return None
        result: Any = state.invoke_statement()
        self.count += max(0, result.rowcount)
        return result


def _is_counted(kind: type) -> bool:
    """Whether it is a model of the blueprint: what the runtime keeps for itself does not count."""
    return issubclass(kind, Entity) and not kind.__tablename__.startswith("runtime_")
