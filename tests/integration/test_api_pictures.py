"""The endpoints that start from a picture, over the emulated services: one submission each, no
metadata sent, labels in the receipt, and the price that /estimate told."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client, handle_file
from PIL import Image

from providers.catalogue import MODELS
from providers.schema import Task
from tests.cloud import Cloud
from tests.integration.test_api_rest import call, call_named
from tests.integration.waiting import until
from tests.running import App, leave
from tests.unit.intake_files import exif, saved, scene

FACES = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
EDITS = ["fal/nano-banana-2-edit", "replicate/nano-banana-2-edit", "wavespeed/seedream-4-edit"]
EDITS += ["openai/gpt-image-2-edit"]
# What is asked besides the picture: the endpoint, its task, the model, more.
ONES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("retouch", "retouch", "fal/seedream-4-enhance",
     {"mode": "enhance", "instruction": "softer light"}),
    ("retouch", "retouch", "fal/retoucher", {}),
    ("retouch", "retouch", "replicate/gfpgan", {"mode": "enhance"}),
    ("upscale", "upscale", "fal/clarity-upscaler", {"scale": 3, "creativity": 0.2}),
    ("upscale", "upscale", "fal/recraft-crisp", {}),
    ("upscale", "upscale", "replicate/real-esrgan", {"scale": 4}),
]  # fmt: skip
SWAPS = ["fal/seedream-4-swap", "replicate/cdingram-face-swap", "wavespeed/image-face-swap"]


@pytest.fixture
def photo(tmp_path: Path) -> Any:
    """A picture as a telephone takes it, with place, camera, words and a date."""
    path = tmp_path / "Anna at home.jpg"
    path.write_bytes(saved(scene((96, 64)), "JPEG", exif=exif()))
    return handle_file(path)


@pytest.fixture
def portrait(tmp_path: Path) -> Any:
    """A face as a telephone takes it."""
    path = tmp_path / "Anna.jpg"
    with Image.open(FACES) as face:
        path.write_bytes(saved(face, "JPEG", exif=exif()))
    return handle_file(path)


@pytest.fixture
def other(tmp_path: Path) -> Any:
    path = tmp_path / "second.png"
    path.write_bytes(saved(scene((64, 80)), "PNG"))
    return handle_file(path)


@pytest.fixture
def faces() -> Any:
    return handle_file(FACES)


def assert_sent_once(cloud: Cloud, service: str, receipt: dict[str, Any], count: int = 1) -> Any:
    """One job, its pictures bare; what it was given, and nothing of the user's, is told."""
    assert len(cloud.submissions()) == len(cloud.submissions(service)) == 1
    (job,) = cloud.jobs(service)
    assert [picture.metadata for picture in job.received] == [()] * count
    told = json.dumps(receipt, ensure_ascii=False)
    assert [label.split(":")[0] for label in receipt["asked"]["pictures"]] == [
        f"picture {number}" for number in range(1, count + 1)
    ]
    assert "base64" not in told
    assert "Anna" not in told
    assert "picture 1: " in json.dumps(receipt["sent"])
    return job


@pytest.mark.parametrize("model", EDITS)
def test_edit(client: Client, cloud: Cloud, photo: Any, other: Any, model: str) -> None:
    asked = {"model": model, "num_images": 1}
    ahead = client.predict(
        "image-edit", images=2, image_width=96, image_height=64, **asked, api_name="/estimate"
    )
    assert ahead["model"] == model
    files, receipt = client.predict(
        images=[photo, other], prompt="make it snow", **asked, api_name="/edit_image"
    )
    assert len(files) == 1
    assert (receipt["model"], receipt["task"]) == (model, "image-edit")
    job = assert_sent_once(cloud, model.partition("/")[0], receipt, 2)
    assert [(each.width, each.height) for each in job.received] == [(96, 64), (64, 80)]
    assert "location" in receipt["asked"]["pictures"][0]
    if receipt["price"]["basis"] == "estimate":
        assert receipt["price"]["usd"] == ahead["usd"]


@pytest.mark.parametrize(("name", "task", "model", "more"), ONES, ids=lambda each: str(each)[:24])
def test_one_picture(
    client: Client, cloud: Cloud, photo: Any, portrait: Any, name: str, task: str, model: str,
    more: dict[str, Any],
) -> None:  # fmt: skip
    image = portrait if name == "retouch" else photo
    _, receipt = client.predict(image=image, model=model, **more, api_name=f"/{name}")
    assert (receipt["model"], receipt["task"]) == (model, task)
    assert_sent_once(cloud, model.partition("/")[0], receipt)
    shared = {key: more[key] for key in ("scale", "mode") if key in more}
    ahead = client.predict(
        task, model=model, image_width=96, image_height=64, **shared, api_name="/estimate"
    )
    if receipt["price"]["basis"] == "estimate":
        assert receipt["price"]["usd"] == ahead["usd"]


