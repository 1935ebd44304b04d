"""Changes of light and colour, row by row so that memory stays small.

All take and give RGB as uint8, height x width x 3. Brightness and colour work on L* a* b* (CIE
1976, D65), so that a change of warmth does not change how light the picture looks. Blurs and
black and white work in linear light (sRGB, IEC 61966-2-1), where light adds up as in a lens.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.opencv import cv2

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

BAND_ROWS: Final = 256
# Share of each linear primary in luminance (ITU-R BT.709).
LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
# How far b* and a* move at full warmth; candle light against an overcast sky.
WARM_B: Final = 45.0
WARM_A: Final = 12.0
# Sepia: the colour of the toned middle grey in a*, b*.
SEPIA_A: Final = 6.0
SEPIA_B: Final = 22.0
MIDDLE: Final = 50.0


def brightness(rgb: Pixels, amount: float) -> Pixels:
    """Brighter above 0: L* grows by the share, and lights bend instead of burning out."""

    def change(lab: Floats) -> None:
        share = lab[..., 0] / 100
        if amount < 0:
            lab[..., 0] *= 1 + amount
        else:
            # The slope at black is 1 + amount, and white stays white.
            lab[..., 0] = 100 * share * (1 + amount) / (1 + amount * share)

    return _in_lab(rgb, change)


def contrast(rgb: Pixels, amount: float, middle: float) -> Pixels:
    """More contrast above 0: L* spread about the picture's own middle, ends bent in."""

    def change(lab: Floats) -> None:
        away = (lab[..., 0] - middle) * (1 + amount)
        if amount > 0:
            room = np.where(away > 0, 100 - middle, middle).astype(np.float32)
            # Close to the ends the spread yields: 1.0 of the room is reached only at infinity.
            linear = np.abs(away) / room
            knee = 0.7
            over = np.clip(linear - knee, 0, None)
            bent = np.minimum(linear, knee) + (1 - knee) * over / (over + 1 - knee)
            away = np.sign(away) * bent * room
        lab[..., 0] = middle + away

    return _in_lab(rgb, change)


def saturation(rgb: Pixels, amount: float) -> Pixels:
    """Stronger colours above 0, grey at -1; lightness and hue stay."""

    def change(lab: Floats) -> None:
        lab[..., 1:] *= 1 + amount

    return _in_lab(rgb, change)


def warmth(rgb: Pixels, amount: float) -> Pixels:
    """Warmer above 0, cooler below; lightness stays, and black and white tint least."""

    def change(lab: Floats) -> None:
        share = lab[..., 0] / 100
        weight = amount * 4 * share * (1 - share) * 0.6 + amount * 0.4 * np.sqrt(share)
        lab[..., 1] += WARM_A * weight
        lab[..., 2] += WARM_B * weight

    return _in_lab(rgb, change)


def sepia(rgb: Pixels) -> Pixels:
    """The browns of an old print; lightness stays."""

    def change(lab: Floats) -> None:
        share = np.clip(lab[..., 0] / 100, 0, 1)
        weight = 4 * share * (1 - share)
        lab[..., 1] = SEPIA_A * weight
        lab[..., 2] = SEPIA_B * weight

    return _in_lab(rgb, change)


def black_and_white(rgb: Pixels) -> Pixels:
    """Grey of the same luminance."""
    table = to_linear()
    found = np.empty_like(rgb)
    for top in range(0, rgb.shape[0], BAND_ROWS):
        band = rgb[top : top + BAND_ROWS]
        found[top : top + BAND_ROWS] = from_linear(table[band] @ LUMINANCE)[..., None]
    return found


@cache
def to_linear() -> Floats:
    """Linear light 0..1 of each of the 256 sRGB values."""
    value = np.arange(256) / 255
    curve = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)


def from_linear(light: NDArray[np.floating[Any]]) -> Pixels:
    """sRGB bytes of linear light 0..1."""
    scaled = np.clip(light, 0, 1) * (_STEPS - 1) + 0.5
    return np.asarray(_to_bytes()[scaled.astype(np.uint16)])


# Steps of the table back to sRGB: fine enough that each byte comes back as itself.
_STEPS: Final = 1 << 16


@cache
def _to_bytes() -> Pixels:
    light = np.arange(_STEPS) / (_STEPS - 1)
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(curve * 255).astype(np.uint8)


def _in_lab(rgb: Pixels, change: Callable[[Floats], None]) -> Pixels:
    """The picture with `change` done to its L* 0..100, a*, b*, in place, band by band."""
    found = np.empty_like(rgb)
    for top in range(0, rgb.shape[0], BAND_ROWS):
        band = np.float32(rgb[top : top + BAND_ROWS]) / np.float32(255)
        lab = cv2.cvtColor(band, cv2.COLOR_RGB2Lab)
        change(lab)
        np.clip(lab[..., 0], 0, 100, out=lab[..., 0])
        back = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
        found[top : top + BAND_ROWS] = np.clip(back * 255 + 0.5, 0, 255).astype(np.uint8)
    return found


def middle_of(image: Image.Image) -> float:
    """The lightness that contrast spreads about: the mean L* of a thumbnail, 30..70."""
    step = max(1, min(image.size) // 128)
    size = max(1, image.width // step), max(1, image.height // step)
    small = np.asarray(image.resize(size, Image.Resampling.NEAREST))[..., :3]
    light = to_linear()[small] @ LUMINANCE
    mean = np.mean(116 * np.cbrt(np.maximum(light, 0.008856)) - 16)
    return float(np.clip(mean, 30, 70))
