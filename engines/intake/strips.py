"""A picture in pieces from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PIL import Image

BAND_ROWS: Final = 256


def bands(image: Image.Image) -> Iterator[Image.Image]:
    """The picture from top to bottom in pieces: in much of Pillow one call holds Python's lock
    until it is done, and with it the event loop."""
    for top in range(0, image.height, BAND_ROWS):
        yield image.crop((0, top, image.width, min(top + BAND_ROWS, image.height)))
