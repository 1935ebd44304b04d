"""How large a picture is, from its first bytes alone: nothing is decoded, no size is too large."""

from __future__ import annotations

import re
import struct

from engines.intake.boxes import read_avif
from engines.intake.facts import Broken, Kind
from engines.intake.kinds import SIZE_OF_START, kind_of

MARKER = re.compile(b"\xff+([\x01-\xfe])")
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # tables, an extension, more tables
BARE = {0x01, *range(0xD0, 0xD9)}  # markers with nothing behind them


def read_size(data: bytes) -> tuple[Kind, int, int]:
    """Kind, width and height in pixels of a PNG, JPEG, WebP, GIF or AVIF. Raises `Broken`.

    What else stands in the file, and whether it is whole, is not looked at.
    """
    kind = kind_of(data[:SIZE_OF_START])
    try:
        width, height = _size(kind, data)
    except (struct.error, IndexError) as error:
        raise Broken("cut") from error
    if not width or not height:
        raise Broken("damaged")
    return kind, width, height


def _size(kind: Kind, data: bytes) -> tuple[int, int]:
    if kind == "png":
        width, height = struct.unpack_from(">II", data, 16)
        return width, height
    if kind == "gif":
        width, height = struct.unpack_from("<HH", data, 6)
        return width, height
    if kind == "jpeg":
        return _jpeg(data)
    if kind == "webp":
        return _webp(data)
    if kind == "avif":
        read = read_avif(data)
        return read.width, read.height
    raise Broken("unsupported")


def _jpeg(data: bytes) -> tuple[int, int]:
    """From the frame's header, behind whatever segments come first."""
    at = 2
    while found := MARKER.match(data, at):
        code, at = found[1][0], found.end()
        if code in FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 3)
            return width, height
        if code not in BARE:
            (length,) = struct.unpack_from(">H", data, at)
            at += max(2, length)
    raise Broken("cut")


def _webp(data: bytes) -> tuple[int, int]:
    """From the first chunk: the canvas of an extended file, or the picture's own header."""
    first = data[12:16]
    if first == b"VP8X":
        (wide, _, high, _) = struct.unpack_from("<HBHB", data, 24)
        return 1 + wide + (data[26] << 16), 1 + high + (data[29] << 16)
    if first == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if first == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise Broken("damaged")
