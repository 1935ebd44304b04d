"""Numbered boxes on the faces of a picture, so that a person can say which one is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engines.faces.face import Face
from engines.nets import Picture

FONT: Final = Path(__file__).parents[2] / "assets" / "fonts" / "inter-latin-wght-normal.woff2"
WEIGHT: Final = 650
# Light on dark, each edged by the other: readable over anything.
LIGHT: Final = (255, 255, 255)
DARK: Final = (20, 18, 16)
# Sizes as shares of the picture's longer side, with a least in pixels.
LINE: Final = (0.0022, 1)
DIGITS: Final = (0.020, 10)


def draw_numbers(rgb: Picture, faces: Sequence[Face], digits: float = 1.0) -> Picture:
    """A copy of the picture with a box around each face, numbered from 1 in the order given.

    `digits`: how many times the usual size the numbers have, where the picture is shown small.
    """
    picture = Image.fromarray(rgb)
    draw = ImageDraw.Draw(picture)
    longest = max(picture.size)
    line = max(LINE[1], round(longest * LINE[0]))
    font = ImageFont.truetype(FONT, round(digits * max(DIGITS[1], longest * DIGITS[0])))
    font.set_variation_by_axes([WEIGHT])
    for number, face in enumerate(faces, 1):
        left, top, right, bottom = face.box
        for grown, width, colour in ((line, 3 * line, DARK), (0, line, LIGHT)):
            box = (left - grown, top - grown, right + grown, bottom + grown)
            draw.rectangle(box, outline=colour, width=width)
        _tag(draw, str(number), face, font, line)
    return np.array(picture)


def _tag(
    draw: ImageDraw.ImageDraw, text: str, face: Face, font: ImageFont.FreeTypeFont, line: int
) -> None:
    """The number on a dark plate above the box's corner, or inside it at the picture's edge."""
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    pad = max(2, round(font.size * 0.3))
    high = round(bottom - top) + 2 * pad
    wide = max(round(right - left) + 2 * pad, high)
    x = max(line, min(face.box[0], draw.im.size[0] - wide - line))
    y = face.box[1] - high if face.box[1] - high > line else face.box[1]
    draw.rectangle((x, y, x + wide, y + high), fill=DARK, outline=LIGHT, width=line)
    draw.text((x + (wide - right - left) / 2, y + pad - top), text, LIGHT, font=font)
