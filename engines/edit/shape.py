"""Cropping, turning, sizing and framing one picture. Sizes are exact to the pixel."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from engines.edit.errors import EditError
from engines.edit.operations import Crop, Flip, Frame, Resize, Rotate, RoundCorners
from i18n import say

LARGEST_PIXELS: Final = 40_000_000
# The colours a frame can have, as people name them.
COLOURS: Final = {
    "white": "#ffffff", "black": "#000000", "grey": "#808080", "red": "#d32f2f",
    "green": "#388e3c", "blue": "#1976d2", "yellow": "#fbc02d", "orange": "#f57c00",
    "pink": "#ec7fa9", "brown": "#795548", "gold": "#c9a227",
}  # fmt: skip
TURNS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
FLIPS: Final = {
    "horizontal": Image.Transpose.FLIP_LEFT_RIGHT,
    "vertical": Image.Transpose.FLIP_TOP_BOTTOM,
}
# Corners are drawn this many times larger, for smooth edges.
FINER: Final = 4


def check_size(width: int, height: int) -> None:
    """Raises `EditError` above 40 megapixels, before memory is taken."""
    if width * height > LARGEST_PIXELS:
        raise EditError(
            say("edit.too_large", width=width, height=height, most=LARGEST_PIXELS // 1_000_000)
        )


def crop(image: Image.Image, shape: Crop) -> Image.Image:
    """The largest centred piece of the shape."""
    ratio = shape.width / shape.height
    width = min(image.width, max(1, round(image.height * ratio)))
    height = min(image.height, max(1, round(image.width / ratio)))
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def rotate(image: Image.Image, turn: Rotate) -> Image.Image:
    """Turned clockwise; quarter turns lose nothing, others leave transparent corners."""
    degrees = turn.degrees % 360
    if degrees in TURNS:
        return image.transpose(TURNS[int(degrees)])
    along, across = abs(cos(radians(degrees))), abs(sin(radians(degrees)))
    check_size(
        round(image.width * along + image.height * across),
        round(image.width * across + image.height * along),
    )
    # Pillow weighs colour by its transparency here and in resize, so edges get no dark rim.
    return image.convert("RGBA").rotate(-degrees, Image.Resampling.BICUBIC, expand=True)


def flip(image: Image.Image, way: Flip) -> Image.Image:
    """Mirrored."""
    return image.transpose(FLIPS[way.axis])


def resize(image: Image.Image, size: Resize) -> Image.Image:
    """To exact sides; both given: filled, and what sticks out is cut off at the middle."""
    if size.width and size.height:
        return to_size(crop(image, Crop(size.width, size.height)), size.width, size.height)
    if size.width:
        return to_size(image, size.width, round(image.height * size.width / image.width))
    if size.height:
        return to_size(image, round(image.width * size.height / image.height), size.height)
    return scale(image, (size.longest or max(image.size)) / max(image.size))


def scale(image: Image.Image, factor: float) -> Image.Image:
    """Both sides times a factor."""
    return to_size(image, round(image.width * factor), round(image.height * factor))


def to_size(image: Image.Image, width: int, height: int) -> Image.Image:
    """Resampled to these sides, at least one pixel each."""
    width, height = max(1, width), max(1, height)
    check_size(width, height)
    if (width, height) == image.size:
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS)


def frame(image: Image.Image, border: Frame) -> Image.Image:
    """A border around the picture, which stays whole inside it."""
    width = border.width_px or max(1, round(border.share * min(image.size)))
    size = image.width + 2 * width, image.height + 2 * width
    check_size(*size)
    found = Image.new(image.mode, size, COLOURS[border.colour])
    found.paste(image, (width, width))
    return found


def round_corners(image: Image.Image, corners: RoundCorners) -> Image.Image:
    """Transparent corners, in place; the radius is at most half of the shorter side."""
    radius = corners.radius_px or max(1, round(corners.share * min(image.size)))
    radius = min(radius, min(image.size) // 2)
    quarter = Image.new("L", (2 * radius * FINER, 2 * radius * FINER), 0)
    ImageDraw.Draw(quarter).ellipse((0, 0, 2 * radius * FINER - 1, 2 * radius * FINER - 1), 255)
    disc = quarter.resize((2 * radius, 2 * radius), Image.Resampling.BOX)
    mask = Image.new("L", image.size, 255)
    right, bottom = image.width - radius, image.height - radius
    for left, top, part in (
        (0, 0, (0, 0)), (right, 0, (radius, 0)), (0, bottom, (0, radius)),
        (right, bottom, (radius, radius)),
    ):  # fmt: skip
        piece = disc.crop((*part, part[0] + radius, part[1] + radius))
        mask.paste(piece, (left, top))
    if image.mode == "RGBA":
        mask = ImageChops.multiply(image.getchannel("A"), mask)
    image.putalpha(mask)
    return image
