"""What stands in a picture's place: only uploads are opened, and whatever is wrong with one is
said in a sentence before anything is sent."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client, handle_file
from PIL import Image

from tests.cloud import Cloud
from tests.integration.test_api_errors import assert_sentence
from tests.integration.test_api_rest import call
from tests.running import ROOT, App
from tests.unit.intake_files import saved, scene

META = {"_type": "gradio.FileData"}
PIXEL = "data:image/png;base64,iVBORw0KGgo="
EDIT = ("snow", "fal/nano-banana-2-edit")


@pytest.fixture
def web(app: App) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=app.url, trust_env=False, timeout=60) as client:
        yield client


def strangers(app: App, cloud: Cloud, upload: str) -> list[Any]:
    """Whatever is not the file data of an upload of this app."""
    canary = f"{cloud.url}/canary.png"
    folder = Path(upload).parent
    addresses = [canary, canary.replace("127.0.0.1", "localhost"), "http://100.64.0.1/x.png",
                 "http://169.254.169.254/latest", "https://example.invalid/x.png",
                 canary.replace("http:", "HTTP:"),
                 canary.replace("127.0.0.1", "[::ffff:7f00:1]")]  # fmt: skip
    paths = ["/etc/passwd", f"{folder}/../../../../../../../etc/passwd", "file:///etc/passwd",
             str(ROOT / "README.md"), "README.md", str(app.temp), str(folder), "", ".", "\0",
             f"{upload}/../../x", "x" * 9000]  # fmt: skip
    return [
        *({"path": each, "meta": META} for each in [*paths, *addresses]),
        *({"path": None, "url": each, "meta": META} for each in [*addresses, PIXEL]),
        *({"url": each} for each in [*addresses, PIXEL, "file:///etc/passwd"]),
        {"path": upload}, {"path": upload, "meta": None}, {"path": upload, "meta": "x"},
        {"path": upload, "meta": {"_type": "x"}}, {"path": 5, "meta": META}, {"meta": META}, {},
        upload, canary, PIXEL, "/etc/passwd", 5, True, 0.5,
    ]  # fmt: skip


def test_nothing_but_uploads(app: App, cloud: Cloud, web: httpx.Client) -> None:
    data = saved(scene(), "PNG")
    (upload,) = web.post("/gradio_api/upload", files={"files": ("cat.png", data)}).json()
    before, calls = len(app.log), len(cloud.calls)
    for stranger in strangers(app, cloud, upload):
        for name, given in (
            ("edit_image", ([stranger], *EDIT)),
            ("edit_image", ([{"image": stranger}], *EDIT)),
            ("upscale", (stranger, 2, "fal/recraft-crisp")),
        ):
            kind, told = call(web, name, *given)
            assert kind == "error", (name, stranger, told)
            assert told["error"], (name, stranger)
            assert_sentence(app, told["error"])
            assert told["title"] == "invalid_input", (name, stranger, told)
    assert len(cloud.calls) == calls, "nothing was fetched and nothing sent"
    assert app.log[before:] == "", "no traceback, and no path or payload in the log"
    marked = {"path": upload, "meta": META}
    video = [{"video": marked, "caption": None}]
    assert call(web, "edit_image", video, *EDIT)[0] == "error"
    assert call(web, "edit_image", [marked], *EDIT)[0] == "complete"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_out_of_the_folder_is_refused(app: App, cloud: Cloud, web: httpx.Client) -> None:
    data = saved(scene(), "PNG")
    (upload,) = web.post("/gradio_api/upload", files={"files": ("cat.png", data)}).json()
    link = Path(upload).with_name("link.png")
    link.symlink_to(ROOT / "docs" / "easel-light.png")
    kind, told = call(web, "upscale", {"path": str(link), "meta": META}, 2, "fal/recraft-crisp")
    assert (kind, "not among your uploads" in told["error"]) == ("error", True)
    assert cloud.submissions() == []


def wrong_files(folder: Path) -> list[tuple[Path, str]]:
    """Files that cannot be taken, and what must be said."""
    text, huge, cut, empty = (folder / f"{n}.png" for n in ("cat", "huge", "cut", "empty"))
    text.write_text("I am no picture at all.", encoding="utf-8")
    Image.new("1", (13000, 13000)).save(huge)
    assert huge.stat().st_size < 2**20
    whole = saved(scene((400, 300)), "PNG")
    cut.write_bytes(whole[: len(whole) // 2])
    empty.write_bytes(b"")
    svg = folder / "drawing.svg"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return [
        (text, "cat.png is not a picture"),
        (huge, "huge.png has 13000×13000 pixels, 169 megapixels"),
        (cut, "cut.png is cut short"),
        (empty, "empty.png is empty"),
        (svg, "drawing.svg is not a picture"),
    ]


def test_wrong_files(app: App, cloud: Cloud, client: Client, tmp_path: Path) -> None:
    calls, before = len(cloud.calls), len(app.log)
    good = tmp_path / "good.png"
    good.write_bytes(saved(scene(), "PNG"))
    for path, told in wrong_files(tmp_path):
        file = handle_file(path)
        for name, given in (
            ("edit_image", {"images": [handle_file(good), file], "prompt": "snow"}),
            ("retouch", {"image": file}),
            ("upscale", {"image": file}),
            ("swap_face", {"source": handle_file(good), "target": file, "consent": True}),
            ("find_faces", {"image": file}),
        ):
            with pytest.raises(Exception) as caught:
                client.predict(**given, api_name=f"/{name}")
            assert told in str(caught.value), (name, path)
            assert_sentence(app, str(caught.value).capitalize())
    assert len(cloud.calls) == calls
    assert app.log[before:] == ""


def test_too_many_and_none(app: App, cloud: Cloud, client: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(scene(), "PNG"))
    file = handle_file(path)
    for given, told in (
        ({"images": [file] * 15}, "At most 14 pictures can be given, not 15."),
        ({"images": []}, "The picture is missing."),
        ({"images": None}, "The picture is missing."),
    ):
        with pytest.raises(Exception, match=told):
            client.predict(**given, prompt="snow", api_name="/edit_image")
    for name in ("retouch", "upscale", "find_faces"):
        with pytest.raises(Exception, match=r"The picture is missing\."):
            client.predict(image=None, api_name=f"/{name}")
    with pytest.raises(Exception, match=r"The target is missing\."):
        client.predict(source=file, target=None, consent=True, api_name="/swap_face")
    with pytest.raises(Exception, match="prompt is empty"):
        client.predict(images=[file], prompt=" ", api_name="/edit_image")
    assert cloud.submissions() == []
    assert client.predict(api_name="/history") == []


def test_a_result_is_a_picture_too(cloud: Cloud, web: httpx.Client) -> None:
    """What was made can be worked on at once; its path is nobody's to guess."""
    kind, (files, _) = call(web, "text_to_image", "a fox", "local/sketch")
    assert kind == "complete"
    kind, (_, receipt) = call(web, "edit_image", files, *EDIT)
    assert kind == "complete"
    (job,) = cloud.jobs("fal")
    assert [picture.metadata for picture in job.received] == [()]
    assert json.dumps(receipt["asked"]["pictures"]).count("picture 1") == 1
