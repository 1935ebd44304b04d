"""Rows for larger pictures at fal. Names, enums and defaults are those of its published endpoint
types (fal-js, 2026-08-02); bounds and prices those of the pages named in each row.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from providers.fal.create_rows import COMMERCIAL_UNREAD, PAGES, TYPES
from providers.params import (
    creativity,
    enhance_model,
    face_enhancement,
    guidance_scale,
    negative_prompt,
    num_inference_steps,
    output_format,
    resemblance,
    scale,
    scale_choice,
    seed,
)
from providers.schema import Limits, Model, Price, Slot, Status, Task

READ = date(2026, 11, 21)
ONE = (Slot("picture", "image_url"),)
ESRGAN = (
    "RealESRGAN_x4plus",
    "RealESRGAN_x2plus",
    "RealESRGAN_x4plus_anime_6B",
    "RealESRGAN_x4_v3",
    "RealESRGAN_x4_wdn_v3",
    "RealESRGAN_x4_anime_v3",
)
TOPAZ = (
    "Standard V2",
    "High Fidelity V2",
    "Low Resolution V2",
    "CGI",
    "Text Refine",
    "Wonder 3",
    "Wonder",
    "Standard MAX",
    "Redefine",
    "Recovery V2",
    "Recovery",
)

MODELS: tuple[Model, ...] = (
    Model(
        id="fal/recraft-crisp",
        title="Recraft Crisp Upscale",
        endpoint="fal-ai/recraft/upscale/crisp",
        task=Task.UPSCALE,
        params=(),
        price=Price(
            usd=Decimal("0.004"),
            source="https://www.recraft.ai/docs/api-reference/tools/upscale",
            checked=READ,
            verified=False,
            note="the price of Recraft's own API; fal's page was not read",
        ),
        limits=Limits(
            image_side=4096,
            image_pixels=16_000_000,
            image_types=("image/png",),
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="The price is unverified. fal asks for a PNG. How much larger the picture gets is "
        "the model's choice. Sides of 32 to 4096 pixels and 16 megapixels are what Recraft's own "
        "API takes.",
        source=f"{TYPES}; {PAGES}fal-ai/recraft/upscale/crisp",
    ),
    Model(
        id="fal/esrgan",
        title="Real-ESRGAN",
        endpoint="fal-ai/esrgan",
        task=Task.UPSCALE,
        params=(
            scale(1, 8, 2),
            enhance_model(ESRGAN, "RealESRGAN_x4plus", wire="model"),
            face_enhancement(wire="face"),
            output_format(("png", "jpeg"), "png"),
        ),
        price=Price(
            usd=Decimal("0.00111"),
            per="second",
            source=f"{PAGES}fal-ai/esrgan/llms.txt",
            checked=READ,
            note="per second of computing, known only afterwards",
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        source=f"{TYPES}; {PAGES}fal-ai/esrgan/llms.txt, read 2026-11-21",
    ),
    Model(
        id="fal/clarity-upscaler",
        title="Clarity Upscaler",
        endpoint="fal-ai/clarity-upscaler",
        task=Task.UPSCALE,
        params=(
            scale(1, 4, 2, wire="upscale_factor"),
            creativity(0, 1, 0.35),
            resemblance(0, 1, 0.6),
            guidance_scale(0, 20, 4),
            num_inference_steps(4, 50, 18),
            negative_prompt(),
            seed(),
        ),
        price=Price(
            usd=Decimal("0.03"),
            per="megapixel",
            source=f"{PAGES}fal-ai/clarity-upscaler/llms.txt",
            checked=READ,
            note="counted by the megapixels made, begun ones whole; the page does not say which",
        ),
        slots=ONE,
        words="none",
        languages=("en",),
        licence=COMMERCIAL_UNREAD,
        notes="It paints detail anew and may change faces and writing. fal's own usual words stand "
        "in for a prompt, and for a negative prompt where none is given. Bounds other than those "
        "of scale are Easel's.",
        source=f"{TYPES}; {PAGES}fal-ai/clarity-upscaler/llms.txt, read 2026-11-21",
    ),
    Model(
        id="fal/topaz",
        title="Topaz Upscale",
        endpoint="fal-ai/topaz/upscale/image",
        task=Task.UPSCALE,
        params=(
            scale(1, 4, 2, wire="upscale_factor"),
            enhance_model(TOPAZ, "Standard V2", wire="model"),
            face_enhancement(True),
            output_format(("jpeg", "png"), "jpeg"),
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        status=Status(
            "deprecated",
            successor="topaz/upscale/image/precision",
            note="The endpoint is not in fal's list of models as read in November 2026; whether "
            "fal still serves it is unverified.",
        ),
        notes="Bounds of scale are Easel's. The price goes by the megapixels made and was not "
        "read.",
        source=f"{TYPES}; {PAGES}fal-ai/topaz/upscale/image",
    ),
    Model(
        id="fal/aura-sr",
        title="AuraSR",
        endpoint="fal-ai/aura-sr",
        task=Task.UPSCALE,
        params=(
            scale_choice((4,), 4, wire="upscale_factor"),
            enhance_model(("v1", "v2"), "v1", wire="checkpoint"),
        ),
        slots=ONE,
        words="none",
        languages=("*",),
        licence=COMMERCIAL_UNREAD,
        notes="It makes every side four times as long, and was made for generated pictures.",
        source=f"{TYPES}; {PAGES}fal-ai/aura-sr",
    ),
)
