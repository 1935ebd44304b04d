"""The label on the picture's face: what drew it, and that it is not AI."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

TEXT: Final = "Easel sketch · placeholder, not AI"
FONT: Final = Path(__file__).parents[2] / "assets" / "fonts" / "inter-latin-wght-normal.woff2"

# Near-white on near-black at 78 % or more: contrast stays above 7 even over a white sky.
INK: Final = (250, 248, 243)
PILL: Final = (20, 18, 16)
OPACITY: Final = 0.80
WEIGHT: Final = 560

# Letters are 13 px from 300 px on; the label is kept to this share of the picture, but never
# under 9 px for it: on a thumbnail it matters more that the label can be read.
SMALL: Final = 13
LEGIBLE: Final = 9
SHARE: Final = 0.04

Box = tuple[int, int, int, int]


def draw_label(picture: Image.Image) -> Box:
    """Put the label at the lower left of an RGB picture, in place; returns its box in pixels.

    The font is 2.35 % of the short side and 13 px at least. Under about 350 px it shrinks so
    that the label covers no more than 4 % of the picture, to 9 px; under about 180 px it is as
    large as the width allows.
    """
    font, (left, top, right, bottom) = _fitting(picture.width, picture.height)
    wide, high = right - left, bottom - top
    pad_x, pad_y = _padding(font.size)
    margin = _margin(picture.width, picture.height)
    box_w, box_h = wide + 2 * pad_x, high + 2 * pad_y
    x = max(0, min(margin, picture.width - box_w))
    y = max(0, picture.height - margin - box_h)
    pill = Image.new("L", (box_w * 4, box_h * 4))
    ImageDraw.Draw(pill).rounded_rectangle(
        (0, 0, box_w * 4 - 1, box_h * 4 - 1), box_h * 2, fill=round(255 * OPACITY)
    )
    picture.paste(PILL, (x, y), pill.reduce(4))
    ImageDraw.Draw(picture).text(
        (x + pad_x - left, y + pad_y - top), TEXT, INK, font=font, anchor="ls"
    )
    return x, y, x + box_w, y + box_h


def _margin(width: int, height: int) -> int:
    return round(min(width, height) * 0.022)


def _fitting(width: int, height: int) -> tuple[ImageFont.FreeTypeFont, Box]:
    """The font with which the label suits the picture, and the box of the text about its base."""
    size = max(SMALL, round(min(width, height) * 0.0235))
    while True:
        font = _font(size)
        left, top, right, bottom = (round(value) for value in font.getbbox(TEXT, anchor="ls"))
        wide = right - left + 2 * _padding(size)[0]
        high = bottom - top + 2 * _padding(size)[1]
        too_wide = wide > width - 2 * _margin(width, height)
        too_much = wide * high > SHARE * width * height and size > LEGIBLE
        if size <= 3 or not (too_wide or too_much):
            return font, (left, top, right, bottom)
        size -= 1


def _padding(size: float) -> tuple[int, int]:
    """Room between the text and the pill's edge, across and down, in pixels."""
    return max(1, round(size * 0.62)), max(1, round(size * 0.36))


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([WEIGHT])
    return font
