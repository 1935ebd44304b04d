"""The kinds of failure that do not depend on what was asked: one function each, in two tables."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection
from typing import Protocol

from aiohttp import web

from .ledger import BENT, OUTCOMES, SERVICES, Call, Fault, Json

HANG_LIMIT = 120.0
HUGE = 256 * 1024 * 1024
OVERSIZED = 20 * 1024 * 1024
DRIP_SECONDS = 0.1
CHUNK = 64 * 1024

NGINX = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
REASONS = {
    500: "500 Internal Server Error", 502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable", 504: "504 Gateway Time-out",
}  # fmt: skip
STATUSES = frozenset({400, 401, 402, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504})


class Voice(Protocol):
    """Whoever words the errors of a service."""

    def error(self, status: int, details: Json) -> web.Response:
        """The service's own answer for this status."""


def cut(request: web.Request) -> web.Response:
    """Cut the line without an answer (a reset, as when a machine dies)."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


async def hang(request: web.Request) -> web.Response:
    """Never answer; end when the client has gone, or after HANG_LIMIT seconds."""
    for _ in range(int(HANG_LIMIT / 0.05)):
        if request.transport is None or request.transport.is_closing():
            break
        await asyncio.sleep(0.05)
    return cut(request)


async def drip(request: web.Request, body: bytes, kind: str) -> web.Response:
    """The answer at ten bytes a second, until the client has gone or for HANG_LIMIT seconds."""
    answer = web.StreamResponse(headers={"Content-Type": kind})
    with contextlib.suppress(ConnectionError):
        await answer.prepare(request)
        for at in range(int(HANG_LIMIT / DRIP_SECONDS)):
            if request.transport is None or request.transport.is_closing():
                break
            await answer.write(body[at : at + 1] or b" ")
            await asyncio.sleep(DRIP_SECONDS)
    return cut(request)


async def oversized(request: web.Request) -> web.Response:
    """Good JSON with twenty megabytes of log lines in it."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json"})
    line = b"step 1 of 28, all is well so far\\n"
    with contextlib.suppress(ConnectionError):
        await answer.prepare(request)
        await answer.write(b'{"status": "IN_PROGRESS", "logs": "')
        for _ in range(OVERSIZED // (len(line) * 1000)):
            await answer.write(line * 1000)
        await answer.write(b'"}')
        await answer.write_eof()
    return cut(request)


def redirected(fault: Fault) -> web.Response:
    """Away, to `location`: to another host, with the request as it is."""
    location = fault.details.get("location", "http://127.0.0.1:9/elsewhere")
    return web.Response(status=307, headers={"Location": location})


def html_200() -> web.Response:
    """A captive portal or a proxy's page with status 200 where JSON was due."""
    return web.Response(text="<!doctype html><title>Sign in</title>", content_type="text/html")


def empty_body() -> web.Response:
    """Status 200 and nothing in it."""
    return web.Response(body=b"", content_type="application/json")


def nginx(status: int) -> web.Response:
    """The page of the proxy in front of a service that does not answer."""
    text = NGINX.format(REASONS[status])
    return web.Response(status=status, text=text, content_type="text/html")


def http_error(voice: Voice, status: int, details: Json) -> web.Response:
    """The service's words for a status, with Retry-After when the details name it."""
    if status == 502 or details.get("nginx"):
        answer = nginx(status)
    else:
        answer = voice.error(status, details)
    if details.get("retry_after") is not None:
        answer.headers["Retry-After"] = str(details["retry_after"])
    return answer


async def strike(request: web.Request, call: Call, fault: Fault, voice: Voice) -> web.Response:
    """Answer as the planned fault says instead of as asked."""
    call.fault = str(fault.kind)
    if isinstance(fault.kind, int):
        return http_error(voice, fault.kind, fault.details)
    if fault.kind in ("cut_before", "cut_after"):
        return cut(request)
    if fault.kind == "hang":
        return await hang(request)
    if fault.kind == "drip":
        return await drip(request, b'{"status": "', "application/json")
    if fault.kind == "oversized":
        return await oversized(request)
    if fault.kind == "redirect":
        return redirected(fault)
    return {"html_200": html_200, "empty_body": empty_body}[fault.kind]()


TRANSPORT = frozenset(
    {"cut_before", "cut_after", "hang", "html_200", "empty_body", "drip", "oversized", "redirect"}
)


async def truncated(
    request: web.Request, body: bytes, kind: str, fault: Fault
) -> web.StreamResponse:
    """Promise the whole picture, send half, close."""
    answer = web.StreamResponse(headers={"Content-Type": kind, "Content-Length": str(len(body))})
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer


async def truncated_ok(
    request: web.Request, body: bytes, kind: str, fault: Fault
) -> web.StreamResponse:
    """Half a picture with a length that fits: only a decoder can tell."""
    return web.Response(body=body[: len(body) // 2], content_type=kind)


async def wrong_type(
    request: web.Request, body: bytes, kind: str, fault: Fault
) -> web.StreamResponse:
    """A web page that claims to be a PNG."""
    return web.Response(body=b"<html><body>expired</body></html>", content_type="image/png")


async def redirect(
    request: web.Request, body: bytes, kind: str, fault: Fault
) -> web.StreamResponse:
    """Send the reader elsewhere: to `location`, or to a port where nobody listens."""
    location = fault.details.get("location", "http://127.0.0.1:9/elsewhere.png")
    return web.Response(status=302, headers={"Location": location})


async def huge(request: web.Request, body: bytes, kind: str, fault: Fault) -> web.StreamResponse:
    """A picture without end: 256 MB in chunks. claim=True announces the length first."""
    headers = {"Content-Type": kind}
    if fault.details.get("claim"):
        headers["Content-Length"] = str(HUGE)
    answer = web.StreamResponse(headers=headers)
    await answer.prepare(request)
    sent = len(body)
    with contextlib.suppress(ConnectionError):
        await answer.write(body)
        while sent < HUGE:
            chunk = bytes(min(CHUNK, HUGE - sent))
            await answer.write(chunk)
            sent += len(chunk)
    return answer


async def lost(request: web.Request, body: bytes, kind: str, fault: Fault) -> web.StreamResponse:
    """The file host's own 403, 404 or other status, in the XML of object stores."""
    assert isinstance(fault.kind, int)
    code = {403: "AccessDenied", 404: "NoSuchKey"}.get(fault.kind, "InternalError")
    text = f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code></Error>"
    answer = web.Response(status=fault.kind, text=text, content_type="application/xml")
    if fault.details.get("retry_after") is not None:
        answer.headers["Retry-After"] = str(fault.details["retry_after"])
    return answer


async def dripped(request: web.Request, body: bytes, kind: str, fault: Fault) -> web.StreamResponse:
    """A picture at ten bytes a second."""
    return await drip(request, body, kind)


Fetch = Callable[[web.Request, bytes, str, Fault], Awaitable[web.StreamResponse]]

FETCH: dict[str, Fetch] = {
    "truncated": truncated,
    "truncated_ok": truncated_ok,
    "wrong_type": wrong_type,
    "redirect": redirect,
    "huge": huge,
    "drip": dripped,
}

POLLED = ("replicate", "fal", "huggingface", "wavespeed")
STAGES: dict[str, tuple[str, ...]] = {
    "submit": SERVICES, "accepted": SERVICES, "poll": POLLED, "fetch": POLLED,
    "result": ("fal",), "cancel": ("replicate", "fal"), "mapping": ("huggingface",),
    "upload": ("replicate", "wavespeed", "fal"), "put": ("wavespeed", "fal"),
    "stream": ("openai", "huggingface"),
}  # fmt: skip
ONLY: dict[str, tuple[str, ...]] = {
    "aborted": ("replicate", "huggingface"), "wrong_content_type": ("fal", "huggingface"),
    "unknown_status": POLLED, **dict.fromkeys(BENT, ("replicate", "fal", "wavespeed")),
}  # fmt: skip


def check(service: str, stage: str, kind: str | int) -> None:
    """Raise ValueError for a failure that this service can never show at this stage."""
    if service not in STAGES.get(stage, ()) or service not in ONLY.get(str(kind), SERVICES):
        raise ValueError(f"{service} cannot fail with {kind!r} at {stage!r}")
    own: dict[str, Collection[str]] = {
        "fetch": FETCH.keys(), "cancel": ("runs_on",), "mapping": (), "result": (),
        "upload": (), "put": (), "stream": ("length", "refusal", "error", "no_end", "garbled"),
    }  # fmt: skip
    if kind not in STATUSES and kind not in TRANSPORT and kind not in own.get(stage, OUTCOMES):
        raise ValueError(f"no such failure at {stage}: {kind!r}")
