"""A server on loopback that writes byte for byte what it is told: what no library would send."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable

from providers.catalogue import PROVIDERS
from providers.http.bounds import Bounds
from providers.http.client import Access, open_access
from providers.http.proxy import Proxies

KEY = "a-key-that-nobody-may-see"
BY_NAME = {provider.name: provider for provider in PROVIDERS}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
LITTLE = Bounds(100_000, 1.5)  # patience for an answer that never ends, on a busy machine

Play = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Wire:
    """Plays one piece to everybody who asks. `asked`: the beginning of each request."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.asked: list[bytes] = []
        self.port = 0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.append(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.asked.append(await reader.readuntil(b"\r\n\r\n"))
            await self.play(writer)
        writer.transport.abort() if self.port == 0 else writer.close()

    async def end(self) -> None:
        """Whoever is still being answered is hung up on."""
        self.port = 0
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def playing(play: Play) -> AsyncIterator[Wire]:
    found = Wire(play)
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        await found.end()


def reach(name: str = "openai", proxies: Proxies | None = None, **bases: str) -> Access:
    provider = BY_NAME[name]
    return open_access(provider, KEY, {**provider.bases, **bases}, {}, proxies=proxies)


def whole(data: bytes) -> Play:
    """All of it at once."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return play


def dripping(data: bytes, then: bytes = b" ", pause: float = 0.02) -> Play:
    """Byte after byte, then one more byte for ever."""

    async def play(writer: asyncio.StreamWriter) -> None:
        for at in range(100_000 if then else len(data)):
            writer.write(data[at : at + 1] or then)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


def endless(head: bytes, more: bytes) -> Play:
    """The same for ever, as fast as it goes."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(more)
            await writer.drain()

    return play


def packed(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


def sized(body: bytes, *lines: bytes) -> bytes:
    """An answer of 200 with these header lines and its length."""
    length = b"Content-Length: %d\r\n" % len(body)
    return HEAD + b"".join(line + b"\r\n" for line in lines) + length + b"\r\n" + body
