"""An answer that comes piece by piece: read as it comes, guarded as every other answer is.

Server-sent events as language models send them: one JSON object a `data:` line, `[DONE]` last.
Bounded three ways: in bytes, an event and all together; in seconds from one event to the next; in
seconds in all. Source: the WHATWG's HTML standard, section 9.2; recordings of seven services, read
2026-11-21.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, Final

import httpx

from errors import StudioError
from providers.http.unpacking import TooLarge, pieces

# Asks the transport not to wait for the whole body; httpx hands it through.
AS_IT_COMES: Final[dict[str, Any]] = {"easel_as_it_comes": True}
EVENTS: Final = "text/event-stream"
LAST: Final = "[DONE]"
EVENT_BYTES: Final = 512 * 1024
# Comments count: services send them while a model thinks.
EVENT_SECONDS: Final = 60.0


class GuardedStream(httpx.AsyncByteStream):
    """A body on its way. `cut` says what a broken line means; more than `most` bytes, no whole line
    for a minute after the first, or no end by `end` (on the loop's clock) is one."""

    def __init__(
        self,
        response: httpx.Response,
        most: int,
        end: float,
        cut: Callable[[Exception], StudioError],
    ) -> None:
        self._response = response
        self._most = most
        self._end = end
        self._cut = cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces, unpacked. Raises the `StudioError` that a broken line means."""
        size, clock = 0, asyncio.get_running_loop().time
        next_line = self._end  # a model may think before its first word
        try:
            async with aclosing(pieces(self._response)) as found:
                while True:
                    async with asyncio.timeout_at(min(self._end, next_line)):
                        piece = await anext(found, None)
                    if piece is None:
                        return
                    if b"\n" in piece or b"\r" in piece:
                        next_line = clock() + EVENT_SECONDS
                    size += len(piece)
                    if size > self._most:
                        raise TooLarge("the answer is too large")
                    yield piece
        except (httpx.RequestError, TimeoutError) as error:
            raise self._cut(error) from error

    async def aclose(self) -> None:
        """Hang up."""
        await self._response.aclose()


def wanted_as_it_comes(request: httpx.Request) -> bool:
    """Whether whoever asks reads the body piece by piece."""
    return all(request.extensions.get(name) for name in AS_IT_COMES)


def is_stream(response: httpx.Response) -> bool:
    """Whether an answer is made of events."""
    kind: str = response.headers.get("content-type", "")
    return kind.partition(";")[0].strip() == EVENTS


async def events(response: httpx.Response) -> AsyncGenerator[str, None]:
    """The data of each event; comments, names and ids are left out.

    Raises `httpx.ReadError` for an event or a line without end.
    """
    data: list[str] = []
    size = 0
    async for line in _lines(response):
        name, _, value = line.partition(":")
        if name == "data":
            data.append(value.removeprefix(" "))
            size += len(value) + 1
            if size > EVENT_BYTES:
                raise TooLarge("an event is too large")
        elif not line and data:
            yield "\n".join(data)
            data, size = [], 0
    if data:
        yield "\n".join(data)


async def _lines(response: httpx.Response) -> AsyncGenerator[str, None]:
    """The lines of a text, ended by CR, LF or both. httpx would also end them at U+2028 and six
    others, which JSON may hold as they are."""
    left = b""
    async for piece in response.aiter_bytes():
        text = left + piece
        text, held = (text[:-1], text[-1:]) if text.endswith(b"\r") else (text, b"")
        *lines, left = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        left += held  # the other half of a line's end may be still to come
        for line in lines:
            yield line.decode(errors="replace")
        if len(left) > EVENT_BYTES:
            raise TooLarge("a line is too large")
    if left:
        yield left.rstrip(b"\r").decode(errors="replace")
