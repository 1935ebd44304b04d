"""A JPEG without anything but its picture, rewritten segment by segment and never re-encoded.

ITU-T T.81 annex B for the segments, JFIF 1.02, Adobe TN 5116 for APP14, ICC.1:2022 annex B.4.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from engines.intake.exif import read_exif, tell_xmp
from engines.intake.facts import Broken, Read, Removed

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP11, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive; the rest no browser reads either
ODD_FRAMES = set(range(0xC0, 0xD0)) - FRAMES - {0xC4, 0xC8, 0xCC}
TABLES = {0xC4, 0xCC, 0xDB, 0xDD}  # Huffman, arithmetic, quantisation, restart interval
ICC = b"ICC_PROFILE\0"
ICC_ROOM = 65_533 - len(ICC) - 2
# A progressive picture has about ten scans; each costs a pass over all of it.
MOST_SCANS = 64
MOST_SEGMENTS = 20_000
# Profiles of presses have up to 3 MB; what is larger is no profile, and dropped.
MOST_PROFILE = 4 * 2**20

# No `\xff+`: fill bytes are left to what stands before, or a file full of them would take hours.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


@dataclass
class _Walk:
    """What has been gathered so far on the way through a file."""

    frame: tuple[int, int, int] = (0, 0, 0)  # width, height, components
    jfif: bytes = b""
    adobe: bytes = b""
    orientation: int = 1
    profile: dict[int, bytes] = field(default_factory=dict)
    removed: Removed = field(default_factory=Removed)
    scans: int = 0
    parts: list[bytes | memoryview] = field(default_factory=list)


def read_jpeg(data: bytes) -> Read:
    """Size, way up and colours of a JPEG, and its bytes without metadata.

    Kept: frame, tables, scans (the very bytes), JFIF without its thumbnail, Adobe's colour
    transform, the ICC profile. All else goes, whatever follows the end of the picture included.
    """
    walk = _Walk()
    end = _gather(data, walk)
    if not walk.scans:
        raise Broken("cut")
    if data[end:].strip(b"\0"):
        walk.removed |= Removed(tail=True, preview=b"\xff\xd8\xff" in data[end:])
    icc = b"".join(walk.profile[number] for number in sorted(walk.profile))
    if len(icc) > MOST_PROFILE:
        icc = b""
    width, height, components = walk.frame
    head = (b"\xff\xd8", walk.jfif, *icc_segments(icc), walk.adobe)
    return Read(
        "jpeg", width, height, orientation=walk.orientation, inks=components == 4, lossless=False,
        icc=icc, removed=walk.removed, parts=(*head, *walk.parts, b"\xff\xd9"),
    )  # fmt: skip


def icc_segments(icc: bytes) -> list[bytes]:
    """A colour profile as the segments that carry it."""
    pieces = [icc[at : at + ICC_ROOM] for at in range(0, len(icc), ICC_ROOM)]
    return [
        _segment(APP2, ICC + bytes((number, len(pieces))) + piece)
        for number, piece in enumerate(pieces, 1)
    ]


def _gather(data: bytes, walk: _Walk) -> int:
    """Go through all segments; where the picture ends. Raises `Broken` when it does not."""
    view = memoryview(data)
    at = 2
    for _ in range(MOST_SEGMENTS):
        found = _MARKER.search(data, at)
        if not found:
            raise Broken("cut")
        code, at = data[found.end() - 1], found.end()
        if code == EOI:
            return at
        if code in (SOI, 0x01):
            continue
        if at + 2 > len(data):
            raise Broken("cut")
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2:
            raise Broken("damaged")
        if at + length > len(data):
            raise Broken("cut")
        body = view[at + 2 : at + length]
        at += length
        if code == SOS:
            following = _MARKER.search(data, at)
            if not following:
                raise Broken("cut")
            _scan(body, view[at : following.start()], walk)
            at = following.start()
        else:
            _segment_of(code, bytes(body), walk)
    raise Broken("damaged")


def _scan(head: memoryview, coded: memoryview, walk: _Walk) -> None:
    walk.scans += 1
    if not walk.frame[0] or walk.scans > MOST_SCANS:
        raise Broken("damaged")
    walk.parts += [_segment(SOS, bytes(head)), coded]


def _segment_of(code: int, body: bytes, walk: _Walk) -> None:
    """One segment: kept, or read for what it tells and dropped."""
    if code in ODD_FRAMES:
        raise Broken("unsupported")
    if code in FRAMES:
        if walk.frame[0]:
            raise Broken("damaged")
        walk.frame = _frame(body)
    if code in FRAMES or code in TABLES:
        walk.parts.append(_segment(code, body))
    elif code == APP0 and body[:5] == b"JFIF\0" and len(body) >= 12:
        walk.jfif = _segment(APP0, body[:12] + b"\0\0")
        walk.removed |= Removed(preview=len(body) > 14)
    elif code == APP14 and body[:5] == b"Adobe" and len(body) >= 12:
        walk.adobe = _segment(APP14, body[:12])
    elif code == APP2 and body[: len(ICC)] == ICC and len(body) > len(ICC) + 2:
        walk.profile[body[len(ICC)]] = body[len(ICC) + 2 :]
    else:
        _drop(code, body, walk)


def _drop(code: int, body: bytes, walk: _Walk) -> None:
    """Note what goes with a segment."""
    if code == APP1 and body[:6] == b"Exif\0\0":
        orientation, told = read_exif(body)
        if walk.orientation == 1:
            walk.orientation = orientation
        walk.removed |= told
    elif code == APP1 and b"ns.adobe.com" in body[:40]:
        walk.removed |= tell_xmp(body)
    elif code in (COM, APP13):
        # Photoshop's resources 0x0409 and 0x040C are thumbnails.
        thumbnail = code == APP13 and (b"8BIM\x04\x0c" in body or b"8BIM\x04\x09" in body)
        walk.removed |= Removed(text=True, preview=thumbnail)
    elif code == APP11:
        walk.removed |= Removed(credentials=b"jumb" in body or b"c2pa" in body, other=True)
    elif (code == APP2 and body[:4] == b"MPF\0") or code == APP0:
        walk.removed |= Removed(preview=True)
    else:
        walk.removed |= Removed(other=True)


def _frame(body: bytes) -> tuple[int, int, int]:
    """Width, height, components. A height told only after the scan is not supported."""
    if len(body) < 6:
        raise Broken("damaged")
    bits, height, width, components = struct.unpack_from(">BHHB", body)
    if bits != 8 or not height:
        raise Broken("unsupported")
    if not width or components not in (1, 3, 4) or len(body) != 6 + 3 * components:
        raise Broken("damaged")
    return width, height, components


def _segment(code: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(body) + 2) + body
