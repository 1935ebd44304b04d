"""Easel's own engines: they need no key and no network, and nothing leaves the machine."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

from easel.providers.client import Access
from easel.providers.params import (
    TIERS,
    aspect_ratio,
    height,
    negative_prompt,
    num_images,
    output_format,
    resolution,
    seed,
    width,
)
from easel.providers.schema import (
    Done,
    GenerationRequest,
    Limits,
    Model,
    Picture,
    Pixels,
    Price,
    Provider,
    Task,
)
from easel.words import say

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9", "9:21")
SKETCH = Pixels(
    minimum=64,
    maximum=2048,
    multiple=1,
    tiers={"1K": TIERS["1K"], "2K": TIERS["2K"]},
)

MODELS: tuple[Model, ...] = (
    Model(
        id="local/sketch",
        title="Sketch",
        endpoint="sketch",
        task=Task.TEXT_TO_IMAGE,
        params=(
            aspect_ratio(RATIOS, "1:1", wire="pixels"),
            resolution(("1K", "2K"), "1K", wire="pixels"),
            width(64, 2048),
            height(64, 2048),
            num_images(4),
            seed(),
            negative_prompt(),
            output_format(("png", "jpeg", "webp"), "png"),
        ),
        price=Price(usd=Decimal(0), note="drawn on this machine"),
        limits=Limits(pixels=SKETCH),
        languages=("en", "ru", "uk"),
        licence="Yours: nothing of others is in it.",
        notes="A procedural placeholder, not AI: it draws a landscape from words it knows.",
        source="Easel's own engine",
        seconds=60,
    ),
)


NAME = "local"


def payload(request: GenerationRequest) -> dict[str, Any]:
    """What the sketch is drawn from."""
    return {"prompt": request.prompt, **request.settings}


async def submit(request: GenerationRequest, access: Access) -> Done:
    """Draw the pictures in a thread: the event loop stays free."""
    pictures = await asyncio.to_thread(_draw_all, request)
    return Done(pictures, warnings=(say("note.sketch"),))


def _draw_all(request: GenerationRequest) -> tuple[Picture, ...]:
    """The pictures one after the other; each next one takes the next seed."""
    # Late: numpy is needed only when somebody sketches.
    from easel.engines import sketch

    asked = request.settings
    first, kind = int(asked["seed"]), str(asked.get("output_format", "png"))
    found = []
    for each in range(first, first + int(asked.get("num_images", 1))):
        image = sketch.draw(
            request.prompt,
            each,
            int(asked["width"]),
            int(asked["height"]),
            str(asked.get("negative_prompt", "")),
        )
        data = sketch.encode(image, kind, each)  # type: ignore[arg-type]
        found.append(Picture(data=data))
    return tuple(found)


PROVIDER = Provider(
    name=NAME,
    title="This machine",
    models=MODELS,
    payload=payload,
    submit=submit,
    keeps="Nothing leaves this machine.",
)
