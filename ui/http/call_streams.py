"""What a caller by REST is told of his call: a stream of its own for each call.

Gradio has one line of messages a session, and whoever follows a call of that session reads it: of
several calls at once one stream took the others' answers, and some got none. Here every call has
its latest message; a stream sends what is new, the last of all the answer. It may be opened late,
and twice. When the last one that follows a call is dropped before the answer, the call is ended.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

TAKEN_SECONDS = 60.0  # somebody whose line was cut in the middle of the answer may come again
WAITING_SECONDS = 600.0  # an answer nobody has come for
MOST_TAKEN_BYTES = 4 * 1024 * 1024
MOST_WAITING_BYTES = 64 * 1024 * 1024
LOOK_SECONDS = 1.0


@dataclass(eq=False)
class Call:
    """One call."""

    # Gradio's id of the event.
    id: str
    # Its latest message as the stream sends it.
    text: str = ""
    # How many messages there were so far.
    count: int = 0
    # Whether it has left gradio's queue.
    begun: bool = False
    # Whether `text` is the answer, after which nothing comes.
    over: bool = False
    # Whether a stream has sent the answer.
    taken: bool = False
    # How many streams follow it now.
    listeners: int = 0
    # When it was last over or listened to, by the monotonic clock.
    since: float = field(default_factory=monotonic)
    # Set, and replaced by a new one, when there is a new message.
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, event: str, data: Any, *, over: bool = False) -> None:
        """The newest of the call, in the place of what was new before. What comes after the
        answer is left out."""
        if self.over:
            return
        self.text = written(event, data)
        self.count += 1
        self.over, self.since = over, monotonic()
        self.news.set()
        self.news = asyncio.Event()


@dataclass(eq=False)
class Calls:
    """The calls that run, or whose answer is kept, by their ids."""

    # Each by gradio's id of its event.
    by_id: dict[str, Call] = field(default_factory=dict)

    def open(self, call_id: str) -> Call:
        """The call of that id, begun if it is new."""
        return self.by_id.setdefault(call_id, Call(call_id))

    def get(self, call_id: str) -> Call | None:
        """The call of that id, None where there is none or its answer is gone."""
        return self.by_id.get(call_id)

    def tidy(self) -> None:
        """Drop answers that were taken, or that nobody came for, after their time; and before
        that the oldest, where they are too many bytes."""
        now = monotonic()
        over = [each for each in self.by_id.values() if each.over and not each.listeners]
        for taken, seconds, most in (
            (True, TAKEN_SECONDS, MOST_TAKEN_BYTES),
            (False, WAITING_SECONDS, MOST_WAITING_BYTES),
        ):
            held = 0
            for call in sorted(over, key=lambda each: each.since, reverse=True):
                if call.taken is taken:
                    held += len(call.text)
                    if now - call.since > seconds or held > most:
                        del self.by_id[call.id]


async def follow(
    call: Call,
    gone: Callable[[], Awaitable[bool]],
    stopped: Callable[[], str],
    beat: float,
    dropped: Callable[[Call], None],
) -> AsyncGenerator[str, None]:
    """A stream's text. `gone`: whether the listener has hung up. `stopped`: why there will be no
    answer from this app any more, or "". `beat`: seconds between signs of life. `dropped` hears of
    a call that nobody follows any more before it is over."""
    seen, sent_at, ended = 0, monotonic(), False
    call.listeners += 1
    try:
        while True:
            news = call.news
            if call.count != seen:
                seen, over, sent_at = call.count, call.over, monotonic()
                yield call.text
                if over:
                    call.taken = True
                    return
                continue
            if why := stopped():
                ended = True
                yield written("error", {"error": why})
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(min(beat, LOOK_SECONDS)):
                    await news.wait()
            if await gone():
                return
            if call.count == seen and monotonic() - sent_at >= beat:
                sent_at = monotonic()
                yield written("heartbeat", None)
    finally:
        call.listeners -= 1
        call.since = monotonic()
        if not (call.over or call.listeners or ended):
            dropped(call)


def written(event: str, data: Any) -> str:
    """One event of a stream, as gradio writes it."""
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"
