"""POST /gradio_api/upload: takes files in as gradio's own route does, but within limits.

The answer is gradio's: a JSON list of paths, in the order of the files. What is refused is refused
in a sentence, and nothing of it stays on the disk, nor of what a sender hung up on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from i18n import say
from studio.background import spawn
from studio.uploads.register import Admission, UploadRefused, UploadRegister
from ui.upload.multipart import Multipart, boundary_of
from ui.upload.progress import UploadProgress
from ui.upload.slots import Places

PATH: Final = "/gradio_api/upload"
UPLOAD_SECONDS: Final = 600.0  # for a whole request
QUIET_SECONDS: Final = 15.0  # without a byte
RATE_SECONDS: Final = 15.0  # the rate is looked at so often
LEAST_RATE: Final = 4096  # bytes a second
PIECE: Final = 256 * 1024  # handed to the thread that writes
# A refused sender reads the answer when it has sent all, so as much as this is thrown away first.
DRAIN_BYTES: Final = 64 * 2**20
DRAIN_SECONDS: Final = 10.0


def upload_routes(
    register: UploadRegister, address_of: Callable[[Request], str] | None = None
) -> list[Route]:
    """The route for files and the one that tells how far they are. `address_of`: the network
    address a request comes from; the socket's by default."""
    taking = Uploading(register, address_of or socket_address)
    return [
        Route(PATH, taking.upload, methods=["POST"]),
        Route(f"{PATH}_progress", taking.progress.follow),
    ]


def socket_address(request: Request) -> str:
    """The other end of the line."""
    return request.client.host if request.client else ""


class Uploading:
    """Uploads as they come."""

    def __init__(self, register: UploadRegister, address_of: Callable[[Request], str]) -> None:
        self.progress = UploadProgress()
        self._register, self._address_of = register, address_of
        self._places = Places()

    async def upload(self, request: Request) -> Response:
        """Take one request's files in."""
        body, address = paced(request), self._address_of(request)
        upload_id = request.query_params.get("upload_id", "")
        followed = self.progress.begin(upload_id)
        try:
            async with self._places.one(address):
                progress_id = upload_id if followed else ""
                return JSONResponse(await self._take(request, body, address, progress_id))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody hears it
        except UploadRefused as refused:
            if refused.status != 408:
                await _drain(body)
            return _refusal(refused)
        finally:
            if followed:
                self.progress.end(upload_id)

    async def _take(
        self, request: Request, body: AsyncIterator[bytes], address: str, upload_id: str
    ) -> list[str]:
        """The paths of the files, when all of them have come."""
        boundary = boundary_of(request.headers.get("content-type", ""))
        try:
            room = await asyncio.to_thread(self._register.room)
        except OSError as error:  # the folder is gone
            raise UploadRefused(507, say("upload.disk")) from error
        on_bytes = partial(self.progress.came, upload_id)
        parts = Multipart(boundary, self._register.folder, on_bytes)
        kept = False
        try:
            with self._register.admit(address, _length(request), room) as admission:
                await _write(body, parts, admission)
                files = parts.finish()
                for part in files:
                    self._register.add(part.path, part.bytes, address)
                kept = True
        finally:
            if not kept:  # in a task of its own, which ends even if this one is cancelled again
                await asyncio.shield(spawn(asyncio.to_thread(parts.discard)))
        return [str(part.path) for part in files]


async def _write(body: AsyncIterator[bytes], parts: Multipart, admission: Admission) -> None:
    piece = bytearray()
    async for chunk in body:
        admission.add(len(chunk))
        piece += chunk
        if len(piece) >= PIECE:
            await asyncio.to_thread(parts.write, bytes(piece))
            piece.clear()
    if piece:
        await asyncio.to_thread(parts.write, bytes(piece))


async def paced(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Raises `UploadRefused` (408) when it comes too slowly, and
    `ClientDisconnect` when the sender hangs up."""
    clock = asyncio.get_running_loop().time
    started = since = clock()
    came, stream = 0, request.stream()
    while True:
        try:
            async with asyncio.timeout(QUIET_SECONDS):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise UploadRefused(408, say("upload.slow")) from error
        if chunk is None:
            return
        yield chunk
        came, now = came + len(chunk), clock()
        slow = now - since > RATE_SECONDS and came < LEAST_RATE * (now - since)
        if slow or now - started > UPLOAD_SECONDS:
            raise UploadRefused(408, say("upload.slow"))
        if now - since > RATE_SECONDS:
            came, since = 0, now


async def _drain(body: AsyncIterator[bytes]) -> None:
    """Throw away what is still on its way, within reason."""
    left = DRAIN_BYTES
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            async for chunk in body:
                left -= len(chunk)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect, UploadRefused):
        return


def _refusal(refused: UploadRefused) -> Response:
    headers = {"Connection": "close", "Cache-Control": "no-store"}
    if refused.status in (429, 503):
        headers["Retry-After"] = "30"
    return PlainTextResponse(str(refused), refused.status, headers)


def _length(request: Request) -> int:
    """The bytes a request says it has; 0 where it does not say."""
    length = request.headers.get("content-length", "")
    known = length.isascii() and length.isdecimal() and len(length) < 19
    return int(length) if known else 0
