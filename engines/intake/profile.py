"""An ICC profile for colours that a file describes in numbers: PNG's cICP, gAMA and cHRM, and nclx.

Matrix and curves as ICC.1:2022 lays them down; code points of ITU-T H.273 (2024-07). PQ and HLG
are light in nits, not colours on a page, and have no profile here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from engines.intake.facts import Broken

Curve = Callable[[float], float]
Matrix = tuple[tuple[float, float, float], ...]
# x and y of white, red, green, blue.
Chromaticities = tuple[float, float, float, float, float, float, float, float]

D65: Final = (0.3127, 0.3290)
C: Final = (0.310, 0.316)
BT709: Final[Chromaticities] = (*D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
SMPTE170M: Final[Chromaticities] = (*D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070)
# H.273 table 2; 2 is "unspecified", for which browsers take sRGB's.
PRIMARIES: Final[Mapping[int, Chromaticities]] = {
    1: BT709,
    2: BT709,
    4: (*C, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: SMPTE170M,
    7: SMPTE170M,
    8: (*C, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049),
    9: (*D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
PQ, HLG = 16, 18
# Profiles describe colours under D50 (ICC.1, 7.2.16), adapted as Bradford did.
D50: Final = (0.9642, 1.0, 0.8249)
BRADFORD: Final[Matrix] = (
    (0.8951, 0.2664, -0.1614),
    (-0.7502, 1.7135, 0.0367),
    (0.0389, -0.0685, 1.0296),
)
STEPS: Final = 1024


def srgb_curve(value: float) -> float:
    """Light of a value, both 0..1 (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def gamma(power: float) -> Curve:
    """A plain power."""
    return lambda value: float(value**power)


def _cinema(value: float) -> float:
    """SMPTE ST 428-1, whose white is 48 of the 52.37 nits that 1 stands for."""
    return min(1.0, float(value**2.6) * 52.37 / 48)


# H.273 table 3. The curve of BT.709's cameras is shown by screens of gamma 2.4 (BT.1886); AVIF and
# HEIC name it where sRGB is meant. Browsers show both so (Chromium, 2026-11).
VIDEO: Final = frozenset({1, 6, 14, 15})
TRANSFERS: Final[Mapping[int, Curve]] = {
    2: srgb_curve, 4: gamma(2.2), 5: gamma(2.8), 8: gamma(1.0), 13: srgb_curve, 17: _cinema,
    **dict.fromkeys(VIDEO, gamma(2.4)),
}  # fmt: skip


def of_code_points(
    primaries: int, transfer: int, grey: bool = False, video: Curve | None = None
) -> bytes:
    """The profile of H.273's code points; b"" where they are unknown. `video`: the curve to take
    for BT.709's. Raises `Broken` ("hdr") for PQ and HLG."""
    if transfer in (PQ, HLG):
        raise Broken("hdr")
    chromaticities, curve = PRIMARIES.get(primaries), TRANSFERS.get(transfer)
    if chromaticities is None or curve is None:
        return b""
    return profile_of(chromaticities, video if video and transfer in VIDEO else curve, grey)


def profile_of(chromaticities: Chromaticities, curve: Curve, grey: bool = False) -> bytes:
    """An ICC profile of these primaries and this curve from value to light, each 0..1; b"" where
    the primaries span no colours. `grey`: for pictures of one channel."""
    tags = {b"desc": _text(b"desc"), b"cprt": _text(b"cprt"), b"wtpt": _xyz(D50)}
    table = [round(65535 * min(1.0, max(0.0, curve(at / (STEPS - 1))))) for at in range(STEPS)]
    shape = b"curv\0\0\0\0" + struct.pack(f">I{STEPS}H", STEPS, *table)
    if grey:
        return _file(b"GRAY", {**tags, b"kTRC": shape})
    columns = _columns(chromaticities)
    if columns is None:
        return b""
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True):
        tags[name] = _xyz(column)
    return _file(b"RGB ", {**tags, b"rTRC": shape, b"gTRC": shape, b"bTRC": shape})


def _columns(chromaticities: Chromaticities) -> Matrix | None:
    """XYZ under D50 of full red, green and blue."""
    pairs = [chromaticities[at : at + 2] for at in (0, 2, 4, 6)]
    if any(y <= 0 for _, y in pairs):
        return None
    white, *primaries = ((x / y, 1.0, (1 - x - y) / y) for x, y in pairs)
    inverse = _inverse(tuple(zip(*primaries, strict=True)))
    if inverse is None:
        return None
    amounts = _times(inverse, white)
    adapt = _adaptation(white)
    lights = [
        [part * amount for part in each] for each, amount in zip(primaries, amounts, strict=True)
    ]
    return tuple(_times(adapt, light) for light in lights)


@cache
def _adaptation(white: tuple[float, float, float]) -> Matrix:
    """From colours under a white to the same under D50."""
    back = _inverse(BRADFORD)
    if back is None:
        raise ZeroDivisionError
    ours, theirs = _times(BRADFORD, white), _times(BRADFORD, D50)
    scaled = tuple(
        tuple(value * there / here for value in row)
        for row, here, there in zip(BRADFORD, ours, theirs, strict=True)
    )
    columns = tuple(_times(back, column) for column in zip(*scaled, strict=True))
    return tuple(zip(*columns, strict=True))


def _times(
    matrix: Sequence[Sequence[float]], vector: Sequence[float]
) -> tuple[float, float, float]:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _inverse(m: Sequence[Sequence[float]]) -> Matrix | None:
    """Of three rows of three; None where there is none."""
    (a, b, c), (d, e, f), (g, h, i) = m
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if abs(whole) < 1e-9:
        return None
    one = ((e * i - f * h) / whole, (c * h - b * i) / whole, (b * f - c * e) / whole)
    two = ((f * g - d * i) / whole, (a * i - c * g) / whole, (c * d - a * f) / whole)
    three = ((d * h - e * g) / whole, (b * g - a * h) / whole, (a * e - b * d) / whole)
    return one, two, three


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _text(words: bytes) -> bytes:
    letters = words.decode().encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(letters), 28) + letters


def _file(space: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    """A version 4 profile; equal tags share their place."""
    start = 128 + 4 + 12 * len(tags)
    table, bodies, places = b"", b"", dict[bytes, int]()
    for name, body in tags.items():
        if body not in places:
            places[body] = start + len(bodies)
            bodies += body + b"\0" * (-len(body) % 4)
        table += name + struct.pack(">II", places[body], len(body))
    rest = struct.pack(">I", len(tags)) + table + bodies
    head = struct.pack(
        ">I4sI4s4s4s", 128 + len(rest), b"\0" * 4, 0x04200000, b"mntr", space, b"XYZ "
    )
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", *(round(value * 65536) for value in D50))
    return head.ljust(128, b"\0") + rest
