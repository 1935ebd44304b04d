"""Rows for WaveSpeed, as its documentation pages give them; each row names the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.easel_prompts import SWAP
from providers.params import (
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
from providers.schema import Limits, Model, Pixels, Price, Slot, Task

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
    Model(
        id="wavespeed/seedream-4-edit",
        title="Seedream 4 Edit",
        endpoint="bytedance/seedream-v4/edit",
        task=Task.IMAGE_EDIT,
        params=(
            aspect_ratio(RATIOS, wire="pixels"),
            resolution(wire="pixels"),
            width(1024, 4096, wire="size"),
            height(1024, 4096, wire="size"),
        ),
        price=Price(
            usd=Decimal("0.027"),
            source=f"{DOCS}/docs-api/bytedance/bytedance-seedream-v4",
            checked=READ,
            verified=False,
            note="the price of the model's endpoint for text alone",
        ),
        limits=Limits(pixels=SEEDREAM_4),
        slots=(Slot("picture", "images", 1, 10, many=True),),
        languages=("en", "zh"),
        licence=UNREAD,
        notes="The price is unverified, and so is how many pictures it takes; ten is what the "
        "model takes elsewhere. The least side is Easel's bound. Related series are not offered.",
        source="https://wavespeed.ai/models/bytedance/seedream-v4/edit/llms.txt, read 2026-11-21",
    ),
    Model(
        id="wavespeed/image-face-swap",
        title="Face Swap",
        endpoint="wavespeed-ai/image-face-swap",
        task=Task.FACE_SWAP,
        params=(output_format(("jpeg", "png", "webp"), "jpeg"),),
        price=Price(
            usd=Decimal("0.010"),
            source=f"{DOCS}/docs-api/wavespeed-ai/image-face-swap",
            checked=READ,
        ),
        slots=(Slot("source", "face_image"), Slot("target", "image")),
        words="none",
        languages=("*",),
        licence=UNREAD,
        notes="Of several faces it changes the largest.",
        source="https://wavespeed.ai/models/wavespeed-ai/image-face-swap/llms.txt, read 2026-11-21",
    ),
    Model(
        id="wavespeed/seedream-4-swap",
        title="Seedream 4 Face Swap",
        endpoint="bytedance/seedream-v4/edit",
        task=Task.FACE_SWAP,
        params=(),
        price=Price(
            usd=Decimal("0.027"),
            source=f"{DOCS}/docs-api/bytedance/bytedance-seedream-v4",
            checked=READ,
            verified=False,
            note="the price of the model's endpoint for text alone",
        ),
        slots=(Slot("source", "images", many=True), Slot("target", "images", many=True)),
        words="none",
        guard=SWAP,
        general=True,
        languages=("*",),
        licence=UNREAD,
        notes="The price is unverified. A general edit model under a prompt of Easel's: it paints "
        "the face anew, and the likeness may be less than a face swap's.",
        source="https://wavespeed.ai/models/bytedance/seedream-v4/edit/llms.txt, read 2026-11-21",
    ),
)
