"""What is served at /gradio_api/file= and what is not, and how."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from tests.unit.test_upload_route import ask, receiving
from ui.http.file_route import file_routes

DATA = bytes(range(256)) * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "served"
    found.mkdir()
    return found


@pytest.fixture
def app(folder: Path) -> Starlette:
    return Starlette(routes=file_routes(folder))


def put(folder: Path, name: str = "cat.png", place: str | None = None) -> Path:
    path = folder / (place or secrets.token_urlsafe(18)) / name
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


async def get(
    app: Starlette, path: object, method: str = "GET", old: bool = False, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """`path` as it stands in the address, percent-encoding and all."""
    address = unquote(f"/gradio_api/file{'/' if old else '='}{path}")
    return await ask(app, receiving(b"", hang_up=True), address, method, **headers)


async def test_a_file_is_served_and_kept_by_nobody(app: Starlette, folder: Path) -> None:
    kinds = {
        "cat.png": ("image/png", "inline"),
        "cat.JPG": ("image/jpeg", "inline"),
        "cat.svg": ("application/octet-stream", "attachment"),
        "cat.html": ("application/octet-stream", "attachment"),
        "history.json": ("application/octet-stream", "attachment"),
        "Ёж \"x\".webp": ("image/webp", "inline"),
    }  # fmt: skip
    for name, (kind, shown) in kinds.items():
        path = put(folder, name)
        for method, old in (("GET", False), ("GET", True), ("HEAD", False)):
            status, headers, answer = await get(app, path, method, old)
            assert status == 200, name
            assert answer == (DATA if method == "GET" else b"")
            assert headers["content-type"] == kind
            assert headers["content-length"] == str(len(DATA))
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["content-disposition"].startswith(f"{shown}; ")
            headers["content-disposition"].encode("ascii")
    path.unlink()
    status, headers, told = await get(app, path)
    assert (status, headers["cache-control"]) == (404, "no-store")
    assert told.decode().endswith("its session is over.")


async def test_nothing_else_is_served(app: Starlette, folder: Path, tmp_path: Path) -> None:
    own, copy = put(folder), put(folder, place="0" * 64)
    secret = put(tmp_path, "secret.png", "elsewhere")
    (folder / "loose.png").write_bytes(DATA)
    deeper = own.parent / "below"
    deeper.mkdir()
    (deeper / "x.png").write_bytes(DATA)
    link = own.with_name("link.png")
    link.symlink_to(secret)
    linked = folder / secrets.token_urlsafe(18)
    linked.symlink_to(secret.parent)
    os.mkfifo(own.with_name("pipe.png"))
    strangers = [
        copy, secret, link, linked / "secret.png", own.with_name("pipe.png"), folder, own.parent,
        f"{own.parent}/", f"{own}/", f"{own}/..", f"{own.parent}/..", folder / "loose.png",
        deeper / "x.png", f"{own.parent}/../{own.parent.name}/../../elsewhere/secret.png",
        f"{own.parent}/%2e%2e/%2e%2e/elsewhere/secret.png", f"{own.parent}/%252e%252e/x",
        str(own).replace("/", "%252f"), "/etc/passwd", "/proc/self/environ", "%2Fetc%2Fpasswd",
        "http://127.0.0.1/x.png", "https://example.invalid/x.png", "file:///etc/passwd", "", ".",
        "%00", f"{own}%00", f"{own.parent}/%00.png", "x" * 9000, f"{own.parent}/{'y' * 5000}",
        own.name, "../" * 9 + "etc/passwd", f"{own} ",
    ]  # fmt: skip
    for stranger in strangers:
        for old in (False, True):
            status, headers, told = await get(app, stranger, old=old)
            if str(stranger) == f"{own}/":  # Path drops the last stroke: the same file
                assert status == 200
                continue
            assert status == 404, stranger
            assert told.decode().endswith("."), stranger
            assert headers["x-content-type-options"] == "nosniff"
    assert (await get(app, own))[0] == 200


async def test_parts_of_a_file(app: Starlette, folder: Path) -> None:
    path, size = put(folder), len(DATA)
    for wanted, first, end in (
        ("bytes=0-0", 0, 1), ("bytes=5-", 5, size), ("bytes=-3", size - 3, size),
        ("bytes=0-99999", 0, size), ("bytes=-99999", 0, size), ("bytes=255-256", 255, 257),
    ):  # fmt: skip
        status, headers, answer = await get(app, path, range=wanted)
        assert (status, answer) == (206, DATA[first:end]), wanted
        assert headers["content-range"] == f"bytes {first}-{end - 1}/{size}"
        assert headers["content-length"] == str(end - first)
    for wanted in (
        "bytes=0-1,5-9", "bytes=0-0," * 500, "bytes=9-5", f"bytes={size}-", "bytes=-0", "bytes=-",
        "bytes=a-b", "lines=1-2", "x", "bytes=" + "9" * 99 + "-", "bytes=--1",
    ):  # fmt: skip
        status, headers, told = await get(app, path, range=wanted)
        assert (status, headers["content-range"]) == (416, f"bytes */{size}"), wanted
        assert told.decode().endswith(".")
    empty = put(folder)
    empty.write_bytes(b"")
    assert (await get(app, empty))[2] == b""
    assert (await get(app, empty, range="bytes=0-"))[0] == 416


async def test_no_file_stays_open(app: Starlette, folder: Path) -> None:
    path = put(folder)
    opened = Path("/proc/self/fd")
    before = len([*opened.iterdir()]) if opened.exists() else 0
    for _ in range(5):
        for method, wanted in (("GET", "bytes=0-1"), ("HEAD", "bytes=0-1"), ("GET", "bytes=9-0")):
            await get(app, path, method, range=wanted)
    assert (len([*opened.iterdir()]) if opened.exists() else 0) <= before
