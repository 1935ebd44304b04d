"""What a PNG says of its colours, as an ICC profile: cICP before iCCP, sRGB, and gAMA with cHRM.

PNG, third edition (W3C, 2025-06-24), 4.3 for the order and 11.3.2 for the chunks. What is not as
the specification wants it is passed over, as browsers do.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final

from engines.intake.profile import BT709, Chromaticities, gamma, of_code_points, profile_of

CHUNKS: Final = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM"})
GREY: Final = (0, 4)  # colour types without colour
HUNDRED_THOUSANDS: Final = 100_000


def profile_told(chunks: Mapping[bytes, bytes], icc: bytes, colour_type: int) -> bytes:
    """The profile of a PNG's colours, b"" for sRGB. `chunks`: those of `CHUNKS` by name; `icc`: the
    profile in iCCP where it can be read. Raises `Broken` ("hdr") for PQ and HLG."""
    grey = colour_type in GREY
    if b"cICP" in chunks and (told := _cicp(chunks[b"cICP"], grey)) is not None:
        return told
    if icc or b"sRGB" in chunks:
        return icc
    power = _gama(chunks.get(b"gAMA", b""))
    if power is None:
        return b""  # primaries without a curve say nothing (Chromium 2026-11, too)
    chromaticities = _chrm(chunks.get(b"cHRM", b""))
    return profile_of(chromaticities or BT709, gamma(power), grey)


def _cicp(body: bytes, grey: bool) -> bytes | None:
    """None where the chunk does not count: colours of a PNG are never Y'CbCr, and browsers pass
    narrow ranges over."""
    if len(body) != 4 or body[2] != 0 or body[3] != 1:
        return None
    return of_code_points(body[0], body[1], grey=grey) or None


def _gama(body: bytes) -> float | None:
    """The power from value to light."""
    if len(body) != 4:
        return None
    (stored,) = struct.unpack(">I", body)
    return HUNDRED_THOUSANDS / stored if stored else None


def _chrm(body: bytes) -> Chromaticities | None:
    if len(body) != 32:
        return None
    wx, wy, rx, ry, gx, gy, bx, by = (
        value / HUNDRED_THOUSANDS for value in struct.unpack(">8I", body)
    )
    return wx, wy, rx, ry, gx, gy, bx, by
