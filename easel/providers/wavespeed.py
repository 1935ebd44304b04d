"""WaveSpeed: predictions. Submit one, ask for its result. There is no cancel call."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from json import dumps
from typing import Any
from urllib.parse import quote

import httpx

from easel.providers.answers import Answer, explain_status
from easel.providers.client import Access
from easel.providers.errors import (
    NoCredit,
    NotAvailable,
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
from easel.providers.reading import amount, flags, name, record, refused, rows, said, sentence
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
from easel.words import say

NAME = "wavespeed"
BASE = "WAVESPEED_BASE_URL"
WHO = "WaveSpeed"
ENDED = ("failed", "cancelled", "timeout", "deleted")
PRICE_SECONDS = 10.0

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
    state, words = name(data.get("status")), sentence(data.get("error"))
    about: dict[str, Any] = {"provider": NAME, "upstream_id": name(data.get("id"))}
    if state == "completed":
        return images(data)
    if state == "failed" and (any(flags(data.get("has_nsfw_contents"), 1)) or refused(words)):
        raise Refused(say("error.refused", who=WHO, said=said(words)), created=True, **about)
    if state in ENDED:
        text = say("error.failed", who=WHO, said=said(words or state))
        raise ProviderFailed(text, advice=say("error.wavespeed.failed.advice"), **about)
    return Queued(message="created") if state == "created" else Running(state)


def images(data: dict[str, Any]) -> Done:
    """The pictures of a completed job; one marked unsafe is left out, none at all is a refusal."""
    job = name(data.get("id"))
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job, "created": True}
    found = rows(data.get("outputs"))
    urls = [name(each) for each in found]
    if found and not any(urls):
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    unsafe = flags(data.get("has_nsfw_contents"), max(len(urls), 1))
    if not urls and not any(unsafe):
        raise Refused(say("error.no_picture", who=WHO, said="."), **about)
    kept = [url for url, bad in zip(urls, unsafe, strict=False) if url and not bad]
    if not kept:
        raise Refused(say("error.unsafe", who=WHO), **about)
    left_out = say("note.unsafe", who=WHO, count=sum(unsafe), total=len(urls))
    warnings = (left_out,) if any(unsafe) else ()
    return Done(tuple(Picture(url=url) for url in kept), upstream_id=job, warnings=warnings)


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Create the job, with one POST."""
    url = f"{access.bases[BASE]}/api/v3/{request.model.endpoint}"
    answer = await _client(access).post(url, json=payload(request))
    job = name(_data(access.json(answer, paid=True), "POST").get("id"))
    if not job:
        raise UnknownOutcome(say("error.no_job", who=WHO), provider=NAME)
    return Handle(job)


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the job stands."""
    job = quote(handle.id, safe="")
    answer = await _client(access).get(f"{access.bases[BASE]}/api/v3/predictions/{job}/result")
    found = status(_data(access.json(answer, paid=False), "GET"))
    if isinstance(found, Done):
        return replace(found, charged=await charged(request, access))
    return found


async def charged(request: GenerationRequest, access: Access) -> Decimal | None:
    """What WaveSpeed says that such a request costs this account; None when it does not say.
    Source: POST /api/v3/model/price in WaveSpeedAI/mcp-server, read 2026-11-21."""
    asked = {"model_id": request.model.endpoint, "inputs": dict(payload(request))}
    with suppress(StudioError, TimeoutError):
        async with asyncio.timeout(PRICE_SECONDS):
            answer = await _client(access).post(
                f"{access.bases[BASE]}/api/v3/model/price", json=asked
            )
        told = _data(access.json(answer, paid=False), "POST")
        discounted = amount(told.get("discounted_price"))
        return amount(told.get("price")) if discounted is None else discounted
    return None


def explain(answer: Answer) -> StudioError | None:
    """WaveSpeed's own failures: an empty account, a refusal, a job that is gone."""
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    more = said(answer.words)
    if answer.status == 404 and answer.method == "GET":
        return ResultLost(say("error.job_gone", who=WHO), **about)
    if answer.status in (400, 403) and "balance" in answer.words.lower():
        return NoCredit(say("error.no_credit", who=WHO, said=more), **about)
    if answer.status in (400, 422) and refused(answer.words):
        return Refused(say("error.refused", who=WHO, said=more), **about)
    return None


def _data(body: dict[str, Any], method: str) -> dict[str, Any]:
    """What is inside the envelope; its own code may tell a failure although the HTTP one is 200."""
    data, code = record(body.get("data")), name(body.get("code"))
    known = int(code) if code.isdecimal() and len(code) <= 4 else 200
    if 400 <= known <= 599:
        answer = Answer(NAME, WHO, method, "", known, {}, dumps(body))
        raise explain(answer) or explain_status(answer)
    if data:
        return data
    # Neither a job nor a failure: a paid request may have made one all the same.
    kind = UnknownOutcome if method == "POST" else NotAvailable
    raise kind(say("error.no_job", who=WHO), provider=NAME)


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
