"""The answers that a request gets when it is refused before gradio sees it."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

NO_STORE = {"Cache-Control": "no-store"}


class Refused(Exception):
    """A request that is not passed on. `status`: 4xx or 503; the message is the sentence;
    `headers`: more of its answer."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers


def refusal(status: int, sentence: str, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """The sentence as JSON, under both names that gradio's clients look for."""
    body = {"detail": sentence, "error": sentence}
    return JSONResponse(body, status, {**NO_STORE, **dict(headers)})


async def send_refusal(scope: Scope, receive: Receive, send: Send, why: Refused) -> None:
    """Answer a request that is refused."""
    await refusal(why.status, str(why), why.headers.items())(scope, receive, send)
