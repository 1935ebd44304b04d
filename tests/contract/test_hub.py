"""Hugging Face: who serves a model is read from the hub, with the caller's token, and refreshed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from errors import KeyRefused, NotAvailable, Refused, StudioError
from providers.catalogue import MODELS
from providers.http.bounds import Bounds
from providers.huggingface import hub
from providers.schema import Task
from studio.request import read_request
from studio.session import Session
from tests.cloud import Call, Cloud
from tests.contract.play import check_told, create, open_studio, serve_by
from tests.contract.rows import PROMPT

ROW = "huggingface/flux-dev"
HUB = MODELS[ROW].endpoint
ASKED = {"width": 640, "height": 512, "seed": 7, "num_inference_steps": 21, "guidance_scale": 6.5}
SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc"
PARAMETERS = {"width": 640, "height": 512, "seed": 7, "num_inference_steps": 21,
              "guidance_scale": 6.5}  # fmt: skip
STEPS = {"num_inference_steps": 21, "guidance_scale": 6.5}
# Provider, its name for the model, the row, what is asked, the end of the route, the body.
SERVERS: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = [
    ("hf-inference", HUB, ASKED, f"hf-inference/models/{HUB}",
     {"inputs": PROMPT, "parameters": PARAMETERS}),
    ("fal-ai", "fal-ai/flux/dev", ASKED, "fal-ai/fal-ai/flux/dev",
     {"prompt": PROMPT, "seed": 7, **STEPS, "image_size": {"width": 640, "height": 512}}),
    ("replicate", f"stability-ai/sdxl:{SDXL}", ASKED, "replicate/v1/predictions",
     {"input": {"prompt": PROMPT, **PARAMETERS}, "version": SDXL}),
    ("replicate", "black-forest-labs/flux-dev", {"seed": 7},
     "replicate/v1/models/black-forest-labs/flux-dev/predictions",
     {"input": {"prompt": PROMPT, "seed": 7}}),
    ("wavespeed", "wavespeed-ai/flux-dev", ASKED, "wavespeed/api/v3/wavespeed-ai/flux-dev",
     {"prompt": PROMPT, "seed": 7, **STEPS, "size": "640*512"}),
    ("nscale", "org/flux", {"width": 640, "height": 512, "seed": 7},
     "nscale/v1/images/generations",
     {"prompt": PROMPT, "model": "org/flux", "response_format": "b64_json", "seed": 7,
      "size": "640x512"}),
    ("together", "org/flux", {"seed": 7, "num_inference_steps": 21},
     "together/v1/images/generations",
     {"prompt": PROMPT, "model": "org/flux", "response_format": "base64", "seed": 7, "steps": 21}),
]  # fmt: skip
NOBODY: dict[str, Any] = {
    "empty": {},
    "staging": {"fal-ai": {"providerId": "fal-ai/flux/dev", "status": "staging"}},
    "error": {"fal-ai": {"providerId": "fal-ai/flux/dev", "status": "error"}},
    "wrong task": {"fal-ai": {"providerId": "fal-ai/flux/dev", "task": "image-to-image"}},
    "stranger": {"some-new-host": {"providerId": "org/flux"}},
    "protocol unknown here": {"zai-org": {"providerId": "org/flux"}},
}


def look_ups(cloud: Cloud) -> list[Call]:
    return [call for call in cloud.calls if call.stage == "mapping"]


@pytest.mark.parametrize(("server", "name", "asked", "route", "body"), SERVERS)
async def test_each_serving_provider(
    cloud: Cloud, tmp_path: Path, server: str, name: str, asked: dict[str, Any], route: str,
    body: dict[str, Any],
) -> None:  # fmt: skip
    serve_by(cloud, server, name)
    end = await create(cloud, tmp_path, ROW, asked)
    (post,) = cloud.submissions()
    assert (post.path, post.body) == (f"/router/{route}", body)
    assert end.receipt["warnings"] == [f"Served by {server}."]
    (job,) = cloud.jobs()
    image = end.receipt["images"][0]
    assert Path(image["path"]).read_bytes() == job.pictures[0].encode()
    if "width" in asked:
        assert (image["width"], image["height"]) == (640, 512)
    assert end.receipt["upstream_id"] in (job.id, "") and cloud.ignored() == []


async def test_what_the_serving_provider_lacks_is_told(cloud: Cloud, tmp_path: Path) -> None:
    asked = {"seed": 7, "num_inference_steps": 3}
    end = await create(cloud, tmp_path, "huggingface/flux-schnell", asked)
    assert "nscale does not take num_inference_steps" in end.receipt["warnings"][1]
    assert "num_inference_steps" not in cloud.submissions()[0].body


async def test_a_row_that_found_a_server_lives_again(cloud: Cloud, tmp_path: Path) -> None:
    row = "huggingface/sd-2.1"
    gone = await create(cloud, tmp_path, row)
    assert isinstance(gone.error, NotAvailable) and gone.error.created is False
    check_told(gone.error, cloud.keys)
    name = MODELS[row].endpoint
    serve_by(cloud, "hf-inference", name, row)
    asked = {"aspect_ratio": "16:9", "seed": 7, "num_inference_steps": 20, "guidance_scale": 6.5,
             "negative_prompt": "snow"}  # fmt: skip
    end = await create(cloud, tmp_path, row, asked)
    (post,) = cloud.submissions()
    assert post.path == f"/router/hf-inference/models/{name}"
    del asked["aspect_ratio"]
    assert post.body == {"inputs": PROMPT, "parameters": {"width": 1024, "height": 576, **asked}}
    image = end.receipt["images"][0]
    assert (image["width"], image["height"]) == (1024, 576)
    exact = await create(cloud, tmp_path, row, {"width": 512, "height": 768})
    assert exact.receipt["images"][0]["height"] == 768


@pytest.mark.parametrize("why", NOBODY)
async def test_a_model_nobody_serves(cloud: Cloud, tmp_path: Path, why: str) -> None:
    cloud.mapping(HUB, NOBODY[why])
    end = await create(cloud, tmp_path, ROW)
    assert isinstance(end.error, NotAvailable) and "No provider serves" in end.error.message
    assert end.error.created is False and cloud.submissions() == []
    check_told(end.error, cloud.keys)


async def test_the_first_that_is_live_serves(cloud: Cloud, tmp_path: Path) -> None:
    """In the list form, past one that is only staged."""
    cloud.mapping(HUB, [
        {"provider": "replicate", "providerId": "x/y", "status": "staging"},
        {"provider": "fal-ai", "providerId": "fal-ai/flux/dev"},
        {"provider": "wavespeed", "providerId": "wavespeed-ai/flux-dev"},
    ])  # fmt: skip
    await create(cloud, tmp_path, ROW)
    assert cloud.submissions()[0].path == "/router/fal-ai/fal-ai/flux/dev"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(401, KeyRefused), (403, KeyRefused), (404, NotAvailable), (500, NotAvailable),
     (502, NotAvailable), (503, NotAvailable), ("cut_before", NotAvailable),
     ("html_200", NotAvailable), ("empty_body", NotAvailable), ("hang", NotAvailable),
     ("drip", NotAvailable), ("oversized", NotAvailable), ("redirect", NotAvailable)],
)  # fmt: skip
async def test_a_hub_that_fails_sends_nothing(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int | str,
    wanted: type[StudioError],
) -> None:  # fmt: skip
    monkeypatch.setattr(hub, "LOOK_UP", Bounds(100_000, 1.0))
    cloud.fail("hub", "mapping", kind)
    end = await create(cloud, tmp_path, ROW)
    assert type(end.error) is wanted and end.error.created is False
    assert cloud.submissions() == []
    check_told(end.error, cloud.keys)


async def test_no_such_model_and_no_such_hub(cloud: Cloud, tmp_path: Path) -> None:
    cloud.mapping(HUB, None)
    end = await create(cloud, tmp_path, ROW)
    assert isinstance(end.error, NotAvailable) and end.error.status == 404
    studio = open_studio(cloud, tmp_path)
    studio.settings.bases["HF_ENDPOINT"] = "http://127.0.0.1:9"  # type: ignore[index]
    session = Session()
    with pytest.raises(NotAvailable, match="cannot be reached") as caught:
        async for _ in studio.run(
            Task.TEXT_TO_IMAGE, ROW, read_request(PROMPT, {}), session, studio.keyring(session)
        ):
            pass
    assert caught.value.created is False and cloud.submissions() == []


async def test_the_look_up_is_the_callers_and_is_refreshed(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two callers look up twice, each with his own token; after five minutes each looks again."""
    cloud.add_key("huggingface", "hf_second-token-of-a-guest")
    studio, now = open_studio(cloud, tmp_path), [1000.0]
    monkeypatch.setattr(hub, "monotonic", lambda: now[0])

    async def run(token: str) -> str:
        session = Session()
        keys = studio.keyring(session, {"X-HF-Token": token})
        async for _ in studio.run(Task.TEXT_TO_IMAGE, ROW, read_request(PROMPT, {}), session, keys):
            pass
        return cloud.submissions()[-1].path.split("/")[2]

    mine, guests = cloud.keys["huggingface"], "hf_second-token-of-a-guest"
    assert [await run(mine), await run(mine), await run(guests)] == ["fal-ai"] * 3
    told = [call.headers["authorization"] for call in look_ups(cloud)]
    assert told == [f"Bearer {mine}", f"Bearer {guests}"]
    sent = [call.headers["authorization"] for call in cloud.submissions()]
    assert sent == [f"Bearer {mine}"] * 2 + [f"Bearer {guests}"]
    serve_by(cloud, "hf-inference", HUB)
    now[0] += 299
    assert await run(mine) == "fal-ai" and len(look_ups(cloud)) == 2
    now[0] += 2
    assert await run(mine) == "hf-inference" and len(look_ups(cloud)) == 3
    assert not any(mine in str(item) for item in studio.backend.executor._memory.items())
    assert len(studio.backend.executor._memory) == 1


