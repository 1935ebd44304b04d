"""What a request may weigh: 2 MB of body on every route but the upload's, within 30 s.

The body is read here, whole and bounded, and handed on in one piece. A body that is too large is
answered at once; what still comes is thrown away for a moment, so that a client that sends before
it reads hears the answer instead of a cut line.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from i18n import say
from ui.http.answers import Refused, refusal

MOST_BYTES: Final = 2 * 1024 * 1024
BODY_SECONDS: Final = 30.0
# Uploads have limits of their own (ui/forms/uploads.py).
UNLIMITED: Final = ("/gradio_api/upload", "/gradio_api/upload/")
DRAIN_BYTES: Final = 64 * 1024 * 1024
DRAIN_SECONDS: Final = 5.0


class BodyTooLarge(Exception):
    """The body has more bytes than are taken in."""


class ClientLeft(Exception):
    """The line closed before the whole body came; nobody hears an answer."""


def declared_length(scope: Scope) -> int:
    """The Content-Length, 0 where there is none. Raises `Refused` for one that is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit() or len(value) > 18:
                raise Refused(400, say("http.length"))
            return int(value)
    return 0


async def read_body(scope: Scope, receive: Receive, most: int = MOST_BYTES) -> bytes:
    """The whole body. Raises `BodyTooLarge` before more than `most` bytes are held, `Refused`
    where it takes longer than 30 s, `ClientLeft` where nobody is there any more."""
    if declared_length(scope) > most:
        raise BodyTooLarge
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientLeft
                part = message.get("body", b"")
                size += len(part)
                if size > most:
                    raise BodyTooLarge
                parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise Refused(408, say("http.slow", seconds=int(BODY_SECONDS))) from None


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body once, then what the connection says."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def send_too_large(receive: Receive, send: Send, most: int = MOST_BYTES) -> None:
    """Answer 413, throw away what still comes for a moment, and close the connection."""
    sentence = say("http.large", most=f"{most // (1024 * 1024)} MB")
    answer = refusal(413, sentence, [("Connection", "close")])
    start = {"type": "http.response.start", "status": 413, "headers": answer.raw_headers}
    await send(start)
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _drain(receive: Receive) -> None:
    left = DRAIN_BYTES
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while left > 0:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return
                left -= len(message.get("body", b""))
    except TimeoutError:
        return
