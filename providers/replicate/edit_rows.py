"""Rows for changing pictures at Replicate. Schemas are those of its model pages and of public
repositories, read until 2026-11-21; what rests on recollection alone is marked unverified.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.end_dates import NANO_BANANA, NANO_BANANA_2
from providers.inputs import MOST_PICTURES
from providers.params import (
    aspect_ratio,
    height,
    num_images,
    output_format,
    quality,
    resolution,
    seed,
    width,
)
from providers.replicate import create_rows
from providers.schema import Limits, Model, Pixels, Price, Slot, Task

READ = date(2026, 11, 21)
SITE = create_rows.SITE
SEVERAL = (Slot("picture", "image_input", 1, MOST_PICTURES, many=True),)
TEN = (Slot("picture", "image_input", 1, 10, many=True),)
KONTEXT_RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21")
QWEN_RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16")
OWN_SHAPE = "With no shape given the picture keeps its own."
SHAPES_UNREAD = "the page names the setting and match_input_image, but not the other values"

MODELS: tuple[Model, ...] = (
    Model(
        id="replicate/nano-banana-edit",
        title="Nano Banana Edit",
        endpoint="google/nano-banana",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(
                create_rows.BANANA_RATIOS,
                unverified="the version of the schema that was read lacks it; later ones have it",
            ),
            create_rows.BANANA_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.039"),
            source="https://lumenfall.ai/models/google/gemini-2.5-flash-image/llms.txt",
            checked=READ,
            verified=False,
            note="a third party quoting Replicate",
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=create_rows.UNREAD,
        status=NANO_BANANA,
        notes="The price, the shape setting and the number of pictures are unverified.",
        source=f"{SITE}google/nano-banana, schema version f0a9d34b, read 2026-11-21",
    ),
    Model(
        id="replicate/nano-banana-2-edit",
        title="Nano Banana 2 Edit",
        endpoint="google/nano-banana-2",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(create_rows.LONG_RATIOS),
            resolution(default="1K"),
            create_rows.BANANA_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.067"),
            by="resolution",
            steps={"1K": Decimal("0.067"), "2K": Decimal("0.101"), "4K": Decimal("0.151")},
            source=f"{SITE}google/nano-banana-2",
            checked=READ,
            verified=False,
            note=create_rows.REPOSITORY,
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=create_rows.UNREAD,
        status=NANO_BANANA_2,
        notes=f"The price is unverified. {OWN_SHAPE}",
        source=f"{SITE}google/nano-banana-2, read 2026-11-21",
    ),
    Model(
        id="replicate/nano-banana-pro-edit",
        title="Nano Banana Pro Edit",
        endpoint="google/nano-banana-pro",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(create_rows.BANANA_RATIOS),
            resolution(default="2K"),
            create_rows.BANANA_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.15"),
            by="resolution",
            steps={"1K": Decimal("0.15"), "2K": Decimal("0.15"), "4K": Decimal("0.30")},
            source=f"{SITE}google/nano-banana-pro",
            checked=READ,
            verified=False,
            note=create_rows.REPOSITORY,
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=create_rows.UNREAD,
        notes=f"The price is unverified. {OWN_SHAPE} Its cheaper fallback model stays off.",
        source=f"{SITE}google/nano-banana-pro, by way of the imagegen repository, read 2026-11-21",
    ),
    Model(
        id="replicate/seedream-4-edit",
        title="Seedream 4 Edit",
        endpoint="bytedance/seedream-4",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(create_rows.SEEDREAM_RATIOS, unverified=SHAPES_UNREAD),
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
        slots=TEN,
        languages=("en", "zh"),
        licence=create_rows.UNREAD,
        notes=f"The price and the list of shapes are unverified. {OWN_SHAPE} {create_rows.SERIES}",
        source=f"{SITE}bytedance/seedream-4, schema version cf7d4319, read 2026-11-21",
    ),
    Model(
        id="replicate/seedream-4.5-edit",
        title="Seedream 4.5 Edit",
        endpoint="bytedance/seedream-4.5",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(create_rows.SEEDREAM_RATIOS),
            resolution(("2K", "4K"), "2K", wire="size"),
        ),
        price=Price(
            usd=Decimal("0.04"),
            most=Decimal("0.045"),
            source=f"{SITE}bytedance/seedream-4.5",
            checked=READ,
            verified=False,
            note=f"{create_rows.REPOSITORY}; another third party says 0.045",
        ),
        limits=Limits(prompt=4000),
        slots=SEVERAL,
        languages=("en", "zh"),
        licence=create_rows.UNREAD,
        notes=f"The price is unverified. {OWN_SHAPE} {create_rows.SERIES}",
        source=f"{SITE}bytedance/seedream-4.5, schema version 9fe3b828, read 2026-11-21",
    ),
    Model(
        id="replicate/flux-kontext-pro",
        title="FLUX.1 Kontext pro",
        endpoint="black-forest-labs/flux-kontext-pro",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(KONTEXT_RATIOS, unverified=SHAPES_UNREAD),
            seed(),
            output_format(("png", "jpeg"), "png", wire_values=create_rows.JPG),
        ),
        price=Price(
            usd=Decimal("0.04"),
            source=f"{SITE}black-forest-labs/flux-kontext-pro",
            checked=READ,
            verified=False,
            note="from recollection",
        ),
        slots=(Slot("picture", "input_image"),),
        languages=("en",),
        licence=create_rows.UNREAD,
        notes=f"The price and the list of shapes are unverified. {OWN_SHAPE}",
        source=f"{SITE}black-forest-labs/flux-kontext-pro, read 2026-11-21",
    ),
    Model(
        id="replicate/qwen-image-edit-plus",
        title="Qwen Image Edit Plus",
        endpoint="qwen/qwen-image-edit-plus",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(QWEN_RATIOS, unverified=SHAPES_UNREAD),
            seed(),
            output_format(("webp", "jpeg", "png"), "webp", wire_values=create_rows.JPG),
        ),
        price=Price(
            usd=Decimal("0.03"),
            source=f"{SITE}qwen/qwen-image-edit-plus",
            checked=READ,
            verified=False,
            note="from recollection",
        ),
        slots=(Slot("picture", "image", 1, 3, many=True),),
        languages=("en", "zh"),
        licence=create_rows.UNREAD,
        notes="The price, the list of shapes and the number of pictures (three, as its makers "
        f"advise) are unverified. {OWN_SHAPE} {create_rows.FAST}",
        source=f"{SITE}qwen/qwen-image-edit-plus, read 2026-11-21",
    ),
    Model(
        id="replicate/gpt-image-2-edit",
        title="GPT Image 2 Edit",
        endpoint="openai/gpt-image-2",
        task=Task.IMAGE_EDIT,
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
            note=f"{create_rows.REPOSITORY}; auto is counted as high, the most it can cost",
        ),
        limits=Limits(prompt=32_000),
        slots=(Slot("picture", "input_images", 1, 10, many=True),),
        languages=("*",),
        licence=create_rows.UNREAD,
        notes="The price is unverified. The shape is square unless another is asked for.",
        source=f"{SITE}openai/gpt-image-2, by way of the imagegen repository, read 2026-11-21",
    ),
)
