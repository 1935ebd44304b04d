"""OpenAI images: one request, answered with the pictures themselves. There is no cancel call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from easel.providers.answers import Answer, explain_status
from easel.providers.client import Access
from easel.providers.errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from easel.providers.params import (
    TIERS,
    aspect_ratio,
    height,
    num_images,
    output_format,
    quality,
    resolution,
    width,
)
from easel.providers.reading import amount, name, picture_bytes, record, rows, said
from easel.providers.schema import (
    Done,
    GenerationRequest,
    Limits,
    Model,
    Picture,
    Pixels,
    Price,
    Provider,
    Status,
    Task,
)
from easel.providers.wire import wired
from easel.words import say

NAME = "openai"
BASE = "OPENAI_BASE_URL"
WHO = "OpenAI"
REFUSALS = ("moderation_blocked", "content_policy_violation")
UNPAID = ("insufficient_quota", "billing_hard_limit_reached")
ZERO, MILLION = Decimal(0), Decimal(1_000_000)

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9")
# OpenAI's openapi gives the multiple, the ratio and 3840x2160; the least area is of fal's page
# of the same model.
GPT_IMAGE_2 = Pixels(
    minimum=480,
    maximum=3840,
    multiple=16,
    area=(655_360, 3840 * 2160),
    ratio=3,
    tiers={**TIERS, "4K": 3840 * 2160},
)
COMMERCIAL = "Pictures belong to who asked for them, commercial use included: unverified."

MODELS: tuple[Model, ...] = (
    Model(
        id="openai/gpt-image-2",
        title="GPT Image 2",
        endpoint="gpt-image-2",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, wire="pixels"),
            resolution(wire="pixels"),
            width(480, 3840, wire="size"),
            height(480, 3840, wire="size"),
            num_images(10, wire="n"),
            quality(("auto", "low", "medium", "high"), "auto"),
            output_format(("png", "jpeg", "webp"), "png"),
        ),
        price=Price(
            usd=Decimal("0.211"),
            by="quality",
            steps={
                "auto": Decimal("0.211"),
                "low": Decimal("0.006"),
                "medium": Decimal("0.053"),
                "high": Decimal("0.211"),
            },
            tokens={"text": Decimal(5), "image": Decimal(8), "output": Decimal(30)},
            source="https://ezkit.app/ai-image/gpt-image-2/fal; tokens: "
            "https://tokenmix.ai/blog/gpt-image-2-pricing-cost-signals-2026",
            checked=date(2026, 11, 21),
            verified=False,
            note="a third party quoting OpenAI for 1024x1024; billed by tokens, more when larger "
            "(high is 0.565 at 4K); auto is counted as high",
        ),
        limits=Limits(prompt=32_000, pixels=GPT_IMAGE_2),
        languages=("*",),
        licence=COMMERCIAL,
        notes="The price is unverified. With no size given the model picks one. 4K is 3840x2160 "
        "pixels in all; above 2560x1440 OpenAI calls the size experimental. Sides are multiples of "
        "16: 1200x630 is 1200x624.",
        source="OpenAI's openapi description of the images API, read 2026-11-21",
    ),
    Model(
        id="openai/gpt-image-1",
        title="GPT Image 1",
        endpoint="gpt-image-1",
        task=Task.TEXT_TO_IMAGE,
        params=(),
        limits=Limits(prompt=32_000),
        languages=("*",),
        licence=COMMERCIAL,
        status=Status(
            "retired",
            until=date(2026, 10, 23),
            successor="openai/gpt-image-2",
            note="OpenAI shut it down on 2026-10-23.",
        ),
        source="https://developers.openai.com/ja-JP/api/docs/models/gpt-image-1, read 2026-11-21",
    ),
    Model(
        id="openai/dall-e-3",
        title="DALL-E 3",
        endpoint="dall-e-3",
        task=Task.TEXT_TO_IMAGE,
        params=(),
        limits=Limits(prompt=4000),
        languages=("*",),
        licence=COMMERCIAL,
        status=Status(
            "retired",
            until=date(2026, 5, 12),
            successor="openai/gpt-image-2",
            note="OpenAI removed it on 2026-05-12.",
        ),
        source="https://developers.openai.com/api/docs/models/dall-e-2.md, read 2026-11-21",
    ),
)


def payload(request: GenerationRequest) -> dict[str, Any]:
    """The request as OpenAI names it; width and height become size "WxH"."""
    body = {
        "model": request.model.endpoint,
        "prompt": request.prompt,
        **wired(request, packed="size"),
    }
    if "width" in request.settings:
        body["size"] = f"{request.settings['width']}x{request.settings['height']}"
    return body


def charged(body: dict[str, Any], price: Price) -> Decimal | None:
    """What the answer's usage comes to in US dollars; None where either is not told."""
    usage = record(body.get("usage"))
    details = record(usage.get("input_tokens_details"))
    counts = {
        "text": amount(details.get("text_tokens")),
        "image": amount(details.get("image_tokens", 0)),
        "output": amount(usage.get("output_tokens")),
    }
    total = ZERO
    for kind, count in counts.items():
        if count is None or kind not in price.tokens:
            return None
        total += price.tokens[kind] * count
    return total / MILLION


