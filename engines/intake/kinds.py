"""What kind of picture a file is, told by its bytes and never by its name."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from engines.intake.bitmaps import read_bmp, read_tiff
from engines.intake.boxes import read_avif, read_heic
from engines.intake.facts import Broken, Kind, Read
from engines.intake.gif import read_gif
from engines.intake.jpeg import read_jpeg
from engines.intake.png import SIGNATURE, read_png
from engines.intake.webp import read_webp

READERS: Mapping[Kind, Callable[[bytes], Read]] = {
    "png": read_png,
    "jpeg": read_jpeg,
    "webp": read_webp,
    "avif": read_avif,
    "gif": read_gif,
    "bmp": read_bmp,
    "tiff": read_tiff,
    "heic": read_heic,
}
MEDIA_TYPES: Mapping[Kind, str] = {kind: f"image/{kind}" for kind in READERS}
STARTS: tuple[tuple[bytes, Kind], ...] = (
    (SIGNATURE, "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
)
BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
BRANDS: Mapping[bytes, Kind] = {
    b"avif": "avif", b"avis": "avif", b"heic": "heic", b"heix": "heic", b"heim": "heic",
    b"heis": "heic", b"hevc": "heic", b"hevx": "heic",
}  # fmt: skip
SIZE_OF_START = 64


def kind_of(start: bytes) -> Kind:
    """The kind of picture that begins with these bytes (64 are enough). Raises `Broken`."""
    for magic, kind in STARTS:
        if start.startswith(magic):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    if start[4:8] == b"ftyp":
        # The major brand, then the compatible ones behind its version.
        for brand in (start[8:12], *(start[at : at + 4] for at in range(16, len(start), 4))):
            if brand in BRANDS:
                return BRANDS[brand]
    # Two letters begin many a text; the length of the header behind them does not.
    if start[:2] == b"BM" and len(start) >= 18:
        (length,) = struct.unpack_from("<I", start, 14)
        if length in BMP_HEADERS:
            return "bmp"
    raise Broken("unknown")


def read(data: bytes) -> Read:
    """Read a picture file without decoding it. Raises `Broken`."""
    return READERS[kind_of(data[:SIZE_OF_START])](data)
