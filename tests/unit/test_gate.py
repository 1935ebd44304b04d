"""Who may run now: first come first served, so many in all, so many per key, and nothing leaks."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.scheduler import PER_KEY, Scheduler


class Crowd:
    """Tasks that ask for places and hold them until they are let go."""

    def __init__(self, gate: Scheduler) -> None:
        self.gate = gate
        self.entered: list[str] = []
        self.heard: dict[str, list[int]] = {}
        self.leave: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, name: str, key: str = "") -> None:
        self.leave[name], self.heard[name] = asyncio.Event(), []
        self.tasks[name] = asyncio.create_task(self._stay(name, key))
        await settle()

    async def go(self, name: str) -> None:
        self.leave[name].set()
        await self.tasks[name]
        await settle()

    async def _stay(self, name: str, key: str) -> None:
        async with self.gate.place(key, self.heard[name].append):
            self.entered.append(name)
            await self.leave[name].wait()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def is_empty(gate: Scheduler) -> bool:
    return not gate._running and not gate._line


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    found = Crowd(Scheduler(2))
    yield found
    for task in found.tasks.values():
        task.cancel()
    await asyncio.gather(*found.tasks.values(), return_exceptions=True)
    assert is_empty(found.gate)


async def test_first_come_first_served(crowd: Crowd) -> None:
    for name in "abcde":
        await crowd.come(name)
    assert crowd.entered == ["a", "b"]
    await crowd.go("b")
    assert crowd.entered == ["a", "b", "c"]
    await crowd.go("a")
    await crowd.go("c")
    assert crowd.entered == list("abcde")


async def test_those_in_line_hear_how_many_are_ahead(crowd: Crowd) -> None:
    for name in "abcd":
        await crowd.come(name)
    assert (crowd.heard["a"], crowd.heard["b"]) == ([], [])
    assert (crowd.heard["c"], crowd.heard["d"]) == ([0], [1])
    await crowd.go("a")
    await asyncio.sleep(0.3)
    assert crowd.heard["d"] == [1, 0]


async def test_ten_per_key_and_others_pass() -> None:
    crowd = Crowd(Scheduler(64))
    for number in range(PER_KEY + 2):
        await crowd.come(f"k{number}", "key")
    await crowd.come("other", "other key")
    await crowd.come("free")
    assert PER_KEY == 10
    assert len([name for name in crowd.entered if name.startswith("k")]) == PER_KEY
    assert crowd.entered[-2:] == ["other", "free"]
    await crowd.go("k3")
    assert crowd.entered[-1] == f"k{PER_KEY}"
    for name in list(crowd.tasks):
        crowd.leave[name].set()
    await asyncio.gather(*crowd.tasks.values())
    assert is_empty(crowd.gate)


async def test_no_key_has_no_limit_of_its_own() -> None:
    crowd = Crowd(Scheduler(20))
    for number in range(25):
        await crowd.come(str(number))
    assert len(crowd.entered) == 20
    for name in crowd.tasks:
        crowd.leave[name].set()
    await asyncio.gather(*crowd.tasks.values())
    assert is_empty(crowd.gate)


async def test_cancelled_while_waiting_frees_the_line(crowd: Crowd) -> None:
    for name in "abcd":
        await crowd.come(name)
    crowd.tasks["c"].cancel()
    await settle()
    await crowd.go("a")
    assert crowd.entered == ["a", "b", "d"]


async def test_cancelled_at_the_moment_of_being_called(crowd: Crowd) -> None:
    for name in "abcd":
        await crowd.come(name)
    crowd.leave["a"].set()
    await asyncio.sleep(0)
    crowd.tasks["c"].cancel()
    await settle()
    await asyncio.sleep(0.3)
    assert "d" in crowd.entered


async def test_a_failure_inside_gives_the_place_back(crowd: Crowd) -> None:
    with pytest.raises(RuntimeError):
        async with crowd.gate.place("k"):
            raise RuntimeError
    assert is_empty(crowd.gate)


async def test_a_listener_that_fails_leaves_no_one_in_line(crowd: Crowd) -> None:
    await crowd.come("a")
    await crowd.come("b")

    def listener(ahead: int) -> None:
        raise ValueError(ahead)

    with pytest.raises(ValueError, match="0"):
        async with crowd.gate.place("k", listener):
            pass
    assert crowd.gate._line == []


Step = tuple[int, str, int, bool]
steps = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["", "x", "y"]), st.integers(0, 4), st.booleans()),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(total=st.integers(1, 5), per_key=st.integers(1, 3), script=steps, seed=st.integers(0, 99))
def test_nothing_leaks(total: int, per_key: int, script: list[Step], seed: int) -> None:
    asyncio.run(_stress(total, per_key, script, random.Random(seed)))


async def _stress(total: int, per_key: int, script: list[Step], dice: random.Random) -> None:
    gate, inside = Scheduler(total, per_key), Counter[str]()

    async def visit(key: str, stay: int, fails: bool) -> None:
        async with gate.place(key):
            inside[key] += 1
            assert inside.total() <= total
            assert not key or inside[key] <= per_key
            try:
                for _ in range(stay):
                    await asyncio.sleep(0)
                if fails:
                    raise RuntimeError
            finally:
                inside[key] -= 1

    tasks = []
    for pause, key, stay, fails in script:
        tasks.append(asyncio.create_task(visit(key, stay, fails)))
        for _ in range(pause):
            await asyncio.sleep(0)
        if dice.random() < 0.4:
            dice.choice(tasks).cancel()
    async with asyncio.timeout(5):
        ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert not [end for end in ends if isinstance(end, AssertionError)]
    assert is_empty(gate)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1), gate.place("x"):
            return
    raise AssertionError("the gate is stuck")
