"""Files made to cost time and memory: a sentence each, and no more memory than a picture's own."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from collections.abc import Iterator

import numpy as np

from engines.intake.exif import MOST_ENTRIES
from errors import InvalidInput
from studio.uploads import take
from tests.unit.intake_files import (
    chunk,
    noise,
    png_of,
    riff,
    saved,
    scene,
    segment,
    wide,
    with_chunks,
    with_segments,
)

MEGABYTE = 2**20


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """What each is, the file, and a part of the sentence about it."""
    rows = zlib.compress(b"\0" * 60 * MEGABYTE)
    head = struct.pack(">IIBBBBB", 300, 300, 8, 2, 0, 0, 0)
    start, end = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head), chunk(b"IEND", b"")
    yield "more rows than it says", start + chunk(b"IDAT", rows) + end, ""
    yield "a sea of pixels", png_of(2**31 - 1, 2**31 - 1), "megapixels"
    yield "a line of pixels", png_of(2**20, 1), "no side may be longer"
    yield "none at all", png_of(0, 7), "damaged"
    whole = saved(noise((300, 200)), "PNG")
    yield "half a PNG", whole[: len(whole) // 2], "cut short"
    broken = bytearray(whole)
    at = whole.index(b"IDAT") + 4000
    broken[at : at + 40] = b"\0" * 40
    yield "a PNG with a hole", bytes(broken), "damaged"
    body = zlib.compress(b"\0" * 3000)[:-8] + b"\xff" * 8
    yield "rows that cannot be inflated", start + chunk(b"IDAT", body) + end, ""
    photo = saved(noise((300, 200)), "JPEG", quality=90)
    yield "half a JPEG", photo[: len(photo) // 2], "cut short"
    yield "half a JPEG with an end", photo[: len(photo) // 2] + b"\xff\xd9", ""
    for kind in ("WEBP", "AVIF", "GIF", "TIFF", "BMP"):
        data = saved(noise((300, 200)), kind)
        yield f"half a {kind}", data[: len(data) // 2], ""
    canvas = struct.pack("<HHBBB", 65_000, 65_000, 0x80, 0, 0) + b"\0" * 6
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0;"
    yield "a GIF of 4,225 megapixels", b"GIF89a" + canvas + frame, "megapixels"
    small = struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0" * 6
    large = b"\x2c" + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x44\x01\0;"
    yield "a GIF whose frame is larger", b"GIF89a" + small + large, "megapixels"
    sides = (16_382).to_bytes(3, "little") * 2
    flags = struct.pack("<I", 2)
    anim = (b"VP8X", flags + sides), (b"ANIM", b"\0" * 6), (b"ANMF", b"\0" * 24)
    yield "a WebP of 16383 by 16383", riff(*anim), "megapixels"
    inflated = zlib.compress(b"\0" * 200 * MEGABYTE)
    yield "a profile of 200 MB", with_chunks(whole, chunk(b"iCCP", b"x\0\0" + inflated)), "OK"
    text = zlib.compress(b"a" * 200 * MEGABYTE)
    yield "a text of 200 MB", with_chunks(whole, chunk(b"zTXt", b"x\0\0" + text)), "OK"
    entries = struct.pack("<HHII", 0x010F, 2, 2**31, 8) * 60_000
    exif = b"II*\0" + struct.pack("<IH", 8, 60_000) + entries
    assert MOST_ENTRIES < 60_000
    yield "60,000 entries of EXIF", with_chunks(whole, chunk(b"eXIf", exif)), "OK"
    ring = b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8)
    yield "EXIF that leads to itself", with_segments(photo, segment(0xE1, ring)), "OK"
    pieces = [
        segment(0xE2, b"ICC_PROFILE\0" + bytes((n, 255)) + b"\0" * 60_000) for n in range(255)
    ]
    yield "a JPEG with 15 MB of profile", with_segments(photo, *pieces), "OK"
    many = wide()[:128] + struct.pack(">I", 2**31 - 1) + wide()[132:]
    yield "a profile of endless tags", saved(scene(), "PNG", icc_profile=many), "OK"
    curve = wide().replace(struct.pack(">IHH", 1, 563, 0), struct.pack(">IHH", 2**31 - 1, 563, 0))
    assert curve != wide()
    yield "a profile of endless curves", saved(scene(), "PNG", icc_profile=curve), "OK"
    frames = [scene((64, 64)).rotate(turn) for turn in range(40)]
    for kind in ("PNG", "WEBP", "GIF", "TIFF", "AVIF"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        yield f"40 pages of {kind}", data, "only the first"
    page = struct.pack("<H", 3)
    page += struct.pack("<HHII", 256, 4, 1, 9) + struct.pack("<HHII", 257, 4, 1, 9)
    page += struct.pack("<HHII", 258, 3, 1, 8) + struct.pack("<I", 8)
    yield "a TIFF whose pages go round", b"II*\0" + struct.pack("<I", 8) + page, ""


def test_each_costs_little_and_is_told_in_a_sentence() -> None:
    """Python's own memory: what decoders take follows from the size, which is bounded."""
    for name, data, wanted in bombs():
        tracemalloc.start()
        try:
            taken = take(data, "a picture")
            told = " ".join(("OK", *taken.notes))
        except InvalidInput as error:
            told = str(error)
            assert told.startswith("a picture ") and told.endswith("."), name
        finally:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert wanted in told, (name, told)
        assert peak < len(data) * 4 + 48 * MEGABYTE, (name, peak)


def test_what_hung_beside_a_picture_took_nothing_of_it() -> None:
    whole = noise((300, 200))
    for name, data, wanted in bombs():
        if wanted == "OK" and data.startswith(b"\x89PNG") and "profile of" not in name[:12]:
            assert np.array_equal(np.asarray(take(data, "a").pixels()), np.asarray(whole)), name
