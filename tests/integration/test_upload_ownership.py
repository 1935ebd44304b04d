"""Photographs of visitors: whose they are, and that nothing of them is left when they have gone."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import handle_file
from PIL import Image

from quiet import MARK
from tests.cloud import Cloud
from tests.integration.test_api_rest import call, call_named
from tests.integration.waiting import quick, until
from tests.running import App, leave
from tests.unit.intake_files import exif, saved
from ui.http.file_route import UNGUESSABLE

FACES = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
META = {"_type": "gradio.FileData"}
# Who is gone is forgotten at once; all waiting is over while there is a file of this name.
OVER = "over"
SHORT = f"""
import os, threading, time
from pathlib import Path
from studio.uploads import register
from ui import visitors
visitors.GRACE_SECONDS, visitors.SWEEP_SECONDS = 0.5, 0.25
USUAL = (register.UNUSED_SECONDS, visitors.IDLE_SECONDS, visitors.NAMELESS_SECONDS)

def look():
    while True:
        times = (0, 0, 0) if (Path(os.environ["TMPDIR"]).parent / "{OVER}").exists() else USUAL
        register.UNUSED_SECONDS, visitors.IDLE_SECONDS, visitors.NAMELESS_SECONDS = times
        time.sleep(0.05)

threading.Thread(target=look, daemon=True).start()
"""


@pytest.fixture(scope="module")
def hasty(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app with every key whose visitors are forgotten within seconds."""
    folder = tmp_path_factory.mktemp("hasty")
    with App(folder, shared_cloud.environment(), SHORT) as found:
        yield found


@pytest.fixture
def web(hasty: App, cloud: Cloud) -> Iterator[httpx.Client]:
    quick(cloud)
    with httpx.Client(base_url=hasty.url, trust_env=False, timeout=60) as client:
        yield client


def photo(canary: str) -> bytes:
    """A portrait as a telephone takes it, with a word in it that is found nowhere else."""
    found = exif()
    found[0x010E] = canary
    with Image.open(FACES) as face:
        return saved(face, "JPEG", exif=found)


def upload(web: httpx.Client, data: bytes, name: str = "Anna.jpg") -> str:
    (path,) = web.post("/gradio_api/upload", files={"files": (name, data)}).json()
    return str(path)


def file(path: str) -> dict[str, Any]:
    return {"path": path, "meta": META}


@contextmanager
def all_waiting_over(app: App) -> Iterator[None]:
    """As if an hour had passed."""
    sign = app.temp.parent / OVER
    sign.touch()
    yield
    sign.unlink()


def left(app: App) -> list[Path]:
    """All files of visitors."""
    return [path for path in app.temp.rglob("*") if path.is_file() and path.name != MARK]


def test_a_session_takes_everything_along(
    hasty: App, web: httpx.Client, cloud: Cloud, tmp_path: Path
) -> None:
    """Every kind of call that reads or writes a file, by gradio_client."""
    given = tmp_path / "Anna at home.jpg"
    given.write_bytes(photo("canary"))
    it, client = handle_file(given), hasty.client()
    for name, more in (
        ("edit_image", {"images": [it, it], "prompt": "snow", "model": "fal/nano-banana-2-edit"}),
        ("retouch", {"image": it}),
        ("upscale", {"image": it, "model": "fal/recraft-crisp"}),
        ("overlay_text", {"image": it, "text": "Hello"}),
        ("swap_face", {"source": it, "target": it, "model": "fal/seedream-4-swap",
                       "consent": True}),
        ("find_faces", {"image": it}),
        ("write_prompt", {"idea": "a fox", "image": it}),
        ("text_to_image", {"prompt": "a fox", "model": "local/sketch"}),
        ("export_history", {}),
    ):  # fmt: skip
        before = len(left(hasty))
        client.predict(**more, api_name=f"/{name}")
        assert len(left(hasty)) > before, name
    assert all(UNGUESSABLE.fullmatch(path.parent.name) for path in left(hasty))
    with pytest.raises(Exception, match="not a picture"):
        client.predict(image=handle_file(__file__), api_name="/upscale")
    leave(client)
    until(lambda: not left(hasty))


