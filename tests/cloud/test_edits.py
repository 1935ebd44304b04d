"""The emulators look at the pictures they are given, and are strict about them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from . import Cloud, Received
from .client import finish, fresh, photo, picture, send, uri
from .schema import load

PHOTO = photo()  # 64 x 48
URI = uri(PHOTO)
EDITS = "/openai/v1/images/edits"
PNG = photo(form="PNG")
FILE = ("image[]", ("fox.png", PNG, "image/png"))
GARBAGE = uri(b"not a picture")


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud) -> Iterator[Cloud]:
    yield from fresh(running)


def body(fields: dict[str, Any], text: str = URI) -> dict[str, Any]:
    """The least that a row asks for."""
    value = {"string": "a fox", "picture": text, "array": [text]}
    return {name: value[rule["type"]] for name, rule in fields.items() if rule.get("required")}


def received(cloud: Cloud) -> list[Received]:
    (job,) = cloud.jobs()
    return job.received


def taking(service: str) -> list[str]:
    """The rows of a service that cannot do without a picture, and make one."""
    rows = load(service).items()
    return [
        name
        for name, row in rows
        if URI in str(body(row["input"])) and "output" not in row.get("output", ())
    ]


@pytest.mark.parametrize("model", taking("fal"))
def test_fal_rows_take_a_picture(cloud: Cloud, model: str) -> None:
    row = load("fal")[model]
    text = uri(PNG, "image/png") if row.get("takes") else URI
    answer = send(cloud, "fal", "POST", f"/fal/{model}", json=body(row["input"], text))
    made = finish(cloud, "fal", answer).json()
    files = made["images"] if "images" in made else [made["image"]]
    size = picture(files[0]["url"]).size
    scale = row.get("scale", 1)
    scale = row["input"][scale]["default"] if isinstance(scale, str) else scale
    if "scale" in row or "size" in row:
        assert size == (64 * scale, 48 * scale)
    assert abs(size[0] / size[1] - 4 / 3) < 0.1 or "image_size" in row["input"]
    assert [(it.data, it.way, it.metadata) for it in received(cloud)] == [
        (PNG if row.get("takes") else PHOTO, "data", ())]  # fmt: skip
    assert set(made) == set(row["output"]) and ("width" in files[0]) is not row.get("file", False)


@pytest.mark.parametrize("model", taking("replicate"))
def test_replicate_rows_take_a_picture(cloud: Cloud, model: str) -> None:
    row = load("replicate")[model]
    path = f"/replicate/v1/models/{model}/predictions"
    asked: dict[str, Any] = {"input": body(row["input"])}
    if "version" in row:
        assert send(cloud, "replicate", "POST", path, json=asked).status_code == 404
        path, asked["version"] = "/replicate/v1/predictions", row.get("versions", [""])[0]
        asked["version"] = asked["version"] or row["version"]
    done = finish(cloud, "replicate", send(cloud, "replicate", "POST", path, json=asked))
    assert done["status"] == "succeeded" and done["metrics"]["predict_time"] >= 0
    scale = row.get("scale", 1)
    scale = row["input"][scale]["default"] if isinstance(scale, str) else scale
    scale = 1 if scale == "None" else scale
    if "scale" in row or "size" in row:
        assert picture(done["output"]).size == (64 * scale, 48 * scale)
    assert {it.data for it in received(cloud)} == {PHOTO}


def test_what_a_picture_tells_is_seen(cloud: Cloud) -> None:
    asked = {"input": {"prompt": "x", "image_input": [uri(photo(secret="cam")), URI]}}
    path = "/replicate/v1/models/google/nano-banana/predictions"
    send(cloud, "replicate", "POST", path, json=asked)
    first, second = received(cloud)
    assert first.metadata == ("exif", "gps") and b"cam" in first.data and second.metadata == ()
    assert (second.name, second.claimed, second.format) == ("image_input", "image/jpeg", "jpeg")


def test_fal_refuses_what_is_no_picture(cloud: Cloud) -> None:
    def ended(**given: Any) -> tuple[int, Any]:
        path = "/fal-run/fal-ai/nano-banana/edit"
        answer = send(cloud, "fal", "POST", path, json={"prompt": "x", **given})
        return answer.status_code, answer.json()["detail"]

    odd = (400, "Unsupported data URL")
    for text in (uri(PHOTO, "text/plain"), uri(PHOTO, ""), "data:image/png;base64,*"):
        assert ended(image_urls=[text]) == odd and cloud.jobs() == []
    kinds = {GARBAGE: "image_load_error", "fox.jpg": "file_download_error",
             "https://example.com/fox.jpg": "file_download_error"}  # fmt: skip
    for text, kind in kinds.items():
        status, (detail,) = ended(image_urls=[URI, text])
        assert (status, detail["type"]) == (422, kind)
        assert detail["loc"] == ["body", "image_urls", 1]
    status, (detail,) = ended(image_urls=[])
    assert (status, detail["type"]) == (422, "value_error.list.min_items")
    status, (detail,) = ended()
    assert (status, detail["type"]) == (422, "value_error.missing")
    crisp = send(cloud, "fal", "POST", "/fal-run/fal-ai/recraft/upscale/crisp",
                 json={"image_url": URI})  # fmt: skip
    assert crisp.json()["detail"][0]["type"] == "unsupported_image_format"


def test_seedream_at_fal_drops_the_first_of_many(cloud: Cloud) -> None:
    asked = {"prompt": "x", "image_urls": [uri(photo((8 + n, 8))) for n in range(11)]}
    send(cloud, "fal", "POST", "/fal/fal-ai/bytedance/seedream/v4/edit", json=asked)
    assert [it.width for it in received(cloud)] == list(range(9, 19))
    assert cloud.ignored() == ["fal fal-ai/bytedance/seedream/v4/edit: image_urls[0]"]


def test_replicate_refuses_what_is_no_picture(cloud: Cloud) -> None:
    path = "/replicate/v1/models/black-forest-labs/flux-kontext-pro/predictions"

    def post(**given: Any) -> httpx.Response:
        return send(cloud, "replicate", "POST", path, json={"input": {"prompt": "x", **given}})

    answer = post(input_image="fox.jpg")
    said = "Does not match format 'uri'"
    (wrong,) = answer.json()["invalid_fields"]
    assert wrong == {"type": "format", "field": "input.input_image", "description": said}
    assert answer.status_code == 422 and cloud.jobs() == []
    for text in (GARBAGE, "https://example.com/fox.jpg", uri(PHOTO, "text/plain")):
        done = finish(cloud, "replicate", post(input_image=text))
        assert (done["status"], done["output"]) == ("failed", None) and "file" in done["error"]
    done = finish(cloud, "replicate", post(input_image=URI, safety_tolerance=3))
    assert done["status"] == "failed" and "safety_tolerance" in done["error"]


@pytest.mark.parametrize("model", taking("wavespeed"))
def test_wavespeed_rows_take_a_picture(cloud: Cloud, model: str) -> None:
    asked = body(load("wavespeed")[model]["input"])
    path = f"/wavespeed/api/v3/{model}"
    done = finish(cloud, "wavespeed", send(cloud, "wavespeed", "POST", path, json=asked))
    wanted = (2048, 2048) if "seedream" in model else (64, 48)
    assert picture(done["outputs"][0]).size == wanted
    assert {it.data for it in received(cloud)} == {PHOTO}
    fields = load("wavespeed")[model]["input"]
    wrong = send(cloud, "wavespeed", "POST", path, json=body(fields, "fox.jpg"))
    assert wrong.status_code == 400 and len(cloud.jobs()) == 1
    lost = send(cloud, "wavespeed", "POST", path, json=body(fields, GARBAGE))
    assert "Failed to load the image" in finish(cloud, "wavespeed", lost)["error"]


def edit(cloud: Cloud, *files: Any, **given: Any) -> httpx.Response:
    data = {"prompt": "a fox", "model": "gpt-image-2", **given}
    return send(cloud, "openai", "POST", EDITS, data=data, files=files or [FILE])


def test_openai_edits_a_form(cloud: Cloud) -> None:
    mask = ("mask", ("mask.png", PNG, "image/png"))
    second = ("image[]", ("photo.jpg", PHOTO, "image/jpeg"))
    done = edit(cloud, FILE, second, mask, n="2", output_format="webp", quality="low").json()
    assert (len(done["data"]), done["size"], done["output_format"]) == (2, "1536x1024", "webp")
    assert picture(base64.b64decode(done["data"][0]["b64_json"])).size == (1536, 1024)
    usage = done["usage"]
    assert usage["input_tokens_details"]["image_tokens"] == 12
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    (job,) = cloud.jobs("openai")
    assert [(it.name, it.data, it.way) for it in job.received] == [
        ("image", PNG, "form"), ("image", PHOTO, "form"), ("mask", PNG, "form")]  # fmt: skip
    assert job.input["n"] == 2
    sent = cloud.submissions("openai")[0].body
    assert sent["mask"] == {"filename": "mask.png", "content_type": "image/png", "data": PNG}
    assert edit(cloud, ("image", FILE[1]), size="1280x720").json()["size"] == "1280x720"


def test_openai_edits_json(cloud: Cloud) -> None:
    asked = {"prompt": "x", "model": "gpt-image-2", "images": [{"image_url": URI}]}
    assert send(cloud, "openai", "POST", EDITS, json=asked).json()["data"][0]["b64_json"]
    asked["images"] = [{"image_url": "https://example.com/fox.png"}]
    lost = send(cloud, "openai", "POST", EDITS, json=asked)
    assert (lost.status_code, lost.json()["error"]["code"]) == (400, "invalid_image_url")
    assert send(cloud, "openai", "POST", EDITS, content=b"x").status_code == 400


@pytest.mark.parametrize(("files", "given", "code"), [
    ([("image", FILE[1]), ("image", FILE[1])], {}, "duplicate_parameter"),
    ([("image", ("a.bin", PNG, "application/octet-stream"))], {}, "unsupported_file_mimetype"),
    ([("image", ("a.png", PHOTO, "image/png"))], {}, "invalid_image_file"),
    ([("image", ("a.png", b"x", "image/png"))], {}, "invalid_image_file"),
    ([FILE, ("mask", ("m.png", photo((8, 8), "PNG"), "image/png"))], {}, "invalid_image_file"),
    ([("mask", FILE[1])], {}, "missing_required_parameter"),
    ([FILE] * 17, {}, "array_above_max_length"),
    ([FILE], {"prompt": []}, "missing_required_parameter"),
    ([FILE], {"n": "many"}, "invalid_type"),
    ([FILE], {"n": "11"}, "integer_above_max_value"),
    ([FILE], {"size": "1000x1000"}, "invalid_value"),
    ([FILE], {"moderation": "low"}, "unknown_parameter"),
    ([FILE], {"response_format": "b64_json"}, "unknown_parameter"),
    ([FILE], {"model": "dall-e-2"}, "model_not_found"),
])  # fmt: skip
def test_openai_refuses_edits(cloud: Cloud, files: Any, given: Any, code: str) -> None:
    answer = edit(cloud, *files, **given)
    assert (answer.json()["error"]["code"], cloud.jobs()) == (code, [])


def test_edits_fail_as_planned(cloud: Cloud) -> None:
    cloud.fail("openai", "submit", 429)
    assert edit(cloud).status_code == 429 and cloud.jobs() == []
    cloud.fail("openai", "submit", "refusal")
    assert edit(cloud).json()["error"]["code"] == "moderation_blocked"
    cloud.fail("openai", "submit", "cut_after")
    with pytest.raises(httpx.TransportError):
        edit(cloud)
    (job,) = cloud.jobs()
    assert job.received[0].data == PNG
    assert send(cloud, "openai", "GET", EDITS).status_code == 405
    assert send(cloud, "openai", "POST", EDITS, key="wrong", files=[FILE]).status_code == 401
