"""Hugging Face's rows that take a picture: who serves them, the route, the body, what comes back.

huggingface_hub writes a server's form, with the picture in every field that one of its models may
read it from; `unread` are those that the model of a case does not. Which models a server has today
is asked of the hub; those here stand for them. "1" stands for the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.contract.rows import PROMPT

SAID = {"prompt": PROMPT}
FAL = {"image_url": "1", "image_urls": ["1"], **SAID}
COG = {"image": "1", "images": ["1"], "input_image": "1", "input_images": ["1"], **SAID}
SEED = {"seed": 7}
STEPS = {"num_inference_steps": 20}
ALL = {**SEED, **STEPS, "guidance_scale": 6.5}


@dataclass(frozen=True)
class Served:
    """`server` serves the row as `name`. `field`: where the picture is read. `path`: below the
    router. `made`: format, width, height; 64 x 48 goes in."""

    model: str
    server: str
    name: str
    asked: dict[str, Any]
    sent: dict[str, Any]
    field: str
    made: tuple[str, int, int]
    path: str = ""
    unread: set[str] = field(default_factory=set)


def fal(model: str, name: str, asked: dict[str, Any], where: str, made: Any) -> Served:
    other = {"image_url", "image_urls"} - {where}
    path = f"fal-ai/{name}"
    return Served(model, "fal-ai", name, asked, FAL | asked, where, made, path, other)


KONTEXT = "huggingface/flux-kontext-dev"
SERVED = [
    fal(KONTEXT, "fal-ai/flux-kontext/dev", ALL, "image_url", ("jpeg", 1184, 896)),
    Served(
        KONTEXT, "replicate", "black-forest-labs/flux-kontext-dev", ALL, {"input": COG | ALL},
        "input_image", ("webp", 1184, 896),
        "replicate/v1/models/black-forest-labs/flux-kontext-dev/predictions",
        {"image", "images", "input_images", "guidance_scale"},
    ),
    Served(
        KONTEXT, "wavespeed", "wavespeed-ai/flux-kontext-dev", ALL, {"image": "1", **SAID, **ALL},
        "image", ("jpeg", 64, 48), "wavespeed/api/v3/wavespeed-ai/flux-kontext-dev",
    ),
    Served(
        "huggingface/flux-2-dev", "wavespeed", "wavespeed-ai/flux-kontext-dev", ALL,
        {"image": "1", **SAID, **ALL}, "image", ("jpeg", 64, 48),
        "wavespeed/api/v3/wavespeed-ai/flux-kontext-dev",
    ),
    fal("huggingface/flux-2-klein", "fal-ai/flux-2/edit", SEED, "image_urls",
        ("png", 2368, 1760)),
    fal("huggingface/qwen-image-edit", "fal-ai/qwen-image-edit-plus", SEED | STEPS, "image_urls",
        ("png", 1024, 1024)),
]  # fmt: skip