def test_sessions_of_the_plain_api_and_callers_without_one(
    hasty: App, web: httpx.Client, cloud: Cloud
) -> None:
    """Results can be fetched for a while; then their addresses lead nowhere, and uploads went too.
    What nobody used goes as well."""
    data, mine = photo("canary"), {"session_hash": secrets.token_hex(12)}
    paths = [upload(web, data) for _ in range(3)]
    made = [
        call(web, "find_faces", file(paths[0]), **mine),
        call(web, "find_faces", file(paths[1])),
        call_named(web, "text_to_image", prompt="a fox", width=64, height=64),
    ]
    assert [kind for kind, _ in made] == ["complete"] * 3
    urls = [made[0][1][0]["url"], made[1][1][0]["url"], made[2][1][1]["images"][0]["url"]]
    urls += [f"/gradio_api/file={path}" for path in paths[:2]]
    for url in urls:
        answer = web.get(url)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    with all_waiting_over(hasty):
        until(lambda: not left(hasty))
    for url in urls:
        answer = web.get(url)
        assert (answer.status_code, answer.text) == (404, web.get("/gradio_api/file=x").text)


def test_two_who_upload_the_same_share_nothing(hasty: App, web: httpx.Client, cloud: Cloud) -> None:
    """Neither a path, nor the end; and none may name what is the other's."""
    data, one, two = photo("canary"), hasty.client(), hasty.client()
    names = {each: {"session_hash": each.session_hash} for each in (one, two)}
    paths = {each: upload(web, data) for each in (one, two)}
    assert paths[one] != paths[two]
    for each in (one, two):
        kind, (preview, _) = call(web, "find_faces", file(paths[each]), **names[each])
        assert kind == "complete"
    for stranger, others in (
        (paths[one], (names[two], {})),
        (preview["path"], (names[one], {})),  # made for the second
    ):
        for how in others:
            kind, told = call(web, "find_faces", file(stranger), **how)
            assert (kind, told["title"]) == ("error", "invalid_input")
            assert "not among your uploads" in told["error"]
    leave(one)
    until(lambda: not Path(paths[one]).exists())
    assert web.get(f"/gradio_api/file={paths[one]}").status_code == 404
    assert call(web, "find_faces", file(paths[two]), **names[two])[0] == "complete"
    leave(two)
    until(lambda: not left(hasty))


def test_one_who_hangs_up_leaves_nothing(hasty: App, web: httpx.Client) -> None:
    """In the middle of a body; and one who is refused reads why, though he sends on."""
    until(lambda: not left(hasty))
    head = (
        "POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", hasty.port)) as line:
        line.sendall(head.encode() + b"x" * 600_000)
        until(lambda: left(hasty))
    until(lambda: not left(hasty))
    answer = web.post("/gradio_api/upload", files={"files": ("a.png", b"x" * (45 << 20))})
    assert (answer.status_code, "30 MB" in answer.text) == (413, True)
    assert not left(hasty)


def test_nothing_is_found_on_the_disk(hasty: App, web: httpx.Client, cloud: Cloud) -> None:
    """Neither the photographs nor what stood in them, when the app has ended."""
    canary = f"canary {secrets.token_hex(8)}"
    data = photo(canary)
    client = hasty.client()
    mine = {"session_hash": client.session_hash}
    upload(web, data)
    path = upload(web, data)
    edit = ("snow", "fal/nano-banana-2-edit")
    kind, _ = call(web, "edit_image", [{"image": file(path)}], *edit, **mine)
    assert kind == "complete"
    place = hasty.temp.parent
    assert found(place, canary.encode()), "the search itself works"
    hasty.stop()
    leave(client)
    assert [*hasty.temp.iterdir()] == []
    for piece in (canary.encode(), data[-4000:-3000], data[5000:6000]):
        assert found(place, piece) == []
    assert "Traceback" not in hasty.log


def found(place: Path, piece: bytes) -> list[Path]:
    """The files below a folder in which these bytes are: temporary ones, data, and the log."""
    return [path for path in place.rglob("*") if path.is_file() and piece in path.read_bytes()]
