"""Bulk: one operation on many things at once. All of it happens, or none: it is one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from runtime.call import Call
from runtime.problems import ErrorDetail, Problem, pointer

Item = TypeVar("Item")
Answer = TypeVar("Answer")


async def each_of(call: Call, items: Sequence[Item], act: Callable[[Call, Item], Awaitable[Answer]]) -> list[Answer]:
    """Return what the operation answers for each item, in their order. What it raises names the item."""
    answers: list[Answer] = []
    for index, item in enumerate(items):
        try:
            # A call of its own: headers such as ETag are of one thing.
            answers.append(await act(call.within(call.scope), item))
        except Problem as problem:
            raise _at(problem, index) from problem
    return answers


def _at(problem: Problem, index: int) -> Problem:
    place = pointer("items", index)
    errors = [
        ErrorDetail(pointer=f"{place}{error.pointer}", location=error.location, detail=error.detail)
        for error in problem.errors
    ]
    whole = ErrorDetail(pointer=place, detail=problem.detail)
    return Problem(problem.status, problem.detail, errors=errors or [whole], headers=problem.headers)
