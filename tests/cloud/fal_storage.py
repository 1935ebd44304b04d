"""fal's storage: a token from the REST host, then the bytes to the CDN, as fal_client sends them.

The real ones are https://rest.fal.ai and https://v3.fal.media, which no base address of Easel's
settings names: whoever tests an upload leads these two hosts to `/fal-rest` and `/fal-cdn` here.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime, timedelta

from aiohttp import web

from .inputs import Upload
from .ledger import Call, Json, Ledger
from .service import Handler, answer

CDN = "https://v3.fal.media"
NAME = re.compile(r"^[\w.-]{1,255}$")
TOKEN_HOURS = 1
LIFECYCLE = "x-fal-object-lifecycle"


class Storage:
    """Files on the CDN; each token is good for any number of them. The older way in, by a signed
    address of Google's, and uploads in parts are not spoken."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.tokens: set[str] = set()

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the storage knows."""
        return [
            ("POST", "/fal-rest/storage/auth/token", self.token, "upload"),
            ("POST", "/fal-cdn/files/upload", self.upload, "put"),
        ]

    def knows(self, authorization: str) -> bool:
        """Whether this is a token that was given out; a key is none."""
        return authorization in self.tokens

    async def token(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST for leave to upload: 200 and a token for the CDN."""
        if request.query.get("storage_type") != "fal-cdn-v3" or call.body != {}:
            return answer({"detail": "Unsupported storage type"}, 400)
        token = secrets.token_urlsafe(24)
        self.tokens.add(f"Bearer {token}")
        until = datetime.now(UTC) + timedelta(hours=TOKEN_HOURS)
        return answer({"token": token, "token_type": "Bearer", "base_url": CDN,
                       "expires_at": until.isoformat()})  # fmt: skip

    async def upload(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST the bytes: 200 and the address, open to anyone who has it."""
        name, kind = request.headers.get("X-Fal-File-Name", ""), request.content_type
        if not NAME.match(name) or not call.raw:
            return answer({"detail": "Bad request"}, 400)
        key = secrets.token_urlsafe(12)
        address = f"{CDN}/files/b/{key}/{name}"
        kept = Upload(key, "fal", address, name, kind, call.raw, len(call.raw))
        kept.lifetime = lifetime(call.headers, kept.lifetime)
        with self.ledger.lock:
            self.ledger.uploads[address] = kept
        return answer({"access_url": address})


def lifetime(headers: dict[str, str], usual: float) -> float:
    """How long the sender wants a file kept, in seconds."""
    wish: Json = json.loads(headers.get(LIFECYCLE, "{}"))
    return float(wish.get("expiration_duration_seconds", usual))
