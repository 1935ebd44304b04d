"""A clock under the test's thumb, and a studio that only notes who left."""

from __future__ import annotations

import asyncio

from studio.session import Session


class Clock:
    """Time under the test's thumb: `pass_` moves it and wakes who sleeps until then."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleepers: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.sleepers.append((self.now + seconds, woken))
        await woken.wait()

    async def pass_(self, seconds: float) -> None:
        await settle()
        self.now += seconds
        due = [each for each in self.sleepers if each[0] <= self.now]
        self.sleepers = [each for each in self.sleepers if each not in due]
        for _, woken in due:
            woken.set()
        await settle()


class Left:
    """A studio that only notes who left and who was ended."""

    def __init__(self) -> None:
        self.left: list[Session] = []
        self.ended: list[Session] = []

    def leave(self, session: Session) -> None:
        self.left.append(session)

    def running(self, session: Session) -> list[object]:
        return []

    async def end(self, session: Session) -> None:
        session.end()
        self.ended.append(session)


async def settle() -> None:
    for _ in range(5):
        await _real_sleep(0)


_real_sleep = asyncio.sleep
