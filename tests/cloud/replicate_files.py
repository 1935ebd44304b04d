"""Replicate's files: upload, list, look up and delete, as recorded."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from .inputs import Upload
from .ledger import Call, Json, Ledger
from .replicate_wire import problem
from .service import Handler, answer

LIFETIME = 24 * 3600.0
LIMIT = 100 * 1024 * 1024
BASE = "/replicate/v1/files"


class Files:
    """Files of the account, for a day. `urls.get` answers their description, not their bytes: a
    model that is given this address reads the file inside. The signed download is not spoken."""

    def __init__(self, ledger: Ledger, origin: str) -> None:
        self.ledger = ledger
        self.origin = origin

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        return [
            ("POST", BASE, self.create, "upload"),
            ("GET", BASE, self.list, ""),
            ("GET", BASE + "/{id}", self.get, ""),
            ("DELETE", BASE + "/{id}", self.delete, ""),
        ]

    async def create(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a form with the part `content`, a file: 201 and its description."""
        form: Any = call.body
        if request.content_type != "multipart/form-data" or not isinstance(form, dict):
            return problem(400, "Bad request", "The request must be multipart/form-data.")
        extra = [name for name in form if name not in ("content", "metadata", "type", "filename")]
        content = form.get("content")
        if extra or not isinstance(content, dict):
            wrong = f"Unexpected part {extra[0]}" if extra else "Missing content"
            return problem(400, "Bad request", wrong)
        if len(content["data"]) > LIMIT:
            return problem(413, "", "Files must be less than 100MB in size")
        try:
            metadata = json.loads(told(form.get("metadata", "{}")))
        except ValueError:
            return problem(400, "Bad request", "metadata must be valid JSON")
        key = base64.b64encode(str(uuid.uuid4()).encode()).decode()
        kind = form.get("type") or content["content_type"]
        name = form.get("filename") or content["filename"]
        upload = Upload(key, "replicate", f"{BASE}/{key}", name, kind, content["data"],
                        len(content["data"]), metadata=metadata, lifetime=LIFETIME)  # fmt: skip
        with self.ledger.lock:
            self.ledger.uploads[upload.path] = upload
        return answer(self.wire(upload), 201)

    def wire(self, upload: Upload) -> Json:
        """A file as JSON."""
        data = upload.data or b""
        md5 = hashlib.md5(data).hexdigest()
        return {
            "id": upload.id, "name": upload.name, "content_type": upload.content_type,
            "size": upload.size, "etag": md5,
            "checksums": {"sha256": hashlib.sha256(data).hexdigest(), "md5": md5},
            "metadata": upload.metadata, "created_at": stamp(upload.created),
            "expires_at": stamp(upload.created + LIFETIME),
            "urls": {"get": self.origin + upload.path},
        }  # fmt: skip

    def kept(self) -> list[Upload]:
        """The files that have not expired, newest first; the others are forgotten."""
        with self.ledger.lock:
            for path, upload in list(self.ledger.uploads.items()):
                if upload.service == "replicate" and not upload.readable:
                    del self.ledger.uploads[path]
            found = [it for it in self.ledger.uploads.values() if it.service == "replicate"]
        return found[::-1]

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the files, newest first."""
        return answer({"next": None, "previous": None,
                       "results": [self.wire(upload) for upload in self.kept()]})  # fmt: skip

    async def get(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the description of a file."""
        for upload in self.kept():
            if upload.id == request.match_info["id"]:
                return answer(self.wire(upload))
        return problem(404, "", "File not found")

    async def delete(self, request: web.Request, call: Call) -> web.StreamResponse:
        """DELETE a file: 204."""
        path = f"{BASE}/{request.match_info['id']}"
        with self.ledger.lock:
            gone = self.ledger.uploads.pop(path, None)
        return web.Response(status=204) if gone else problem(404, "", "File not found")


def told(part: Any) -> str:
    """The text of a part, which may have come as a file."""
    return part["data"].decode("utf-8", "replace") if isinstance(part, dict) else str(part)


def stamp(at: float) -> str:
    """A time as the files have it: to the millisecond."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
