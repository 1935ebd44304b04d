"""The size of an AVIF or a HEIC from its boxes, before any decoder sees it.

ISO/IEC 14496-12 for the boxes, ISO/IEC 23008-12 for `ispe`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from engines.intake.facts import Broken, Kind, Read
from engines.intake.profile import of_code_points, srgb_curve

MOVING = {b"avis", b"msf1", b"hevc", b"hevx"}  # brands of picture sequences
WITH_VERSION = 4  # bytes in front of a full box's content
MOST_BOXES = 10_000


def read_avif(data: bytes) -> Read:
    """Size in pixels of an AVIF; what it tells is known once it is decoded."""
    return _read("avif", data)


def read_heic(data: bytes) -> Read:
    """Size in pixels of a HEIC; what it tells is known once it is decoded."""
    return _read("heic", data)


def _read(kind: Kind, data: bytes) -> Read:
    """The largest picture that the file announces. Raises `Broken` where it is cut or has none."""
    sizes, icc = [], b""
    for name, start, end in _boxes(data, 0, len(data)):
        if name == b"meta":
            sizes += _sizes(data, start + WITH_VERSION, end)
            icc = icc or _colours(data, start + WITH_VERSION, end)
    if not sizes:
        raise Broken("damaged")
    width, height = max(sizes, key=_area)
    if not width or not height:
        raise Broken("damaged")
    frames = 2 if data[8:12] in MOVING else 1
    return Read(kind, width, height, frames=frames, lossless=False, icc=icc)


def _colours(data: bytes, start: int, end: int) -> bytes:
    """The profile of the first `colr` of kind `nclx`; b"" where there is none, or a real profile,
    which the decoder hands over. Raises `Broken` ("hdr") for PQ and HLG."""
    found = b""
    for name, inner, stop in _boxes(data, start, end):
        if name in (b"iprp", b"ipco"):
            found = found or _colours(data, inner, stop)
        elif name == b"colr" and data[inner : inner + 4] == b"nclx" and stop - inner >= 11:
            primaries, transfer = struct.unpack_from(">HH", data, inner + 4)
            found = found or of_code_points(primaries, transfer, video=srgb_curve)
    return found


def _sizes(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Every `ispe`: meta > iprp > ipco > ispe."""
    found = []
    for name, inner, stop in _boxes(data, start, end):
        if name in (b"iprp", b"ipco"):
            found += _sizes(data, inner, stop)
        elif name == b"ispe" and stop - inner >= 12:
            found.append(struct.unpack_from(">II", data, inner + WITH_VERSION))
    return found


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the content of each box between two places."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, name = struct.unpack_from(">I4s", data, start)
        inner = start + 8
        if size == 1:
            if start + 16 > end:
                raise Broken("cut")
            (size,) = struct.unpack_from(">Q", data, inner)
            inner += 8
        elif size == 0:
            size = end - start
        if start + size > end:
            raise Broken("cut")
        if size < inner - start:
            raise Broken("damaged")
        yield name, inner, start + size
        start += size
    raise Broken("damaged")


def _area(size: tuple[int, int]) -> int:
    return size[0] * size[1]
