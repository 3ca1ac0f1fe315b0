"""Hooks: what is asked before rows are made, changed or deleted, and what else happens with it, whoever does it."""

from collections.abc import Awaitable, Callable, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from runtime.call import Call
from runtime.tables import Entity

Row = TypeVar("Row", bound=Entity)
Hook = Callable[[Call, Row], Awaitable[None]]
Changed = Callable[[Call, Row, Row], Awaitable[None]]
Transition = Callable[[Call, Row], Awaitable[None]]


async def nothing(_call: Call, _row: Entity) -> None:
    """Ask nothing and do nothing."""


async def nothing_more(_call: Call, _row: Entity, _was: Entity) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Hooks(Generic[Row]):
    """What goes along with writing the rows of one model. Each is given the row."""

    before_create: Hook[Row] = nothing
    """The row as it will be made."""
    after_create: Hook[Row] = nothing
    before_update: Hook[Row] = nothing
    """The row as it was."""
    after_update: Changed[Row] = nothing_more
    """The row as it has become, and a copy of it as it was."""
    before_delete: Hook[Row] = nothing
    """The row as it is before it goes."""
    writes: Set[str] = frozenset()
    """References of a new row to rows that are written along with it."""
