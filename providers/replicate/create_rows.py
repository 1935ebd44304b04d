"""Rows for Replicate. Schemas are those of its model pages and of public repositories, read until
2026-11-21; what rests on recollection alone is marked unverified.
"""

from datetime import date
from decimal import Decimal

from providers.end_dates import NANO_BANANA, NANO_BANANA_2
from providers.params import (
    aspect_ratio,
    guidance_scale,
    height,
    num_images,
    num_inference_steps,
    output_format,
    quality,
    resolution,
    seed,
    width,
)
from providers.schema import Limits, Model, Pixels, Price, Task, Value

READ = date(2026, 11, 21)
SITE = "https://replicate.com/"
REPOSITORY = "read in a public repository (imagegen), not on the model's page"

BANANA_RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9")
LONG_RATIOS = (*BANANA_RATIOS, "4:1", "1:4", "8:1", "1:8")
SEEDREAM_RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9")
FLUX_RATIOS = (*BANANA_RATIOS, "9:21")
JPG: dict[Value, Value] = {"jpeg": "jpg"}
BANANA_FORMAT = output_format(("jpeg", "png"), "jpeg", wire_values=JPG)
FLUX_FORMAT = output_format(("webp", "jpeg", "png"), "webp", wire_values=JPG)

UNREAD = "Commercial use: unverified; Replicate states it on the model's page."
SERIES = "Related series are not offered: their count is not promised and each picture is paid for."
FAST = "Replicate runs it with go_fast, so a seed does not repeat a picture exactly."