@pytest.mark.parametrize("key", ["hf_with-the-usual-prefix", "sk-without-the-usual-prefix"])
async def test_any_key_goes_only_to_the_router(cloud: Cloud, tmp_path: Path, key: str) -> None:
    """The SDK would send a key without hf_ straight to the serving provider."""
    cloud.add_key("huggingface", key)
    await create(cloud, tmp_path, ROW, headers={"X-HF-Token": key})
    shown = {call.path.split("/")[1] for call in cloud.calls if key in str(call.headers)}
    assert shown == {"hub", "router"}


async def test_a_picture_blacked_out_by_who_serves(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("huggingface", "submit", "refusal", form="nsfw")
    end = await create(cloud, tmp_path, ROW)
    assert isinstance(end.error, Refused) and end.error.created is True


async def test_a_wait_that_ran_out_at_replicate_names_the_job(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The router has no call for Replicate's predictions: the job is lost, never sent again."""
    serve_by(cloud, "replicate", "black-forest-labs/flux-dev")
    cloud.fail("huggingface", "submit", "failed")
    end = await create(cloud, tmp_path, ROW, {"seed": 7})
    (job,) = cloud.jobs()
    assert end.error and end.error.created and end.error.upstream_id == job.id
    assert len(cloud.submissions()) == 1
    check_told(end.error, cloud.keys)
