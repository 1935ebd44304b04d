"""The file host's side of an upload: takes the bytes of a ticket, and serves them again."""

from __future__ import annotations

import re
import secrets
from pathlib import PurePosixPath

from aiohttp import web

from . import faults
from .inputs import Upload
from .ledger import Call, Ledger

XML = "<?xml version='1.0' encoding='UTF-8'?><Error><Code>{0}</Code></Error>"


def open_ticket(ledger: Ledger, service: str, name: str, size: int, content_type: str) -> Upload:
    """A place for a file that is to come by PUT, with its headers, within `size` bytes."""
    key = secrets.token_urlsafe(12)
    ending = re.sub(r"[^.a-z0-9]", "", PurePosixPath(name).suffix.lower())
    path = f"/files/{service}/media/{key}{ending}"
    headers = {"Content-Type": content_type, "x-amz-meta-ticket": secrets.token_hex(8)}
    upload = Upload(key, service, path, name, content_type, None, size, headers=headers)
    with ledger.lock:
        ledger.uploads[path] = upload
    return upload


async def put(request: web.Request, call: Call, ledger: Ledger) -> web.StreamResponse:
    """Take the bytes: 200, or the 403 and 404 of an object store for what was not signed."""
    upload = ledger.uploads.get(request.path)
    fault = ledger.take(request.path.split("/")[2], "put")
    if fault and fault.kind == "cut_after" and upload:
        upload.data = call.raw
    if fault and isinstance(fault.kind, int):
        call.fault = str(fault.kind)
        return await faults.lost(request, b"", "", fault)
    if fault:
        return await faults.strike(request, call, fault, Store())
    if upload is None or not upload.headers:
        return refuse(404, "NoSuchKey")
    if any(request.headers.get(name) != text for name, text in upload.headers.items()):
        return refuse(403, "SignatureDoesNotMatch")
    if len(call.raw) != upload.size:
        return refuse(400, "IncompleteBody")
    upload.data = call.raw
    return web.Response(status=200, headers={"ETag": '"etag"'})


class Store:
    """Words the errors of the object store."""

    def error(self, status: int, details: dict[str, object]) -> web.Response:
        """An error in its XML."""
        return refuse(status, "InternalError")


def refuse(status: int, code: str) -> web.Response:
    """An error in the XML of object stores."""
    return web.Response(status=status, text=XML.format(code), content_type="application/xml")