@pytest.mark.parametrize("model", SWAPS)
def test_swap(client: Client, cloud: Cloud, faces: Any, model: str) -> None:
    two = {"source": faces, "target": faces, "model": model, "api_name": "/swap_face"}
    with pytest.raises(Exception, match=r"needs the consent .* consent=true"):
        client.predict(**two)
    with pytest.raises(Exception, match="needs the consent"):
        client.predict(**two, consent="yes")
    assert cloud.calls == []
    _, receipt = client.predict(**two, consent=True)
    assert (receipt["model"], receipt["task"]) == (model, "face-swap")
    assert_sent_once(cloud, model.partition("/")[0], receipt, 2)
    client.predict(**two)
    assert len(cloud.submissions()) == 2, "consent is given once a session"


def test_consent_is_for_one_session(app: App, cloud: Cloud, client: Client, faces: Any) -> None:
    two = {"source": faces, "target": faces, "model": SWAPS[0], "api_name": "/swap_face"}
    client.predict(**two, consent=True)
    stranger = app.client()
    with pytest.raises(Exception, match="needs the consent"):
        stranger.predict(**two)
    leave(stranger)


def test_faces_are_found_without_a_key(make_app: Callable[..., App], tmp_path: Path) -> None:
    app = make_app()
    client = app.client(download=tmp_path / "mine")
    preview, told = client.predict(image=handle_file(FACES), api_name="/find_faces")
    with Image.open(FACES) as photo, Image.open(preview) as drawn:
        assert (told["width"], told["height"]) == photo.size
        assert drawn.width <= photo.width
        assert drawn.width * photo.height == pytest.approx(drawn.height * photo.width, rel=0.02)
    assert told["count"] == len(told["faces"]) == 1
    (face,) = told["faces"]
    assert face["number"] == 1
    assert 0 <= face["x"] < face["x"] + face["width"] <= told["width"]
    assert 0 <= face["y"] < face["y"] + face["height"] <= told["height"]
    blank = tmp_path / "blank.png"
    blank.write_bytes(saved(scene(), "PNG"))
    _, told = client.predict(image=handle_file(blank), api_name="/find_faces")
    assert (told["count"], told["faces"]) == (0, [])
    leave(client)
    assert "Traceback" not in app.log


def test_a_preview_of_faces_goes_with_the_session(make_app: Callable[..., App]) -> None:
    app = make_app("import ui.visitors as v; v.GRACE_SECONDS = 0.3")
    client = app.client()
    client.predict(image=handle_file(FACES), api_name="/find_faces")
    (cache,) = app.temp.iterdir()
    assert len(list(cache.rglob("faces.jpg"))) == 1
    leave(client)
    until(lambda: list(cache.rglob("faces.jpg")) == [])


ESTIMATES: list[tuple[dict[str, Any], str, float | None]] = [
    ({"task": "image-edit", "model": "fal/nano-banana-2-edit", "num_images": 3}, "", 0.24),
    ({"task": "upscale", "model": "fal/clarity-upscaler", "image_width": 2048}, "", 0.24),
    ({"task": "upscale", "model": "fal/clarity-upscaler", "scale": 4}, "", 0.48),
    ({"task": "upscale", "model": "fal/recraft-crisp"}, "", 0.004),
    ({"task": "face-swap", "model": "wavespeed/image-face-swap"}, "", 0.01),
    ({"task": "retouch", "model": "fal/retoucher"}, "", None),
    ({"task": "image-edit", "model": "fal/seedream-5-lite-edit"}, "", 0.035),
    ({"task": "image-edit", "model": "fal/seedream-5-lite-edit", "aspect_ratio": "square"},
     "no aspect_ratio", None),
    ({"task": "image-edit", "model": "fal/flux-kontext-pro", "images": 2}, "one picture, not 2",
     None),
    ({"task": "upscale", "model": "fal/recraft-crisp", "scale": 4}, "no scale", None),
    ({"task": "image-edit", "images": 15}, "from 1 to 14", None),
    ({"task": "image-edit", "image_width": 0}, "image_width", None),
    ({"task": "image-edit", "image_width": 9000, "image_height": 9000}, "megapixels", None),
    ({"task": "retouch", "mode": "hard"}, "no mode 'hard'", None),
    ({"task": "text-to-image", "images": 2, "model": "fal/flux-dev"}, "takes no picture", None),
]  # fmt: skip


def test_estimates(client: Client, cloud: Cloud) -> None:
    for asked, refused, usd in ESTIMATES:
        if refused:
            with pytest.raises(Exception, match=refused):
                client.predict(**asked, api_name="/estimate")
            continue
        told = client.predict(**asked, api_name="/estimate")
        assert told["model"] == asked["model"], asked
        assert told["usd"] == pytest.approx(usd) if usd else told["basis"] == "unknown", asked
    assert cloud.submissions() == []


