"""The size of a GIF, whether it moves, and what it says beside its pictures.

GIF89a specification (1990-07-31).
"""

from __future__ import annotations

import struct

from engines.intake.exif import tell_xmp
from engines.intake.facts import Broken, Read, Removed

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
COMMENT, APPLICATION, PLAIN_TEXT, CONTROL = 0xFE, 0xFF, 0x01, 0xF9


def read_gif(data: bytes) -> Read:
    """Size in pixels of the first picture's canvas; it stops looking at the second picture.

    Raises `Broken` when the first picture is not whole.
    """
    if len(data) < 13:
        raise Broken("cut")
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _palette(flags)
    removed, alpha, frames = Removed(), False, 0
    while frames < 2 and at < len(data) and data[at] != TRAILER:
        if data[at] == EXTENSION and at + 2 < len(data):
            told, clear = _extension(data, at)
            removed |= told
            alpha |= clear and not frames
            at = _past_blocks(data, at + 2, frames)
        elif data[at] == IMAGE and at + 10 < len(data):
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, at + 1)
            frames += 1
            if frames == 1:
                # A frame may be larger than the canvas, which then grows.
                width, height = max(width, left + wide), max(height, top + high)
                at = _past_blocks(data, at + 11 + _palette(flags), 0)
        else:
            break
    if not frames:
        raise Broken("cut")
    if not width or not height:
        raise Broken("damaged")
    return Read("gif", width, height, frames=frames, alpha=alpha, removed=removed)


def _palette(flags: int) -> int:
    """Bytes of the colour table that follows."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _extension(data: bytes, at: int) -> tuple[Removed, bool]:
    """What an extension tells, and whether it makes a colour transparent."""
    label = data[at + 1]
    if label == CONTROL:
        return Removed(), at + 3 < len(data) and bool(data[at + 3] & 1)
    if label == APPLICATION and data[at + 3 : at + 11] == b"XMP Data":
        return tell_xmp(data[at : at + 2**16]), False
    # How often it repeats is no secret.
    private = label == APPLICATION and data[at + 3 : at + 11] not in (b"NETSCAPE", b"ANIMEXTS")
    return Removed(text=label in (COMMENT, PLAIN_TEXT), other=private), False


def _past_blocks(data: bytes, at: int, frames: int) -> int:
    """Where the sub-blocks end. What is missing behind the first picture is no loss."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    if at >= len(data) and not frames:
        raise Broken("cut")
    return at + 1
