"""Takes only the changed area from an edit, and shows where it is."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from easel.engines.compare.align import lay_over
from easel.engines.compare.change import Change, fitted
from easel.engines.opencv import cv2

# A change fades in from the first colour to the second.
FAINT: Final = (255, 190, 60)
STRONG: Final = (235, 40, 30)
DIMMED: Final = 0.35


def keep_the_rest(
    before: Image.Image, after: Image.Image, change: Change, feather_px: float = 12
) -> Image.Image:
    """The original with the changed area of the edit in it; the result has the original's size.

    The changed area is taken whole; around it the edit fades out over `feather_px` pixels, and
    beyond that every pixel is the original's own. Raises `CompareError` when the shapes differ.
    """
    clear = before.has_transparency_data or after.has_transparency_data
    mode = "RGBA" if clear else "RGB"
    one = np.asarray(before.convert(mode))
    other = lay_over(np.asarray(fitted(after.convert(mode), before.size)), change.warp, before.size)
    if not change.map.any():
        return Image.fromarray(one)
    away = cv2.distanceTransform((change.map == 0).astype(np.uint8), cv2.DIST_L2, 3)
    line = np.clip(1 - away / max(feather_px, 1e-3), 0, 1)
    weight = (line * line * (3 - 2 * line))[..., None]
    mixed = one + (other.astype(np.float32) - one) * weight
    return Image.fromarray(np.round(mixed).astype(np.uint8))


def heat(before: Image.Image, change: Change) -> Image.Image:
    """The original dimmed and grey, with the changed area glowing by its strength."""
    grey = np.asarray(before.convert("L"), np.float32)[..., None] * DIMMED
    strength = (change.map.astype(np.float32) / 255)[..., None]
    faint, strong = np.array(FAINT, np.float32), np.array(STRONG, np.float32)
    colour = faint + (strong - faint) * strength
    glow = np.where(strength > 0, 0.35 + 0.5 * strength, 0)
    mixed = grey + (colour - grey) * glow
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))
