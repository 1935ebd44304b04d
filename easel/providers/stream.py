"""An answer that comes piece by piece: read as it comes, guarded as every other answer is.

Server-sent events as language models send them: one JSON object a `data:` line, `[DONE]` last.
Source: the WHATWG's HTML standard, section 9.2; recordings of seven services, read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any, Final

import httpx

from easel.providers.errors import StudioError

# Asks the transport not to wait for the whole body; httpx hands it through.
AS_IT_COMES: Final[dict[str, Any]] = {"easel_as_it_comes": True}
EVENTS: Final = "text/event-stream"
LAST: Final = "[DONE]"


class GuardedStream(httpx.AsyncByteStream):
    """A body on its way. `cut` says what a broken line means; more than `most` bytes is one."""

    def __init__(
        self,
        response: httpx.Response,
        most: int,
        cut: Callable[[httpx.RequestError], StudioError],
    ) -> None:
        self._response = response
        self._most = most
        self._cut = cut

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces, decoded. Raises the `StudioError` that a broken line means."""
        size = 0
        try:
            async for piece in self._response.aiter_bytes():
                size += len(piece)
                if size > self._most:
                    raise httpx.ReadError("the answer is too large")
                yield piece
        except httpx.RequestError as error:
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
    """The data of each event; comments, names and ids are left out."""
    data: list[str] = []
    async for line in response.aiter_lines():
        name, _, value = line.partition(":")
        if name == "data":
            data.append(value.removeprefix(" "))
        elif not line and data:
            yield "\n".join(data)
            data = []
    if data:
        yield "\n".join(data)
