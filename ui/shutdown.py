"""How the app ends: jobs that are at providers are waited for, or written down, never withdrawn."""

from __future__ import annotations

import asyncio
from concurrent.futures import wait as wait_for
from threading import Event
from time import monotonic

from studio.service import Studio

WAIT_SECONDS = 30.0
TOLD_SECONDS = 1.0  # for callers' streams to carry what became of their jobs
LEFT_SECONDS = 5.0
LOOK_SECONDS = 0.1


class Ending:
    """Ends the studio from the main thread, while the server still serves in its own.

    `hurry`: set when the app was told once more to end. Then nothing is waited for.
    """

    def __init__(self, hurry: Event) -> None:
        self._hurry = hurry
        self._studio: Studio | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self, studio: Studio) -> None:
        """Know what is to be ended. To be called on the loop that serves."""
        self._studio, self._loop = studio, asyncio.get_running_loop()

    def wind_up(self) -> None:
        """Wait until every job is over or written down, and its caller told."""
        studio, loop = self._studio, self._loop
        if studio is None or loop is None or loop.is_closed():
            return  # it never began to serve, or has ended by itself
        work = asyncio.run_coroutine_threadsafe(_wind_up(studio, WAIT_SECONDS), loop)
        until = monotonic() + WAIT_SECONDS + LEFT_SECONDS
        while not work.done() and not self._hurry.is_set() and monotonic() < until:
            wait_for([work], LOOK_SECONDS)
        if not work.done():
            wait_for([asyncio.run_coroutine_threadsafe(_wind_up(studio, 0.0), loop)], LEFT_SECONDS)


async def _wind_up(studio: Studio, seconds: float) -> None:
    waiting = studio.busy
    await studio.wind_up(seconds)
    if waiting:
        await asyncio.sleep(TOLD_SECONDS)
