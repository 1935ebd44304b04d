"""Requests that nobody should send, as data: for the tests here, and for `bench.hostile`.

Each is sent to a running app by `send`; `status` is what must come, `says` a part of the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

JSON = {"content-type": "application/json"}
CALL = "/gradio_api/call/"
NAMED = "/gradio_api/call/v2/"
JOIN = "/gradio_api/queue/join"
RUN = "/gradio_api/run/predict"
ENDPOINTS = (
    "text_to_image", "edit_image", "retouch", "upscale", "swap_face", "find_faces", "write_prompt",
    "list_models", "history", "delete_result", "clear_history", "export_history", "estimate",
    "status", "check", "statistics", "overlay_text", "parse_wishes",
)  # fmt: skip
ODD_SESSIONS: tuple[Any, ...] = (
    "", " ", "a b", "a\n", "\x00", "a/b", "é", "x" * 129, "a<gradio-sep>b", 5, 1.5, True, [], ["a"],
    {}, {"a": 1},
)  # fmt: skip
ODD_NUMBERS: tuple[Any, ...] = (-1, 10**6, 10**30, True, "4", "", 1.5, None, [], {})


@dataclass(frozen=True)
class Case:
    """One request. `body`: bytes, or what is sent as JSON. `chunked`: without a length."""

    name: str
    method: str
    path: str
    body: Any = None
    status: tuple[int, ...] = (400,)
    says: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    chunked: bool = False


def send(web: httpx.Client, case: Case) -> httpx.Response:
    """The answer to a case."""
    body, headers = case.body, dict(case.headers)
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    if body is not None:
        headers = {**JSON, **headers}
    content: Any = _pieces(body) if case.chunked and body else body
    return web.request(case.method, case.path, content=content, headers=headers)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _sessions()
    yield from _bodies()
    yield from _named()
    yield from _listeners()
    yield from _routes()


def _pieces(body: bytes) -> Iterator[bytes]:
    for at in range(0, len(body), 65536):
        yield body[at : at + 65536]


def _sessions() -> Iterator[Case]:
    says = "session_hash must be"
    for name in ODD_SESSIONS:
        shown = repr(name)[:20]
        with_name = {"data": [], "session_hash": name}
        yield Case(f"call {shown}", "POST", f"{CALL}history", with_name, says=says)
        joined = {"data": [None], "fn_index": 0, "session_hash": name}
        yield Case(f"join {shown}", "POST", JOIN, joined, says=says)
        yield Case(f"run {shown}", "POST", RUN, joined, says=says)
        cancelled = {"fn_index": 0, "event_id": "x", "session_hash": name}
        yield Case(f"cancel {shown}", "POST", "/gradio_api/cancel", cancelled, says=says)
    yield Case("join none", "POST", JOIN, {"data": [], "fn_index": 0}, says="is missing")
    for written in ("", "%20", "a%0Ab", "%00", "a%2Fb", "x" * 129):
        yield Case(f"heartbeat {written[:9]}", "GET", f"/gradio_api/heartbeat/{written}", says=says)
        stream = f"/gradio_api/queue/data?session_hash={written}"
        yield Case(f"stream {written[:9]}", "GET", stream, says=says)
    yield Case("stream none", "GET", "/gradio_api/queue/data", says=says)
    unknown = "/gradio_api/queue/data?session_hash=nobody"
    yield Case("stream unknown", "GET", unknown, status=(404,), says="session_not_found")
    for event in ("nope", "%20", "x" * 65):
        yield Case(f"event {event[:9]}", "GET", f"{CALL}history/{event}", status=(400, 404))
    for event in ("", None, 5, [], "a b", "x" * 65):
        yield Case(f"reset {event!r:.9}", "POST", "/gradio_api/reset", {"event_id": event})


def _bodies() -> Iterator[Case]:
    deep = b'{"data": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    wrong: dict[str, tuple[bytes, str]] = {
        "NaN": (b"NaN", "not a number"),
        "Infinity inside": (b'{"data": [Infinity]}', "not a number"),
        "1e999": (b'{"data": [1e999]}', "not a number"),
        "10**5000": (b'{"data": [1' + b"0" * 5000 + b"]}", "digits"),
        "empty": (b"", "not JSON"),
        "half": (b'{"data": [', "not JSON"),
        "list": (b"[1]", "object"),
        "null": (b"null", "object"),
        "text": (b'"a"', "object"),
        "latin-1": (b'{"data": ["\xe9"]}', "UTF-8"),
        "utf-16": ('{"data": []}'.encode("utf-16"), "UTF-8"),
        "half a pair": (b'{"data": ["\\ud800"]}', "UTF-8"),
        "half a pair as name": (b'{"\\udfff": 1}', "UTF-8"),
        "twice": (b'{"data": [], "data": []}', "twice"),
        "deep": (deep, "nested"),
        "deep and short": (b'{"data": ' + b"[" * 40 + b"]" * 40 + b"}", "nested"),
        "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "many values"),
        "many values": (b'{"data": [' + b"1," * 900_000 + b"1]}", "many values"),
        "many names": (b"{%s}" % b",".join(b'"a%d":1' % n for n in range(150_000)), "many values"),
        "never closed": (b'"' + b'\\"' * 900_000, "not JSON"),
        "data is text": (b'{"data": "x"}', "must be a list"),
        "data is an object": (b'{"data": {}}', "must be a list"),
        "no data": (b"{}", "must be a list"),
        "token": (b'{"data": [], "oauth_token": 5}', "oauth_token"),
    }
    for name, (body, says) in wrong.items():
        yield Case(f"body {name}", "POST", f"{CALL}history", body, says=says)
    for name in ENDPOINTS:
        yield Case(f"v2 NaN {name}", "POST", NAMED + name, b"NaN", says="not a number")
    large = b'{"data": ["' + b"x" * 3_000_000 + b'"]}'
    names = b"{%s}" % b",".join(b'"a%d":1' % n for n in range(300_000))
    for path in (f"{CALL}history", f"{NAMED}history", JOIN, RUN, "/gradio_api/cancel", "/login"):
        for chunked in (False, True):
            how = "in pieces" if chunked else "at once"
            yield Case(f"3 MB {how} {path}", "POST", path, large, (413,), "2 MB", chunked=chunked)
    yield Case("names", "POST", f"{NAMED}history", names, (413,), "2 MB")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers = {"content-type": kind}
        for path in (f"{CALL}history", JOIN, RUN):
            yield Case(f"as {kind}", "POST", path, b'{"data": []}', (415,), "JSON", headers)
    for path in (f"{CALL}history", JOIN):
        yield Case(f"no body {path}", "POST", path, status=(415,), says="JSON")


def _named() -> Iterator[Case]:
    for name in ENDPOINTS:
        says = f"/{name} has no parameter 'nobody_knows'"
        yield Case(f"unknown {name}", "POST", NAMED + name, {"nobody_knows": 1}, says=says)
    yield Case("missing", "POST", f"{NAMED}text_to_image", {}, says="needs prompt")
    for name in ("nope", "predict", "open_panel", "create", "v2", "text_to_image%00"):
        for path in (CALL, NAMED):
            body = {"data": []} if path == CALL else {}
            yield Case(f"no {path}{name}", "POST", path + name, body, (404, 405))


def _listeners() -> Iterator[Case]:
    for number in ODD_NUMBERS:
        body = {"data": [], "fn_index": number, "session_hash": "hostile"}
        for path in (JOIN, RUN):
            yield Case(f"fn_index {number!r:.9} {path}", "POST", path, body, (400, 404))
        cancel = {"fn_index": number, "event_id": "x", "session_hash": "hostile"}
        yield Case(f"cancel {number!r:.9}", "POST", "/gradio_api/cancel", cancel, (400, 404))
    for name in ("text_to_image", "predict", "open_panel", "history"):
        body = {"data": [], "session_hash": "hostile"}
        yield Case(f"run {name}", "POST", f"/gradio_api/run/{name}", body, (404,))
        yield Case(f"api {name}", "POST", f"/gradio_api/api/{name}", body, (404,))


def _routes() -> Iterator[Case]:
    closed = (
        "dev/reload", "proxy=https://a.hf.space/", "custom_component/a/client/b/c", "runs",
        "stream/a/b/1/playlist.m3u8", "stream/a/b/1/playlist-file", "file/etc/passwd", "vibe-code",
        "run-history/buckets", "nothing", "deep_link", "monitoring",
    )  # fmt: skip
    for path in closed:
        yield Case(f"closed {path}", "GET", f"/gradio_api/{path}", status=(404,))
    for path in ("vibe-edit", "vibe-code", "process_recording", "component_server", "stream/x"):
        yield Case(f"closed {path}", "POST", f"/gradio_api/{path}", {}, (404,))
    for path in ("/pwa_icon", "/pwa_icon/100000", "/pwa_icon/-1", "/monitoring", "/monitoring/x"):
        yield Case(f"closed {path}", "GET", path, status=(404,))
    for path in ("/?page=nope", "/config?page=nope", "/gradio_api/info?page=nope"):
        yield Case(f"page {path}", "GET", path, status=(404,), says="no such page")
    for method in ("PUT", "PATCH", "DELETE", "FOO"):
        for path in (f"{CALL}history", JOIN, "/", "/config", "/gradio_api/cancel"):
            yield Case(f"{method} {path}", method, path, {}, (405,), "does not work")
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/heartbeat/x"):
        yield Case(f"POST {path}", "POST", path, {}, (405,), "does not work")
    yield Case("GET join", "GET", JOIN, status=(405,), says="Use POST")
    for path in ("/static/", "/assets/", "/svelte/", "/gradio_api/file=", "/gradio_api/call/"):
        yield Case(f"long {path}", "GET", path + "a" * 300, status=(403, 404))
    for path in ("%00", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "http://127.0.0.1:1/", "//x/y",
                 "HTTPS://example.com/", "data:text/plain,x", "", "~root", "con\\x"):  # fmt: skip
        yield Case(f"file {path}", "GET", f"/gradio_api/file={path}", status=(403, 404))
    for name in ("upload_id=", "upload_id=%20", "upload_id=" + "x" * 99, ""):
        yield Case(f"progress {name[:15]}", "GET", f"/gradio_api/upload_progress?{name}")
