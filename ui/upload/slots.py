"""How many uploads come at once: in all, and from one network address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from i18n import say
from studio.uploads.register import UploadRefused

AT_ONCE: Final = 64
ADDRESS_AT_ONCE: Final = 16
IN_LINE: Final = 256
WAIT_SECONDS: Final = 30.0


class Places:
    """Places for uploads. Who finds none waits a while; of those who wait there are only so many.
    Nothing of a waiting body is read."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(AT_ONCE)
        self._here: dict[str, tuple[asyncio.Semaphore, int]] = {}
        self._waiting = 0

    @asynccontextmanager
    async def one(self, address: str) -> AsyncIterator[None]:
        """A place of this address. Raises `UploadRefused` (429, 503) when none comes free."""
        mine, count = self._here.get(address, (asyncio.Semaphore(ADDRESS_AT_ONCE), 0))
        self._here[address] = mine, count + 1
        try:
            await self._wait(mine, UploadRefused(429, say("upload.address.busy")))
            try:
                await self._wait(self._all, UploadRefused(503, say("upload.busy")))
                try:
                    yield
                finally:
                    self._all.release()
            finally:
                mine.release()
        finally:
            _, count = self._here[address]
            self._here[address] = mine, count - 1
            if count <= 1:
                del self._here[address]

    async def _wait(self, places: asyncio.Semaphore, refused: UploadRefused) -> None:
        if places.locked() and self._waiting >= IN_LINE:
            raise refused
        self._waiting += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await places.acquire()
        except TimeoutError as error:
            raise refused from error
        finally:
            self._waiting -= 1
