"""Gradio's scripts and style sheets, compressed once instead of for every visitor."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from pathlib import Path

from gradio.routes import BUILD_PATH_LIB
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from i18n import say
from ui.http.compressed import CompressedAnswers, Kept

COMPRESSED = (".js", ".css", ".svg", ".json")
# The bundler puts a digest of the file into its name: another file has another name.
NAMED_BY_CONTENT = re.compile(r"-[\w-]{8,10}\.(js|css)$")
FOR_EVER = "public, max-age=31536000, immutable"


class Scripts:
    """Answers `/assets/…` from the folder that gradio brings."""

    def __init__(self, folder: Path = Path(BUILD_PATH_LIB)) -> None:
        self._files = {
            found.relative_to(folder).as_posix(): found
            for found in folder.rglob("*")
            if found.is_file()
        }
        self._kept = CompressedAnswers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One file; names that are not there, whatever they climb over, are 404."""
        request = Request(scope, receive)
        answer = await self._answer(request, request.path_params["path"])
        await answer(scope, receive, send)

    async def _answer(self, request: Request, name: str) -> Response:
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse(say("api.gone"), 405, {"allow": "GET, HEAD"})
        found = self._files.get(name)
        if found is None:
            return PlainTextResponse(say("api.gone"), 404)
        if not name.endswith(COMPRESSED):
            return FileResponse(found)
        kept: Kept | Response | None = self._kept.get(name)
        if kept is None:
            kept = await asyncio.to_thread(self._kept.get_or_make, name, lambda: _whole(found))
        if not isinstance(kept, Kept):
            return kept
        cache = FOR_EVER if NAMED_BY_CONTENT.search(name) else "no-cache"
        return kept.answer(request.headers, {"cache-control": cache}, again=True)


def _whole(file: Path) -> Response:
    kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
    return Response(file.read_bytes(), media_type=kind or "application/octet-stream")
