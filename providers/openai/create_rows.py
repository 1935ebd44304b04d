"""Rows for OpenAI, as its published description of the images API has them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.inputs import MOST_PICTURES
from providers.params import (
    TIERS,
    aspect_ratio,
    height,
    num_images,
    output_format,
    quality,
    resolution,
    width,
)
from providers.schema import Limits, Model, Pixels, Price, Slot, Status, Task, Value

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
# US dollars per million, quoted from OpenAI's price page by the address in the rows.
TOKENS = {"text": Decimal(5), "image": Decimal(8), "output": Decimal(30)}


def _by_quality(low: str, medium: str, high: str) -> dict[Value, Decimal]:
    """US dollars a picture; auto is counted as high, the most it may be."""
    named = {"auto": high, "low": low, "medium": medium, "high": high}
    return {name: Decimal(usd) for name, usd in named.items()}


# The dearest of the sizes up to so many pixels: 1024x1024, 2560x1440, 3840x2160. The first two as
# LiteLLM 1.110.2 has them, read 2026-11-30; it has 0.401 for the last at high, a third party 0.565.
AREAS = {
    1024 * 1024: _by_quality("0.006", "0.053", "0.211"),
    2560 * 1440: _by_quality("0.007", "0.056", "0.222"),
    3840 * 2160: _by_quality("0.017", "0.142", "0.565"),
}

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
            steps=AREAS[1024 * 1024],
            areas=AREAS,
            tokens=TOKENS,
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
    Model(
        id="openai/gpt-image-2-edit",
        title="GPT Image 2 Edit",
        endpoint="gpt-image-2",
        task=Task.IMAGE_EDIT,
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
            steps=AREAS[1024 * 1024],
            areas=AREAS,
            tokens=TOKENS,
            source="https://ezkit.app/ai-image/gpt-image-2/fal; tokens: "
            "https://tokenmix.ai/blog/gpt-image-2-pricing-cost-signals-2026",
            checked=date(2026, 11, 21),
            verified=False,
            note="a third party quoting OpenAI for 1024x1024 without pictures; billed by tokens, "
            "those of the pictures too; auto is counted as high",
        ),
        # The usual size of an edit would be 1024x1024, whatever the picture's shape.
        fixed={"size": "auto"},
        limits=Limits(prompt=32_000, pixels=GPT_IMAGE_2),
        slots=(Slot("picture", "image[]", 1, MOST_PICTURES, many=True),),
        languages=("*",),
        licence=COMMERCIAL,
        notes="The price is unverified. With no size given the model picks one. OpenAI takes 16 "
        f"pictures, Easel at most {MOST_PICTURES}. Sides are multiples of 16.",
        source="OpenAI's openapi description of the images API, read 2026-11-21",
    ),
)
