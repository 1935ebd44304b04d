"""Large WebP files read and written by OpenCV: without Python's lock, and with fewer copies."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from engines.intake.facts import Broken
from engines.intake.strips import BAND_ROWS, bands
from engines.opencv import cv2

# OpenCV keeps blue first.
TURNED: Final = {
    "L": cv2.COLOR_GRAY2BGR, "RGB": cv2.COLOR_RGB2BGR, "RGBA": cv2.COLOR_RGBA2BGRA,
}  # fmt: skip


def read_webp(data: bytes, size: tuple[int, int]) -> Image.Image:
    """A WebP of a size in pixels as RGB or RGBA. Raises `Broken`."""
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise Broken("damaged") from error
    if pixels is None or pixels.shape[1::-1] != size:
        raise Broken("damaged")
    clear = pixels.shape[2] == 4
    image = Image.new("RGBA" if clear else "RGB", size)
    for top in range(0, size[1], BAND_ROWS):
        band = pixels[top : top + BAND_ROWS]
        turned = cv2.cvtColor(band, cv2.COLOR_BGRA2RGBA if clear else cv2.COLOR_BGR2RGB)
        image.paste(Image.fromarray(turned), (0, top))
    return image


def webp(image: Image.Image, quality: int) -> bytes:
    """Plain pixels (L, RGB or RGBA) as lossy WebP."""
    channels = 4 if image.mode == "RGBA" else 3
    pixels, top = np.empty((image.height, image.width, channels), np.uint8), 0
    for band in bands(image):
        pixels[top : top + band.height] = cv2.cvtColor(np.asarray(band), TURNED[image.mode])
        top += band.height
    done, file = cv2.imencode(".webp", pixels, [cv2.IMWRITE_WEBP_QUALITY, quality])
    if not done:
        raise OSError("OpenCV wrote no WebP")
    return bytes(file)
