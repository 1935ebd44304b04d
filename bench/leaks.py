"""Whether a key, a prompt or a picture gets out anywhere it should not.

Run `python -m bench.leaks`. One visitor with a key, a prompt and a picture that are marked uses
every endpoint, with jobs that succeed and that fail, over emulators of the providers; then another
visitor, who knows the ids but not the session, asks for all he can; then both leave and the app
ends. Looks for the marks in what each provider was sent, in what the other visitor was told, in the
log, and in every file that is left. Prints a line a place; ends with an error where a mark was
found that has no business there.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
from gradio_client import handle_file
from PIL import Image, PngImagePlugin

from tests.cloud import Cloud
from tests.running import App, leave

KEY = "canary-key-of-a-visitor-0123456789"
PROMPT = "a canary called Quetzalzwitscher in a cage"
WORD = "Quetzalzwitscher"
PLACE = "canary-place-where-it-was-taken"
FACE = Path(__file__).parents[1] / "tests" / "unit" / "data" / "astronaut.jpg"
PROVIDER = "fal"
WAIT_SECONDS = 60.0
SHORT = "from ui import visitors; visitors.GRACE_SECONDS = 1.0"  # else ten seconds


def picture(folder: Path) -> Path:
    """A photograph with a place in its metadata."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", PLACE)
    path = folder / "canary.png"
    Image.open(FACE).convert("RGB").resize((256, 256)).save(path, pnginfo=about)
    return path


def strips(path: Path) -> list[bytes]:
    """Bytes by which a picture is known again: parts of its file, and of its pixels packed anew."""
    data = path.read_bytes()
    return [data[at : at + 64] for at in range(2000, len(data) - 64, len(data) // 8)]


def use_everything(app: App, path: Path) -> tuple[list[str], list[str]]:
    """Every endpoint, as the visitor; the ids of jobs, and all that the endpoints answered."""
    client = app.client(x_fal_key=KEY)
    ids, heard = [], []
    calls: list[tuple[str, dict[str, Any]]] = [
        ("/text_to_image", {"prompt": PROMPT, "model": "fal/flux-schnell"}),
        ("/text_to_image", {"prompt": PROMPT, "model": "local/sketch"}),
        ("/edit_image", {"images": [{"image": handle_file(path), "caption": None}],
                         "prompt": PROMPT, "model": "fal/nano-banana-edit"}),
        ("/retouch", {"image": handle_file(path), "model": "local/retouch"}),
        ("/upscale", {"image": handle_file(path), "model": "local/upscale"}),
        ("/swap_face", {"source": handle_file(path), "target": handle_file(path),
                        "model": "local/face-swap", "consent": True}),
        ("/find_faces", {"image": handle_file(path)}),
        ("/write_prompt", {"idea": PROMPT, "model": "fal/claude-sonnet-4.5"}),
        ("/overlay_text", {"image": handle_file(path), "text": PROMPT}),
        ("/parse_wishes", {"wishes": PROMPT}),
        ("/estimate", {"prompt": PROMPT, "model": "fal/flux-schnell"}),
        ("/history", {}), ("/statistics", {}), ("/list_models", {}), ("/export_history", {}),
        ("/text_to_image", {"prompt": PROMPT, "model": "nope"}),
        ("/text_to_image", {"prompt": PROMPT + "x" * 20_000, "model": "fal/flux-schnell"}),
    ]  # fmt: skip
    for name, given in calls:
        try:
            answer = client.predict(**given, api_name=name)
        except Exception as error:  # noqa: BLE001 - whatever a client is told
            answer = str(error)
        heard.append(json.dumps(answer, default=str))
        for part in answer if isinstance(answer, list | tuple) else []:
            if isinstance(part, dict) and "id" in part and "images" in part:
                ids.append(part["id"])
    leave(client)
    client.close()
    return ids, heard


def ask_as_another(app: App, ids: list[str]) -> Iterator[str]:
    """All that somebody else is told, who knows the ids of the jobs."""
    client = app.client()
    for name in ("/history", "/statistics", "/export_history", "/list_models"):
        with suppress(Exception):
            answer = client.predict(api_name=name)
            yield Path(answer).read_text() if name == "/export_history" else json.dumps(answer)
    for each in ids:
        for name in ("/status", "/check", "/delete_result"):
            try:
                yield json.dumps(client.predict(each, api_name=name), default=str)
            except Exception as error:  # noqa: BLE001 - whatever a client is told
                yield str(error)
    leave(client)
    with httpx.Client(base_url=app.url, trust_env=False, timeout=30) as web:
        for path in ("/", "/config", "/gradio_api/info", "/healthz", "/gradio_api/queue/status"):
            yield web.get(path).text
        yield web.get(f"/gradio_api/file={app.temp}").text


def files_left(*places: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file under these folders."""
    for place in places:
        for path in place.rglob("*") if place.is_dir() else ():
            if path.is_file():
                yield path, path.read_bytes()


def pixels_of(data: bytes) -> bool:
    """Whether a file is a picture of any size."""
    with suppress(Exception):
        return Image.open(io.BytesIO(data)).size[0] > 0
    return False


def look(place: str, found: list[str]) -> int:
    """A line for a place; how many marks have no business there."""
    print(f"{'LEAK' if found else 'ok':5}{place}{': ' + ', '.join(found[:5]) if found else ''}")
    return len(found)


def marks(text: str | bytes, *wanted: str) -> list[str]:
    """Which of the marks a text holds."""
    data = text.encode() if isinstance(text, str) else text
    return [mark for mark in wanted if mark.encode() in data]


def run() -> int:
    """Play it; how many leaks."""
    leaks = 0
    with Cloud() as cloud, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = picture(folder)
        cloud.add_key(PROVIDER, KEY)
        with App(folder / "app", cloud.environment(), SHORT) as app:
            ids, heard = use_everything(app, path)
            leaks += look("the visitor's own answers", marks(" ".join(heard), KEY))
            for service in ("replicate", "huggingface", "wavespeed", "openai"):
                sent = b" ".join(
                    call.raw + json.dumps(call.headers).encode() + call.path.encode()
                    for call in cloud.ledger.calls if call.service == service
                )  # fmt: skip
                leaks += look(f"what {service} was sent", marks(sent, KEY, WORD, PLACE))
            own = b" ".join(c.raw for c in cloud.ledger.calls if c.service == PROVIDER)
            leaks += look(f"what {PROVIDER} was sent", marks(own, PLACE))
            asked = WORD.encode() in own
            leaks += look("the prompt reached its provider", [] if asked else ["it did not"])
            told = " ".join(ask_as_another(app, ids))
            leaks += look("what another visitor was told", marks(told, KEY, WORD, PLACE))
            leaks += look("the log while it ran", marks(app.log, KEY, WORD, PLACE))
            places = (app.temp, folder / "app" / "work", folder / "app" / "data")
            until = time.monotonic() + WAIT_SECONDS
            while time.monotonic() < until and any(pixels_of(d) for _, d in files_left(app.temp)):
                time.sleep(0.5)
            leaks += look("files after both have left", _in_files(places, path))
            leaks += len(cloud.leaks())
        leaks += look("files after the app has ended", _in_files(places, path))
        leaks += look("the log afterwards", marks(app.log, KEY, WORD, PLACE))
    print(f"{leaks} leaks")
    return leaks


def _in_files(places: tuple[Path, ...], path: Path) -> list[str]:
    """Files that hold a mark, or a picture."""
    parts = strips(path)
    return [
        file.name
        for file, data in files_left(*places)
        if marks(data, KEY, WORD, PLACE) or any(part in data for part in parts) or pixels_of(data)
    ]


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
