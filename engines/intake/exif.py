"""Which way up a picture is, and what its EXIF and XMP give away; nothing but that is read.

EXIF is a TIFF structure (TIFF 6.0, Exif 3.0): directories of 12-byte entries. It is read here
rather than with Pillow because hostile EXIF makes Pillow raise a dozen kinds of exceptions.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engines.intake.facts import Broken, Removed

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
MOST_ENTRIES = 1000

ORIENTATION, EXIF, GPS = 0x0112, 0x8769, 0x8825
MAKE, MODEL, SOFTWARE, HOST, CAMERA_NAME, CAMERA_SERIAL = (
    0x010F, 0x0110, 0x0131, 0x013C, 0xC614, 0xC62F,
)  # fmt: skip
EXPOSURE, APERTURE, ISO, MAKER_NOTE, SERIAL, LENS, LENS_MAKE, LENS_MODEL, LENS_SERIAL = (
    0x829A, 0x829D, 0x8827, 0x927C, 0xA431, 0xA432, 0xA433, 0xA434, 0xA435,
)  # fmt: skip
UNIQUE_ID = 0xA420
DATES = {0x0132, 0x9003, 0x9004}
CAMERA = {
    MAKE, MODEL, SOFTWARE, HOST, CAMERA_NAME, CAMERA_SERIAL, EXPOSURE, APERTURE, ISO, MAKER_NOTE,
    SERIAL, LENS, LENS_MAKE, LENS_MODEL, LENS_SERIAL, UNIQUE_ID,
}  # fmt: skip
# Description, artist, copyright, XMP, IPTC, Photoshop, user comment, Windows' title to subject,
# owner, photographer, editor.
TEXT = {
    0x010E, 0x013B, 0x8298, 0x02BC, 0x83BB, 0x8649, 0x9286, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F,
    0xA430, 0xA437, 0xA438,
}  # fmt: skip
GPS_VERSION = 0  # the one entry that tells no place


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory: the first number of each entry by tag, and where the next one starts."""

    values: Mapping[int, int]
    following: int


def order_of(data: bytes) -> str:
    """The byte order of a TIFF structure, for struct. Raises `Broken` for anything else."""
    orders = {b"II*\0": "<", b"MM\0*": ">"}
    if data[:4] not in orders:
        raise Broken("damaged")
    return orders[data[:4]]


def directory(data: bytes, offset: int, order: str) -> Directory:
    """The directory at an offset. Raises `Broken` where it is not whole."""
    try:
        (count,) = struct.unpack_from(f"{order}H", data, offset)
        if not count or count > MOST_ENTRIES:
            raise Broken("damaged")
        values = {}
        for at in range(offset + 2, offset + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from(f"{order}HHI", data, at)
            values[tag] = _first(data, at + 8, kind, number, order)
        end = offset + 2 + 12 * count
        # Many writers leave the last offset out when nothing follows.
        following = struct.unpack_from(f"{order}I", data, end)[0] if end + 4 <= len(data) else 0
    except struct.error as error:
        raise Broken("damaged") from error
    return Directory(values, following)


def read_exif(data: bytes) -> tuple[int, Removed]:
    """Which way up (1 to 8) and what is told; damaged EXIF tells nothing, and is removed too."""
    data = data.removeprefix(b"Exif\0\0")
    try:
        order = order_of(data)
        main = directory(data, struct.unpack_from(f"{order}I", data, 4)[0], order)
    except (Broken, struct.error):
        return 1, Removed(other=True)
    return turned(main), tell(data, main, order) | Removed(other=True)


def turned(main: Directory) -> int:
    """The orientation, 1 where it is missing or makes no sense."""
    found = main.values.get(ORIENTATION, 1)
    return found if 1 <= found <= 8 else 1


def tell(data: bytes, main: Directory, order: str) -> Removed:
    """What a main directory and those it points to give away."""
    found = _known(main.values)
    for tag in (EXIF, GPS):
        if tag not in main.values:
            continue
        try:
            inner = directory(data, main.values[tag], order)
        except Broken:
            # It cannot be read here; another reader might, so it counts as told.
            found |= Removed(location=tag == GPS, camera=tag == EXIF)
            continue
        place = tag == GPS and bool(inner.values.keys() - {GPS_VERSION})
        found |= Removed(location=place) if tag == GPS else _known(inner.values)
    return found | Removed(preview=bool(main.following))


def tell_xmp(packet: bytes) -> Removed:
    """What an XMP packet gives away; it is text in any case."""
    camera = (b"SerialNumber", b"tiff:Model", b"tiff:Make", b"aux:Lens", b"exifEX:Lens")
    return Removed(
        text=True,
        location=b"GPSL" in packet or b"Iptc4xmpExt:Location" in packet,
        camera=any(word in packet for word in camera),
        date=b"CreateDate" in packet or b"DateCreated" in packet,
        preview=b"xmp:Thumbnails" in packet or b"xmpGImg:image" in packet,
    )


def _known(tags: Iterable[int]) -> Removed:
    here = set(tags)
    return Removed(camera=bool(here & CAMERA), date=bool(here & DATES), text=bool(here & TEXT))


def _first(data: bytes, at: int, kind: int, count: int, order: str) -> int:
    """An entry's first number; 0 for text, fractions and what cannot be read."""
    size = SIZES.get(kind, 0)
    if size * count > 4:
        (at,) = struct.unpack_from(f"{order}I", data, at)
    code = {1: "B", 3: "H", 4: "I", 13: "I"}.get(kind)
    if code is None or not count or at + size > len(data):
        return 0
    return int(struct.unpack_from(f"{order}{code}", data, at)[0])
