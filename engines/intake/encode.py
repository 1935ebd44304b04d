"""Pixels as a file again: as the picture was stored before, or in a format that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import Final

from PIL import Image, JpegImagePlugin

from engines.intake.facts import Broken, Kind, Read
from engines.intake.pixels import opaque, open_file
from engines.missing import EngineMissing

BEST: Final = 95
FULL_COLOUR: Final = 0  # Pillow's word for 4:4:4
ACROSS: Final = 1  # 4:2:2: colour is halved across only, so turning it would halve the wrong way
LONGEST: Final[Mapping[Kind, int]] = {"jpeg": 65_500, "webp": 16_383}  # pixels of one side
QUICKLY: Final = 4_000_000  # pixels that Pillow may hand to an encoder in one go
PNG_LEVEL: Final = 1  # three times as fast as 6, 15 % larger


def as_stored(image: Image.Image, like: Read, data: bytes, sideways: bool) -> tuple[Kind, bytes]:
    """Plain pixels in the way a file keeps them: a lossless one stays lossless.

    A JPEG is written with the very tables of `data`, so at its own quality, turned along with the
    picture when it lies `sideways`; where it was 8-aligned, next to nothing is lost. AVIF and HEIC
    become JPEG at quality 95 (PNG with transparency), everything else PNG, as does what is too long
    for its format. Returns kind and bytes.
    """
    if max(image.size) > LONGEST.get(like.kind, LONGEST["jpeg"]):
        return "png", png(image)
    if not opaque(image):
        lossy = like.kind == "webp" and not like.lossless
        return ("webp", webp(image)) if lossy else ("png", png(image))
    if image.mode == "RGBA":
        image = image.convert("RGB")
    if like.kind == "jpeg" and not like.inks:
        return "jpeg", _own_quality(image, data, sideways)
    if like.kind == "webp":
        return "webp", webp_lossless(image) if like.lossless else webp(image)
    return ("png", png(image)) if like.lossless else ("jpeg", jpeg(image, BEST))


def jpeg(image: Image.Image, quality: int) -> bytes:
    """Opaque plain pixels as JPEG; the colours at full resolution from quality 90 up."""
    subsampling = FULL_COLOUR if quality >= 90 else -1
    return _saved(image, "JPEG", quality=quality, subsampling=subsampling)


def png(image: Image.Image) -> bytes:
    """Plain pixels as PNG."""
    return _saved(image, "PNG", compress_level=PNG_LEVEL)


def webp(image: Image.Image) -> bytes:
    """Plain pixels as WebP at quality 95.

    Pillow holds Python's lock while it hands them over, 5 ms for each megapixel, and with it the
    event loop; OpenCV does not.
    """
    if image.width * image.height > QUICKLY:
        with suppress(EngineMissing):
            from engines.intake import large

            return large.webp(image, BEST)
    return _saved(image, "WEBP", quality=BEST, method=2)


def webp_lossless(image: Image.Image) -> bytes:
    """Plain pixels as WebP that keeps each of them, the invisible ones too."""
    return _saved(image, "WEBP", lossless=True, exact=True, quality=0, method=0)


def _own_quality(image: Image.Image, data: bytes, sideways: bool) -> bytes:
    source = open_file("jpeg", data)
    if not isinstance(source, JpegImagePlugin.JpegImageFile):
        raise Broken("damaged")
    sampling = JpegImagePlugin.get_sampling(source)
    stored = [list(source.quantization[number]) for number in sorted(source.quantization)]
    tables = [_turned(table) for table in stored] if sideways else stored
    if image.mode != "L" and source.mode == "L":
        sampling = FULL_COLOUR  # colour that is new in the picture has no resolution of its own
    if sideways and sampling == ACROSS:
        sampling = FULL_COLOUR
    return _saved(image, "JPEG", qtables=tables[:2], subsampling=sampling)


def _turned(table: list[int]) -> list[int]:
    """A table of 8 x 8 with rows for columns."""
    return [table[8 * column + row] for row in range(8) for column in range(8)]


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
