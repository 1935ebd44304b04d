"""Rows for fal. Names, enums and defaults are those of its published endpoint types (fal-js,
2026-08-02); bounds and prices are those of the model pages named in each row.
"""

from datetime import date
from decimal import Decimal

from providers.end_dates import NANO_BANANA, NANO_BANANA_2
from providers.params import (
    TIERS,
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
TYPES = "fal-js endpoint types of 2026-08-02"
PAGES = "https://fal.ai/models/"
HERMES = "https://hermes-agent.nousresearch.com/docs/zh-Hans/user-guide/features/image-generation"
REFERENCE = "https://fal.ai/docs/model-api-reference/image-generation-api/"
RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9")
LONG_RATIOS = (*RATIOS, "4:1", "1:4", "8:1", "1:8")
FORMAT = output_format(("png", "jpeg", "webp"), "png")
BANANA = (num_images(4), seed(), FORMAT)
COMMERCIAL = "fal marks this endpoint for commercial use."
COMMERCIAL_TWIN = "fal marks the same model's other endpoint for commercial use; here unverified."
COMMERCIAL_UNREAD = "Commercial use: unverified; fal states it on the model's page."

# Pixels: least and greatest side, the multiple both divide by, least and greatest area, ratio.
# Of Seedream's pictures fal states only the area; the sides are bounded by Easel.
SEEDREAM_4 = Pixels(512, 8192, 1, (960 * 960, 4096 * 4096), tiers=TIERS, default=2048 * 2048)
SEEDREAM_45_RATIOS = tuple(each for each in RATIOS if each not in ("21:9", "9:21"))
SEEDREAM_45 = Pixels(1920, 4096, 1, tiers=TIERS, default=2048 * 2048)
SEEDREAM_SIDES = (width(512, 8192, wire="image_size"), height(512, 8192, wire="image_size"))
# fal publishes no bounds for FLUX.1; these are Easel's, within the model's own 2 megapixels.
FLUX = Pixels(256, 2048, 1, (256 * 256, 2 * 1024 * 1024))
FLUX_SHAPE = (
    aspect_ratio(RATIOS, "4:3", wire="pixels"),
    width(256, 2048, wire="image_size"),
    height(256, 2048, wire="image_size"),
)
FLUX_FORMAT = output_format(("jpeg", "png"), "jpeg")
FLUX_NOTE = "rounded up to the next megapixel; read on the page of the model's other endpoint"
GPT_IMAGE_2 = Pixels(480, 3840, 16, (655_360, 8_294_400), 3, {**TIERS, "4K": 3840 * 2160})
# US dollars by quality, the dearest of the sizes up to so many pixels: 1024x1024, 2560x1440 and
# 3840x2160, from fal's page rounded up to cents; what is sent by OpenAI's tokens. Read 2026-11-30.
GPT_IMAGE_2_AREAS: dict[int, dict[Value, Decimal]] = {
    1024 * 1024: {"low": Decimal("0.01"), "medium": Decimal("0.06"), "high": Decimal("0.22")},
    2560 * 1440: {"low": Decimal("0.01"), "medium": Decimal("0.06"), "high": Decimal("0.23")},
    3840 * 2160: {"low": Decimal("0.02"), "medium": Decimal("0.11"), "high": Decimal("0.41")},
}
GPT_IMAGE_2_SENT = {"text": Decimal(5), "image": Decimal(8)}
GPT_IMAGE_2_SIDES = (width(480, 3840, wire="image_size"), height(480, 3840, wire="image_size"))

MODELS: tuple[Model, ...] = (
    Model(
        id="fal/nano-banana",
        title="Nano Banana",
        endpoint="fal-ai/nano-banana",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(RATIOS, "1:1"), *BANANA),
        price=Price(
            usd=Decimal("0.039"),
            source="https://lumenfall.ai/models/google/gemini-2.5-flash-image/llms.txt",
            checked=READ,
            verified=False,
            note="a third party quoting fal's page of the same model's other endpoint (2026-01-26)",
        ),
        languages=("*",),
        licence=COMMERCIAL_TWIN,
        status=NANO_BANANA,
        notes="The price is unverified.",
        source=f"{TYPES}; {PAGES}fal-ai/nano-banana",
    ),
    Model(
        id="fal/nano-banana-2",
        title="Nano Banana 2",
        endpoint="fal-ai/nano-banana-2",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(LONG_RATIOS), resolution(default="1K"), *BANANA),
        price=Price(
            usd=Decimal("0.08"),
            by="resolution",
            steps={"1K": Decimal("0.08"), "2K": Decimal("0.12"), "4K": Decimal("0.16")},
            source=f"{PAGES}fal-ai/nano-banana-2/llms.txt",
            checked=READ,
        ),
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        status=NANO_BANANA_2,
        notes="With no shape given the model picks one. fal also has google/nano-banana-2.1.",
        source=f"{TYPES}; {PAGES}fal-ai/nano-banana-2/llms.txt, read 2026-11-21",
    ),
    Model(
        id="fal/nano-banana-pro",
        title="Nano Banana Pro",
        endpoint="fal-ai/nano-banana-pro",
        task=Task.TEXT_TO_IMAGE,
        params=(aspect_ratio(RATIOS, "1:1"), resolution(default="1K"), *BANANA),
        price=Price(
            usd=Decimal("0.15"),
            by="resolution",
            steps={"1K": Decimal("0.15"), "2K": Decimal("0.15"), "4K": Decimal("0.30")},
            source=HERMES,
            checked=READ,
            verified=False,
            note="a third party quoting fal at 1K; 2K and 4K by the model's price elsewhere",
        ),
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified.",
        source=f"{TYPES}; {REFERENCE}nano-banana-pro, read 2026-11-21",
    ),
    Model(
        id="fal/seedream-4",
        title="Seedream 4",
        endpoint="fal-ai/bytedance/seedream/v4/text-to-image",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, "1:1", wire="pixels"),
            resolution(default="2K", wire="pixels"),
            *SEEDREAM_SIDES,
            num_images(6),
            seed(),
        ),
        price=Price(
            usd=Decimal("0.03"),
            source=f"{PAGES}fal-ai/bytedance/seedream/v4/text-to-image/llms.txt",
            checked=READ,
        ),
        limits=Limits(pixels=SEEDREAM_4),
        languages=("en", "zh"),
        licence=COMMERCIAL_UNREAD,
        notes="960x960 to 4096x4096 pixels in all; the bounds of one side are Easel's. max_images "
        "(related series) is not offered: it can multiply the price.",
        source=f"{TYPES}; the page the price names, read 2026-11-21",
    ),
    Model(
        id="fal/seedream-4.5",
        title="Seedream 4.5",
        endpoint="fal-ai/bytedance/seedream/v4.5/text-to-image",
        task=Task.TEXT_TO_IMAGE,
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
            source=f"{PAGES}fal-ai/bytedance/seedream/v4.5/text-to-image/playground",
            checked=READ,
        ),
        limits=Limits(pixels=SEEDREAM_45),
        languages=("en", "zh"),
        licence=COMMERCIAL,
        notes="Each side is 1920 to 4096 pixels, so that no shape is wider than 2.1:1. "
        "max_images (related series) is not offered: it can multiply the price.",
        source=f"{TYPES}; {REFERENCE}bytedance-seedream-v4.5, read 2026-11-21",
    ),
    Model(
        id="fal/flux-schnell",
        title="FLUX.1 schnell",
        endpoint="fal-ai/flux/schnell",
        task=Task.TEXT_TO_IMAGE,
        params=(
            *FLUX_SHAPE,
            num_images(4),
            seed(),
            num_inference_steps(1, 12, 4),
            guidance_scale(1, 20, 3.5),
            FLUX_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.003"),
            per="megapixel",
            source=f"{PAGES}fal-ai/flux-1/schnell/llms.txt",
            checked=READ,
            verified=False,
            note=FLUX_NOTE,
        ),
        limits=Limits(pixels=FLUX),
        languages=("en",),
        licence=COMMERCIAL,
        notes="The price is unverified. Bounds of the size are Easel's; fal publishes none. "
        "fal's page says 4 steps by default, its endpoint types say 28; Easel sends the number.",
        source=f"{TYPES}; {REFERENCE}flux-schnell, read 2026-11-21",
    ),
    Model(
        id="fal/flux-dev",
        title="FLUX.1 dev",
        endpoint="fal-ai/flux/dev",
        task=Task.TEXT_TO_IMAGE,
        params=(
            *FLUX_SHAPE,
            num_images(4),
            seed(),
            num_inference_steps(1, 50, 28),
            guidance_scale(1, 20, 3.5),
            FLUX_FORMAT,
        ),
        price=Price(
            usd=Decimal("0.025"),
            per="megapixel",
            source=f"{PAGES}fal-ai/flux-1/dev/playground",
            checked=READ,
            verified=False,
            note=FLUX_NOTE,
        ),
        limits=Limits(pixels=FLUX),
        languages=("en",),
        licence=COMMERCIAL_TWIN,
        notes="The price is unverified. Bounds of the size are Easel's; fal publishes none.",
        source=f"{TYPES}; {REFERENCE}flux-dev, read 2026-11-21",
    ),
    Model(
        id="fal/gpt-image-2",
        title="GPT Image 2",
        endpoint="openai/gpt-image-2",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, "4:3", wire="pixels"),
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
            note="at 1024x1024; billed by tokens, high is 0.15 at 1024x768 and 0.41 at 3840x2160",
        ),
        limits=Limits(prompt=32_000, pixels=GPT_IMAGE_2),
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="4K is 3840x2160 pixels in all. Sides are multiples of 16: 1200x630 is 1200x624.",
        source=f"{TYPES}; {PAGES}openai/gpt-image-2/llms.txt, read 2026-11-21",
    ),
)
