"""A picture of any mode taken apart into numbers, and put together again.

Gray stays gray and 16 bits stay 16 bits. Palettes become colours; CMYK, YCbCr and HSV become RGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from engines.upscale.errors import UnreadableMode
from engines.upscale.tiles import Pixels
from i18n import say

# What Pillow's modes are upscaled as; a palette or a colour key that is transparent adds alpha.
TARGETS: Final = {
    "1": "L", "L": "L", "LA": "LA", "La": "LA",
    "I": "I;16", "I;16": "I;16", "I;16L": "I;16", "I;16B": "I;16", "I;16N": "I;16",
    "P": "RGB", "PA": "RGBA",
    "RGB": "RGB", "RGBX": "RGB", "RGBA": "RGBA", "RGBa": "RGBA",
    "CMYK": "RGB", "YCbCr": "RGB", "HSV": "RGB",
}  # fmt: skip
WITH_ALPHA: Final = {"L": "LA", "RGB": "RGBA"}
# Their profiles describe other channels than the RGB they become.
FOREIGN: Final = ("CMYK", "YCbCr", "HSV")
# Any alpha at all counts as fully there.
SOLID: Final = [0, *[255] * 255]


@dataclass(frozen=True)
class Parts:
    """Colour (height, width, 1 or 3), alpha, and the ICC profile, the last two where there are."""

    pixels: Pixels
    alpha: Image.Image | None
    profile: bytes | None


def take_apart(image: Image.Image) -> Parts:
    """The parts of a picture.

    Raises: UnreadableMode for Pillow's modes F and LAB.
    """
    target = TARGETS.get(image.mode)
    if target is None:
        raise UnreadableMode(say("upscale.mode", mode=image.mode))
    if "transparency" in image.info:
        target = WITH_ALPHA.get(target, target)
    profile = None if image.mode in FOREIGN else image.info.get("icc_profile")
    if target == "I;16":
        # Mode I has 32 bits; Pillow itself takes them for 16 wherever it reads or writes files.
        pixels = np.clip(np.asarray(image), 0, 0xFFFF).astype(np.uint16)
        return Parts(pixels[:, :, None], None, profile)
    image = image.convert(target)
    alpha = None
    if target in WITH_ALPHA.values():
        alpha = image.getchannel("A")
        image = fill_hidden(image).convert(target.removesuffix("A"))
    pixels = np.asarray(image)
    return Parts(pixels.reshape(*pixels.shape[:2], -1), alpha, profile)


def put_together(pixels: Pixels, alpha: Image.Image | None, profile: bytes | None) -> Image.Image:
    """The picture of parts; alpha of another size is brought to that of the pixels by Lanczos."""
    image = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
    if alpha is not None:
        image.putalpha(alpha.resize(image.size, Image.Resampling.LANCZOS))
    if profile:
        image.info["icc_profile"] = profile
    return image


def fill_hidden(image: Image.Image) -> Image.Image:
    """A picture of mode LA or RGBA with colours from nearby under its fully transparent pixels.

    What lies there is often black, and would darken the edge once pixels are mixed.
    """
    mask = image.getchannel("A").point(SOLID)
    if mask.getextrema()[0] or image.size == (1, 1):
        return image
    solid = image.copy()
    solid.putalpha(mask)
    # Pillow weighs by alpha when it makes such pictures smaller, so hidden colours do not count.
    coarse = fill_hidden(solid.reduce(2)).resize(image.size, Image.Resampling.BILINEAR)
    return Image.composite(solid, coarse, mask)
