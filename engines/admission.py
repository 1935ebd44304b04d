"""Pixel work is admitted by megapixels in work, first come, first served.

A picture of 40 megapixels takes up to 350 MB while it is worked on, so as many are worked on at
once as the machine's memory, and its processors, have room for. Everything that decodes pictures
goes through `in_thread`; who has to wait is told how many are ahead. What a job does within its
own place counts once. Small pictures have a line of their own, so that no preview waits for a
poster.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Lock
from typing import Any, Final, ParamSpec, TypeVar

from engines.memory import give_back, memory_bytes

Spec = ParamSpec("Spec")
Made = TypeVar("Made")
Waiting = Callable[[int], None]

MEGA: Final = 1_000_000
# The largest picture that is taken in, in megapixels: it always fits.
LARGEST: Final = 40.0
# What a megapixel takes at most while it is worked on (python -m bench.memory), and the share of
# the machine's memory that pictures may take in all.
BYTES: Final = 9 * MEGA
SHARE: Final = 0.25
# Up to so many megapixels a picture is small; so many are worked on at once in all.
SMALL: Final = 2.0
SMALL_AT_ONCE: Final = 16.0
# From so many megapixels on, memory is given back to the machine afterwards.
LARGE: Final = 4.0


def ignore(ahead: int) -> None:
    """Nobody wants to hear how many are ahead."""


@dataclass(eq=False)
class _Waiter:
    """One in line. `called` is set from whichever thread makes room, in the waiter's own loop."""

    weight: float
    loop: asyncio.AbstractEventLoop
    waiting: Waiting
    called: asyncio.Event = field(default_factory=asyncio.Event)
    told: int = -1

    def call(self, function: Callable[..., object], *args: object) -> None:
        """Do something in the waiter's loop; nobody waits in one that is closed."""
        try:
            self.loop.call_soon_threadsafe(function, *args)
        except RuntimeError:
            pass

    def tell(self, ahead: int) -> None:
        """Say how many are ahead, unless that was said last."""
        if ahead != self.told:
            self.told = ahead
            self.waiting(ahead)


class Admission:
    """Room for so much at once; from any thread, for any event loop.

    Strictly in turn: whoever is first in line is not passed by a smaller one, or a large picture
    would wait for ever. What is larger than all the room is admitted alone.
    """

    def __init__(self, room: float) -> None:
        self.room = room
        self._lock = Lock()
        self._taken = 0.0
        self._line: list[_Waiter] = []

    @asynccontextmanager
    async def place(self, weight: float, waiting: Waiting = ignore) -> AsyncIterator[None]:
        """Room for some work, until the block ends. `waiting` hears how many are ahead."""
        weight = await self.enter(weight, waiting)
        try:
            yield
        finally:
            self.leave(weight)

    async def enter(self, weight: float, waiting: Waiting = ignore) -> float:
        """Wait for room; give what is to be given to `leave` when the work has ended."""
        weight = min(weight, self.room)
        waiter = _Waiter(weight, asyncio.get_running_loop(), waiting)
        with self._lock:
            self._line.append(waiter)
        self._move_up()
        try:
            await waiter.called.wait()
        except asyncio.CancelledError:
            with self._lock:
                waits = waiter in self._line
                if waits:
                    self._line.remove(waiter)
            self._move_up() if waits else self.leave(weight)
            raise
        if waiter.told > 0:
            waiter.tell(0)
        return weight

    def leave(self, weight: float) -> None:
        """Give room back."""
        with self._lock:
            self._taken -= weight
        self._move_up()

    def _move_up(self) -> None:
        """Call who is first as long as there is room, and tell the rest how many are ahead."""
        with self._lock:
            while self._line and self._taken + self._line[0].weight <= self.room:
                waiter = self._line.pop(0)
                self._taken += waiter.weight
                waiter.call(waiter.called.set)
            for ahead, waiter in enumerate(self._line, 1):
                waiter.call(waiter.tell, ahead)


# Whether what runs in this context has its place already.
_held: contextvars.ContextVar[list[bool] | None] = contextvars.ContextVar("_held", default=None)


async def in_thread(
    megapixels: float,
    work: Callable[Spec, Made],
    /,
    *args: Spec.args,
    **named: Spec.kwargs,
) -> Made:
    """Do pixel work in a thread, as soon as there is room for so many megapixels.

    The place is kept until the thread has ended, even when nobody waits for it any more: a thread
    cannot be ended from outside, nor the memory it holds.
    """
    return await told_in_thread(ignore, megapixels, partial(work, *args, **named))


async def told_in_thread(waiting: Waiting, megapixels: float, work: Callable[[], Made]) -> Made:
    """The same; `waiting` hears how many are ahead while there is no room."""
    if _is_held():
        return await run_held(0, work, lambda: None)
    line = line_for(megapixels)
    weight = await line.enter(megapixels, waiting)
    return await run_held(megapixels, work, partial(line.leave, weight))


async def run_held(megapixels: float, work: Callable[[], Made], leave: Callable[[], None]) -> Made:
    """Do work that has its place already in a thread; `leave` is called when that has ended."""
    context = contextvars.copy_context()
    try:
        working = asyncio.get_running_loop().run_in_executor(
            None, context.run, _worked, megapixels, work
        )
    except BaseException:
        leave()
        raise
    working.add_done_callback(partial(_left, leave))
    return await asyncio.shield(working)


def _worked(megapixels: float, work: Callable[[], Any]) -> Any:
    """The work, in its thread, with its place held."""
    try:
        with _holding():
            return work()
    finally:
        if megapixels >= LARGE:
            give_back()


def _left(leave: Callable[[], None], working: asyncio.Future[Any]) -> None:
    """Make room; look at a failure that nobody waits for, or asyncio complains."""
    leave()
    if not working.cancelled():
        working.exception()


@contextmanager
def _holding() -> Iterator[None]:
    # A list, so that what inherited the context and outlives the place knows that it is over.
    place = [True]
    token = _held.set(place)
    try:
        yield
    finally:
        place.clear()
        _held.reset(token)


def _is_held() -> bool:
    return bool(_held.get())


def line_for(megapixels: float) -> Admission:
    """The line that work of a size waits in."""
    small, large = _lines()
    return small if megapixels <= SMALL else large


@cache
def _lines() -> tuple[Admission, Admission]:
    return Admission(SMALL_AT_ONCE), Admission(room_of(memory_bytes(), processors()))


def room_of(memory: int, count: int) -> float:
    """Megapixels that may be in work at once on a machine with so many bytes and processors: a
    quarter of its memory, and no more than keeps each processor at work; one picture at least."""
    return max(LARGEST, min(memory * SHARE / BYTES, LARGEST * max(1, count)))


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux has it
        return os.cpu_count() or 1
