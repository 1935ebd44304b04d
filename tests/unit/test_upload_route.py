"""Uploads over HTTP: what is taken, what is refused in which words, what stays on the disk."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from studio.uploads import register as upload_register
from studio.uploads.register import FILE_BYTES, REQUEST_FILES, UploadRegister
from ui.http.file_route import UNGUESSABLE, file_routes
from ui.upload import multipart, progress, route
from ui.upload.multipart import safe_name
from ui.upload.route import upload_routes

BOUNDARY = "xBOUNDARYx"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
Receive = Callable[[], Awaitable[Message]]


@pytest.fixture
def register(tmp_path: Path) -> UploadRegister:
    folder = tmp_path / "served"
    folder.mkdir()
    return UploadRegister(folder)


@pytest.fixture
def app(register: UploadRegister) -> Starlette:
    return Starlette(routes=[*upload_routes(register), *file_routes(register.folder)])


def part(name: str | None = "cat.png", data: bytes = b"x", field: str = "files") -> bytes:
    """One part of a body; `name` as it stands in the header, None for a plain value."""
    file = "" if name is None else f'; filename="{name}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'
    return head.encode("utf-8", "surrogateescape") + data + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def receiving(data: bytes, piece: int = 65536, hang_up: bool = False) -> Receive:
    """A sender of these bytes, who may hang up before the end."""
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)] or [b""]
    left = iter(enumerate(pieces, 1))

    async def receive() -> Message:
        number, chunk = next(left, (0, b""))
        if not number:
            return {"type": "http.disconnect"}
        more = hang_up or number < len(pieces)
        return {"type": "http.request", "body": chunk, "more_body": more}

    return receive


async def ask(
    app: Starlette,
    receive: Receive,
    path: str = route.PATH,
    method: str = "POST",
    query: str = "",
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer; header names are written with underscores."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    named = {"content_type": FORM, **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode("utf-8", "replace"),
        "query_string": query.encode(), "headers": raw, "client": ("192.0.2.1", 1),
        "root_path": "", "scheme": "http", "server": ("x", 80), "http_version": "1.1",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
    }  # fmt: skip
    await app(scope, receive, send)
    start, *rest = sent
    found = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return start["status"], found, b"".join(each.get("body", b"") for each in rest)


def files(register: UploadRegister) -> list[Path]:
    return [path for path in register.folder.rglob("*") if path.is_file()]


async def test_files_come_as_gradio_answers_them(app: Starlette, register: UploadRegister) -> None:
    same = [part("a.png", b"one"), part(None, b"kept by nobody", "note"), part("b.png", b"one")]
    status, _, answer = await ask(app, receiving(body(*same), 7))
    paths = [Path(each) for each in json.loads(answer)]
    assert status == 200
    assert [path.name for path in paths] == ["a.png", "b.png"]
    assert [path.read_bytes() for path in paths] == [b"one"] * 2
    assert len({path.parent for path in paths}) == 2, "the same bytes, but no common place"
    for path in paths:
        assert UNGUESSABLE.fullmatch(path.parent.name)
        assert (path.parent.stat().st_mode | path.stat().st_mode) & 0o077 == 0
        assert path in register
    assert sorted(files(register)) == sorted(paths)


def refused_bodies() -> dict[str, tuple[bytes, int, str]]:
    """What is sent, and the status and words of the answer."""
    many = [part(f"{number}.png") for number in range(900)]
    long_header = part("a" * 9000 + ".png")
    headers = b"".join(b"X-%d: y\r\n" % number for number in range(20))
    return {
        "900 small files": (body(*many), 413, "at most 100 files"),
        "one file more": (body(*many[: REQUEST_FILES + 1]), 413, "at most 100 files"),
        "900 plain values": (body(*(part(None, b"x", "a") for _ in many)), 413, "at most 100"),
        "too large a file": (body(part(data=b"x" * (FILE_BYTES + 1))), 413, "larger than 30 MB"),
        "a blank name": (body(part(""), part("a.png")), 400, "without a name"),
        "a name of blanks": (body(part("a.png"), part("  ")), 400, "without a name"),
        "another field": (body(part(field="image")), 400, "“files”"),
        "a long field": (body(part(field="f" * 5000)), 400, "“files”"),
        "no field": (body(part(field="")), 400, "“files”"),
        "a long header": (body(long_header), 400, "could not be read"),
        "many headers": (body(part()).replace(b"\r\n\r\n", b"\r\n" + headers + b"\r\n", 1), 400,
                         "could not be read"),
        "no file": (body(part(None, b"x", "a")), 400, "has no file"),
        "nothing": (b"", 400, "cut short"),
        "the end alone": (body(), 400, "has no file"),
        "cut short": (body(part())[:-9], 400, "cut short"),
        "something else": (b"GIF89a" * 100, 400, "could not be read"),
    }  # fmt: skip


async def test_what_is_refused_leaves_nothing(app: Starlette, register: UploadRegister) -> None:
    for case, (data, status, words) in refused_bodies().items():
        answer = await ask(app, receiving(data))
        assert answer[0] == status, (case, answer)
        assert words in answer[2].decode(), case
        assert re.match(r"[A-Z0-9a-z].*\.$", answer[2].decode()), (case, "a sentence")
        assert [*register.folder.iterdir()] == [], case
        assert register.paths() == set(), case
    for kind, status in (
        ("application/json", 415), ("multipart/form-data", 400), ("", 415),
        (f"multipart/form-data; boundary={'b' * 300}", 400),
    ):  # fmt: skip
        answer = await ask(app, receiving(body(part())), content_type=kind)
        assert answer[0] == status, kind
    answer = await ask(app, receiving(b""), content_length=str(2**40))
    assert answer[0] == 413
    assert register._admitted == []
    assert (await ask(app, receiving(body(*[part()] * REQUEST_FILES))))[0] == 200


async def test_a_sender_who_hangs_up_leaves_nothing(
    app: Starlette, register: UploadRegister
) -> None:
    data = body(part("a.png", b"x" * 600_000), part("b.png", b"y" * 600_000))
    for length in (0, 40, 300_000, 900_000, len(data)):
        await ask(app, receiving(data[:length], hang_up=True))
        assert [*register.folder.iterdir()] == [], length
    assert register._admitted == []


async def test_a_sender_who_is_cancelled_leaves_nothing(
    app: Starlette, register: UploadRegister
) -> None:
    """As all are when the app stops."""
    first = receiving(body(part("a.png", b"x" * 600_000))[:500_000], hang_up=True)

    async def receive() -> Message:
        message = await first()
        if message["type"] == "http.disconnect":
            await asyncio.Event().wait()
        return message

    task = asyncio.create_task(ask(app, receive))
    async with asyncio.timeout(10):
        while not files(register):
            await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [*register.folder.iterdir()] == []


async def test_a_slow_sender_is_ended(
    app: Starlette, register: UploadRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who sends nothing, one who sends a byte now and then, one who takes for ever."""
    start = body(part("a.png", b"x" * 5000))[:-40]

    def slowly(pause: float, first: bytes) -> Receive:
        pieces = iter((first,))

        async def receive() -> Message:
            if chunk := next(pieces, b""):
                return {"type": "http.request", "body": chunk, "more_body": True}
            await asyncio.sleep(pause)
            return {"type": "http.request", "body": b"x", "more_body": True}

        return receive

    for pause, quiet, rate, most in ((99, 0.2, 99, 99), (0.01, 99, 0.1, 99), (0.01, 99, 99, 0.1)):
        monkeypatch.setattr(route, "QUIET_SECONDS", quiet)
        monkeypatch.setattr(route, "RATE_SECONDS", rate)
        monkeypatch.setattr(route, "UPLOAD_SECONDS", most)
        async with asyncio.timeout(10):
            status, headers, told = await ask(app, slowly(pause, start))
        assert (status, headers["connection"]) == (408, "close")
        assert b"too slowly" in told
        assert [*register.folder.iterdir()] == []


