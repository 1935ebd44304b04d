"""A large picture as a file, without holding Python's lock while it is written."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from easel.engines.intake.pixels import bands
from easel.engines.opencv import cv2

# OpenCV keeps blue first.
TURNED: Final = {
    "L": cv2.COLOR_GRAY2BGR, "RGB": cv2.COLOR_RGB2BGR, "RGBA": cv2.COLOR_RGBA2BGRA,
}  # fmt: skip


def webp(image: Image.Image, quality: int) -> bytes:
    """Plain pixels (L, RGB or RGBA) as lossy WebP."""
    pixels = np.concatenate(
        [cv2.cvtColor(np.asarray(band), TURNED[image.mode]) for band in bands(image)]
    )
    done, file = cv2.imencode(".webp", pixels, [cv2.IMWRITE_WEBP_QUALITY, quality])
    if not done:
        raise OSError("OpenCV wrote no WebP")
    return bytes(file)
