"""Does what an instruction asked for: operations, in their order, to one or more pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from easel.engines.edit import focus, light, shape
from easel.engines.edit.errors import EditError
from easel.engines.edit.join import join
from easel.engines.edit.operations import (
    BlackAndWhite,
    BlurBackground,
    Brightness,
    Contrast,
    Crop,
    Flip,
    Frame,
    Invert,
    Join,
    Operation,
    RemoveBackground,
    Resize,
    Rotate,
    RoundCorners,
    Saturation,
    Scale,
    Sepia,
    Sharpen,
    Soften,
    Warmth,
)
from easel.words import say

Pixels = light.Pixels
Coloured = (
    BlackAndWhite
    | Sepia
    | Invert
    | Warmth
    | Brightness
    | Contrast
    | Saturation
    | Sharpen
    | Soften
    | BlurBackground
)


@dataclass(frozen=True)
class Edited:
    """The picture, RGB or RGBA, and what the user should know about it."""

    image: Image.Image
    notes: tuple[str, ...] = ()


def apply(
    operations: Sequence[Operation],
    pictures: Sequence[Image.Image],
    cut_out: focus.CutOut | None = None,
) -> Edited:
    """Do the operations one after the other; before they are joined, to every picture alike.

    `cut_out` finds the person: RGB uint8 in, share of each pixel 0..1 out; Easel's own without.
    Importing this module raises `EngineMissing` where OpenCV is not installed. Raises `EditError`
    with a sentence for the user when the pictures do not fit the operations,
    when nobody is found to keep, or when the result would pass 40 megapixels.
    """
    if not pictures:
        raise EditError(say("edit.no_picture"))
    images = [_plain(each) for each in pictures]
    notes: dict[str, None] = {}
    for operation in operations:
        if isinstance(operation, Join):
            images = [join(images, operation)]
        else:
            images = [_one(operation, each, cut_out) for each in images]
        notes.update(dict.fromkeys(_notes(operation, images[0])))
    if len(images) > 1:
        raise EditError(say("edit.several", count=len(images)))
    return Edited(images[0], tuple(notes))


def _plain(image: Image.Image) -> Image.Image:
    """Upright, and RGB, or RGBA where something is transparent."""
    shape.check_size(*image.size)
    upright = ImageOps.exif_transpose(image)
    clear = upright.has_transparency_data
    return upright.convert("RGBA" if clear else "RGB")


def _one(operation: Operation, image: Image.Image, cut_out: focus.CutOut | None) -> Image.Image:
    """One operation on one picture."""
    match operation:
        case RemoveBackground():
            return focus.remove_background(image, cut_out or _own_cut_out())
        case Crop():
            return shape.crop(image, operation)
        case Rotate():
            return shape.rotate(image, operation)
        case Flip():
            return shape.flip(image, operation)
        case Resize():
            return shape.resize(image, operation)
        case Scale():
            return shape.scale(image, operation.factor)
        case Frame():
            return shape.frame(image, operation)
        case RoundCorners():
            return shape.round_corners(image, operation)
        case BlurBackground():
            return _with_colours(image, operation, cut_out or _own_cut_out())
        case _:
            return _with_colours(image, operation, cut_out)


def _with_colours(
    image: Image.Image, operation: Operation, cut_out: focus.CutOut | None
) -> Image.Image:
    """The same picture with other colours; transparency stays as it is."""
    rgb = np.asarray(image.convert("RGB"))
    found = Image.fromarray(_colours(operation, rgb, cut_out))
    if image.mode == "RGBA":
        found.putalpha(image.getchannel("A"))
    return found


def _colours(operation: Operation, rgb: Pixels, cut_out: focus.CutOut | None) -> Pixels:
    match operation:
        case BlackAndWhite():
            return light.black_and_white(rgb)
        case Sepia():
            return light.sepia(rgb)
        case Invert():
            return np.asarray(255 - rgb, np.uint8)
        case Warmth(amount):
            return light.warmth(rgb, amount)
        case Brightness(amount):
            return light.brightness(rgb, amount)
        case Contrast(amount):
            return light.contrast(rgb, amount)
        case Saturation(amount):
            return light.saturation(rgb, amount)
        case Sharpen(amount):
            return focus.sharpen(rgb, amount)
        case Soften(amount, radius):
            return focus.blur(rgb, focus.radius_of(rgb.shape, amount, radius, focus.SOFTEST))
        case BlurBackground(amount, radius) if cut_out:
            width = focus.radius_of(rgb.shape, amount, radius, focus.FARTHEST)
            return focus.blur_background(rgb, width, cut_out)
    raise TypeError(f"{operation!r} is no operation on one picture")


def _own_cut_out() -> focus.CutOut:
    """Easel's own cut-out of a person."""
    # Late: it brings a network along.
    from easel.engines.cutout import cut_out

    found: focus.CutOut = cut_out
    return found


def _notes(operation: Operation, image: Image.Image) -> list[str]:
    """What the user should know about an operation done."""
    match operation:
        case Resize(width=int(), height=int()):
            return [say("edit.note.filled", width=image.width, height=image.height)]
        case Rotate(degrees) if degrees % 90:
            return [say("edit.note.slanted")]
        case Resize(longest=int(side)):
            return [say("edit.note.longest", side=side)]
        case RemoveBackground() | BlurBackground():
            return [say("edit.note.person")]
    return []
