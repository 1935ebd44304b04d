"""What a result's size and shape should be, told before the click and held against what came."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from errors import InvalidInput
from i18n import say
from providers.inputs import InputPicture
from providers.schema import Model, Param, Settings, Task
from providers.sizes import parse_ratio

Size = tuple[int, int]  # width and height in pixels

# What comes back as large as the picture that was changed, where nothing else is asked.
KEEPING: Final = frozenset({Task.RETOUCH, Task.FACE_SWAP, Task.UPSCALE})
# Models round to multiples of up to 64 pixels; less than this is no rounding any more.
LEAST_AREA: Final = 0.9
MOST_BENT: Final = 1.05
# A PNG of a photograph takes up to 1.6 bytes a pixel, and at most 160 MB of a result are fetched
# (`download.RESULT_BYTES`).
MOST_PIXELS: Final = 100_000_000


def expected_size(model: Model, settings: Settings, pictures: Sequence[Size]) -> Size | None:
    """Width and height in pixels that a result should have; None where the model decides.

    `pictures`: the sizes of what it is made from.
    """
    if "width" in settings and "height" in settings:
        return int(settings["width"]), int(settings["height"])
    scale = model.param("scale")
    times = settings.get("scale", scale.default if scale else None)
    if times is None or not pictures:
        return None
    width, height = pictures[-1]
    return round(width * float(times)), round(height * float(times))


def check_size(model: Model, settings: Settings, pictures: Sequence[Size]) -> None:
    """Raises `InvalidInput` where a result would be too large to be handed over, with the largest
    scale that can be: what cannot be fetched must not be paid for."""
    pictures = [as_sent(model, each) for each in pictures]
    size = expected_size(model, settings, pictures)
    if size is None or size[0] * size[1] <= MOST_PIXELS:
        return
    param = model.param("scale")
    given = settings.get("scale", param.default if param else None)
    values = {"made": round(size[0] * size[1] / 1e6), "most": round(MOST_PIXELS / 1e6)}
    if given is None or param is None:
        raise InvalidInput(say("outcome.large", **values), field="width")
    width, height = pictures[-1]
    best = largest_scale(param, width * height)
    key = "outcome.large.scale" if best else "outcome.large.none"
    text = say(key, scale=f"{float(given):g}", best=f"{best:g}", **values)
    raise InvalidInput(text, field="scale", advice=say("outcome.large.advice"))


def as_sent(model: Model, size: Size) -> Size:
    """How large a picture goes to a model, which may take no more than so many pixels."""
    limits, (width, height) = model.limits, size
    scale = min(1.0, (limits.image_side or math.inf) / max(size))
    scale = min(scale, math.sqrt((limits.image_pixels or math.inf) / (width * height)))
    return max(1, math.floor(width * scale)), max(1, math.floor(height * scale))


def largest_scale(param: Param, area: int) -> float:
    """The largest scale a model has that keeps so many pixels within what can be handed over,
    0 for none."""
    most = math.sqrt(MOST_PIXELS / area)
    if param.choices:
        numbers = [float(each) for each in param.choices]
        return max((each for each in numbers if each <= most), default=0.0)
    best = min(math.floor(most), param.maximum or math.inf)
    return float(best) if best >= (param.minimum or 1) else 0.0


def shortfalls(
    model: Model, settings: Settings, pictures: Sequence[InputPicture], made: Sequence[Size]
) -> tuple[str, ...]:
    """Warnings where a result is smaller, or of another shape, than was asked for.

    `pictures`: as the user gave them, before they were made to fit the model.
    """
    sizes = [(picture.width, picture.height) for picture in pictures]
    wanted = expected_size(model, settings, sizes)
    if wanted is None and sizes and model.task in KEEPING:
        wanted = sizes[-1]
    shape = parse_ratio(str(settings.get("aspect_ratio", "")))
    warnings: list[str] = []
    for size in made:
        values = {"made": _pixels_text(size), "wanted": _pixels_text(wanted) if wanted else ""}
        if wanted and size[0] * size[1] < LEAST_AREA * wanted[0] * wanted[1]:
            warnings.append(say("note.smaller", **values))
        if wanted and _bent(size, wanted[0] / wanted[1]):
            warnings.append(say("note.shape", **values))
        elif shape and not wanted and _bent(size, float(shape)):
            warnings.append(say("note.shape", **values | {"wanted": settings["aspect_ratio"]}))
    return tuple(dict.fromkeys(warnings))


def _bent(size: Size, ratio: float) -> bool:
    """Whether a size is of another shape; a side of a few pixels may be off by one."""
    width, height = size
    off = max(width / height / ratio, ratio * height / width)
    return off > MOST_BENT and abs(width - height * ratio) > 1 < abs(height - width / ratio)


def _pixels_text(size: Size) -> str:
    return f"{size[0]}×{size[1]}"
