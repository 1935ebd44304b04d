"""How far uploads are, for the browsers that wait for them (gradio's `upload_id`)."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from time import monotonic
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from i18n import say

LONGEST_ID: Final = 64
WAIT_SECONDS: Final = 3.0  # the page asks before its upload has begun
BEAT_SECONDS: Final = 15.0
LOOK_SECONDS: Final = 0.05
KEPT_SECONDS: Final = 5.0


class UploadProgress:
    """Uploads under way by the id the browser gave them. One is remembered for a few seconds after
    its end: a small file has come before the page asks how far it is."""

    def __init__(self) -> None:
        self._came: dict[str, Counter[str]] = {}
        self._ended: set[str] = set()

    def begin(self, upload_id: str) -> bool:
        """Whether an upload can be followed under this id from now on."""
        if not upload_id or len(upload_id) > LONGEST_ID or upload_id in self._came:
            return False
        self._came[upload_id] = Counter()
        return True

    def came(self, upload_id: str, name: str, count: int) -> None:
        """So many bytes of a file have come; called from a thread."""
        if upload_id in self._came:
            self._came[upload_id][name] += count

    def end(self, upload_id: str) -> None:
        """The upload is over, well or not."""
        self._ended.add(upload_id)
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._forget, upload_id)

    def _forget(self, upload_id: str) -> None:
        self._came.pop(upload_id, None)
        self._ended.discard(upload_id)

    async def follow(self, request: Request) -> Response:
        """The events of one upload, as gradio's page reads them."""
        upload_id, started = request.query_params.get("upload_id", ""), monotonic()
        while upload_id not in self._came:
            if monotonic() - started > WAIT_SECONDS:
                return PlainTextResponse(say("upload.progress.none"), status_code=404)
            await asyncio.sleep(LOOK_SECONDS)
        return StreamingResponse(self._events(upload_id), media_type="text/event-stream")

    async def _events(self, upload_id: str) -> AsyncIterator[str]:
        """What has come since the last event, until all has."""
        sent, came, beat = Counter[str](), self._came[upload_id], monotonic()
        while True:
            ended = self._came.get(upload_id) is not came or upload_id in self._ended
            for name, count in came.copy().items():
                if count > sent[name]:
                    yield _event(msg="update", orig_name=name, chunk_size=count - sent[name])
                    sent[name] = count
            if ended:
                yield _event(msg="done")
                return
            if monotonic() - beat > BEAT_SECONDS:
                beat = monotonic()
                yield _event(msg="heartbeat")
            await asyncio.sleep(LOOK_SECONDS)


def _event(**fields: object) -> str:
    return f"data: {json.dumps(fields)}\n\n"
