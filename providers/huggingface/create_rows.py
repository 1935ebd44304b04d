"""Rows for Hugging Face. Which provider serves a model is asked of the hub at run time, so a row
holds only what the model itself takes; bounds of size and steps are Easel's, the hub has none.
"""

from datetime import date
from decimal import Decimal

from providers.params import (
    aspect_ratio,
    guidance_scale,
    height,
    negative_prompt,
    num_inference_steps,
    seed,
    width,
)
from providers.schema import Limits, Model, Param, Pixels, Price, Status, Task

READ = date(2026, 11, 21)
HUB = "https://huggingface.co/"
# Read in the hub's own documentation (hub-docs, 2026-08); a stored copy of the page agrees.
CREDIT = Price(
    usd=Decimal(0),
    source=f"{HUB}docs/inference-providers/pricing",
    checked=READ,
    note="drawn from the account's monthly Hugging Face credit: 0.10 dollars free, 2.00 with PRO; "
    "when it is used up, PRO accounts pay the provider's own price",
)

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9")
SIZES = "Bounds of the size are Easel's; sides are multiples of 8: 1200x630 is 1200x632."
CLIP = "It reads about the first 75 words of a prompt."
RAIL = "lets pictures be used commercially, with rules on harmful use: unverified."


def _shape(pixels: Pixels) -> tuple[Param, ...]:
    """Bound shape, width and height by the same pixels."""
    return (
        aspect_ratio(RATIOS, wire="pixels"),
        width(pixels.minimum, pixels.maximum),
        height(pixels.minimum, pixels.maximum),
    )


DIFFUSION = (negative_prompt(), num_inference_steps(10, 50), guidance_scale(1, 20))

# The default area is what each model was trained on.
SD1 = Pixels(256, 1280, 8, (256 * 256, 1024 * 1024), default=512 * 512)
SD2 = Pixels(256, 1280, 8, (256 * 256, 1024 * 1024), default=768 * 768)
SDXL = Pixels(512, 1536, 8, (512 * 512, 1536 * 1536))
SD3 = Pixels(512, 1536, 16, (512 * 512, 1536 * 1536))
FLUX = Pixels(256, 1536, 1, (256 * 256, 1536 * 1536))

UNSERVED = Status(
    "deprecated",
    successor="huggingface/sd3-medium",
    note="hub-docs of 2026 name no server for it; Hugging Face's own makes pictures with "
    "stable-diffusion-3-medium-diffusers alone. The hub's answer of the moment decides.",
)

MODELS: tuple[Model, ...] = (
    Model(
        id="huggingface/sd3-medium",
        title="Stable Diffusion 3 Medium",
        endpoint="stabilityai/stable-diffusion-3-medium-diffusers",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(SD3), seed(), *DIFFUSION),
        price=CREDIT,
        limits=Limits(pixels=SD3),
        languages=("en",),
        licence="The Stability AI Community License lets small businesses use it commercially: "
        "unverified.",
        notes="Bounds of the size are Easel's; sides are multiples of 16: 1200x630 is 1200x624.",
        source=f"{HUB}stabilityai/stable-diffusion-3-medium-diffusers; served by hf-inference "
        "in hub-docs of 2026-08",
    ),
    Model(
        id="huggingface/sdxl",
        title="Stable Diffusion XL",
        endpoint="stabilityai/stable-diffusion-xl-base-1.0",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(SDXL), seed(), *DIFFUSION),
        price=CREDIT,
        limits=Limits(pixels=SDXL),
        languages=("en",),
        licence=f"CreativeML Open RAIL++-M {RAIL}",
        notes=f"{CLIP} {SIZES}",
        source=f"{HUB}stabilityai/stable-diffusion-xl-base-1.0",
    ),
    Model(
        id="huggingface/flux-dev",
        title="FLUX.1 dev",
        endpoint="black-forest-labs/FLUX.1-dev",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(FLUX), seed(), num_inference_steps(1, 50), guidance_scale(1, 20)),
        price=CREDIT,
        limits=Limits(pixels=FLUX),
        languages=("en",),
        licence="The weights are non-commercial; what the provider that serves it allows is "
        "unverified.",
        notes="Bounds of the size are Easel's.",
        source=f"{HUB}black-forest-labs/FLUX.1-dev; served by fal-ai, replicate and wavespeed "
        "in hub-docs of 2026-08",
    ),
    Model(
        id="huggingface/flux-schnell",
        title="FLUX.1 schnell",
        endpoint="black-forest-labs/FLUX.1-schnell",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(FLUX), seed(), num_inference_steps(1, 4)),
        price=CREDIT,
        limits=Limits(pixels=FLUX),
        languages=("en",),
        licence="The weights are Apache-2.0, which allows commercial use.",
        notes="It works in 1 to 4 steps and takes no guidance. Bounds of the size are Easel's.",
        source=f"{HUB}black-forest-labs/FLUX.1-schnell; served by nscale in hub-docs of 2026-08",
    ),
    Model(
        id="huggingface/sd-1.5",
        title="Stable Diffusion 1.5",
        endpoint="stable-diffusion-v1-5/stable-diffusion-v1-5",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(SD1), seed(), *DIFFUSION),
        price=CREDIT,
        limits=Limits(pixels=SD1),
        languages=("en",),
        licence=f"CreativeML OpenRAIL-M {RAIL}",
        status=UNSERVED,
        notes=f"Made for 512x512; larger pictures repeat themselves. {CLIP} {SIZES}",
        source=f"{HUB}stable-diffusion-v1-5/stable-diffusion-v1-5",
    ),
    Model(
        id="huggingface/sd-2.1",
        title="Stable Diffusion 2.1",
        endpoint="stabilityai/stable-diffusion-2-1",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(SD2), seed(), *DIFFUSION),
        price=CREDIT,
        limits=Limits(pixels=SD2),
        languages=("en",),
        licence=f"CreativeML Open RAIL++-M {RAIL}",
        status=Status(
            "deprecated",
            successor="huggingface/sd3-medium",
            note="Its makers are reported to have taken it off the hub in November 2025 "
            "(https://github.com/Nerogar/OneTrainer/issues/1129, "
            "https://github.com/huggingface/diffusers/issues/12874).",
        ),
        notes=f"Made for 768x768; larger pictures repeat themselves. {CLIP} {SIZES}",
        source=f"{HUB}stabilityai/stable-diffusion-2-1",
    ),
    Model(
        id="huggingface/sd-1.4",
        title="Stable Diffusion 1.4",
        endpoint="CompVis/stable-diffusion-v1-4",
        task=Task.TEXT_TO_IMAGE,
        params=(*_shape(SD1), seed(), *DIFFUSION),
        price=CREDIT,
        limits=Limits(pixels=SD1),
        languages=("en",),
        licence=f"CreativeML OpenRAIL-M {RAIL}",
        status=UNSERVED,
        notes=f"Made for 512x512; larger pictures repeat themselves. {CLIP} {SIZES}",
        source=f"{HUB}CompVis/stable-diffusion-v1-4",
    ),
)