async def test_a_disk_that_cannot_take_it(
    app: Starlette, register: UploadRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full while the bytes come, full at the first file, without a folder, and full of uploads."""
    data = body(part("a.png", b"x" * 600_000))
    opened = os.open
    if Path("/dev/full").exists():
        full = lambda path, *how: opened("/dev/full", os.O_WRONLY)  # noqa: E731
        monkeypatch.setattr(multipart.os, "open", full)
        status, _, told = await ask(app, receiving(data))
        assert (status, b"disk is full" in told) == (507, True)

    def none(*_: object) -> int:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(multipart.os, "open", none)
    assert (await ask(app, receiving(data)))[0] == 507
    monkeypatch.setattr(multipart.os, "open", opened)
    assert [*register.folder.iterdir()] == []
    monkeypatch.setattr(upload_register, "ALL_BYTES", 500_000)
    status, _, told = await ask(app, receiving(data))
    assert (status, b"no room" in told) == (507, True)
    assert (await ask(app, receiving(b""), content_length="500001"))[0] == 507
    register.folder.rmdir()
    register.folder.write_bytes(b"no folder")
    assert (await ask(app, receiving(data)))[0] == 507


def test_names() -> None:
    for given, kept in {
        "cat.png": "cat.png",
        "../../evil.png": "evil.png",
        "..\\..\\evil.png": "evil.png",
        "C:\\x\\y.png": "y.png",
        "..": "file",
        ".": "file",
        "/": "file",
        ".htaccess": "htaccess",
        "a\0b.png": "ab.png",
        "a\r\nX: y.png": "aX y.png",
        "photo\u202egnp.exe": "photognp.exe",
        "\u202e\u200f": "file",
        "a name without any ending at all": "a name without any ending at all",
        "a<b>:c?.png": "abc.png",
        "con.png": "_con.png",
        "NUL": "_NUL",
        "Ёжик 🦔.png": "Ёжик 🦔.png",
        "cat.png . ": "cat.png",
        "\ud800.png": "png",
    }.items():
        assert safe_name(given) == kept, ascii(given)
    long = safe_name("щ" * 5000 + ".png")
    assert long.endswith("щ.png") and len(long.encode()) <= multipart.LONGEST_NAME
    assert len(safe_name("a." + "x" * 5000).encode()) <= multipart.LONGEST_NAME


async def test_progress_as_the_page_reads_it(
    app: Starlette, register: UploadRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(progress, "KEPT_SECONDS", 0.0)
    watch = {"path": f"{route.PATH}_progress", "method": "GET", "query": "upload_id=abc"}
    never = asyncio.Event()

    async def silent() -> Message:
        await never.wait()
        return {"type": "http.disconnect"}

    async with asyncio.timeout(20):
        assert (await ask(app, silent, **watch))[0] == 404
        data = body(part("a.png", b"x" * 600_000), part("b.png", b"yy"))
        going, left = asyncio.Event(), iter((data[:400_000], data[400_000:]))

        async def receive() -> Message:
            chunk = next(left)
            if chunk[0] != data[0]:
                await going.wait()
            more = chunk[0] == data[0]
            return {"type": "http.request", "body": chunk, "more_body": more}

        upload = asyncio.create_task(ask(app, receive, query="upload_id=abc"))
        await asyncio.sleep(0)
        follow = asyncio.create_task(ask(app, silent, **watch))
        while not files(register):
            await asyncio.sleep(0.01)
        going.set()
        assert (await upload)[0] == 200
        status, headers, told = await follow
    events = [json.loads(line.removeprefix("data: ")) for line in told.decode().split("\n\n")[:-1]]
    assert (status, headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert events[-1] == {"msg": "done"}
    came = {name: sum(each["chunk_size"] for each in events if each.get("orig_name") == name)
            for name in ("a.png", "b.png")}  # fmt: skip
    assert came == {"a.png": 600_000, "b.png": 2}
    assert (await ask(app, receiving(body(part())), query=f"upload_id={'x' * 999}"))[0] == 200
