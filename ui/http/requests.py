"""Which requests gradio gets to see.

Of gradio's routes only those that the page, its clients and plain REST callers use are open; the
others answer 404 here (development, monitoring, recordings, proxying, deep links). What is open
is looked at first: method, type and weight of the body, names of sessions, ids of events.
A wrong request is refused in a sentence, without a line in the log.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from i18n import say
from providers.http.bounded_json import BadJson, parse_object
from ui.http.answers import NO_STORE, Refused, send_refusal
from ui.http.body_limits import (
    UNLIMITED,
    BodyTooLarge,
    ClientLeft,
    read_body,
    replay,
    send_too_large,
)
from ui.http.call_bodies import Calls, check_event_id, session_name

API: Final = "/gradio_api/"
READ: Final = ("GET", "HEAD")
WRITE: Final = ("POST",)
BODIES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# By the first part of the path under /gradio_api/: how it may be asked.
OPEN: Final[dict[str, tuple[str, ...]]] = {
    "call": ("GET", "POST"),
    "queue": ("GET", "POST"),
    "run": WRITE,
    "cancel": WRITE,
    "reset": WRITE,
    "upload": WRITE,
    "upload_progress": READ,
    "heartbeat": READ,
    "info": READ,
    "openapi.json": READ,
    "startup-events": READ,
    "theme.css": READ,
    "user": READ,
    "token": READ,
    "app_id": READ,
    "login_check": READ,
}
# Beside the API; everything else there is the page's own and only read.
CLOSED: Final = frozenset({"monitoring", "pwa_icon"})
FORMS: Final = frozenset({"login"})
# What is parsed on the event loop takes 2 ms at most; more goes into a thread, so many at a time.
SMALL_BYTES: Final = 32 * 1024
PARSERS: Final = 2
# Longer is no name of a file on any of the usual file systems, and asking for one an error.
LONGEST_NAME: Final = 255
LONGEST_PATH: Final = 2048


class SessionUnknown(Exception):
    """The stream of a session that has none. The page is told in gradio's own form, and connects
    anew; gradio would tell it with a traceback in the log."""


_TOLD = {"msg": "unexpected_error", "message": say("http.event"), "success": False}
SESSION_UNKNOWN: Final = Response(
    f"data: {json.dumps({**_TOLD, 'session_not_found': True})}\n\n", 404, NO_STORE,
    "text/event-stream",
)  # fmt: skip


class RequestGate:
    """ASGI middleware: refuses what gradio would stumble over, and passes on the rest."""

    def __init__(self, app: ASGIApp, calls: Calls, stopped: Callable[[], str]) -> None:
        """`stopped`: why no work can be taken just now, "" where it can."""
        self._app = app
        self._calls = calls
        self._stopped = stopped
        self._parsing = asyncio.Semaphore(PARSERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            receive = await self._look(scope, receive)
        except Refused as why:
            await send_refusal(scope, receive, send, why)
        except SessionUnknown:
            await SESSION_UNKNOWN(scope, receive, send)
        except BodyTooLarge:
            await send_too_large(receive, send)
        except ClientLeft:
            return
        else:
            await self._app(scope, receive, send)

    async def _look(self, scope: Scope, receive: Receive) -> Receive:
        path, method = route_of(scope), scope["method"]
        if len(path) > LONGEST_NAME and _no_file_can_be(path):
            raise Refused(404, say("http.none"))
        if not path.startswith(API):
            self._look_at_page(scope, path, method)
            return await self._bounded(scope, receive)
        first, _, rest = path[len(API) :].partition("/")
        if first.startswith("file="):
            _allow(method, READ)
            _look_at_file(path)
            return receive
        if first not in OPEN:
            raise Refused(404, say("http.none"))
        _allow(method, OPEN[first])
        if path in UNLIMITED:
            return receive
        if method in READ:
            self._look_at_read(scope, first, rest)
            return receive
        check = self._check_for(first, rest.rstrip("/"))
        if first in ("call", "queue", "run") and (why := self._stopped()):
            raise Refused(503, say("http.stopped", why=why), **{"Retry-After": "5"})
        return await self._checked(scope, receive, check)

    def _look_at_page(self, scope: Scope, path: str, method: str) -> None:
        first = path.strip("/").partition("/")[0]
        if first in CLOSED:
            raise Refused(404, say("http.none"))
        if first not in FORMS:
            _allow(method, READ)
        page = _query(scope, "page")
        if page and page not in self._calls.pages:
            raise Refused(404, say("http.page"))

    def _look_at_read(self, scope: Scope, first: str, rest: str) -> None:
        if first == "heartbeat":
            session_name(rest)
        elif first == "call":
            event = rest.rstrip("/").rpartition("/")[2] if "/" in rest else ""
            check_event_id(event)
        elif first == "queue" and rest == "data":
            session = session_name(_query(scope, "session_hash"))
            if not self._calls.knows_session(session):
                raise SessionUnknown
        elif first == "queue" and rest == "join":
            _allow("GET", WRITE)
        elif first == "upload_progress":
            check_event_id(_query(scope, "upload_id"), "upload_id")
        elif first == "info":
            page = _query(scope, "page")
            if page and page not in self._calls.pages:
                raise Refused(404, say("http.page"))

    def _check_for(self, first: str, rest: str) -> Callable[[dict[str, Any]], None]:
        """What looks at the body of this address."""
        calls = self._calls
        if first == "call":
            version, _, name = rest.partition("/")
            if version == "v2" and name:
                return lambda body: calls.check_named(name, body)
            if name:
                _allow("POST", READ)
            return lambda body: calls.check_call(rest, body)
        if first == "run":
            return lambda body: calls.check_run(rest, body)
        if (first, rest) == ("queue", "join"):
            return calls.check_join
        if first == "queue":
            _allow("POST", READ)
        return calls.check_cancel if first == "cancel" else calls.check_reset

    async def _checked(
        self, scope: Scope, receive: Receive, check: Callable[[dict[str, Any]], None]
    ) -> Receive:
        """Read the body, hold it against `check`, and have it read again by gradio."""
        if not _is_json(scope):
            raise Refused(415, say("http.type"))
        body = await read_body(scope, receive)
        try:
            if len(body) > SMALL_BYTES:
                async with self._parsing:
                    value = await asyncio.to_thread(parse_object, body)
            else:
                value = parse_object(body)
        except BadJson as why:
            raise Refused(400, str(why)) from None
        check(value)
        return replay(body, receive)

    async def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        if scope["method"] not in BODIES:
            return receive
        return replay(await read_body(scope, receive), receive)


def route_of(scope: Scope) -> str:
    """The path without the root path that a proxy left in it."""
    path, root = scope["path"], scope.get("root_path", "")
    inside = root and path.startswith(root) and path[len(root) :].startswith("/")
    return str(path[len(root) :] if inside else path)


def _no_file_can_be(path: str) -> bool:
    parts = path.encode(errors="replace").split(b"/")
    return len(path) > LONGEST_PATH or any(len(part) > LONGEST_NAME for part in parts)


def _allow(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed and method != "OPTIONS":
        names = " or ".join(allowed)
        sentence = say("http.method", method=method[:20], allowed=names)
        raise Refused(405, sentence, Allow=", ".join(allowed))


def _query(scope: Scope, name: str) -> str:
    """The last value of a name in the query, as starlette takes it; "" where there is none."""
    query = scope["query_string"]
    if name.encode() not in query:
        return ""
    values = parse_qs(query.decode("latin-1"), keep_blank_values=True).get(name)
    return values[-1] if values else ""


def _is_json(scope: Scope) -> bool:
    kind = next((v for k, v in scope["headers"] if k == b"content-type"), b"")
    return bool(kind.partition(b";")[0].strip().lower() == b"application/json")


def _look_at_file(path: str) -> None:
    """A file of this app's own, by its name; `file_route` looks at the rest."""
    if "\x00" in path or re.match(r"/*[a-z][a-z0-9+.-]+:/", path.partition("file=")[2], re.I):
        raise Refused(403, say("value.file", name="file"))
