"""Rows for changing pictures at fal. Names, enums and defaults are those of its published endpoint
types (fal-js, 2026-08-02); prices are those of the model's other endpoint, unless a row says more.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.end_dates import NANO_BANANA, NANO_BANANA_2
from providers.fal.create_rows import (
    BANANA,
    COMMERCIAL,
    COMMERCIAL_TWIN,
    COMMERCIAL_UNREAD,
    FLUX_FORMAT,
    FORMAT,
    GPT_IMAGE_2,
    GPT_IMAGE_2_AREAS,
    GPT_IMAGE_2_SENT,
    GPT_IMAGE_2_SIDES,
    HERMES,
    LONG_RATIOS,
    PAGES,
    RATIOS,
    REFERENCE,
    SEEDREAM_4,
    SEEDREAM_45,
    SEEDREAM_45_RATIOS,
    SEEDREAM_SIDES,
    TYPES,
)
from providers.inputs import MOST_PICTURES
from providers.params import (
    aspect_ratio,
    guidance_scale,
    height,
    num_images,
    output_format,
    quality,
    resolution,
    seed,
    width,
)
from providers.schema import Limits, Model, Price, Slot, Task

READ = date(2026, 11, 21)
SEVERAL = (Slot("picture", "image_urls", 1, MOST_PICTURES, many=True),)
TEN = (Slot("picture", "image_urls", 1, 10, many=True),)
ONE = (Slot("picture", "image_url"),)
KONTEXT_RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9", "9:21")
OWN_SHAPE = "With no shape given the model chooses one, as a rule the picture's."
TWIN = "the price of the model's endpoint for text alone; pictures sent may cost more"

MODELS: tuple[Model, ...] = (
    Model(
        id="fal/nano-banana-edit",
        title="Nano Banana Edit",
        endpoint="fal-ai/nano-banana/edit",
        task=Task.IMAGE_EDIT,
        params=(aspect_ratio(RATIOS), *BANANA),
        price=Price(
            usd=Decimal("0.039"),
            source="https://lumenfall.ai/models/google/gemini-2.5-flash-image/llms.txt",
            checked=READ,
            verified=False,
            note=TWIN,
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=COMMERCIAL_TWIN,
        status=NANO_BANANA,
        notes=f"The price is unverified, and so is how many pictures it takes. {OWN_SHAPE}",
        source=f"{TYPES}; {PAGES}fal-ai/nano-banana/edit",
    ),
    Model(
        id="fal/nano-banana-2-edit",
        title="Nano Banana 2 Edit",
        endpoint="fal-ai/nano-banana-2/edit",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(LONG_RATIOS),
            resolution(default="1K"),
            *BANANA,
        ),
        price=Price(
            usd=Decimal("0.08"),
            by="resolution",
            steps={"1K": Decimal("0.08"), "2K": Decimal("0.12"), "4K": Decimal("0.16")},
            source=f"{PAGES}fal-ai/nano-banana-2/llms.txt",
            checked=READ,
            verified=False,
            note=TWIN,
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        status=NANO_BANANA_2,
        notes=f"The price is unverified. {OWN_SHAPE} fal also has google/nano-banana-2.1/edit.",
        source=f"{TYPES}; {PAGES}fal-ai/nano-banana-2/edit",
    ),
    Model(
        id="fal/nano-banana-pro-edit",
        title="Nano Banana Pro Edit",
        endpoint="fal-ai/nano-banana-pro/edit",
        task=Task.IMAGE_EDIT,
        params=(aspect_ratio(RATIOS), resolution(default="1K"), *BANANA),
        price=Price(
            usd=Decimal("0.15"),
            by="resolution",
            steps={"1K": Decimal("0.15"), "2K": Decimal("0.15"), "4K": Decimal("0.30")},
            source=HERMES,
            checked=READ,
            verified=False,
            note=TWIN,
        ),
        slots=SEVERAL,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes=f"The price is unverified, and so is how many pictures it takes. {OWN_SHAPE}",
        source=f"{TYPES}; {PAGES}fal-ai/nano-banana-pro/edit",
    ),
    Model(
        id="fal/seedream-4-edit",
        title="Seedream 4 Edit",
        endpoint="fal-ai/bytedance/seedream/v4/edit",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(RATIOS, wire="pixels"),
            resolution(wire="pixels"),
            *SEEDREAM_SIDES,
            num_images(6),
            seed(),
        ),
        price=Price(
            usd=Decimal("0.03"),
            source=f"{PAGES}fal-ai/bytedance/seedream/v4/edit",
            checked=READ,
            verified=False,
            note="read in a public repository (imagegen), not on the model's page",
        ),
        limits=Limits(pixels=SEEDREAM_4),
        slots=TEN,
        languages=("en", "zh"),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. Of more than ten pictures fal would use the last ten; "
        "Easel refuses them. 960x960 to 4096x4096 pixels in all; the bounds of one side are "
        "Easel's. max_images (related series) is not offered: it can multiply the price.",
        source=f"{TYPES}; {PAGES}fal-ai/bytedance/seedream/v4/edit",
    ),
    Model(
        id="fal/seedream-4.5-edit",
        title="Seedream 4.5 Edit",
        endpoint="fal-ai/bytedance/seedream/v4.5/edit",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(SEEDREAM_45_RATIOS, wire="pixels"),
            resolution(("2K", "4K"), wire="pixels"),
            width(1920, 4096, wire="image_size"),
            height(1920, 4096, wire="image_size"),
            num_images(6),
            seed(),
        ),
        price=Price(
            usd=Decimal("0.04"),
            source=f"{PAGES}fal-ai/bytedance/seedream/v4.5/edit",
            checked=READ,
            verified=False,
            note="read in a public repository (imagegen), not on the model's page",
        ),
        limits=Limits(pixels=SEEDREAM_45),
        slots=TEN,
        languages=("en", "zh"),
        licence=COMMERCIAL,
        notes="The price is unverified. Each side is 1920 to 4096 pixels, so that no shape is "
        "wider than 2.1:1: a longer picture with a size given changes its shape. max_images "
        "(related series) is not offered: it can multiply the price.",
        source=f"{TYPES}; {REFERENCE}bytedance-seedream-v4.5, read 2026-11-21",
    ),
    Model(
        id="fal/seedream-5-lite-edit",
        title="Seedream 5 Lite Edit",
        endpoint="bytedance/seedream/v5/lite/edit",
        task=Task.IMAGE_EDIT,
        params=(num_images(6),),
        price=Price(
            usd=Decimal("0.035"),
            source=f"{PAGES}bytedance/seedream/v5/lite/edit",
            checked=READ,
            verified=False,
            note="read in a public repository (imagegen), not on the model's page",
        ),
        slots=TEN,
        languages=("en", "zh"),
        licence=COMMERCIAL_UNREAD,
        notes="The price and the number of pictures are unverified. It makes about 4 megapixels "
        "in a shape of its own choice; the bounds of other sizes were not read.",
        source=f"{TYPES}; {REFERENCE}bytedance-seedream-v5-lite, read 2026-11-21",
    ),
    Model(
        id="fal/flux-kontext-pro",
        title="FLUX.1 Kontext pro",
        endpoint="fal-ai/flux-pro/kontext",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(KONTEXT_RATIOS),
            num_images(4),
            seed(),
            guidance_scale(1, 20, 3.5),
            FLUX_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.04"),
            source=f"{PAGES}fal-ai/flux-pro/kontext",
            checked=READ,
            verified=False,
            note="from recollection; fal asks 0.08 for the larger kontext/max",
        ),
        slots=ONE,
        languages=("en",),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. With no shape given it keeps the picture's.",
        source=f"{TYPES}; {PAGES}fal-ai/flux-pro/kontext",
    ),
    Model(
        id="fal/chrono-edit",
        title="ChronoEdit",
        endpoint="fal-ai/chrono-edit",
        task=Task.IMAGE_EDIT,
        params=(
            resolution(("480p", "720p"), "480p"),
            seed(),
            output_format(("jpeg", "png", "webp"), "jpeg"),
        ),
        slots=ONE,
        languages=("en",),
        licence=COMMERCIAL_UNREAD,
        notes="The picture comes back small: about 480 or 720 lines. fal's turbo mode and prompt "
        "expansion stay on, as by default.",
        source=f"{TYPES}; {PAGES}fal-ai/chrono-edit",
    ),
    Model(
        id="fal/gpt-image-2-edit",
        title="GPT Image 2 Edit",
        endpoint="openai/gpt-image-2/edit",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(RATIOS, wire="pixels"),
            resolution(wire="pixels"),
            *GPT_IMAGE_2_SIDES,
            num_images(4),
            quality(("low", "medium", "high"), "high"),
            FORMAT,
        ),
        price=Price(
            usd=Decimal("0.22"),
            by="quality",
            steps=GPT_IMAGE_2_AREAS[1024 * 1024],
            areas=GPT_IMAGE_2_AREAS,
            tokens=GPT_IMAGE_2_SENT,
            source=f"{PAGES}openai/gpt-image-2/",
            checked=READ,
            verified=False,
            note="at 1024x1024 and without pictures; billed by tokens, those of the pictures too",
        ),
        limits=Limits(prompt=32_000, pixels=GPT_IMAGE_2),
        slots=SEVERAL,
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. With no size given the model picks one. It takes 16 "
        f"pictures, Easel at most {MOST_PICTURES}.",
        source=f"{TYPES}; {PAGES}openai/gpt-image-2/edit",
    ),
)
