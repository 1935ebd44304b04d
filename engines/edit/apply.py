"""Does what an instruction asked for: operations, in their order, to one or more pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from engines.bands import Change, change_in_place
from engines.edit import focus, light, shape
from engines.edit.errors import EditError
from engines.edit.join import join
from engines.edit.operations import (
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
from engines.intake.pixels import plain
from i18n import say


@dataclass(frozen=True)
class Edited:
    """The picture, RGB or RGBA, and what the user should know about it."""

    image: Image.Image
    notes: tuple[str, ...] = ()


def apply(
    operations: Sequence[Operation],
    pictures: Sequence[Image.Image],
    cut_out: focus.CutOut | None = None,
    own: bool = False,
) -> Edited:
    """Do the operations one after the other; before they are joined, to every picture alike.

    `own`: the pictures are nobody else's, so that they may be changed instead of copied; a list
    of them is emptied. It halves the memory.

    `cut_out` finds the person: RGB uint8 in, share of each pixel 0..1 out; Easel's own without.
    Importing this module raises `EngineMissing` where OpenCV is not installed. Raises `EditError`
    with a sentence for the user when the pictures do not fit the operations,
    when nobody is found to keep, or when the result would pass 40 megapixels.
    """
    if not pictures:
        raise EditError(say("edit.no_picture"))
    images = _plain_all(pictures, own)
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


def _plain_all(pictures: Sequence[Image.Image], own: bool) -> list[Image.Image]:
    """Every picture as one that may be changed."""
    if not (own and isinstance(pictures, list)):
        return [_plain(each, own) for each in pictures]
    found = []
    while pictures:  # so that none is kept beside its converted copy
        found.append(_plain(pictures.pop(0), own))
    return found


def _plain(image: Image.Image, own: bool) -> Image.Image:
    """Upright, and RGB, or RGBA where something is transparent; a copy unless it is our own."""
    shape.check_size(*image.size)
    if not own:
        image = ImageOps.exif_transpose(image)  # this copies
    if image.mode.startswith("I;16"):
        image = plain(image)  # Pillow itself would cut off at 255
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _one(operation: Operation, image: Image.Image, cut_out: focus.CutOut | None) -> Image.Image:
    """One operation on one picture."""
    match operation:
        case RemoveBackground():
            return focus.remove_background(image, cut_out)
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
        case BlurBackground(amount, radius):
            width = focus.radius_of(image.size, amount, radius, focus.FARTHEST)
            focus.blur_background(image, width, cut_out)
            return image
        case _:
            change_in_place(image, *_colours(operation, image))
            return image


def _colours(operation: Operation, image: Image.Image) -> tuple[Change, int]:
    """What changes the colours of a band, and how many rows around it that depends on."""
    match operation:
        case BlackAndWhite():
            return (lambda rgb, top: light.black_and_white(rgb)), 0
        case Sepia():
            return (lambda rgb, top: light.sepia(rgb)), 0
        case Invert():
            return (lambda rgb, top: np.asarray(255 - rgb, np.uint8)), 0
        case Warmth(amount):
            return (lambda rgb, top: light.warmth(rgb, amount)), 0
        case Brightness(amount):
            return (lambda rgb, top: light.brightness(rgb, amount)), 0
        case Contrast(amount):
            middle = light.middle_of(image)
            return (lambda rgb, top: light.contrast(rgb, amount, middle)), 0
        case Saturation(amount):
            return (lambda rgb, top: light.saturation(rgb, amount)), 0
        case Sharpen(amount):
            return focus.sharpening(image, amount)
        case Soften(amount, radius):
            width = focus.radius_of(image.size, amount, radius, focus.SOFTEST)
            return focus.blurring(image, width)
    raise TypeError(f"{operation!r} is no operation on one picture")


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
