"""Edits by way of Hugging Face's router: its own, and those of the providers behind it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import huggingface_hub
import pytest
from huggingface_hub.inference._providers import PROVIDERS

from . import Cloud
from .client import fresh, photo, picture, send, uri

PHOTO = photo()
KONTEXT = "black-forest-labs/FLUX.1-Kontext-dev"
OWN = "/router/hf-inference/models/org/editor"
TASK = "image-to-image"


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for cloud in fresh(running):
        cloud.mapping("org/editor", {"hf-inference": {"task": TASK}})
        yield cloud


def test_hf_inference_edits_bytes_and_base64(cloud: Cloud) -> None:
    def post(**more: Any) -> Any:
        return send(cloud, "huggingface", "POST", OWN, **more)

    plain = post(content=PHOTO, headers={"Content-Type": "image/jpeg"})
    assert picture(plain.content).size == (64, 48)
    size = {"target_size": {"width": 32, "height": 16}, "prompt": "a fox"}
    body = {"inputs": base64.b64encode(PHOTO).decode(), "parameters": size}
    assert picture(post(json=body).content).size == (32, 16)
    assert [job.received[0].way for job in cloud.jobs()] == ["body", "data"]
    bad: tuple[dict[str, Any], ...] = (
        {"json": {"inputs": "x"}}, {"json": {"inputs": uri(PHOTO)}}, {"content": b"junk"},
        {"json": {**body, "parameters": {"strength": 1}}},
        {"json": {**body, "parameters": {"target_size": {"width": 1}}}},
    )  # fmt: skip
    for wrong in bad:
        answer = post(**wrong)
        assert (answer.status_code, answer.json()["error_type"]) == (422, "validation"), wrong
    assert len(cloud.jobs()) == 2
    told = send(cloud, "huggingface", "GET", "/hub/api/models/org/editor").json()
    assert told["pipeline_tag"] == TASK


def test_the_sdk_edits_at_hf_inference(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", f"{cloud.url}/hub")
    helper = PROVIDERS["hf-inference"][TASK]
    monkeypatch.setattr(helper, "base_url", f"{cloud.url}/router/hf-inference")
    key = cloud.keys["huggingface"]
    client = huggingface_hub.InferenceClient(provider="hf-inference", api_key=key)
    image = client.image_to_image(PHOTO, prompt="a fox", model="org/editor")
    assert image.size == (64, 48) and cloud.jobs()[0].received[0].data == PHOTO
    huggingface_hub.close_session()


def test_the_router_walks_the_queue_of_fal(cloud: Cloud) -> None:
    queue = {"params": {"_subdomain": "queue"}}
    asked = {"prompt": "x", "image_url": uri(PHOTO)}
    path = "/router/fal-ai/fal-ai/flux-kontext/dev"
    ticket = send(cloud, "huggingface", "POST", path, json=asked, **queue).json()
    at = ticket["response_url"].removeprefix(cloud.url)
    assert at == f"/fal-ai/flux-kontext/requests/{ticket['request_id']}"
    assert send(cloud, "huggingface", "GET", f"/router/fal-ai{at}/status").status_code == 404
    seen = [
        send(cloud, "huggingface", "GET", f"/router/fal-ai{at}/status", **queue).json()["status"]
        for _ in range(4)
    ]
    assert seen[-1] == "COMPLETED"
    made = send(cloud, "huggingface", "GET", f"/router/fal-ai{at}", **queue).json()
    assert picture(made["images"][0]["url"]).size == (1184, 896)
    (job,) = cloud.jobs("huggingface")
    assert job.received[0].data == PHOTO and cloud.leaks() == []
    other = send(cloud, "huggingface", "POST", path, json=asked).json()  # the synchronous host
    assert other["images"]
    cloud.fail("huggingface", "poll", 503)
    assert send(cloud, "huggingface", "GET", f"/router/fal-ai{at}", **queue).status_code == 503


def test_edits_by_the_router_fail_as_planned(cloud: Cloud) -> None:
    queue = {"params": {"_subdomain": "queue"}}
    asked = {"prompt": "x", "image_url": uri(PHOTO)}

    def post() -> httpx.Response:
        path = "/router/fal-ai/fal-ai/flux-kontext/dev"
        return send(cloud, "huggingface", "POST", path, json=asked, **queue)

    def at(ticket: httpx.Response) -> str:
        return "/router/fal-ai" + str(ticket.json()["response_url"]).removeprefix(cloud.url)

    cloud.fail("hf", "submit", 402)
    answer = post()
    assert answer.status_code == 402 and "included credits" in answer.json()["error"]
    ends = {"refusal": (422, "content_policy_violation"), "failed": (500, "runner_server_error")}
    for kind, (status, said) in ends.items():
        cloud.fail("hf", "submit", kind)
        path = at(post())
        for _ in range(4):
            send(cloud, "huggingface", "GET", f"{path}/status", **queue)
        ended = send(cloud, "huggingface", "GET", path, **queue)
        assert (ended.status_code, said in ended.text) == (status, True)
    cloud.pace("hf", delay=30)
    path = at(post())
    assert send(cloud, "huggingface", "PUT", f"{path}/cancel", **queue).status_code == 202
    assert cloud.jobs()[-1].cancelled and cloud.pending() == []
    cloud.fail("hf", "submit", 503)
    raw = {"content": PHOTO, "headers": {"Content-Type": "image/jpeg"}}
    assert send(cloud, "huggingface", "POST", OWN, **raw).status_code == 503


def test_the_router_edits_elsewhere(cloud: Cloud) -> None:
    path = "/router/replicate/v1/models/black-forest-labs/flux-kontext-dev/predictions"
    body: dict[str, Any] = {"input": {"prompt": "x", "input_image": uri(PHOTO)}}
    done = send(cloud, "huggingface", "POST", path, json=body, headers={"Prefer": "wait"}).json()
    assert picture(done["output"]).size[0] > 1000
    path = "/router/wavespeed/api/v3/wavespeed-ai/flux-kontext-dev"
    body = {"prompt": "x", "image": uri(PHOTO), "enable_sync_mode": True}
    done = send(cloud, "huggingface", "POST", path, json=body).json()["data"]
    assert picture(done["outputs"][0]).size == (64, 48)
    assert [job.received[0].data for job in cloud.jobs("hf")] == [PHOTO] * 2
    told = send(cloud, "huggingface", "GET", f"/hub/api/models/{KONTEXT}",
                params={"expand": "inferenceProviderMapping"}).json()  # fmt: skip
    tasks = {row["task"] for row in told["inferenceProviderMapping"].values()}
    assert tasks == {TASK}
