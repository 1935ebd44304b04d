"""The middleware before gradio, in-process: hosts, origins, bodies, JSON, logs, values, health."""

from __future__ import annotations

import asyncio
import json
import logging
import tracemalloc
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from errors import InvalidInput
from providers.catalogue import MODELS
from providers.http.bounded_json import BadJson, parse_object
from settings import Settings, read_settings
from studio.storage.disk_space import no_room
from ui.http import body_limits, value_limits
from ui.http.answers import Refused
from ui.http.body_limits import MOST_BYTES, BodyTooLarge, ClientLeft, read_body, send_too_large
from ui.http.healthz import Health
from ui.http.hosts import HostGuard, Hosts, hosts_of
from ui.http.log_limits import BriefLog
from ui.http.requests import CLOSED, OPEN, RequestGate, route_of

Header = tuple[bytes, bytes]


def scope(path: str = "/", method: str = "GET", *headers: Header, **more: Any) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "headers": list(headers),
        "query_string": b"", "client": ("10.0.0.9", 1), "scheme": "http", **more,
    }  # fmt: skip


def receiving(*messages: Any) -> Callable[[], Any]:
    left = list(messages)

    async def receive() -> Any:
        if not left:
            await asyncio.sleep(60)
        one = left.pop(0)
        if isinstance(one, bytes):
            return {"type": "http.request", "body": one, "more_body": bool(left)}
        return one

    return receive


class Sent:
    """What a middleware sent."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    async def __call__(self, message: Any) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(each.get("body", b"") for each in self.messages)


class Inner:
    """The app behind a middleware: keeps what it was given, and answers."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


# Hosts and origins


async def ask(hosts: Hosts, *headers: Header, method: str = "GET", **more: Any) -> tuple[Sent, Any]:
    sent, inner = Sent(), Inner()
    await HostGuard(inner, hosts)(scope("/x", method, *headers, **more), None, sent)  # type: ignore[arg-type]
    return sent, inner.scopes[0] if inner.scopes else None


def test_which_hosts() -> None:
    loopback = hosts_of(Settings())
    space = hosts_of(Settings(on_space=True, space_hosts=frozenset({"a-b.hf.space"})))
    public = hosts_of(Settings(server_name="0.0.0.0"))
    listed = hosts_of(Settings(allowed_hosts=frozenset({"*.example.org", "one.example"})))
    table: list[tuple[Hosts, str, str]] = [
        (loopback, "localhost 127.0.0.1 [::1] localhost:7860 LOCALHOST localhost.",
         "evil.example 127.0.0.1.evil.example 10.0.0.1 localhost@evil evil.example:80 a,b ::1"),
        (space, "a-b.hf.space A-B.hf.space:443 localhost 10.1.2.3:7860",
         "evil.hf.space x.a-b.hf.space a-b.hf.space.evil.example 8.8.8.8 huggingface.co"),
        (public, "192.168.1.5:7860 8.8.8.8 [2001:db8::1]:7860 localhost", "evil.example evil"),
        (listed, "a.example.org one.example:8080 localhost", "example.org two.example 8.8.8.8"),
    ]  # fmt: skip
    for hosts, good, bad in table:
        assert [host for host in good.split() if not hosts.allows(host)] == []
        assert [host for host in bad.split() if hosts.allows(host)] == []
        assert not hosts.allows("")
        assert not hosts.allows("localhost\r\nx: y")


def test_which_origins() -> None:
    public = hosts_of(Settings(server_name="0.0.0.0", allowed_hosts=frozenset({"good.example"})))
    table = [
        ("http://192.168.1.5:7860", "192.168.1.5:7860", True),
        ("http://192.168.1.6:7860", "192.168.1.5:7860", False),
        ("http://192.168.1.5:7861", "192.168.1.5:7860", False),
        ("https://good.example", "192.168.1.5:7860", True),
        ("https://good.example:8443", "192.168.1.5:7860", True),
        ("https://evil.example", "good.example", False),
        ("https://good.example.evil.example", "good.example", False),
        ("http://localhost:3000", "127.0.0.1:7860", True),
        ("http://localhost:3000", "192.168.1.5:7860", False),
        ("null", "localhost", False),
        ("file://", "localhost", False),
        ("", "localhost", False),
        ("http://localhost/path", "localhost", False),
        ("http://localhost@evil.example", "localhost", False),
        ("http://[", "localhost", False),
    ]
    for origin, host, allowed in table:
        assert public.origin_allowed(origin, host) is allowed, (origin, host)
    everywhere = Hosts(frozenset({"*"}))
    assert everywhere.allows("evil.example")
    assert not everywhere.origin_allowed("https://evil.example", "localhost")


