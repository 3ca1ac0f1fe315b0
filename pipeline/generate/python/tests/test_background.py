"""Loops turn when their bell rings, a team shares its work, and what is in hand is finished."""

import asyncio
from collections.abc import Callable

from runtime.background import Background, Loop, Team


async def test_a_loop_turns_when_its_bell_rings_and_outlives_errors() -> None:
    turns = 0

    async def step() -> float:
        nonlocal turns
        turns += 1
        if turns == 2:
            raise RuntimeError("once")
        return 100

    loop = Loop("l", step)
    background = Background([loop])
    background.start()
    for expected in (1, 2, 3):
        await asyncio.sleep(0.02)
        assert turns == expected
        loop.ring()
    await background.stop(1)


async def test_a_team_does_at_once_what_is_there_and_one_of_it_watches() -> None:
    waiting = 5
    under_way = most = looks = 0

    async def step(taken: Callable[[], None]) -> float:
        nonlocal waiting, under_way, most, looks
        looks += 1
        if not waiting:
            return 0.05
        waiting -= 1
        taken()
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1
        return 0

    team = Team("t", 4, step)
    background = Background(team.loops)
    background.start()
    await asyncio.sleep(0.3)
    assert (waiting, most) == (0, 4)
    looks = 0
    await asyncio.sleep(0.5)
    assert 5 <= looks <= 12
    waiting = 1
    team.ring()
    await asyncio.sleep(0.02)
    assert under_way == 1
    await background.stop(1)
    assert under_way == 0


async def test_what_takes_too_long_is_given_up_at_the_end() -> None:
    ended: list[str] = []

    async def step() -> float:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("given up")
        return 0

    background = Background([Loop("l", step)])
    background.start()
    await asyncio.sleep(0.01)
    await background.stop(0.05)
    assert ended == ["given up"]
    background.start()
    assert ended == ["given up"]
