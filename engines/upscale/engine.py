"""A picture at two or four times its size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image

from engines.upscale import network, projection
from engines.upscale.errors import TooLarge
from engines.upscale.parts import put_together, take_apart
from engines.upscale.recipes import choose
from engines.upscale.tiles import SIDE, Enlarger, enlarge_tiles
from i18n import say

# At four times that makes 67 MP: up to a minute of work, and 200 MB for the result alone.
MAX_PIXELS: Final = 2048 * 2048


@dataclass(frozen=True)
class Upscaled:
    """A larger picture, and the name of what enlarged it, for a receipt."""

    image: Image.Image
    engine: str


def upscale(
    image: Image.Image,
    scale: Literal[2, 4],
    jpeg_quality: int | None = None,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
    tile: int = SIDE,
) -> Upscaled:
    """Make a picture two or four times as wide and as high, sharper than Lanczos would.

    The size is exact. Alpha, gray, 16-bit gray and the ICC profile are kept; palettes become
    RGB or RGBA; CMYK, YCbCr and HSV become RGB without their profile. EXIF is not carried over:
    apply its orientation before (`PIL.ImageOps.exif_transpose`). Of an animation, the frame
    that is set.

    Takes 5 to 8 s per input megapixel on two free cores, and some 22 s for a JPEG below quality
    95 at four times, which is enlarged twice (2026-11-21, `python -m bench.upscale`); memory for
    a tile, 200 to 500 MB, and twice that of the result. May be called from several threads:
    their tiles take turns. Never call it on an event loop.

    Args:
        image: At most 2048 x 2048 pixels, in any shape.
        scale: 2 or 4.
        jpeg_quality: What `jpeg_quality(image)` said of the file it came from, 1..100; None for
            one that is no JPEG. It decides which networks are used.
        progress: Called with the share done, 0..1, after each tile.
        stop: Asked before each tile (0.2 to 0.5 s of work); True ends the job.
        tile: Input pixels along the side of a tile; nobody sees in the result where one
            ended: single values move by a level or two of 255, along edges no more than elsewhere.

    Raises:
        TooLarge, UnreadableMode, NetworkFailed: with a sentence for people.
        Stopped: when `stop` said so.
        ValueError: for another scale.

    Returns:
        The picture and the name of the engine. Without ncnn that is Lanczos with back-projection.
    """
    if scale not in (2, 4):
        raise ValueError(f"scale is 2 or 4, not {scale!r}")
    if image.width * image.height > MAX_PIXELS:
        raise TooLarge(
            say(
                "upscale.too_large",
                width=image.width,
                height=image.height,
                most=f"{MAX_PIXELS / 1e6:.1f}",
            )
        )
    parts = take_apart(image)
    enlargers = _enlargers(scale, jpeg_quality)
    pixels = enlarge_tiles(parts.pixels, enlargers, tile, progress, stop)
    name = ", then ".join(enlarger.title for enlarger in enlargers)
    return Upscaled(put_together(pixels, parts.alpha, parts.profile), name)


def _enlargers(scale: int, jpeg_quality: int | None) -> list[Enlarger]:
    """The networks where they can run; what needs only Pillow and numpy where they cannot."""
    try:
        return network.enlargers_for(choose(scale, jpeg_quality))
    except ImportError:
        return [projection.enlarger_for(scale, jpeg_quality)]