async def test_what_the_guard_answers() -> None:
    hosts = Hosts(frozenset({"good.example"}))
    host = (b"host", b"localhost:7860")
    sent, passed = await ask(hosts, (b"host", b"evil.example"))
    assert sent.status == 400 and b"EASEL_ALLOWED_HOSTS" in sent.body and passed is None
    sent, passed = await ask(hosts)
    assert sent.status == 400 and passed is None
    for origin in (b"https://evil.example", b"null"):
        for method in ("GET", "POST", "OPTIONS"):
            sent, passed = await ask(hosts, host, (b"origin", origin), method=method)
            assert sent.status == 403 and passed is None
            assert not [name for name in sent.headers if name.startswith(b"access-control")]
    sent, passed = await ask(hosts, host, (b"origin", b"https://good.example"))
    assert sent.status == 200
    assert sent.headers[b"access-control-allow-origin"] == b"https://good.example"
    assert b"origin" not in dict(passed["headers"]), "gradio would answer it, too"
    preflight = (b"origin", b"https://good.example"), (b"access-control-request-headers", b"x-a")
    sent, passed = await ask(hosts, host, *preflight, method="OPTIONS")
    assert (sent.status, passed) == (204, None)
    assert sent.headers[b"access-control-allow-headers"] == b"x-a"
    sent = Sent()
    await HostGuard(Inner(), hosts)({"type": "websocket"}, None, sent)  # type: ignore[arg-type]
    assert sent.messages == [{"type": "websocket.close", "code": 1008}]


async def test_whose_forwarding_is_believed() -> None:
    told = (
        (b"host", b"localhost"), (b"x-forwarded-host", b"evil.example, public.example"),
        (b"x-forwarded-proto", b"https"), (b"x-forwarded-prefix", b"/studio"),
        (b"x-gradio-server", b"http://evil.example"), (b"x-forwarded-for", b"1.2.3.4"),
    )  # fmt: skip
    _, passed = await ask(Hosts(frozenset()), *told)
    assert {name for name, _ in passed["headers"]} == {b"host", b"x-forwarded-for"}
    assert passed["scheme"] == "http"
    for network in ("10.0.0.0/8", "::/0", "10.0.0.9/32"):
        hosts = Hosts(frozenset(), proxies=(ip_network(network),))
        _, passed = await ask(hosts, *told)
        named = dict(passed["headers"])
        believed = "::" not in network
        assert named.get(b"x-forwarded-host") == (b"public.example/studio" if believed else None)
        assert named.get(b"x-forwarded-proto") == (b"https" if believed else None)
        assert b"x-gradio-server" not in named
    _, passed = await ask(Hosts(frozenset({"own.hf.space"}), platform=True), *told)
    assert dict(passed["headers"])[b"x-forwarded-host"] == b"localhost", "evil is not its name"
    hosts = Hosts(frozenset(), proxies=(ip_network("10.0.0.9/32"),))
    odd = (b"host", b"localhost"), (b"x-forwarded-prefix", b"//evil.example/x y")
    _, passed = await ask(hosts, *odd)
    assert dict(passed["headers"]) == {b"host": b"localhost"}


def test_a_spaces_names_come_from_the_environment() -> None:
    def names(**environ: str) -> frozenset[str]:
        return read_settings((), environ, None).space_hosts

    assert names() == frozenset()
    assert names(SPACE_HOST="a.hf.space") == frozenset()
    assert names(SPACE_ID="Me/My_App", SPACE_HOST="Me-my.hf.space") == {"me-my.hf.space"}
    assert names(SPACE_ID="Me.2/My_App") == {"me-2-my-app.hf.space"}


# Bodies


