"""Soft masks: blur, the shadow under a caption, and the light around it."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageChops, ImageFilter

from engines.overlay.style import Glow, Shadow

# A blur by one sigma is seen as far as this many.
SEEN: Final = 2.2
# Light is bright close to the letters and fades over the whole radius: two blurs, one of a share
# of the other's width, each made so many times stronger.
_CLOSE: Final = 0.22
_CLOSE_GAIN: Final = 1.5
_FAR_GAIN: Final = 1.7


def softened(picture: Image.Image, sigma: float) -> Image.Image:
    """A picture blurred by a Gaussian; a wide one is taken on a smaller copy, ten times faster."""
    if sigma < 0.3:
        return picture
    step = max(1, int(sigma / 3))
    if step == 1:
        return picture.filter(ImageFilter.GaussianBlur(sigma))
    small = picture.reduce(step).filter(ImageFilter.GaussianBlur(sigma / step))
    # The last row and column may stand for fewer pixels than the others.
    box = (0, 0, picture.width / step, picture.height / step)
    return small.resize(picture.size, Image.Resampling.BILINEAR, box)


def faded(mask: Image.Image, opacity: float) -> Image.Image:
    """A mask let through in part, 0 to 1; above 1 it is made stronger."""
    if opacity == 1:
        return mask
    return mask.point([min(255, round(value * opacity)) for value in range(256)])


def shadow_of(mask: Image.Image, shadow: Shadow, px: float) -> Image.Image:
    """The shadow of a mask; `px` is the em."""
    moved = Image.new("L", mask.size)
    moved.paste(mask, (round(shadow.x / 100 * px), round(shadow.y / 100 * px)))
    return faded(softened(moved, shadow.blur / 100 * px), shadow.opacity)


def glow_of(mask: Image.Image, glow: Glow, px: float) -> Image.Image:
    """The light around a mask; `px` is the em."""
    sigma = glow.radius / 100 * px / SEEN
    far = faded(softened(mask, sigma), _FAR_GAIN)
    close = faded(softened(mask, sigma * _CLOSE), _CLOSE_GAIN)
    return faded(ImageChops.screen(far, close), glow.strength)