def images(body: dict[str, Any], upstream_id: str = "") -> Done:
    """The pictures of an answer: base64, and nothing to fetch."""
    about: dict[str, Any] = {"provider": NAME, "upstream_id": upstream_id}
    if "data" not in body:
        raise UnknownOutcome(say("error.unreadable", who=WHO), **about)
    found = [record(item) for item in rows(body["data"])]
    if not found:
        raise Refused(say("error.no_picture", who=WHO, said="."), created=True, **about)
    pictures = tuple(
        Picture(data=picture_bytes(item["b64_json"], NAME, upstream_id))
        if item.get("b64_json")
        else Picture(url=name(item.get("url")))
        for item in found
        if item.get("b64_json") or name(item.get("url"))
    )
    if not pictures:
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    return Done(pictures, upstream_id=upstream_id)


async def submit(request: GenerationRequest, access: Access) -> Done:
    """Ask for the pictures, with one POST that is answered when they are made."""
    client = access.client({"Authorization": f"Bearer {access.key}"}, request.model.seconds)
    answer = await client.post(f"{access.bases[BASE]}/images/generations", json=payload(request))
    body = access.json(answer, paid=True)
    done = images(body, answer.headers.get("x-request-id", ""))
    return replace(done, charged=charged(body, request.model.price))


def explain(answer: Answer) -> StudioError | None:
    """OpenAI's failures, told by the code in its error object; each carries the request's id."""
    error = record(answer.body.get("error"))
    failure = _explain(answer, name(error.get("code")), name(error.get("param")))
    failure = failure or explain_status(answer)
    failure.upstream_id = answer.headers.get("x-request-id", "")
    return failure


def _explain(answer: Answer, code: str, field: str) -> StudioError | None:
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    more = said(answer.words)
    if answer.status == 400 and code in REFUSALS:
        return Refused(say("error.refused", who=WHO, said=more), created=False, **about)
    if answer.status in (400, 402, 403, 429) and code in UNPAID:
        return NoCredit(say("error.no_credit", who=WHO, said=more), **about)
    if answer.status == 403:
        return KeyRefused(say("error.openai.not_allowed", said=more), **about)
    if answer.status == 400:
        text = say("error.field", who=WHO, field=field, said=more)
        text = text if field else say("error.input", who=WHO, said=more)
        return InvalidInput(text, field=field, **about)
    return None


PROVIDER = Provider(
    name=NAME,
    title="OpenAI",
    models=MODELS,
    payload=payload,
    submit=submit,
    explain=explain,
    key_names=("OPENAI_API_KEY",),
    key_header="X-OpenAI-Key",
    key_url="https://platform.openai.com/api-keys",
    bases={BASE: "https://api.openai.com/v1"},
    keeps="OpenAI answers with the picture itself; its data policy for API requests holds.",
)