MODELS: tuple[Model, ...] = (
    Model(
        id="replicate/nano-banana",
        title="Nano Banana",
        endpoint="google/nano-banana",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(
                BANANA_RATIOS,
                "1:1",
                unverified="the version of the schema that was read lacks it; later ones have it",
            ),
            BANANA_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.039"),
            source="https://lumenfall.ai/models/google/gemini-2.5-flash-image/llms.txt",
            checked=READ,
            verified=False,
            note="a third party quoting Replicate",
        ),
        languages=("*",),
        licence=UNREAD,
        status=NANO_BANANA,
        notes="The price and the shape setting are unverified; 1:1 sends no shape at all.",
        source=f"{SITE}google/nano-banana, schema version f0a9d34b, read 2026-11-21",
    ),
    Model(
        id="replicate/nano-banana-2",
        title="Nano Banana 2",
        endpoint="google/nano-banana-2",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(LONG_RATIOS), resolution(default="1K"), BANANA_FORMAT),
        price=Price(
            usd=Decimal("0.067"),
            by="resolution",
            steps={"1K": Decimal("0.067"), "2K": Decimal("0.101"), "4K": Decimal("0.151")},
            source=f"{SITE}google/nano-banana-2",
            checked=READ,
            verified=False,
            note=REPOSITORY,
        ),
        languages=("*",),
        licence=UNREAD,
        status=NANO_BANANA_2,
        notes="The price is unverified. With no shape given the model picks one.",
        source=f"{SITE}google/nano-banana-2, read 2026-11-21",
    ),
    Model(
        id="replicate/nano-banana-pro",
        title="Nano Banana Pro",
        endpoint="google/nano-banana-pro",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(BANANA_RATIOS), resolution(default="2K"), BANANA_FORMAT),
        price=Price(
            usd=Decimal("0.15"),
            by="resolution",
            steps={"1K": Decimal("0.15"), "2K": Decimal("0.15"), "4K": Decimal("0.30")},
            source=f"{SITE}google/nano-banana-pro",
            checked=READ,
            verified=False,
            note=REPOSITORY,
        ),
        languages=("*",),
        licence=UNREAD,
        notes="The price is unverified. With no shape given the model picks one. Its cheaper "
        "fallback model stays off.",
        source=f"{SITE}google/nano-banana-pro, by way of the imagegen repository, read 2026-11-21",
    ),
    Model(
        id="replicate/seedream-4",
        title="Seedream 4",
        endpoint="bytedance/seedream-4",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(
                SEEDREAM_RATIOS,
                unverified="the page names the setting but not its values; these are of "
                "seedream-4.5",
            ),
            resolution(default="2K", wire="size"),
            width(1024, 4096),
            height(1024, 4096),
        ),
        price=Price(
            usd=Decimal("0.03"),
            source=f"{SITE}bytedance/seedream-4",
            checked=READ,
            verified=False,
            note="from recollection; fal asks the same",
        ),
        limits=Limits(pixels=Pixels(1024, 4096, multiple=1, default=2048 * 2048)),
        languages=("en", "zh"),
        licence=UNREAD,
        notes=f"The price and the list of shapes are unverified. {SERIES}",
        source=f"{SITE}bytedance/seedream-4, schema version cf7d4319, read 2026-11-21",
    ),
    Model(
        id="replicate/seedream-4.5",
        title="Seedream 4.5",
        endpoint="bytedance/seedream-4.5",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(SEEDREAM_RATIOS), resolution(("2K", "4K"), "2K", wire="size")),
        price=Price(
            usd=Decimal("0.04"),
            most=Decimal("0.045"),
            source=f"{SITE}bytedance/seedream-4.5",
            checked=READ,
            verified=False,
            note=f"{REPOSITORY}; another third party says 0.045",
        ),
        limits=Limits(prompt=4000),
        languages=("en", "zh"),
        licence=UNREAD,
        notes="The price is unverified. Its makers advise at most 600 English words. " + SERIES,
        source=f"{SITE}bytedance/seedream-4.5, schema version 9fe3b828, read 2026-11-21",
    ),
    Model(
        id="replicate/flux-schnell",
        title="FLUX.1 schnell",
        endpoint="black-forest-labs/flux-schnell",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(FLUX_RATIOS, "1:1"),
            num_images(4, wire="num_outputs"),
            seed(),
            num_inference_steps(
                1, 4, 4, unverified="added after the schema that was read; two mirrors show it"
            ),
            FLUX_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.003"),
            source="https://www.workflowlab.dev/cost/flux-schnell-replicate",
            checked=date(2026, 5, 25),
            verified=False,
            note="a third party quoting Replicate's price list",
        ),
        languages=("en",),
        licence="The weights are Apache-2.0, which allows commercial use.",
        notes=f"The price and the steps setting are unverified. {FAST}",
        source=f"{SITE}black-forest-labs/flux-schnell, by way of the comfyui-replicate "
        "repository (2024-11), read 2026-11-21",
    ),
    Model(
        id="replicate/flux-dev",
        title="FLUX.1 dev",
        endpoint="black-forest-labs/flux-dev",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(FLUX_RATIOS, "1:1"),
            num_images(4, wire="num_outputs"),
            seed(),
            num_inference_steps(1, 50, 28),
            guidance_scale(0, 10, 3, wire="guidance"),
            FLUX_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.025"),
            source="https://www.workflowlab.dev/cost/flux-dev-fal",
            checked=date(2026, 5, 25),
            verified=False,
            note="a third party quoting Replicate's price list",
        ),
        languages=("en",),
        licence="The weights are non-commercial; that runs on Replicate may be used commercially "
        "is unverified.",
        notes=f"The price is unverified. {FAST}",
        source=f"{SITE}black-forest-labs/flux-dev, by way of the comfyui-replicate "
        "repository (2024-11), read 2026-11-21",
    ),
    Model(
        id="replicate/gpt-image-2",
        title="GPT Image 2",
        endpoint="openai/gpt-image-2",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(("1:1", "3:2", "2:3"), "1:1"),
            num_images(10, wire="number_of_images"),
            quality(("auto", "low", "medium", "high"), "auto"),
            output_format(("webp", "png", "jpeg"), "webp"),
        ),
        price=Price(
            usd=Decimal("0.128"),
            by="quality",
            steps={
                "auto": Decimal("0.128"),
                "low": Decimal("0.012"),
                "medium": Decimal("0.047"),
                "high": Decimal("0.128"),
            },
            source=f"{SITE}openai/gpt-image-2",
            checked=READ,
            verified=False,
            note=f"{REPOSITORY}; auto is counted as high, the most it can cost",
        ),
        limits=Limits(prompt=32_000),
        languages=("*",),
        licence=UNREAD,
        notes="The price is unverified, and so are 16:9 and 9:16, which a mirror of a newer schema "
        "(2026-06) lists; they are not offered.",
        source=f"{SITE}openai/gpt-image-2, by way of the imagegen repository, read 2026-11-21",
    ),
)
