"""WaveSpeed: predictions. Submit one, ask for its result. There is no cancel call."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from json import dumps
from typing import Any

import httpx

from easel.providers.client import Access, Answer, explain_status, read_json
from easel.providers.errors import (
    NoCredit,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from easel.providers.params import (
    TIERS,
    aspect_ratio,
    guidance_scale,
    height,
    num_images,
    num_inference_steps,
    output_format,
    resolution,
    seed,
    width,
)
from easel.providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Limits,
    Model,
    Picture,
    Pixels,
    Price,
    Progress,
    Provider,
    Queued,
    Running,
    Task,
)
from easel.providers.wire import wired

NAME = "wavespeed"
BASE = "WAVESPEED_BASE_URL"
REFUSAL = re.compile(r"nsfw|moderation|sensitive|unsafe", re.IGNORECASE)
ENDED = ("failed", "cancelled", "timeout", "deleted")
SYNC_EXPIRED = 5004

READ = date(2026, 11, 21)
DOCS = "https://wavespeed.ai/docs"
RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9")
UNREAD = "Commercial use: unverified; WaveSpeed states it on the model's page."

# The page states the greatest size, 4096x4096; the least side is Easel's, on the safe side.
SEEDREAM_4 = Pixels(
    minimum=1024,
    maximum=4096,
    multiple=1,
    area=(1024 * 1024, 4096 * 4096),
    tiers=TIERS,
    default=2048 * 2048,
)
FLUX = Pixels(minimum=512, maximum=1536, multiple=1)

MODELS: tuple[Model, ...] = (
    Model(
        id="wavespeed/seedream-4",
        title="Seedream 4",
        endpoint="bytedance/seedream-v4",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, "1:1", wire="pixels"),
            resolution(default="2K", wire="pixels"),
            width(1024, 4096, wire="size"),
            height(1024, 4096, wire="size"),
        ),
        price=Price(
            usd=Decimal("0.027"),
            source=f"{DOCS}/docs-api/bytedance/bytedance-seedream-v4",
            checked=READ,
        ),
        limits=Limits(pixels=SEEDREAM_4),
        languages=("en", "zh"),
        licence=UNREAD,
        notes="The least side is Easel's bound; at 1K only square pictures keep to 1 megapixel. "
        "Related series (the sequential endpoint) are not offered: they multiply the price.",
        source=f"{DOCS}/docs-api/bytedance/bytedance-seedream-v4, read 2026-11-21",
    ),
    Model(
        id="wavespeed/flux-dev",
        title="FLUX.1 dev",
        endpoint="wavespeed-ai/flux-dev",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, "1:1", wire="pixels"),
            width(512, 1536, wire="size"),
            height(512, 1536, wire="size"),
            num_images(4, unverified="the page names it without a bound"),
            seed(),
            num_inference_steps(1, 50, 28),
            guidance_scale(1, 10, 3.5),
            output_format(("jpeg", "png"), "jpeg"),
        ),
        price=Price(
            usd=Decimal("0.012"),
            source="https://wavespeed.ai/docs-api/flux-dev",
            checked=READ,
        ),
        limits=Limits(pixels=FLUX),
        languages=("en",),
        licence=UNREAD,
        notes="The greatest number of pictures is unverified. One copy of the page takes size, as "
        "Easel sends it; another lists width and height instead: unverified which is in force.",
        source=f"{DOCS}/docs-api/flux-dev and https://wavespeed.ai/docs-api/flux-dev, "
        "read 2026-11-21",
    ),
)


def payload(request: GenerationRequest) -> dict[str, Any]:
    """The request as WaveSpeed names it; width and height become size "W*H"."""
    body = {"prompt": request.prompt, **wired(request, packed="size")}
    if "width" in request.settings:
        body["size"] = f"{request.settings['width']}*{request.settings['height']}"
    return body


def status(data: dict[str, Any]) -> Progress:
    """Where a job stands; raises when it ended without a picture."""
    state, words = str(data.get("status", "")), str(data.get("error") or "").strip()
    about: dict[str, Any] = {"provider": NAME, "upstream_id": str(data.get("id", ""))}
    if state == "completed":
        return images(data)
    if state == "failed" and (any(data.get("has_nsfw_contents") or ()) or REFUSAL.search(words)):
        raise Refused(f"WaveSpeed's moderation refused: {words}", created=True, **about)
    if state in ENDED:
        said = f": {words}" if words else "."
        raise ProviderFailed(
            f"The job {state}{said}",
            advice="WaveSpeed refunds failed jobs within 3 hours.",
            **about,
        )
    return Queued(message="created") if state == "created" else Running(state)


def images(data: dict[str, Any]) -> Done:
    """The pictures of a completed job."""
    job = str(data.get("id", ""))
    if any(data.get("has_nsfw_contents") or ()):
        raise Refused("WaveSpeed marked the picture as unsafe.", provider=NAME, upstream_id=job)
    pictures = tuple(Picture(url=str(url)) for url in data.get("outputs") or () if url)
    if not pictures:
        raise Refused("WaveSpeed made no picture.", provider=NAME, upstream_id=job, created=True)
    return Done(pictures, upstream_id=job)


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Create the job, with one POST."""
    url = f"{access.bases[BASE]}/api/v3/{request.model.endpoint}"
    answer = await _client(access).post(url, json=payload(request))
    data = _data(read_json(answer, NAME, paid=True))
    if not data.get("id"):
        raise UnknownOutcome("WaveSpeed took the request and named no job.", provider=NAME)
    return Handle(str(data["id"]))


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the job stands."""
    url = f"{access.bases[BASE]}/api/v3/predictions/{handle.id}/result"
    return status(_data(read_json(await _client(access).get(url), NAME, paid=False)))


def explain(answer: Answer) -> StudioError | None:
    """WaveSpeed's own failures: a request it rejects, a job that is gone."""
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    if answer.status == 404 and answer.method == "GET":
        return ResultLost("WaveSpeed no longer knows this job.", **about)
    if answer.status in (400, 403) and "balance" in answer.words.lower():
        return NoCredit(f"WaveSpeed says: {answer.words}", **about)
    return None


def _data(body: dict[str, Any]) -> dict[str, Any]:
    """What is inside the envelope; its own code may tell a failure although the HTTP one is 200."""
    code, data = body.get("code", 200), body.get("data")
    if code in (200, SYNC_EXPIRED) and isinstance(data, dict):
        return data
    answer = Answer(NAME, "POST", int(code) if str(code).isdecimal() else 500, {}, dumps(body))
    raise explain(answer) or explain_status(answer)


def _client(access: Access) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Bearer {access.key}"})


PROVIDER = Provider(
    name=NAME,
    title="WaveSpeed",
    models=MODELS,
    payload=payload,
    submit=submit,
    poll=poll,
    explain=explain,
    key_names=("WAVESPEED_API_KEY",),
    key_header="X-WaveSpeed-Key",
    key_url="https://wavespeed.ai/accesskey",
    bases={BASE: "https://api.wavespeed.ai"},
    keeps="WaveSpeed keeps results for a time it does not state in what we have read.",
)
