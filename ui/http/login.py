"""Keeps the app closed to who is not signed in, where `EASEL_REQUIRE_LOGIN` says so.

An ASGI middleware in front of every route, ours and gradio's: what is not named here is closed.
Users of a file sign in by the page, by gradio_client's `auth=(name, password)`, or with HTTP Basic
in each request. On a Space visitors sign in with Hugging Face, whose cookie the API takes as well.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from i18n import say
from settings import Settings
from studio.storage.users import MustWait, Users
from ui.gradio_fixes.requests_fixes import STARTUP, is_signed_in
from ui.html import render
from ui.http.addresses import address_of
from ui.http.requests import route_of

COOKIE = "easel-login"
SIGNED_IN_SECONDS = 12 * 3600
MOST_SIGNED_IN = 10_000
FORM_BYTES = 8192
OPEN = frozenset({"/healthz"})
HUB_WAYS = frozenset({"/login/huggingface", "/login/callback", "/logout"})


class Login:
    """The door. `users`: those of the file, None where they sign in with Hugging Face."""

    def __init__(self, app: ASGIApp, settings: Settings, users: Users | None) -> None:
        self._app = app
        self._settings = settings
        self._users = users
        self._started = False
        self._signed_in: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is open and who is signed in; answer everybody else."""
        if scope["type"] == "lifespan" or self._is_open(scope):
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif self._users is None:
            inside = is_signed_in(scope) or route_of(scope) in HUB_WAYS
            answer = self._app if inside else self._closed_hub(scope)
            await answer(scope, receive, send)
        else:
            answer = await self._by_file(scope, receive, self._users)
            await answer(scope, receive, send)

    def _is_open(self, scope: Scope) -> bool:
        return (scope["type"] == "http" and route_of(scope) in OPEN) or self._starts(scope)

    def _starts(self, scope: Scope) -> bool:
        """Whether this is gradio's call to itself, which it makes once to start."""
        if self._started or route_of(scope) != STARTUP:
            return False
        self._started = True
        return True

    async def _by_file(self, scope: Scope, receive: Receive, users: Users) -> ASGIApp:
        """What answers a request: the app, or the door."""
        headers, path = Headers(scope=scope), route_of(scope).rstrip("/")
        if path == "/logout":
            return self._leave(headers)
        try:
            if path == "/login":
                return await self._enter(Request(scope, receive), users)
            if self._has_cookie(headers) or await self._has_basic(scope, headers, users):
                return self._app
        except MustWait as wait:
            return self._refuse(scope, 429, say("login.wait", seconds=f"{wait.seconds + 1:.0f}"))
        wrong = headers.get("authorization", "").lower().startswith("basic ")
        text = say("login.wrong") if wrong else say("login.api")
        return self._refuse(scope, 401, text, explained=wrong)

    async def _enter(self, request: Request, users: Users) -> Response:
        """Sign somebody in who sent a form with a name and a password."""
        headers = request.headers
        if request.method != "POST":
            return HTMLResponse(_password_page(), headers=_unkept())
        form = await _read_form(request)
        name, password = (str(form.get(key, [""])[0]) for key in ("username", "password"))
        address = address_of(request.scope, self._settings)
        if not await users.check(name.strip(), password, address):
            return self._refuse(request.scope, 401, say("login.wrong"))
        token = secrets.token_urlsafe(32)
        self._note(token)
        page = "text/html" in headers.get("accept", "")
        done = RedirectResponse("./", 303) if page else JSONResponse({"success": True})
        secure = request.url.scheme == "https" or headers.get("x-forwarded-proto") == "https"
        flags: dict[str, Any] = {"httponly": True, "samesite": "lax", "secure": secure}
        done.set_cookie(COOKIE, token, max_age=SIGNED_IN_SECONDS, **flags)
        return done

    def _leave(self, headers: Headers) -> Response:
        self._signed_in.pop(_mark(_cookie(headers)), None)
        gone = RedirectResponse("./login", 303)
        gone.delete_cookie(COOKIE)
        return gone

    async def _has_basic(self, scope: Scope, headers: Headers, users: Users) -> bool:
        """Whether a request brings a user's name and password; verified once in a while."""
        given = headers.get("authorization", "")
        if not given.lower().startswith("basic ") or len(given) > FORM_BYTES:
            return False
        if self._is_known(given):
            return True
        try:
            credentials = base64.b64decode(given[6:].strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        name, _, password = credentials.partition(":")
        right = await users.check(name.strip(), password, address_of(scope, self._settings))
        if right:
            self._note(given)
        return right

    def _has_cookie(self, headers: Headers) -> bool:
        token = _cookie(headers)
        return bool(token) and self._is_known(token)

    def _is_known(self, token: str) -> bool:
        until = self._signed_in.get(_mark(token), 0.0)
        return until > monotonic()

    def _note(self, token: str) -> None:
        """Remember who is signed in, by a digest of what he shows; the oldest go."""
        self._signed_in[_mark(token)] = monotonic() + SIGNED_IN_SECONDS
        while len(self._signed_in) > MOST_SIGNED_IN:
            del self._signed_in[next(iter(self._signed_in))]

    def _closed_hub(self, scope: Scope) -> Response:
        headers, offered = Headers(scope=scope), self._settings.sign_in
        if "text/html" in headers.get("accept", ""):
            page = render("login", way="hub" if offered else "none")
            return HTMLResponse(page, 401, _unkept())
        text = say("login.hub.api") if offered else say("login.hub.none")
        return JSONResponse({"detail": text}, 401, _unkept())

    def _refuse(self, scope: Scope, status: int, text: str, explained: bool = True) -> Response:
        """An answer for who is not let in, as a page or as JSON. `explained`: whether the page
        says why; it does not where nobody has tried."""
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # Relative, because a proxy may have taken a path away that the browser knows.
            action = "../" * (scope["path"].count("/") - 1) + "login"
            return HTMLResponse(
                _password_page(text if explained else "", action), status, _unkept()
            )
        return JSONResponse({"detail": text}, status, _unkept())


async def _read_form(request: Request) -> dict[str, list[str]]:
    """The fields of a form, as a page or @gradio/client sends it; nothing for one that is too long,
    cut off or no form."""
    try:
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            form = await request.form(max_files=0, max_fields=16, max_part_size=FORM_BYTES)
            return {name: [str(value)] for name, value in form.items()}
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > FORM_BYTES:
                return {}
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=16)
    except (ClientDisconnect, HTTPException, MultiPartException, ValueError):
        return {}


def _password_page(problem: str = "", action: str = "login") -> str:
    """The form for a name and a password. `problem`: why the last try failed."""
    return render("login", way="password", problem=problem, action=action)


def _cookie(headers: Headers) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        cookie = None
    return cookie.value if cookie else ""


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _unkept() -> dict[str, str]:
    return {"Cache-Control": "no-store"}
