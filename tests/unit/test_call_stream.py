"""A stream of a call: what is new, the answer last, and who hears that nobody listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from ui.http import call_streams
from ui.http.call_streams import Call, Calls, follow


class Line:
    """A call with somebody at its other end."""

    def __init__(self, beat: float = 60) -> None:
        self.call, self.beat = Call("a"), beat
        self.hung_up, self.why = False, ""
        self.dropped: list[Call] = []

    async def _gone(self) -> bool:
        return self.hung_up

    def stream(self) -> AsyncGenerator[str, None]:
        return follow(self.call, self._gone, lambda: self.why, self.beat, self.dropped.append)


async def soon(stream: AsyncGenerator[str, None]) -> str:
    async with asyncio.timeout(5):
        return await anext(stream)


async def test_only_the_newest_is_told_and_the_answer_last() -> None:
    line = Line()
    stream = line.stream()
    for number in range(3):
        line.call.tell("generating", number)
    assert await soon(stream) == "event: generating\ndata: 2\n\n"
    line.call.tell("complete", ["é"], over=True)
    line.call.tell("error", "after the end", over=True)
    assert await soon(stream) == 'event: complete\ndata: ["\\u00e9"]\n\n'
    with pytest.raises(StopAsyncIteration):
        await soon(stream)
    assert line.call.taken
    assert line.dropped == []


async def test_the_last_listener_who_leaves_is_noticed() -> None:
    line = Line()
    line.call.tell("generating", 1)
    first, second = line.stream(), line.stream()
    await asyncio.gather(soon(first), soon(second))
    await first.aclose()
    assert line.dropped == []
    await second.aclose()
    assert line.dropped == [line.call]


async def test_a_hung_up_line_a_stopped_app_and_a_sign_of_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(call_streams, "LOOK_SECONDS", 0.01)
    line = Line(beat=0.01)
    stream = line.stream()
    assert await soon(stream) == "event: heartbeat\ndata: null\n\n"
    line.why = "The app was stopped."
    assert 'error": "The app was stopped.' in await soon(stream)
    with pytest.raises(StopAsyncIteration):
        await soon(stream)
    line = Line()
    line.hung_up = True
    with pytest.raises(StopAsyncIteration):
        await soon(line.stream())
    assert line.dropped == [line.call]


def test_answers_go_in_time_and_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(call_streams, "monotonic", lambda: now)
    calls = Calls()
    for name in ("taken", "waiting", "running", "heard"):
        calls.by_id[name] = Call(name, since=now)
        if name != "running":
            calls.by_id[name].tell("complete", 1, over=True)
    calls.by_id["taken"].taken = True
    calls.by_id["heard"].listeners = 1
    now += call_streams.TAKEN_SECONDS + 1
    calls.tidy()
    assert set(calls.by_id) == {"waiting", "running", "heard"}
    now += call_streams.WAITING_SECONDS
    calls.tidy()
    assert set(calls.by_id) == {"running", "heard"}
    monkeypatch.setattr(call_streams, "MOST_WAITING_BYTES", 100)
    for name in "abcd":
        now += 1
        calls.open(name).tell("complete", "x" * 10, over=True)
    calls.tidy()
    assert set(calls.by_id) == {"running", "heard", "c", "d"}
