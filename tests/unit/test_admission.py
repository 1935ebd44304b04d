"""Pixel work in line: by megapixels, in turn, told, cancelled, nested, given back."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from engines import admission
from engines.admission import LARGEST, Admission, in_thread, room_of, told_in_thread
from engines.memory import memory_bytes


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Admission:
    """Room for 60 megapixels, and for 4 of small pictures."""
    lines = Admission(4), Admission(60)
    monkeypatch.setattr(admission, "_lines", lambda: lines)
    return lines[1]


async def until(ready: object) -> None:
    """Let the loop turn until a condition holds."""
    async with asyncio.timeout(20):
        while not ready():  # type: ignore[operator]
            await asyncio.sleep(0.002)


async def test_as_many_megapixels_as_there_is_room_for(large: Admission) -> None:
    now, most, lock, go = 0.0, 0.0, threading.Lock(), threading.Event()

    def work(size: float) -> None:
        nonlocal now, most
        with lock:
            now += size
            most = max(most, now)
        assert go.wait(20)
        with lock:
            now -= size

    tasks = [asyncio.create_task(in_thread(size, work, size)) for size in (40, 20, 40, 12)]
    await until(lambda: now == 60)
    assert await in_thread(1, lambda: "a small one passes") == "a small one passes"
    go.set()
    await asyncio.gather(*tasks)
    assert most == 60 and not large._taken and not large._line


async def test_in_turn_and_told_how_many_are_ahead(large: Admission) -> None:
    order, told, go = [], {3: [], 4: [], 5: []}, threading.Event()  # type: ignore[var-annotated]

    def begin(number: int, size: float) -> asyncio.Task[None]:
        def work() -> None:
            order.append(number)
            assert go.wait(20)

        waiting = told[number].append if number in told else admission.ignore
        return asyncio.create_task(told_in_thread(waiting, size, work))

    tasks = [begin(1, 40), begin(2, 20)]
    await until(lambda: len(order) == 2)
    tasks += [begin(3, 40), begin(4, 3), begin(5, 3)]
    await until(lambda: told[5])
    assert (told[3], told[4], told[5]) == ([1], [2], [3])
    tasks[2].cancel()  # who gives up lets the rest move up
    await until(lambda: told[5][-1] == 2)
    assert told[4][-1] == 1 and order == [1, 2]
    go.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert order[2:] == [4, 5] and told[4][-1] == told[5][-1] == 0
    assert not large._taken


async def test_a_place_is_kept_until_the_thread_has_ended(large: Admission) -> None:
    begun, go = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert go.wait(20)

    task = asyncio.create_task(in_thread(40, work))
    await until(begun.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert large._taken == 40, "its thread works still, and holds its memory"
    waits = asyncio.create_task(in_thread(40, lambda: "had"))
    await asyncio.sleep(0.02)
    assert not waits.done()
    go.set()
    assert await asyncio.wait_for(waits, 20) == "had"
    await until(lambda: not large._taken)


async def test_failures_give_the_place_back(large: Admission) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await in_thread(60, lambda: 1 // 0)
    assert not large._taken


async def test_work_within_work_has_its_place_already(large: Admission) -> None:
    """A job that needs room twice would wait for itself for ever."""

    def outer() -> str:
        async def inner() -> str:
            return await in_thread(60, lambda: "inside")

        return asyncio.run(inner())

    assert await asyncio.wait_for(in_thread(60, outer), 20) == "inside"
    assert not large._taken


async def test_what_is_larger_than_all_room_is_alone(large: Admission) -> None:
    assert await asyncio.wait_for(in_thread(500, lambda: large._taken), 20) == 60


def test_the_room_follows_the_machine() -> None:
    gigabyte = 2**30
    assert room_of(gigabyte // 2, 64) == LARGEST, "one picture always fits"
    assert room_of(64 * gigabyte, 2) == 80, "no more than keeps the processors at work"
    assert 110 < room_of(4 * gigabyte, 64) < 130
    assert room_of(64 * gigabyte, 8) == 320


def test_a_containers_limit_counts(tmp_path: Path) -> None:
    """cgroup v2 and v1; "max", nonsense and no file are no limit."""
    machine = memory_bytes(())
    assert machine > 2**28
    for text, wanted in (("123456789\n", 123456789), ("max\n", machine), ("", machine)):
        place = tmp_path / "memory.max"
        place.write_text(text)
        assert memory_bytes((tmp_path / "none", place)) == wanted
    place.write_text(str(2**62))
    assert memory_bytes((place,)) == machine
