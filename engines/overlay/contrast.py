"""How well text can be read over what is behind it, by WCAG 2.2's contrast ratio.

Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, read 2026-11. 4.5 to 1 is good for text
of any size, 21 the most there is.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor

from engines.overlay.style import AUTO

GOOD: Final = 4.5
WHITE: Final = (255, 255, 255)
BLACK: Final = (16, 16, 16)
# Transparent parts are taken to stand on a white page.
_PAGE: Final = (255, 255, 255, 255)
_SAMPLES: Final = 4096
# The ratio that nine tenths of the area behind the text reach: a mean would hide bright spots.
_WORST: Final = 10
# Colours whose parts differ by less than this share count as grey.
_GREY: Final = 0.2
# How bright the deepened light of a colour is.
_DEEP: Final = 0.85

RGB = tuple[int, int, int]
Pixels = npt.NDArray[np.float64]


def luminance(pixels: npt.ArrayLike) -> Pixels:
    """Relative luminance, 0 to 1, of sRGB values 0 to 255 in the last axis."""
    share = np.asarray(pixels, dtype=np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ratio(first: npt.ArrayLike, second: npt.ArrayLike) -> Pixels:
    """Contrast ratio, 1 to 21, of two colours or of arrays of them."""
    one, other = luminance(first), luminance(second)
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))


def samples(region: Image.Image, mask: Image.Image) -> Pixels:
    """About 4,000 pixels of an RGB or RGBA region that lie under a mask, as rows of RGB."""
    side = max(1, int((region.width * region.height / _SAMPLES) ** 0.5))
    small, cover = region.reduce(side), np.asarray(mask.reduce(side))
    if small.mode == "RGBA":
        page = Image.new("RGBA", small.size, _PAGE)
        page.alpha_composite(small)
        small = page.convert("RGB")
    pixels = np.asarray(small, dtype=np.float64).reshape(-1, 3)
    under = pixels[cover.reshape(-1) > 96]
    return under if len(under) else pixels


def readable(colour: RGB, opacity: float, behind: Pixels) -> float:
    """The contrast that nine tenths of what is behind the text reach or pass."""
    seen = opacity * np.asarray(colour) + (1 - opacity) * behind
    return float(np.percentile(ratio(seen, behind), _WORST))


def best(opacity: float, behind: Pixels) -> RGB:
    """White or near-black, whichever reads better over some pixels."""
    return max((WHITE, BLACK), key=lambda colour: readable(colour, opacity, behind))


def opposite(colour: RGB) -> RGB:
    """White or near-black, whichever stands off a colour."""
    return WHITE if ratio(colour, WHITE) >= ratio(colour, BLACK) else BLACK


def light_of(colour: RGB) -> RGB:
    """The light that letters of a colour shed: deeper than they are, so that they stand off it; of
    white, grey or black letters their own."""
    if max(colour) - min(colour) < _GREY * max(colour):
        return colour
    red, green, blue = (round(255 * _DEEP * (part / 255) ** 3) for part in colour)
    return red, green, blue


def plate_colour(text: RGB | None, behind: Pixels) -> RGB:
    """A plate for a text colour; for a free one, a plate that changes the picture least."""
    if text:
        return opposite(text)
    return WHITE if float(luminance(behind).mean()) > 0.4 else BLACK


def named(colour: str) -> RGB | None:
    """A colour of a style as numbers; none for auto."""
    if colour == AUTO:
        return None
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def as_hex(colour: RGB) -> str:
    """A colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
