"""Easel's own engines: they need no key and no network, and nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

from i18n import say
from providers.http.client import Access
from providers.local.edit import EDIT, edit
from providers.local.faces import RETOUCH, SWAP, retouch, swap
from providers.local.text import TEXT, write_text
from providers.local.upscale import UPSCALE, upscale
from providers.local.worker import NAME, Work, go_on, missing, work_off
from providers.local.write import COMPOSE, composing
from providers.local.write import write as write_prompt
from providers.params import (
    TIERS,
    aspect_ratio,
    height,
    negative_prompt,
    next_seed,
    num_images,
    output_format,
    resolution,
    seed,
    width,
)
from providers.payload import pictured, prompted
from providers.schema import (
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
        seconds=1800,
    ),
    EDIT,
    RETOUCH,
    UPSCALE,
    SWAP,
    TEXT,
    COMPOSE,
)


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """What the engine works from."""
    if request.model.task is Task.PROMPT_WRITING:
        return {**prompted(request), **composing(request), **request.settings}
    return {**prompted(request), **pictured(request.model, addresses), **request.settings}


async def submit(request: GenerationRequest, access: Access) -> Done:
    """Do the work in a thread, two jobs at once at most."""
    return await work_off(WORK[request.model.endpoint], request, access)


async def serves(model: Model, access: Access) -> str:
    """Which package an engine lacks, in a sentence; "" when it can work."""
    for name, package in NEEDS.get(model.endpoint, NUMPY).items():
        if find_spec(name) is None:
            return missing(package)
    return ""


def sketch_all(request: GenerationRequest, access: Access) -> Done:
    """The pictures one after the other; each next one takes the next seed."""
    # Late: numpy is needed only when somebody sketches.
    from engines import sketch

    asked = request.settings
    first, kind = int(asked["seed"]), str(asked.get("output_format", "png"))
    found = []
    for further in range(int(asked.get("num_images", 1))):
        go_on(access)
        each = next_seed(first, further)
        image = sketch.draw(
            request.prompt,
            each,
            int(asked["width"]),
            int(asked["height"]),
            str(asked.get("negative_prompt", "")),
        )
        data = sketch.encode(image, kind, each)  # type: ignore[arg-type]
        found.append(Picture(data=data))
    return Done(tuple(found), warnings=(say("note.sketch"),))


NUMPY: Mapping[str, str] = {"numpy": "numpy"}
PICTURES = {**NUMPY, "cv2": "opencv-python-headless"}
# What each engine cannot work without, by module and package. Upscaling goes on without ncnn.
NEEDS: dict[str, Mapping[str, str]] = {
    "edit": PICTURES,
    "retouch": PICTURES,
    "face-swap": PICTURES,
    "text": {**NUMPY, "regex": "regex", "bidi": "python-bidi"},
    "composer": {},
}
WORK: dict[str, Work] = {
    "sketch": sketch_all,
    "edit": edit,
    "retouch": retouch,
    "upscale": upscale,
    "face-swap": swap,
    "text": write_text,
    "composer": write_prompt,
}

PROVIDER = Provider(
    name=NAME,
    title="This machine",
    models=MODELS,
    payload=payload,
    submit=submit,
    serves=serves,
    keeps="Nothing leaves this machine.",
)
