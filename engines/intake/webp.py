"""A WebP without anything but its picture, rewritten chunk by chunk and never re-encoded.

RFC 9649 (2024-11).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from engines.intake.exif import read_exif, tell_xmp
from engines.intake.facts import Broken, Read, Removed

ICC_FLAG, ALPHA_FLAG, ANIMATED_FLAG = 0x20, 0x10, 0x02
MOST_CHUNKS = 10_000


def read_webp(data: bytes) -> Read:
    """Size and colours of a WebP, and its bytes without metadata, pixels untouched.

    An animated one has no `parts`: its first frame must be decoded.
    """
    chunks: dict[bytes, memoryview] = {}
    removed, orientation = Removed(), 1
    frames, lossless = 0, False
    for kind, body in _chunks(data):
        if kind == b"EXIF":
            orientation, told = read_exif(bytes(body))
            removed |= told
        elif kind == b"XMP ":
            removed |= tell_xmp(bytes(body))
        elif kind in (b"VP8X", b"ICCP", b"ALPH", b"VP8 ", b"VP8L"):
            chunks.setdefault(kind, body)
        elif kind in (b"ANIM", b"ANMF"):
            frames += kind == b"ANMF"
            lossless = lossless or bytes(body[16:20]) == b"VP8L"  # behind the frame's header
        else:
            removed |= Removed(credentials=kind == b"C2PA", other=True)
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    removed |= Removed(tail=bool(data[end + end % 2 :].strip(b"\0")))
    width, height, alpha = _size(chunks, frames)
    icc = bytes(chunks.get(b"ICCP", b""))
    parts = () if frames else tuple(_rewrite(chunks, width, height, alpha))
    return Read(
        "webp", width, height, orientation=orientation, frames=max(1, min(frames, 2)), alpha=alpha,
        lossless=lossless or b"VP8L" in chunks, icc=icc, removed=removed, parts=parts,
    )  # fmt: skip


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    if len(data) < 20:
        raise Broken("cut")
    (size,) = struct.unpack_from("<I", data, 4)
    end = size + 8
    if end > len(data):
        raise Broken("cut")
    view = memoryview(data)
    at, count = 12, 0
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > end:
            raise Broken("damaged")
        count += 1
        if count > MOST_CHUNKS:
            raise Broken("damaged")
        yield kind, view[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _size(chunks: dict[bytes, memoryview], frames: int) -> tuple[int, int, bool]:
    """Width, height, alpha: of the canvas where there is one, and the bitstream must agree."""
    canvas = stream = None
    if b"VP8L" in chunks and b"VP8 " in chunks:
        raise Broken("damaged")
    alpha = b"ALPH" in chunks
    if b"VP8X" in chunks:
        head = bytes(chunks[b"VP8X"][:10])
        if len(head) < 10:
            raise Broken("damaged")
        canvas = 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
        alpha = alpha or bool(frames and head[0] & ALPHA_FLAG)
    if b"VP8L" in chunks:
        head = bytes(chunks[b"VP8L"][:5])
        if len(head) < 5 or head[0] != 0x2F:
            raise Broken("damaged")
        (bits,) = struct.unpack_from("<I", head, 1)
        stream = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        alpha = bool(bits >> 28 & 1)
    elif b"VP8 " in chunks:
        head = bytes(chunks[b"VP8 "][:10])
        if len(head) < 10 or head[3:6] != b"\x9d\x01\x2a":
            raise Broken("damaged")
        width, height = struct.unpack_from("<HH", head, 6)
        stream = width & 0x3FFF, height & 0x3FFF
    size = canvas or stream
    if not size or not all(size) or not (stream or frames):
        raise Broken("damaged")
    if canvas and stream and canvas != stream and not frames:
        raise Broken("damaged")
    return *size, alpha


def _rewrite(
    chunks: dict[bytes, memoryview], width: int, height: int, alpha: bool
) -> Iterator[bytes | memoryview]:
    """The file anew: a VP8X chunk only where something needs it, in the order of the RFC."""
    order = [kind for kind in (b"ICCP", b"ALPH", b"VP8 ", b"VP8L") if kind in chunks]
    bodies: list[tuple[bytes, bytes | memoryview]] = [(kind, chunks[kind]) for kind in order]
    if len(order) > 1:
        flags = ICC_FLAG * (b"ICCP" in chunks) | ALPHA_FLAG * alpha
        sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        bodies.insert(0, (b"VP8X", struct.pack("<I", flags) + sides))
    size = 4 + sum(8 + len(body) + len(body) % 2 for _, body in bodies)
    yield struct.pack("<4sI4s", b"RIFF", size, b"WEBP")
    for kind, body in bodies:
        yield struct.pack("<4sI", kind, len(body))
        yield body
        if len(body) % 2:
            yield b"\0"
