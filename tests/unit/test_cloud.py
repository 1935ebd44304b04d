"""The emulators keep their word: the real SDKs work against them, traps and all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import fal_client.client
import httpx
import huggingface_hub
import pytest
import replicate
from huggingface_hub.inference._providers import PROVIDERS

from tests.cloud import Cloud
from tests.cloud.client import finish, fresh, photo, picture, send, submit

HUB = "/hub/api/models/black-forest-labs/FLUX.1-dev"
MAP = {"expand": "inferenceProviderMapping"}


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield from fresh(running)


@pytest.fixture
def client(cloud: Cloud) -> Iterator[replicate.Client]:
    client = replicate.Client(cloud.keys["replicate"], base_url=f"{cloud.url}/replicate")
    yield client
    client._client.close()


def test_replicate_sdk_creates_polls_and_cancels(cloud: Cloud, client: replicate.Client) -> None:
    wanted = {"prompt": "a fox", "aspect_ratio": "16:9", "output_format": "png", "num_outputs": 2}
    job = client.models.predictions.create(("black-forest-labs", "flux-schnell"), wanted)
    seen = [job.status]
    for _ in range(3):
        job.reload()
        seen.append(job.status)
    assert seen == ["starting", "processing", "processing", "succeeded"]
    assert "100%|" in (job.logs or "") and "predict_time" in (job.metrics or {})
    assert [picture(url).size for url in job.output] == [(1376, 768)] * 2
    cloud.pace("replicate", delay=30)
    other = client.models.predictions.create(("google", "nano-banana"), {"prompt": "a fox"})
    other.cancel()
    assert other.status == "canceled" and cloud.jobs("replicate")[1].cancelled
    assert [p.id for p in client.predictions.list()] == [other.id, job.id]
    schema = client.models.get("google/nano-banana").latest_version.openapi_schema
    assert "prompt" in schema["components"]["schemas"]["Input"]["properties"]
    assert cloud.leaks() == [] and len(cloud.cancels("replicate")) == 1


def test_replicate_sdk_uploads_what_it_is_given(cloud: Cloud, client: replicate.Client) -> None:
    file = io.BytesIO(photo())
    file.name = "fox.jpg"
    job = client.models.predictions.create(
        ("recraft-ai", "recraft-crisp-upscale"), {"image": file}, wait=False
    )
    for _ in range(3):
        job.reload()
    assert picture(job.output).size == (256, 192)
    (kept,), (made,) = cloud.uploads(), cloud.jobs()
    assert made.received[0].data == kept.data == photo()
    assert [found.id for found in client.files.list()] == [kept.id]
    assert client.files.get(kept.id).checksums["sha256"]
    client.files.delete(kept.id)
    assert cloud.uploads() == [] and cloud.leaks() == []


def test_replicate_waits_when_asked(cloud: Cloud) -> None:
    done = submit(cloud, "replicate", headers={"Prefer": "wait"})
    assert (done.status_code, done.headers["preference-applied"]) == (201, "wait=60")
    assert done.json()["status"] == "processing" and done.json()["output"]
    cloud.pace("replicate", delay=30)
    late = submit(cloud, "replicate", headers={"Prefer": "wait=1"})
    assert (late.status_code, late.json()["output"]) == (202, None)


def test_replicate_community_models_go_by_version(cloud: Cloud) -> None:
    sdxl = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc"
    body: dict[str, Any] = {"input": {"prompt": "a fox"}, "version": sdxl}
    assert send(cloud, "replicate", "POST", "/replicate/v1/predictions", json=body).is_success
    official = "/replicate/v1/models/stability-ai/sdxl/predictions"
    assert send(cloud, "replicate", "POST", official, json={"input": {}}).status_code == 404
    body["version"] = "0" * 64
    wrong = send(cloud, "replicate", "POST", "/replicate/v1/predictions", json=body)
    assert (wrong.status_code, wrong.json()["title"]) == (422, "Invalid version or not permitted")


@pytest.fixture
def fal_sdk(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[fal_client.SyncClient]:
    monkeypatch.setattr(fal_client.client, "QUEUE_URL_FORMAT", f"{cloud.url}/fal/")
    monkeypatch.setattr(fal_client.client, "RUN_URL_FORMAT", f"{cloud.url}/fal-run/")
    client = fal_client.SyncClient(key=cloud.keys["fal"])
    yield client
    client._client.close()


def test_fal_sdk_walks_the_queue(cloud: Cloud, fal_sdk: fal_client.SyncClient) -> None:
    size = {"width": 1920, "height": 1080}
    asked = {"prompt": "a fox", "image_size": size, "seed": 7}
    handle = fal_sdk.submit("fal-ai/bytedance/seedream/v4/text-to-image", asked)
    assert "/fal-ai/bytedance/requests/" in handle.status_url
    early = send(cloud, "fal", "GET", handle.response_url.removeprefix(cloud.url))
    assert (early.status_code, early.json()["detail"]) == (400, "Request is still in progress")
    seen = list(handle.iter_events(with_logs=True, interval=0))
    assert [type(event).__name__ for event in seen] == ["InProgress", "InProgress", "Completed"]
    assert seen[1].logs[-1]["level"] == "INFO"
    result = handle.get()
    assert result["seed"] == 7 and picture(result["images"][0]["url"]).size == (1920, 1080)
    assert [call.status for call in cloud.calls if call.stage == "poll"][:3] == [202, 202, 200]
    assert fal_sdk.run("fal-ai/flux/dev", {"prompt": "a fox"})["has_nsfw_concepts"] == [False]


def test_fal_sdk_cancels(cloud: Cloud, fal_sdk: fal_client.SyncClient) -> None:
    cloud.pace("fal", delay=30)
    handle = fal_sdk.submit("fal-ai/flux/dev", {"prompt": "a fox"})
    assert handle.status() == fal_client.Queued(position=2)
    handle.cancel()
    assert cloud.jobs("fal")[0].cancelled and cloud.cancels("fal")[0].status == 202
    again = send(cloud, "fal", "PUT", handle.cancel_url.removeprefix(cloud.url))
    assert (again.status_code, again.json()) == (400, {"status": "ALREADY_COMPLETED"})
    gone = send(cloud, "fal", "PUT", "/fal/fal-ai/flux/requests/nobody/cancel")
    assert (gone.status_code, gone.json()) == (404, {"status": "NOT_FOUND"})


@pytest.mark.parametrize("kind", [429, "cut_after"])
def test_fal_sdk_pays_twice(cloud: Cloud, fal_sdk: fal_client.SyncClient, kind: str | int) -> None:
    """The trap that Easel must not fall into: one submit(), several paid POSTs."""
    cloud.fail("fal", "submit", kind, times=2)
    fal_sdk.submit("fal-ai/flux/dev", {"prompt": "a fox"})
    assert len(cloud.submissions("fal")) == 3
    assert len(cloud.jobs("fal")) == (1 if kind == 429 else 3)


def test_huggingface_hub_gets_its_picture(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", f"{cloud.url}/hub")
    for name in ("hf-inference", "nscale"):
        helper = PROVIDERS[name]["text-to-image"]
        monkeypatch.setattr(helper, "base_url", f"{cloud.url}/router/{name}")
    key = cloud.keys["huggingface"]
    client = huggingface_hub.InferenceClient(provider="hf-inference", api_key=key)
    image = client.text_to_image("a fox", model="CompVis/stable-diffusion-v1-4")
    assert (image.format, image.size) == ("JPEG", (512, 512))
    client = huggingface_hub.InferenceClient(provider="nscale", api_key=key)
    schnell = "black-forest-labs/FLUX.1-schnell"
    assert client.text_to_image("a fox", model=schnell, width=640, height=320).size == (640, 320)
    huggingface_hub.close_session()
    assert cloud.leaks() == []


def test_hub_tells_who_serves(cloud: Cloud) -> None:
    body = send(cloud, "huggingface", "GET", HUB, params=MAP).json()
    assert set(body["inferenceProviderMapping"]) == {"fal-ai", "replicate", "wavespeed"}
    cloud.mapping("black-forest-labs/FLUX.1-dev", {"together": {"providerId": "flux"}})
    body = send(cloud, "huggingface", "GET", HUB, params=MAP).json()
    assert body["inferenceProviderMapping"]["together"]["status"] == "live"
    cloud.mapping("black-forest-labs/FLUX.1-dev", None)
    assert send(cloud, "huggingface", "GET", HUB).status_code == 404
    assert send(cloud, "huggingface", "GET", HUB, key="wrong").status_code == 401
    cloud.fail("hf", "mapping", 503)
    assert send(cloud, "huggingface", "GET", HUB).status_code == 503
    assert send(cloud, "huggingface", "GET", "/hub/api/agent-harnesses").json() == {}


def test_router_reaches_the_other_providers(cloud: Cloud) -> None:
    def post(path: str, body: dict[str, Any]) -> httpx.Response:
        headers = {"Prefer": "wait"}
        return send(cloud, "huggingface", "POST", f"/router/{path}", json=body, headers=headers)

    made = post("fal-ai/fal-ai/flux/dev", {"prompt": "a fox"}).json()
    assert picture(made["images"][0]["url"]).size == (1024, 768)
    version = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc"
    made = post("replicate/v1/predictions", {"input": {"prompt": "x"}, "version": version}).json()
    assert picture(made["output"][0]).size == (1024, 1024)
    made = post("wavespeed/api/v3/wavespeed-ai/flux-dev", {"prompt": "x"}).json()["data"]
    path = made["urls"]["get"].removeprefix(cloud.url)
    polls = [send(cloud, "huggingface", "GET", "/router/wavespeed" + path) for _ in range(4)]
    assert polls[-1].json()["data"]["outputs"]
    assert cloud.leaks() == []
    assert send(cloud, "huggingface", "GET", path).status_code == 401
    assert cloud.leaks() == [f"GET {path}: wavespeed was shown the key of huggingface"]
    cloud.mapping("org/sdxl", {"together": {"providerId": "org/sdxl"}})
    body = {"prompt": "x", "model": "org/sdxl", "response_format": "base64", "steps": 4}
    assert post("together/v1/images/generations", body).json()["data"][0]["b64_json"]
    assert len(cloud.jobs("huggingface")) == len(cloud.submissions("hf")) == 4


def test_wavespeed_and_openai_answer_as_documented(cloud: Cloud) -> None:
    made = finish(cloud, "wavespeed", submit(cloud, "wavespeed", size="2048*1024"))
    assert (made["status"], made["has_nsfw_contents"]) == ("completed", [False])
    assert picture(made["outputs"][0]).size == (2048, 1024)
    assert "code" in send(cloud, "wavespeed", "GET", "/wavespeed/api/v3/balance").json()
    asked = {"model_id": "bytedance/seedream-v4", "inputs": {"prompt": "x"}}
    price = send(cloud, "wavespeed", "POST", "/wavespeed/api/v3/model/price", json=asked)
    assert price.json()["data"]["price"] == 0.027 and len(cloud.jobs()) == 1
    paper = submit(cloud, "openai", size="1280x720", output_format="webp", n=2).json()
    assert (len(paper["data"]), paper["size"]) == (2, "1280x720")
    assert paper["usage"]["total_tokens"] > 0