@pytest.mark.parametrize(
    ("task", "endpoint", "more", "ahead"),
    [
        ("image-edit", "edit_image", {"prompt": "snow", "resolution": "2K"}, {"resolution": "2K"}),
        ("image-edit", "edit_image", {"prompt": "snow", "num_images": 2}, {"num_images": 2}),
        ("upscale", "upscale", {"scale": 4}, {"scale": 4}),
        ("upscale", "upscale", {"output_format": "png"}, {"output_format": "png"}),
        ("retouch", "retouch", {"mode": "enhance", "instruction": "soft"},
         {"mode": "enhance", "prompt": "soft"}),
        ("face-swap", "swap_face", {"consent": True}, {}),
    ],
)  # fmt: skip
def test_auto_is_what_was_estimated(
    client: Client, cloud: Cloud, photo: Any, portrait: Any, task: str, endpoint: str,
    more: dict[str, Any], ahead: dict[str, Any],
) -> None:  # fmt: skip
    size = {"image_width": 96, "image_height": 64}
    told = client.predict(task, **size, **ahead, api_name="/estimate")
    given: dict[str, Any] = {"image": portrait if endpoint == "retouch" else photo}
    if endpoint == "edit_image":
        given = {"images": [photo]}
    elif endpoint == "swap_face":
        given = {"source": portrait, "target": portrait}
    _, receipt = client.predict(**given, **more, api_name=f"/{endpoint}")
    assert receipt["model"] == told["model"]
    assert receipt["price"]["usd"] == told["usd"]


OWN = {model.task: model.id for model in MODELS.values() if model.provider == "local"}


def test_without_a_key(make_app: Callable[..., App], photo: Any, portrait: Any) -> None:
    """Auto asks our own engines, and the estimate says so before."""
    app = make_app()
    client = app.client()
    two = {"source": portrait, "target": portrait, "consent": True}
    for task, name, given, ahead in (
        (Task.IMAGE_EDIT, "edit_image", {"images": [photo], "prompt": "black and white"},
         {"prompt": "black and white"}),
        (Task.RETOUCH, "retouch", {"image": portrait}, {}),
        (Task.RETOUCH, "retouch", {"image": portrait, "mode": "enhance", "strength": 0.3},
         {"mode": "enhance"}),
        (Task.UPSCALE, "upscale", {"image": photo}, {}),
        (Task.FACE_SWAP, "swap_face", two, {}),
    ):  # fmt: skip
        told = client.predict(str(task), **ahead, api_name="/estimate")
        assert (told["model"], told["usd"]) == (OWN[task], 0)
        files, receipt = client.predict(**given, api_name=f"/{name}")
        assert (receipt["model"], receipt["price"]["basis"]) == (OWN[task], "free")
        assert len(files) == 1
        if name == "upscale":
            assert [(e["width"], e["height"]) for e in receipt["images"]] == [(192, 128)]
    with pytest.raises(Exception, match="FAL_KEY"):
        client.predict(images=[photo], prompt="make her a knight", api_name="/edit_image")
    leave(client)
    assert "Traceback" not in app.log


def test_a_cap_is_held(client: Client, cloud: Cloud, photo: Any) -> None:
    model = {"model": "fal/nano-banana-2-edit", "max_price": 0.05}
    with pytest.raises(Exception, match="more than max_price"):
        client.predict(images=[photo], prompt="snow", **model, api_name="/edit_image")
    with pytest.raises(Exception, match="more than max_price"):
        client.predict("image-edit", **model, api_name="/estimate")
    assert cloud.submissions() == []


def test_every_form_of_a_list(client: Client, cloud: Cloud, photo: Any) -> None:
    """Plain files, a gallery's, one alone: what clients send."""
    for images in ([photo], [{"image": photo, "caption": "mine"}], [{"image": photo}], photo):
        _, receipt = client.predict(
            images=images, prompt="snow", model=EDITS[0], api_name="/edit_image"
        )
        assert len(receipt["asked"]["pictures"]) == 1
    assert len(cloud.submissions("fal")) == 4


def test_by_rest(app: App, cloud: Cloud, tmp_path: Path) -> None:
    """The upload, then the call: by name and by place."""
    data = saved(scene((96, 64)), "JPEG", exif=exif())
    mine = {"session_hash": secrets.token_hex(12)}
    with httpx.Client(base_url=app.url, trust_env=False, timeout=60) as web:
        sent = web.post("/gradio_api/upload", files={"files": ("cat.jpg", data, "image/jpeg")})
        assert sent.status_code == 200
        file = {"path": sent.json()[0], "meta": {"_type": "gradio.FileData"}}
        kind, (files, receipt) = call_named(
            web, "edit_image", images=[file], prompt="snow", model=EDITS[0]
        )
        assert kind == "complete", receipt
        assert_sent_once(cloud, "fal", receipt)
        assert web.get(files[0]["image"]["url"]).status_code == 200
        kind, answer = call(web, "edit_image", [file], "snow", EDITS[0], **mine)
        assert kind == "complete", answer
        kind, (_, receipt) = call(web, "upscale", file, 2, "fal/recraft-crisp", **mine)
        assert receipt["model"] == "fal/recraft-crisp"
        kind, answer = call(web, "swap_face", file, file, SWAPS[0], 1, 1, "true", **mine)
        assert (kind, "needs the consent" in answer["error"]) == ("error", True)
    assert len(cloud.submissions("fal")) == 3
