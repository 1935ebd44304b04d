"""Takes only the changed area from an edit, and shows where it is."""

from __future__ import annotations

from math import ceil
from typing import Final

import numpy as np
from PIL import Image

from engines.bands import ROWS, each_band, pixels_of
from engines.compare.align import IDENTITY, lay_over
from engines.compare.change import Change, fitted
from engines.opencv import cv2

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
    kept = before.copy() if before.mode == mode else before.convert(mode)
    if not change.map.any():
        return kept
    edit = fitted(after if after.mode == mode else after.convert(mode), before.size)
    laid = None if change.warp == IDENTITY else np.asarray(edit)
    reach = ceil(feather_px) + 2
    # High bands: what lies around each is looked at too.
    for top, bottom in each_band(kept.height, max(ROWS, 4 * reach)):
        first, last = max(0, top - reach), min(kept.height, bottom + reach)
        same = (change.map[first:last] == 0).astype(np.uint8)
        if same.all():
            continue
        away = cv2.distanceTransform(same, cv2.DIST_L2, 3)[top - first : bottom - first]
        line = np.clip(1 - away / max(feather_px, 1e-3), 0, 1)
        weight = (line * line * (3 - 2 * line))[..., None]
        one = pixels_of(kept, top, bottom)
        if laid is None:
            other = pixels_of(edit, top, bottom)
        else:
            other = lay_over(laid, change.warp, kept.size, top, bottom)
        mixed = one + (other.astype(np.float32) - one) * weight
        kept.paste(Image.fromarray(np.round(mixed).astype(np.uint8)), (0, top))
    return kept


def heat(before: Image.Image, change: Change) -> Image.Image:
    """The original dimmed and grey, with the changed area glowing by its strength."""
    faint, strong = np.array(FAINT, np.float32), np.array(STRONG, np.float32)
    drawn = Image.new("RGB", before.size)
    for top, bottom in each_band(before.height):
        part = before.crop((0, top, before.width, bottom)).convert("L")
        grey = np.asarray(part, np.float32)[..., None] * np.float32(DIMMED)
        strength = (change.map[top:bottom].astype(np.float32) / 255)[..., None]
        colour = faint + (strong - faint) * strength
        glow = np.where(strength > 0, 0.35 + 0.5 * strength, 0)
        mixed = grey + (colour - grey) * glow
        drawn.paste(Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8)), (0, top))
    return drawn
