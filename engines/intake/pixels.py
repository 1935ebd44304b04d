"""A picture's pixels: decoded once, the right way up, in plain colours, with nothing attached."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from engines.intake.facts import Broken, Kind
from engines.intake.strips import bands
from engines.missing import EngineMissing

# The plugins themselves rather than Image.open: that would try other formats as well, and print
# a warning of its own about large pictures before our limit is asked.
PLUGINS: Mapping[Kind, type[ImageFile.ImageFile]] = {
    "png": PngImagePlugin.PngImageFile,
    "jpeg": JpegImagePlugin.JpegImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
}
# What Pillow's decoders let out on damaged files. Programming errors are among them, because
# theirs are: a hostile TIFF ends in any of these.
DAMAGE: Final = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError,
    EOFError, RuntimeError, MemoryError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS: Final = {5, 6, 7, 8}
CHECK_SCALE: Final = 8
LARGE_WEBP: Final = 4_000_000  # pixels


def open_file(kind: Kind, data: bytes) -> ImageFile.ImageFile:
    """The picture, opened and not yet decoded. Raises `Broken`."""
    plugin = _heif() if kind == "heic" else PLUGINS[kind]
    try:
        return plugin(BytesIO(data))
    except DAMAGE as error:
        rare = "unknown pixel mode" in str(error)
        raise Broken("unsupported" if rare else "damaged") from error


def load(image: ImageFile.ImageFile, most: int) -> None:
    """Decode the first frame of an opened picture of at most so many pixels. Raises `Broken`."""
    if image.width * image.height > most:
        raise Broken("damaged")  # the header, read before, said otherwise
    try:
        image.load()
    except DAMAGE as error:
        raise Broken("cut" if "truncated" in str(error) else "damaged") from error


def check(kind: Kind, data: bytes, most: int) -> None:
    """Decode and throw away, so that nothing undecodable is ever sent. Raises `Broken`.

    A JPEG is decoded at an eighth of its size, which reads every scan and needs little memory.
    """
    image = open_file(kind, data)
    if _reads_large(kind, image):
        _read_large(data, image.size, most)
        return
    if kind == "jpeg":
        image.draft("L", (-(-image.width // CHECK_SCALE), -(-image.height // CHECK_SCALE)))
    load(image, most)


def is_clear(kind: Kind, data: bytes, most: int) -> bool:
    """Whether every pixel is fully transparent. Raises `Broken`."""
    image = decode(kind, data, most)
    return image.mode == "RGBA" and image.getchannel("A").getextrema()[1] == 0


def decode(kind: Kind, data: bytes, most: int) -> Image.Image:
    """Pixels as L, RGB or RGBA, 8 bits each, without EXIF, profile or text. Raises `Broken`."""
    image = open_file(kind, data)
    if _reads_large(kind, image):
        return _read_large(data, image.size, most)
    load(image, most)
    return plain(image)


def thumbnail(kind: Kind, data: bytes, side: int, most: int) -> Image.Image:
    """Plain pixels no side of which is longer than `side`. Raises `Broken`."""
    image = open_file(kind, data)
    if _reads_large(kind, image):
        small = _read_large(data, image.size, most)
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        return small
    image.draft(None, (2 * side, 2 * side))  # a JPEG is decoded no larger than needed
    load(image, most)
    small = plain(image)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def _reads_large(kind: Kind, image: ImageFile.ImageFile) -> bool:
    """Whether a picture is better read by OpenCV: a large WebP, of which Pillow holds four copies
    while it reads it (613 MB at 40 megapixels, `python -m bench.memory`)."""
    still = not getattr(image, "is_animated", False)
    return kind == "webp" and still and image.width * image.height > LARGE_WEBP and _has_opencv()


def _read_large(data: bytes, size: tuple[int, int], most: int) -> Image.Image:
    """A large WebP as RGB or RGBA. Raises `Broken`."""
    from engines.intake import large

    if size[0] * size[1] > most:
        raise Broken("damaged")
    return large.read_webp(data, size)


def _has_opencv() -> bool:
    # Late: it takes a tenth of a second to import, and may be absent.
    try:
        import engines.opencv  # noqa: F401
    except EngineMissing:
        return False
    return True


def plain(image: Image.Image) -> Image.Image:
    """Any mode as L, RGB or RGBA of 8 bits, with nothing attached; CMYK without a profile."""
    mode = image.mode
    try:
        if mode in ("I", "F"):
            raise Broken("deep")
        if mode.startswith("I;16"):
            # convert("L") would cut at 255 instead of scaling.
            image = image.convert("I").point(_to_8_bits).convert("L")
        elif _has_alpha(image):
            image = image if mode == "RGBA" else image.convert("RGBA")
        elif mode == "1":
            image = image.convert("L")
        elif mode not in ("L", "RGB"):
            image = image.convert("RGB")
    except DAMAGE as error:
        if isinstance(error, Broken):
            raise
        raise Broken("damaged") from error
    image.info = {}
    return image


def turn(image: Image.Image, orientation: int) -> Image.Image:
    """The picture the way EXIF says it is meant to be seen."""
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def opaque(image: Image.Image) -> bool:
    """Whether no pixel lets anything through."""
    if image.mode != "RGBA":
        return True
    return all(band.getchannel("A").getextrema()[0] == 255 for band in bands(image))


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info


def _to_8_bits(value: float) -> float:
    return value * (1 / 256)


def _heif() -> type[ImageFile.ImageFile]:
    """The reader of HEIC. Raises `Broken` when it is not installed."""
    try:
        from pillow_heif import HeifImageFile
    except ImportError as error:
        raise Broken("heif") from error
    return HeifImageFile  # type: ignore[no-any-return,unused-ignore]
