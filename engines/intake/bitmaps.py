"""The size of a BMP or a TIFF from its header, before Pillow sees it.

Microsoft's BITMAPCOREHEADER and BITMAPINFOHEADER; TIFF 6.0.
"""

from __future__ import annotations

import struct

from engines.intake.exif import directory, order_of, tell, turned
from engines.intake.facts import Broken, Read, Removed

CORE = 12
WIDTH, HEIGHT, BITS = 0x0100, 0x0101, 0x0102
SAMPLES, PLANAR, SEPARATE, COLOURS = 0x0115, 0x011C, 2, 3
TILE_WIDTH, TILE_HEIGHT = 0x0142, 0x0143
MOST_TILE = 16_000_000  # a tile is decoded whole, however little of it the picture needs


def read_bmp(data: bytes) -> Read:
    """Size in pixels of a BMP; a negative height means that its top row comes first."""
    try:
        (length,) = struct.unpack_from("<I", data, 14)
        width, height = struct.unpack_from("<HH" if length == CORE else "<ii", data, 18)
    except struct.error as error:
        raise Broken("cut") from error
    if width <= 0 or not height:
        raise Broken("damaged")
    return Read("bmp", width, abs(height))


def read_tiff(data: bytes) -> Read:
    """Size in pixels of a TIFF's first page, which way up it is, and what it tells."""
    try:
        order = order_of(data)
        offset = struct.unpack_from(f"{order}I", data, 4)[0]
    except struct.error as error:
        raise Broken("cut") from error
    if offset >= len(data):
        raise Broken("cut")
    page = directory(data, offset, order)
    width, height = page.values.get(WIDTH, 0), page.values.get(HEIGHT, 0)
    if not width or not height:
        raise Broken("damaged")
    if page.values.get(TILE_WIDTH, 0) * page.values.get(TILE_HEIGHT, 0) > MOST_TILE:
        raise Broken("unsupported")
    bits = page.values.get(BITS, 1)
    samples = page.values.get(SAMPLES, 1)
    if page.values.get(PLANAR) == SEPARATE and samples > 1 and (bits != 8 or samples < COLOURS):
        raise Broken("planes")  # Pillow takes these planes for one another
    told = tell(data, page, order)
    pages = 2 if page.following else 1
    # A second page is told as such, not as a preview.
    told = Removed(**{name: True for name in told.names() if name != "preview"})
    return Read(
        "tiff", width, height, orientation=turned(page), frames=pages,
        bits=bits, removed=told,
    )  # fmt: skip
