"""Arithmetic of shapes: ratios to pixels, within what a model accepts."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Final

from i18n import say
from providers.params import HEIGHT, NAMED_RATIOS, RESOLUTION, TIERS, WIDTH
from providers.schema import Pixels

# The sign between the two may be a Latin or a Cyrillic x.
PIXELS: Final = re.compile(r"(\d{2,5})\s*(?:[x×*х]|px)\s*(\d{2,5})(?:\s*px)?", re.IGNORECASE)
SIDE: Final = re.compile(r"(\d{3,5})(?:\s*px)?", re.IGNORECASE)
RATIO: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*[:/x×хX]\s*(\d{1,3}(?:[.,]\d+)?)")


def size_of(value: str) -> dict[str, str]:
    """Width and height of "1024x768", or a tier; nothing where a value is neither."""
    pixels, side = PIXELS.fullmatch(value), SIDE.fullmatch(value)
    if pixels:
        return {WIDTH: pixels[1], HEIGHT: pixels[2]}
    if side:
        return {WIDTH: side[1], HEIGHT: side[1]}
    return {RESOLUTION: value.upper()} if value.upper() in TIERS else {}


def ratio_of(value: str) -> str:
    """ "16:9" of "16x9", "16/9" or "16 : 9"; "" where a value is none of these."""
    found = RATIO.fullmatch(value)
    return ":".join(found.groups()).replace(",", ".") if found else ""


def parse_ratio(text: str) -> Fraction | None:
    """Width / height of "4:3" or of a plain name such as "portrait"; None when it is neither."""
    left, colon, right = NAMED_RATIOS.get(text, text).partition(":")
    if not (colon and left.isdecimal() and right.isdecimal() and int(left) and int(right)):
        return None
    return Fraction(int(left), int(right))


def pixels_for(ratio: Fraction, area: int, limits: Pixels) -> tuple[int, int]:
    """The width and height nearest to `area` pixels in this ratio that the model accepts."""
    low, high = limits.area or (1, limits.maximum**2)
    area = min(max(area, low), high)
    width = math.sqrt(area * ratio)
    height = width / ratio
    # Keep the shape when one side would pass the limit: shrink or grow both together.
    fit = min(1.0, limits.maximum / max(width, height))
    fit = max(fit, limits.minimum / min(width, height))
    sides = [_round(width * fit, limits), _round(height * fit, limits)]
    while sides[0] * sides[1] > high:  # rounding up may pass the greatest area by a hair
        longer = sides.index(max(sides))
        sides[longer] -= limits.multiple
    while sides[0] * sides[1] < low:  # and rounding down may miss the least one
        shorter = sides.index(min(sides))
        sides[shorter] += limits.multiple
    return sides[0], sides[1]


def fit_exact(width: int, height: int, limits: Pixels) -> tuple[int, int]:
    """The nearest size with sides the model accepts; the same size when it already does."""
    return _round(width, limits), _round(height, limits)


def refuse_size(width: int, height: int, limits: Pixels) -> str:
    """Why the model cannot take this size, or "" when it can."""
    for name, side in ((WIDTH, width), (HEIGHT, height)):
        if not limits.minimum <= side <= limits.maximum:
            bounds = {"least": limits.minimum, "most": limits.maximum}
            return say("error.size.side", name=name, side=side, **bounds)
    if limits.area and not limits.area[0] <= width * height <= limits.area[1]:
        low, high = limits.area
        return say("error.size.area", least=low, most=high, area=width * height)
    if limits.ratio and max(width, height) > limits.ratio * min(width, height):
        return say("error.size.ratio", times=limits.ratio)
    return ""


def _round(side: float, limits: Pixels) -> int:
    """The side as a multiple the model takes, within its limits."""
    step = limits.multiple
    least = -(-limits.minimum // step) * step
    most = limits.maximum // step * step
    return min(max(round(side / step) * step, least), most)
