"""Who may run now: so many jobs at once in all, and so many per key. The rest wait in line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PER_KEY = 10


@dataclass(eq=False)
class _Waiter:
    key: str
    called: asyncio.Event = field(default_factory=asyncio.Event)


class Scheduler:
    """First come, first served; a key that is full lets others pass."""

    def __init__(self, total: int, per_key: int = PER_KEY) -> None:
        self._total = total
        self._per_key = per_key
        self._running: dict[str, int] = {}
        self._line: list[_Waiter] = []

    @asynccontextmanager
    async def place(
        self, key: str, waiting: Callable[[int], None] = lambda ahead: None
    ) -> AsyncIterator[None]:
        """A place among the running jobs. `key` names whose limit counts ("" for none).

        `waiting` hears how many are ahead, whenever that changes, until the place is had.
        """
        waiter = _Waiter(key)
        self._line.append(waiter)
        self._call_next()
        try:
            await self._wait(waiter, waiting)
        except BaseException:
            self._leave(waiter)
            raise
        try:
            yield
        finally:
            self._leave(waiter)

    async def _wait(self, waiter: _Waiter, waiting: Callable[[int], None]) -> None:
        last = -1
        while not waiter.called.is_set():
            ahead = self._line.index(waiter)
            if ahead != last:
                waiting(ahead)
                last = ahead
            # Not wait_for: before Python 3.12 it loses a cancellation that comes with the call.
            with suppress(TimeoutError):
                async with asyncio.timeout(0.25):
                    await waiter.called.wait()

    def _leave(self, waiter: _Waiter) -> None:
        """Give the place back, whether it was had or only waited for."""
        if waiter in self._line:
            self._line.remove(waiter)
        else:
            self._running[waiter.key] -= 1
            if not self._running[waiter.key]:
                del self._running[waiter.key]
        self._call_next()

    def _call_next(self) -> None:
        """Call everyone in line for whom there is room."""
        for waiter in list(self._line):
            if sum(self._running.values()) >= self._total:
                return
            if waiter.key and self._running.get(waiter.key, 0) >= self._per_key:
                continue
            self._line.remove(waiter)
            self._running[waiter.key] = self._running.get(waiter.key, 0) + 1
            waiter.called.set()
