"""A large picture worked on from top to bottom in bands of rows, so that memory stays small.

Pillow keeps RGB in four bytes a pixel, 160 MB at 40 megapixels; every copy of the whole, and every
plane of floats, is as much again. A band is a few megabytes, whatever the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.opencv import cv2

Pixels = NDArray[np.uint8]
# Takes pixels (rows, width, 3) and the picture's row that the first of them is; gives as many.
Change = Callable[[Pixels, int], Pixels]

ROWS: Final = 64


def each_band(height: int, rows: int = ROWS) -> Iterator[tuple[int, int]]:
    """First row of each band, and the first behind it."""
    for top in range(0, height, rows):
        yield top, min(top + rows, height)


def pixels_of(image: Image.Image, top: int, bottom: int) -> Pixels:
    """Some rows of a picture as numbers, a copy: (rows, width) or (rows, width, channels)."""
    return np.asarray(image.crop((0, top, image.width, bottom)))


def array_of(image: Image.Image) -> Pixels:
    """The colours of an L, RGB or RGBA picture, (height, width, 3), without a second copy of it."""
    found = np.empty((image.height, image.width, 3), np.uint8)
    for top, bottom in each_band(image.height):
        band = pixels_of(image, top, bottom)
        found[top:bottom] = band[..., None] if band.ndim == 2 else band[..., :3]
    return found


def image_of(rgb: Pixels) -> Image.Image:
    """Pixels (height, width, 3) as an RGB picture, again without a copy in between."""
    image = Image.new("RGB", rgb.shape[1::-1])
    for top, bottom in each_band(rgb.shape[0]):
        image.paste(Image.fromarray(np.ascontiguousarray(rgb[top:bottom])), (0, top))
    return image


def change_in_place(image: Image.Image, change: Change, reach: int = 0) -> None:
    """Change the colours of an RGB or RGBA picture, band by band; transparency stays.

    `reach`: how many rows above and below a pixel what becomes of it depends on.
    """
    above: Pixels | None = None
    # Where much is worked out twice, at the seams of bands, they are higher.
    for top, bottom in each_band(image.height, max(ROWS, 4 * reach)):
        part = pixels_of(image, top, min(bottom + reach, image.height))
        lead = 0
        if above is not None and reach:
            # The rows above were changed already; these are as they were.
            lead = len(above)
            part = np.concatenate([above, part])
        made = change(np.ascontiguousarray(part[..., :3]), top - lead)[lead : lead + bottom - top]
        if reach:
            above = part[: lead + bottom - top][-reach:].copy()
        if image.mode == "RGBA":
            made = np.dstack([made, part[lead : lead + bottom - top, :, 3]])
        image.paste(Image.fromarray(np.ascontiguousarray(made)), (0, top))


def enlarged(
    small: NDArray[Any], full: tuple[int, int], top: int, bottom: int
) -> NDArray[np.float32]:
    """Some rows of a small plane enlarged to `full` (height, width), linearly between its pixels.

    The same as enlarging all of it and cutting the rows out.
    """
    high, wide = full
    y = (np.arange(top, bottom, dtype=np.float32) + 0.5) * (small.shape[0] / high) - 0.5
    above = np.floor(y).astype(np.int64)
    share = (y - above).astype(np.float32).reshape(-1, *[1] * (small.ndim - 1))
    first, second = (np.clip(above + step, 0, small.shape[0] - 1) for step in (0, 1))
    start, end = int(first.min()), int(second.max()) + 1
    across = cv2.resize(
        np.ascontiguousarray(small[start:end], np.float32), (wide, end - start),
        interpolation=cv2.INTER_LINEAR,
    )  # fmt: skip
    found = across[first - start] * (1 - share)
    found += across[second - start] * share
    return np.asarray(found, np.float32)
