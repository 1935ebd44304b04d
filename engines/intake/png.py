"""A PNG without anything but its picture, rewritten chunk by chunk and never re-encoded.

PNG, third edition (W3C, 2025-06-24).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from engines.intake.exif import read_exif, tell_xmp
from engines.intake.facts import Broken, Read, Removed
from engines.intake.png_colour import CHUNKS, profile_told

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What changes how the pixels look. All else goes.
KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI",
}  # fmt: skip
TEXT = {b"tEXt", b"zTXt", b"iTXt"}
FRAMES = {b"acTL", b"fcTL", b"fdAT"}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # per pixel, by colour type
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
COLOUR_TYPE, PALETTE = 25, 3  # where it stands, and its value
MOST_CHUNKS = 100_000
MOST_PROFILE = 4 * 2**20
# First column, first row, step across, step down of the seven passes of an interlaced picture.
PASSES = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
PIECE, FEED = 2**20, 2**16  # bytes out and in at a time


def read_png(data: bytes) -> Read:
    """Size and colours of a PNG, and its bytes without metadata, pixels untouched.

    Every chunk's check sum is held against its content; nothing is inflated but a profile.
    """
    parts: list[bytes | memoryview] = [SIGNATURE]
    read = Read("png", 0, 0)
    seen: set[bytes] = set()
    colours: dict[bytes, bytes] = {}
    end = len(SIGNATURE)
    for kind, whole, body, end in _chunks(data):  # noqa: B007  # end is where the last one ends
        if not seen and kind != b"IHDR":
            raise Broken("damaged")
        if kind == b"IHDR":
            if seen:
                raise Broken("damaged")
            read = _header(bytes(body))
        elif kind == b"tRNS":
            read = replace(read, alpha=True)
        elif kind == b"iCCP":
            read = replace(read, icc=_profile(bytes(body)))
            if read.icc:
                parts.append(icc_chunk(read.icc))
        elif kind not in KEPT:
            read = _drop(kind, bytes(body), read)
        if kind in CHUNKS:
            colours.setdefault(kind, bytes(body))
        seen.add(kind)
        if kind in KEPT:
            parts.append(whole)
    if b"IEND" not in seen:
        raise Broken("cut")
    if b"IDAT" not in seen or (data[COLOUR_TYPE] == PALETTE and b"PLTE" not in seen):
        raise Broken("damaged")
    told = read.removed | Removed(tail=bool(data[end:].strip(b"\0")))
    icc = profile_told(colours, read.icc, data[COLOUR_TYPE])
    return replace(read, removed=told, parts=tuple(parts), icc=icc)


def is_exact(data: bytes) -> bool:
    """Whether a PNG's compressed rows are as long as its size says, with nothing hidden behind.

    Raises `Broken` when they are too short. Inflates in pieces of 1 MB, so it needs little memory.
    """
    bodies = (body for kind, _, body, _ in _chunks(data) if kind == b"IDAT")
    wanted = _length(data)
    inflate = zlib.decompressobj()
    got = 0
    try:
        for body in bodies:
            if inflate.eof and body:
                return False
            for made in _inflated(inflate, body):
                got += made
                if got > wanted:
                    return False
    except zlib.error as error:
        raise Broken("damaged") from error
    if got < wanted:
        raise Broken("cut")
    return got == wanted and not inflate.unused_data


def _inflated(inflate: zlib._Decompress, body: memoryview) -> Iterator[int]:
    """The lengths of the pieces that a chunk inflates to, each at most `PIECE`."""
    for start in range(0, len(body), FEED):
        rest: bytes | memoryview = body[start : start + FEED]
        while True:
            made = len(inflate.decompress(rest, PIECE))
            yield made
            rest = inflate.unconsumed_tail
            if inflate.eof or (made < PIECE and not rest):
                break


def icc_chunk(icc: bytes) -> bytes:
    """A colour profile as the chunk that carries it, under a name that tells nothing."""
    body = b"ICC Profile\0\0" + zlib.compress(icc)
    return _chunk(b"iCCP", body)


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, memoryview, int]]:
    """Name, whole chunk, content, end, of each chunk up to the last. Raises `Broken`."""
    view = memoryview(data)
    at, count = len(SIGNATURE), 0
    while at < len(data):
        if at + 12 > len(data):
            raise Broken("cut")
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data):
            raise Broken("cut")
        kind, body = data[at + 4 : at + 8], view[at + 8 : end - 4]
        if zlib.crc32(view[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise Broken("damaged")
        count += 1
        if count > MOST_CHUNKS:
            raise Broken("damaged")
        yield kind, view[at:end], body, end
        if kind == b"IEND":
            return
        at = end


def _header(body: bytes) -> Read:
    if len(body) != 13:
        raise Broken("damaged")
    width, height, bits, colours, method, filters, interlace = struct.unpack(">IIBBBBB", body)
    if not width or not height or bits not in DEPTHS.get(colours, ()):
        raise Broken("damaged")
    if method or filters or interlace > 1:
        raise Broken("damaged")
    return Read("png", width, height, bits=bits, alpha=colours in (4, 6))


def _profile(body: bytes) -> bytes:
    """The profile in an iCCP chunk; b"" when it cannot be read, as browsers do."""
    _, _, rest = body.partition(b"\0")
    try:
        inflate = zlib.decompressobj()
        icc = inflate.decompress(rest[1:], MOST_PROFILE)
    except zlib.error:
        return b""
    return icc if inflate.eof else b""


def _drop(kind: bytes, body: bytes, read: Read) -> Read:
    """Note what goes with a chunk."""
    told = Removed(other=True)
    orientation, frames = read.orientation, read.frames
    if kind == b"eXIf":
        orientation, more = read_exif(body)
        told |= more
    elif kind in TEXT:
        told |= tell_xmp(body) if b"adobe.xmp" in body[:40] else Removed(text=True)
    elif kind == b"tIME":
        told = Removed(date=True)
    elif kind == b"caBX":
        told = Removed(credentials=True)
    elif kind in FRAMES:
        frames, told = 2, Removed(preview=kind == b"fdAT")
    elif not kind[0] & 0x20:
        raise Broken("damaged")  # a chunk nobody may skip, and nobody knows
    return replace(read, orientation=orientation, frames=frames, removed=read.removed | told)


def _length(data: bytes) -> int:
    """How many bytes the rows of this picture are, a filter byte in front of each."""
    width, height, bits, colours, _, _, interlace = struct.unpack_from(">IIBBBBB", data, 16)
    depth = bits * SAMPLES[colours]
    if not interlace:
        return int(height * (1 + (width * depth + 7) // 8))
    total = 0
    for left, top, across, down in PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * depth + 7) // 8)
    return total


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
