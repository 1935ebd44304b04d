"""How strongly a JPEG file was compressed, read from its quantization table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

# Luminance quantization for quality 50: ITU-T T.81 (1992), annex K, table K.1, row by row.
LUMINANCE: Final = (
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip


def jpeg_quality(image: Image.Image) -> int | None:
    """The quality, 1..100, at which an opened JPEG was saved; None for any other kind of file.

    It is the setting whose table, as libjpeg would write it, lies nearest to the file's own.
    For files of libjpeg, Pillow and browsers that is exact; cameras and photo editors have
    tables of their own, of which it is the nearest in strength. Ask the opened file: copies
    and converted pictures no longer carry the table.
    """
    tables: dict[int, Sequence[int]] | None = getattr(image, "quantization", None)
    if not tables:
        return None
    # Luminance has the lowest number; Pillow gives tables row by row, not in zigzag order.
    table = tables[min(tables)]
    # Several settings near 100 write the same table; the higher one means the same to the eye.
    return min(range(100, 0, -1), key=lambda quality: _distance(table, quality))


def _distance(table: Sequence[int], quality: int) -> int:
    """How far a table lies from the one that libjpeg writes at a quality, in sum."""
    percent = 5000 // quality if quality < 50 else 200 - 2 * quality
    pairs = zip(table, LUMINANCE, strict=True)
    return sum(abs(own - min(255, max(1, (base * percent + 50) // 100))) for own, base in pairs)