async def test_bodies_are_bounded() -> None:
    assert await read_body(scope(), receiving(b"a", b"b", b"")) == b"ab"
    exact = b"x" * MOST_BYTES
    assert await read_body(scope(), receiving(exact)) == exact
    with pytest.raises(BodyTooLarge):
        await read_body(scope(), receiving(exact, b"x"))
    with pytest.raises(BodyTooLarge):  # nothing is read
        length = str(MOST_BYTES + 1).encode()
        await read_body(scope("/", "POST", (b"content-length", length)), receiving())
    for wrong in (b"-1", b"2e3", b"", b"9" * 30, "²".encode()):
        with pytest.raises(Refused):
            await read_body(scope("/", "POST", (b"content-length", wrong)), receiving())
    with pytest.raises(ClientLeft):
        await read_body(scope(), receiving(b"a", {"type": "http.disconnect"}))


async def test_a_body_that_trickles_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limits, "BODY_SECONDS", 0.01)
    never = receiving({"type": "http.request", "body": b"a", "more_body": True})
    with pytest.raises(Refused, match="did not arrive"):
        await read_body(scope(), never)


async def test_too_large_is_answered_then_thrown_away() -> None:
    sent, calls = Sent(), 0

    async def endless() -> Any:
        nonlocal calls
        calls += 1
        return {"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}

    tracemalloc.start()
    await send_too_large(endless, sent)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (sent.status, sent.headers[b"connection"]) == (413, b"close")
    assert "2 MB" in json.loads(sent.body)["detail"]
    assert sent.messages[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert 10 < calls < 100, "so much is thrown away, and no more"
    assert peak < 8_000_000


def test_json_is_bounded() -> None:
    good = {"data": [1, -2.5, None, True, "é\u0000😀", {"a": [[]]}], "n": 10**39}
    assert parse_object(json.dumps(good).encode()) == good
    assert parse_object(json.dumps({"a": ["x" * 1_000_000, "," * 900_000]}).encode())
    assert parse_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}
    for wrong in (
        b"", b"[]", b"NaN", b'{"a": NaN}', b'{"a": -Infinity}', b'{"a": 1e400}', b'{"a": -1e400}',
        b"\xff", b'{"a": "\\ud83d"}', b'{"\\ud83d": 1}', b'{"a": 1, "a": 1}', b'{"a": 01}',
        b'{"a": 1' + b"0" * 40 + b"}", b'{"a":' * 33 + b"1" + b"}" * 33, b"{" * 100_000,
        b'{"a": [' + b"1," * 20_000 + b"1]}", b'"' + b'\\"' * 1_000_000,
        b'{"a": "' + b"\\" * 99_999,
    ):  # fmt: skip
        with pytest.raises(BadJson):
            parse_object(wrong)


# What gradio gets to see


async def test_every_route_of_gradio_is_decided() -> None:
    """When gradio has a new route, it is closed until it stands in the table."""
    with gr.Blocks() as demo:
        gr.Textbox()
    app = gr.routes.App.create_app(demo)
    routes = {getattr(each, "path", "") for each in _flat(app.routes)}
    api = {path.removeprefix("/gradio_api/").partition("/")[0] for path in routes
           if path.startswith("/gradio_api/")}  # fmt: skip
    closed = {
        "api", "dev", "runs", "run-history", "custom_component", "proxy={url_path:path}", "stream",
        "file", "component_server", "process_recording", "vibe-edit", "undo-vibe-edit", "vibe-code",
        "vibe-starter-queries", "deep_link",
    }  # fmt: skip
    assert api - closed - {"file={path_or_url:path}"} == set(OPEN)
    rest = {path.strip("/").partition("/")[0] for path in routes if "gradio_api" not in path}
    known = {"", "config", "login", "logout", "svelte", "static", "assets", "favicon.ico",
             "theme.css", "robots.txt", "manifest.json"}  # fmt: skip
    assert rest - known - CLOSED == {"openapi.json"}


def _flat(routes: Any) -> Any:
    for each in routes:
        inner = getattr(each, "original_router", None) or getattr(each, "router", None)
        yield from _flat(inner.routes) if inner is not None else (each,)


def test_a_path_without_the_proxys() -> None:
    for path, root, found in (
        ("/a", "", "/a"), ("/x/a", "/x", "/a"), ("/xa", "/x", "/xa"), ("/a", "/x", "/a"),
    ):  # fmt: skip
        assert route_of(scope(path, root_path=root)) == found


async def test_no_work_while_the_app_stops() -> None:
    gate = RequestGate(Inner(), SimpleNamespace(), lambda: "It is shutting down.")  # type: ignore[arg-type]
    sent = Sent()
    await gate(scope("/gradio_api/call/history", "POST"), receiving(b"{}"), sent)
    assert sent.status == 503 and b"shutting down" in sent.body


# Values


def function(*parts: Any, public: bool = True) -> Any:
    return SimpleNamespace(inputs=parts, api_visibility="public" if public else "private")


def test_no_model_reads_more_than_may_be_sent() -> None:
    longest = max(row.limits.prompt for row in MODELS.values())
    assert longest <= value_limits.LONGEST_PROMPT < value_limits.LONGEST_TEXT


async def test_values_of_listeners() -> None:
    fixed = gr.Radio(["a", "b"], label="r")
    loose, several = gr.Dropdown(["a"], label="d"), gr.Dropdown(["a"], multiselect=True, label="m")
    with gr.Blocks() as demo:
        for part in (fixed, loose, several):
            part.render()
        loose.change(lambda: None, None, [loose, several])
    value_limits.fix_choices(demo)
    text, slider = gr.Textbox(label="t"), gr.Slider(0, 1, label="s")
    flag, file = gr.Checkbox(label="c"), gr.DownloadButton("f")
    good: list[tuple[Any, Any]] = [
        (text, "x"), (text, None), (text, "x" * value_limits.LONGEST_TEXT), (slider, 0.5),
        (slider, 0), (slider, None), (flag, True), (fixed, "a"), (fixed, None), (loose, "anything"),
        (loose, 4), (several, ["a", "z"]), (file, {"path": "x"}), (file, None),
        (text, "{a|b}" * 200), (text, "a|b" * 3000),
    ]  # fmt: skip
    for part, value in good:
        value_limits.check_values(function(part, public=False), [value])
    bad: list[tuple[Any, Any]] = [
        (text, 5), (text, []), (text, {}), (text, True), (text, "x" * 36_001), (slider, "0.5"),
        (slider, 2), (slider, -0.1), (slider, float("nan")), (slider, [0]), (slider, True),
        (flag, "yes"), (flag, 1), (flag, []), (fixed, "c"), (fixed, ["a"]), (fixed, {}),
        (loose, "x" * 1001), (loose, ["a"]), (several, ["x"] * 201), (several, [["a"]]), (file, 5),
        (file, [5]), (text, "{a|b}" * 201), (text, "{" + "a|" * 201 + "}"),
    ]  # fmt: skip
    for part, value in bad:
        with pytest.raises(InvalidInput):
            value_limits.check_values(function(part, public=False), [value])
    with pytest.raises(InvalidInput, match="together"):
        value_limits.check_values(function(*[text] * 5), ["x" * 35_000] * 5)


# Log and health


def test_the_log_is_brief_and_bounded() -> None:
    now = [0.0]
    brief, lines = BriefLog(lambda: now[0]), []
    logger = logging.Logger("asyncio")
    logger.addFilter(brief)

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    logger.addHandler(Keep())

    asked = " ".join(("a", "secret", "prompt"))

    def fail() -> None:
        try:
            try:
                raise KeyError(asked)
            except KeyError as error:
                raise ValueError(asked) from error
        except ValueError:
            logger.exception(f"It failed.\nfuture: ValueError({asked!r})")

    for _ in range(500):
        fail()
    assert len(lines) == 3
    assert "secret" not in "".join(lines)
    assert "KeyError" in lines[0] and "ValueError" in lines[0] and "in fail" in lines[0]
    now[0] = 61
    fail()
    assert "497 more" in lines[-1]
    for number in range(500):
        logger.warning(f"another {number}")
    assert len(lines) < 70


async def test_health_tells_what_is_wrong_by_name(tmp_path: Path) -> None:
    health = Health()
    health.add("folder", lambda: asyncio.to_thread(no_room, tmp_path / "new"))
    assert await health.problems() == {}
    assert not list((tmp_path / "new").iterdir()), "nothing is left there"
    answer = await health.answer(None)  # type: ignore[arg-type]
    assert (answer.status_code, json.loads(answer.body)) == (200, {"status": "ok"})
    (tmp_path / "file").touch()
    health.add("other", lambda: asyncio.to_thread(no_room, tmp_path / "file" / "inside"))
    health.add("queue", lambda: "It stopped.")
    health.close()
    answer = await health.answer(None)  # type: ignore[arg-type]
    told = json.loads(answer.body)
    assert answer.status_code == 503
    assert set(told["problems"]) == {"closing", "other", "queue"}
    assert told["problems"]["queue"] == "It stopped."
    assert health.closing()
