"""A note written into a result's file, its pixels untouched: that a face in it was swapped."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image

PNG_HEAD: Final = 33  # signature and IHDR, which comes first
APP0, APP1, APP15, COM = 0xE0, 0xE1, 0xEF, 0xFE
DESCRIPTION: Final = 0x010E  # EXIF's ImageDescription
EXIF: Final = b"Exif\0\0"
# Flags of WebP's VP8X.
HAS_EXIF, HAS_ALPHA = 0x08, 0x10
RIFF_HEAD: Final = 12


def mark(data: bytes, kind: str, text: str) -> bytes | None:
    """The file with a note in it, or None for a kind that cannot carry one here.

    `kind`: as `pictures.Header` tells it. `text`: ASCII. PNG: a text chunk "Description"; JPEG and
    WebP: EXIF's ImageDescription, or, beside EXIF of the provider's, a comment in a JPEG and
    nothing in a WebP.
    """
    marker = MARKERS.get(kind)
    return marker(data, text.encode("ascii", "replace")) if marker else None


def _png(data: bytes, text: bytes) -> bytes:
    """PNG, third edition (W3C, 2025-06-24), 11.3.3.2."""
    body = b"tEXtDescription\0" + text
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:PNG_HEAD] + chunk + data[PNG_HEAD:]


def _jpeg(data: bytes, text: bytes) -> bytes:
    """ITU-T T.81 annex B; behind JFIF, which wants to be first, EXIF wants to be."""
    at, own = 2, False
    first = end = 2
    while data[at] == 0xFF and APP0 <= data[at + 1] <= APP15:
        (length,) = struct.unpack_from(">H", data, at + 2)
        own = own or (data[at + 1] == APP1 and data[at + 4 : at + 10] == EXIF)
        end = at + 2 + length
        if data[at + 1] == APP0:
            first = end
        at = end
    place, code, body = (end, COM, text) if own else (first, APP1, EXIF + _tiff(text))
    segment = struct.pack(">BBH", 0xFF, code, len(body) + 2) + body
    return data[:place] + segment + data[place:]


def _webp(data: bytes, text: bytes) -> bytes | None:
    """WebP container specification (Google, RFC 9649): VP8X first, EXIF behind the picture."""
    (size,) = struct.unpack_from("<I", data, 4)
    kind, body = data[RIFF_HEAD : RIFF_HEAD + 4], data[RIFF_HEAD : size + 8]
    if kind == b"VP8X":
        if body[8] & HAS_EXIF:
            return None
        body = body[:8] + bytes((body[8] | HAS_EXIF,)) + body[9:]
    else:
        head = _extended(kind, body)
        if head is None:
            return None
        body = head + body
    made = b"WEBP" + body + _chunk(b"EXIF", _tiff(text))
    return b"RIFF" + struct.pack("<I", len(made)) + made


def _extended(kind: bytes, body: bytes) -> bytes | None:
    """The VP8X that a plain WebP lacks, its size read from the picture's own first bytes."""
    flags = HAS_EXIF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 9)
        wide, high = bits & 0x3FFF, (bits >> 14) & 0x3FFF  # each less one
        flags |= HAS_ALPHA if bits >> 28 & 1 else 0
    elif kind == b"VP8 ":
        wide, high = (each & 0x3FFF for each in struct.unpack_from("<HH", body, 14))
        wide, high = wide - 1, high - 1
    else:
        return None
    sides = struct.pack("<I", wide)[:3] + struct.pack("<I", high)[:3]
    return _chunk(b"VP8X", bytes((flags, 0, 0, 0)) + sides)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _tiff(text: bytes) -> bytes:
    """EXIF with nothing but a description."""
    exif = Image.Exif()
    exif[DESCRIPTION] = text.decode("ascii")
    return exif.tobytes().removeprefix(EXIF)


MARKERS: Final[Mapping[str, Callable[[bytes, bytes], bytes | None]]] = {
    "png": _png,
    "jpeg": _jpeg,
    "webp": _webp,
}
