"""The plain REST calls, as the README shows them with curl."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.cloud import Cloud
from tests.running import App


@pytest.fixture
def web(app: App) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=app.url, trust_env=False, timeout=60) as client:
        yield client


def read(web: httpx.Client, name: str, event: str) -> list[tuple[str, Any]]:
    """The events of a call until its end: curl -N …/call/<name>/<event_id>."""
    found, kind = [], ""
    with web.stream("GET", f"/gradio_api/call/{name}/{event}") as lines:
        for line in lines.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((kind, json.loads(line.removeprefix("data: "))))
    return found


def call(web: httpx.Client, name: str, *data: Any, **more: Any) -> tuple[str, Any]:
    """POST …/call/<name> {"data": […]}, then its last event."""
    answer = web.post(f"/gradio_api/call/{name}", json={"data": data, **more})
    assert answer.status_code == 200, answer.text
    return read(web, name, answer.json()["event_id"])[-1]


def call_named(web: httpx.Client, name: str, **named: Any) -> tuple[str, Any]:
    """POST …/call/v2/<name> with named parameters, then its last event."""
    answer = web.post(f"/gradio_api/call/v2/{name}", json=named)
    assert answer.status_code == 200, answer.text
    return read(web, name, answer.json()["event_id"])[-1]


def test_named_parameters(app: App, web: httpx.Client) -> None:
    kind, (files, receipt) = call_named(
        web, "text_to_image", prompt="a lighthouse", model="local/sketch", width=1200, height=630
    )
    assert kind == "complete"
    (image,) = receipt["images"]
    assert (image["width"], image["height"]) == (1200, 630)
    for url in (image["url"], files[0]["image"]["url"]):
        answer = web.get(url)
        assert answer.status_code == 200
        assert answer.content.startswith(b"\x89PNG")
    assert str(app.temp) not in json.dumps({**receipt, "images": []})


def test_every_parameter_by_name(web: httpx.Client, cloud: Cloud) -> None:
    kind, (_, receipt) = call_named(
        web, "text_to_image", prompt="a fox", model="fal/flux-dev", aspect_ratio="portrait",
        resolution="", width=None, height=None, num_images=2, seed=7, negative_prompt=None,
        num_inference_steps=20, guidance_scale=3.5, quality="", output_format="png",
    )  # fmt: skip
    assert kind == "complete"
    assert receipt["seed"] == 7
    assert receipt["sent"] == cloud.submissions("fal")[0].body
    assert len(receipt["images"]) == 2


def test_by_position(web: httpx.Client) -> None:
    data = ["a fox", "local/sketch", "4:3", None, None, None, 1.0, 5.0, "", None, None, None, "jpg"]
    kind, answer = call(web, "text_to_image", *data)
    assert kind == "complete"
    assert answer[1]["seed"] == 5
    assert answer[0][0]["image"]["orig_name"].endswith(".jpg")


def test_a_session_of_ones_own(web: httpx.Client) -> None:
    mine = {"session_hash": secrets.token_hex(12)}
    settings = ["a fox", "local/sketch", "1:1", None, 64, 64, 1, None, None, None, None, None, None]
    receipts = [call(web, "text_to_image", *settings, **mine)[1][1] for _ in range(2)]
    assert [each["id"] for each in call(web, "history", **mine)[1][0]] == [
        each["id"] for each in receipts
    ]
    assert call(web, "history")[1][0] == [], "another caller, another session"
    assert call(web, "history", session_hash="someone")[1][0] == []
    kind, (deleted,) = call(web, "delete_result", receipts[0]["id"], **mine)
    assert (kind, deleted["left"]) == ("complete", 1)
    kind, (file,) = call(web, "export_history", "json", **mine)
    saved = web.get(file["url"]).json()
    assert [each["id"] for each in saved] == [receipts[1]["id"]]
    assert call(web, "clear_history", **mine) == ("complete", [{"deleted": 1}])


def test_callers_without_a_session_do_not_share_one(web: httpx.Client) -> None:
    _, (_, receipt) = call_named(web, "text_to_image", prompt="a fox", width=64, height=64)
    kind, error = call(web, "delete_result", receipt["id"])
    assert kind == "error"
    assert "has no result" in error["error"]
    assert web.get(receipt["images"][0]["url"]).status_code == 200


def test_errors_are_sentences(app: App, web: httpx.Client) -> None:
    before = len(app.log)
    kind, error = call_named(web, "text_to_image", prompt="a fox", model="nope")
    assert kind == "error"
    assert error["error"].startswith("There is no model 'nope'. There are: auto")
    assert error["title"] == "invalid_input"
    kind, error = call_named(web, "text_to_image", prompt=None)
    assert "prompt is empty" in error["error"]
    assert app.log[before:] == ""


def test_a_key_by_header(web: httpx.Client, cloud: Cloud) -> None:
    cloud.add_key("fal", "own-key-for-curl")
    answer = web.post(
        "/gradio_api/call/v2/text_to_image",
        json={"prompt": "a fox", "model": "fal/flux-schnell"},
        headers={"X-Fal-Key": "own-key-for-curl"},
    )
    events = read(web, "text_to_image", answer.json()["event_id"])
    assert events[-1][0] == "complete"
    assert "own-key-for-curl" not in json.dumps(events)
    assert cloud.submissions("fal")[0].headers["authorization"] == "Key own-key-for-curl"


def test_models_as_curl_lists_them(web: httpx.Client) -> None:
    kind, (rows,) = call_named(web, "list_models", task="text-to-image")
    assert kind == "complete"
    assert {"local/sketch", "fal/flux-dev"} <= {row["id"] for row in rows}
