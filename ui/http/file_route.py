"""GET /gradio_api/file=<path>: the files of sessions, and nothing else.

What is served lies in a folder whose random name nobody can guess, one of ours; it is gone as soon
as its result is deleted or its session ends. Gradio's own route would serve whatever lies in its
folder, copies named by what is in them included, and fetch addresses for whoever asks.
"""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from i18n import say
from studio.uploads.ownership import SAFELY

UNGUESSABLE: Final = re.compile(r"[A-Za-z0-9_-]{24}")  # `secrets.token_urlsafe(18)`
SHOWN: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
}
RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE: Final = 256 * 1024
HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Accept-Ranges": "bytes",
}


def file_routes(folder: Path) -> list[Route]:
    """The route gradio's page and clients fetch files by, and its older spelling."""

    async def serve(request: Request) -> Response:
        return await serve_file(request, folder)

    return [
        Route("/gradio_api/file={path:path}", serve),
        Route("/gradio_api/file/{path:path}", serve),
    ]


async def serve_file(request: Request, folder: Path) -> Response:
    """One file, or a part of it. 404 for whatever is not a session's."""
    path = Path(request.path_params["path"])
    opened = await asyncio.to_thread(open_file, path, folder)
    if opened is None:
        return PlainTextResponse(say("file.none"), 404, HEADERS)
    number, size = opened
    headers = HEADERS | {"Content-Disposition": _disposition(path)}
    kind = SHOWN.get(path.suffix.lower(), "application/octet-stream")
    wanted = request.headers.get("range", "").strip()
    part = read_range(wanted, size) if wanted else (0, size)
    if part is None:
        os.close(number)
        headers = HEADERS | {"Content-Range": f"bytes */{size}"}
        return PlainTextResponse(say("file.range"), 416, headers)
    first, end = part
    headers["Content-Length"] = str(end - first)
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    status = 206 if wanted else 200
    if request.method == "HEAD":
        os.close(number)
        return Response(status_code=status, headers=headers, media_type=kind)
    return FileAnswer(os.fdopen(number, "rb"), part, status, headers, kind)


def open_file(path: Path, folder: Path) -> tuple[int, int] | None:
    """A file of a session, opened, and its bytes; None for everything else. No link is followed:
    what is not exactly `folder/<random name>/<name>` is not looked at."""
    place = path.parent
    if place.parent != folder or not UNGUESSABLE.fullmatch(place.name) or path.name == "..":
        return None
    try:
        if place.is_symlink():
            return None
        number = os.open(path, SAFELY)
    except (OSError, ValueError):  # gone, a link, a name no file can have
        return None
    about = os.fstat(number)
    if not stat.S_ISREG(about.st_mode):
        os.close(number)
        return None
    return number, about.st_size


def read_range(wanted: str, size: int) -> tuple[int, int] | None:
    """The first byte of a Range header's part and the one after its last; None for several parts
    and for what is not in the file."""
    match = RANGE.fullmatch(wanted)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) and size else None
    end = min(int(last) + 1, size) if last else size
    return (int(first), end) if int(first) < end else None


class FileAnswer(StreamingResponse):
    """The bytes of an open file from `part[0]` to before `part[1]`; that it is deleted meanwhile
    does not matter. It is closed afterwards, even if the caller never took a byte."""

    def __init__(
        self,
        file: BinaryIO,
        part: tuple[int, int],
        status: int,
        headers: Mapping[str, str],
        kind: str,
    ) -> None:
        super().__init__(_read(file, *part), status, headers, kind)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        with self._file:
            await super().__call__(scope, receive, send)


async def _read(file: BinaryIO, first: int, end: int) -> AsyncIterator[bytes]:
    await asyncio.to_thread(file.seek, first)
    while first < end:
        piece = await asyncio.to_thread(file.read, min(PIECE, end - first))
        if not piece:
            return
        first += len(piece)
        yield piece


def _disposition(path: Path) -> str:
    """Pictures that browsers draw are shown; whatever else there is, is saved."""
    shown = path.suffix.lower() in SHOWN
    return f"{'inline' if shown else 'attachment'}; filename*=utf-8''{quote(path.name, safe='')}"
