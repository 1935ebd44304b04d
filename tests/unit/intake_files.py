"""Pictures as visitors bring them: with metadata, turned, in odd colours, or none at all."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache

from PIL import Image, ImageCms, ImageDraw

SECRET = b"SERIAL-4711-SECRET"
WORD = SECRET.decode()
ORIENTATION, MAKE, MODEL, DATE = 0x0112, 0x010F, 0x0110, 0x0132
GPS, EXIF = 0x8825, 0x8769
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="48,51N" '
    b'aux:SerialNumber="' + SECRET + b'"/></x:xmpmeta>'
)


def scene(size: tuple[int, int] = (48, 32), mode: str = "RGB") -> Image.Image:
    """A picture no two corners of which are alike, with fine structure."""
    width, height = size
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    picture = Image.merge("RGB", (across, down, Image.new("L", size, 60)))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 3, height // 4), fill=(250, 20, 20))
    draw.rectangle((width // 2, height // 2, width - 1, height - 1), fill=(20, 240, 90))
    if mode == "RGBA":
        picture.putalpha(down)
        return picture
    return picture.convert(mode)


def noise(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """What compresses badly."""
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    place = io.BytesIO()
    image.save(place, kind, **options)
    return place.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """Place, camera, serial number, date, words: everything a telephone writes."""
    found = Image.Exif()
    found[ORIENTATION] = orientation
    found[MAKE], found[MODEL] = "Acme", f"Model {WORD}"
    found[DATE] = "2026:11:21 04:05:06"
    found[0x010E] = f"A description {WORD}"
    found[GPS] = {1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2), 29: WORD}
    found[EXIF] = {0x927C: b"maker " + SECRET, 0xA431: WORD, 0x9286: b"ASCII\0\0\0" + SECRET}
    loaded = Image.Exif()
    loaded.load(found.tobytes())
    return loaded


def gps_exif(order: str = "<") -> bytes:
    """EXIF with a place and a secret in it, made by hand."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    main = struct.pack(f"{order}HHHIIHHIII", 2, ORIENTATION, 3, 1, 1, GPS, 4, 1, 38, 0)
    if order == ">":
        main = struct.pack(">HHHIHHHHIII", 2, ORIENTATION, 3, 1, 1, 0, GPS, 4, 1, 38, 0)
    place = struct.pack(f"{order}HHHII", 1, 29, 2, len(SECRET), 56) + b"\0\0\0\0"
    return head + main + place + SECRET


def segment(code: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(body) + 2) + body


def with_segments(jpeg: bytes, *segments: bytes, tail: bytes = b"") -> bytes:
    """A JPEG with more segments behind its first two bytes, and something behind its end."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:] + tail


def scan_of(jpeg: bytes) -> bytes:
    """The coded pixels of a baseline JPEG and the end marker."""
    start = jpeg.rindex(b"\xff\xda")
    return jpeg[start : jpeg.index(b"\xff\xd9", start) + 2]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunks(png: bytes, *chunks: bytes, tail: bytes = b"") -> bytes:
    """A PNG with more chunks behind its header, and something behind its end."""
    return png[:33] + b"".join(chunks) + png[33:] + tail


def pixels_of(png: bytes) -> list[bytes]:
    """The IDAT chunks of a PNG, as they are."""
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            found.append(png[at : at + 12 + length])
        at += 12 + length
    return found


def png_of(width: int, height: int, bits: int = 8, colours: int = 2, rows: bytes = b"") -> bytes:
    """A PNG that says it has this size, whatever its rows hold."""
    head = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    bodies = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(bodies) + 4) + b"WEBP" + bodies


@cache
def srgb() -> bytes:
    """A profile that says sRGB; made once, for it holds the moment it was made."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def wide() -> bytes:
    """A matrix profile with Display P3's primaries and sRGB's curve, made by hand (ICC.1 v2)."""
    primaries = (
        (0.51512, 0.2412, -0.00105),
        (0.29198, 0.69225, 0.04189),
        (0.1571, 0.06657, 0.78407),
    )
    tags = {b"desc": b"desc\0\0\0\0" + struct.pack(">I", 3) + b"P3\0" + b"\0" * 78}
    for name, values in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True):
        tags[name] = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(x * 65536) for x in values))
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(2.2 * 256), 0)
    table, bodies, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        table += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    rest = struct.pack(">I", len(tags)) + table + bodies
    head = struct.pack(
        ">I4sI4s4s4s", 128 + len(rest), b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ "
    )
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + rest
