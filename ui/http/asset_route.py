"""The page's own files: gradio's scripts and style sheets, compressed once instead of for every
visitor, and our fonts."""

from __future__ import annotations

import asyncio
import mimetypes
import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from i18n import say
from ui.gradio_fixes.places_fixes import BUILT_FILES
from ui.http.compressed import CompressedAnswers, Kept

FONTS: Final = Path(__file__).parents[2] / "assets" / "fonts"
COMPRESSED: Final = (".js", ".css", ".svg", ".json")
# The bundler puts a digest of the file into its name: another file has another name.
NAMED_BY_CONTENT: Final = re.compile(r"-[\w-]{8,10}\.(js|css)$")
FOR_EVER: Final = "public, max-age=31536000, immutable"
ONE_DAY: Final = "public, max-age=86400"


def asset_routes() -> list[Route]:
    """The routes below `/assets`. No Mount: under a root path starlette looks for the file by the
    whole path."""
    return [Route("/assets/fonts/{name}", font), Route("/assets/{path:path}", BuiltFiles())]


async def font(request: Request) -> Response:
    """One of the page's fonts."""
    file = FONTS / request.path_params["name"]
    if file.suffix != ".woff2" or not file.is_file():
        return PlainTextResponse(say("api.gone"), status_code=404)
    return FileResponse(file, headers={"Cache-Control": ONE_DAY})


class BuiltFiles:
    """Answers `/assets/…` from the folder that gradio brings."""

    def __init__(self, folder: Path = BUILT_FILES) -> None:
        self._files = {
            file.relative_to(folder).as_posix(): file
            for file in folder.rglob("*")
            if file.is_file()
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
        file = self._files.get(name)
        if file is None:
            return PlainTextResponse(say("api.gone"), 404)
        if not name.endswith(COMPRESSED):
            return FileResponse(file)
        kept: Kept | Response | None = self._kept.get(name)
        if kept is None:
            kept = await asyncio.to_thread(self._kept.get_or_make, name, lambda: _whole(file))
        if not isinstance(kept, Kept):
            return kept
        cache = FOR_EVER if NAMED_BY_CONTENT.search(name) else "no-cache"
        return kept.answer(request.headers, {"cache-control": cache}, again=True)


def _whole(file: Path) -> Response:
    kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
    return Response(file.read_bytes(), media_type=kind or "application/octet-stream")
