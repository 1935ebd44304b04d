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


def draw_label(picture: Image.Image) -> tuple[int, int, int, int]:
    """Put the label at the lower left of an RGB picture, in place; returns its box in pixels.

    Letters are 2.7 % of the short side high and 13 px at least; on small pictures as large as
    the width allows. The label takes at most about 4 % of the picture.
    """
    font, (left, top, right, bottom) = _fitting(picture.width, picture.height)
    wide, high = right - left, bottom - top
    pad_x, pad_y = max(1, round(font.size * 0.62)), max(1, round(font.size * 0.36))
    margin = _margin(picture.width, picture.height)
    box_w, box_h = wide + 2 * pad_x, high + 2 * pad_y
    x = max(0, min(margin, picture.width - box_w))
    y = max(0, picture.height - margin - box_h)
    pill = Image.new("L", (box_w * 4, box_h * 4))
    ImageDraw.Draw(pill).rounded_rectangle((0, 0, box_w * 4 - 1, box_h * 4 - 1), box_h * 2, fill=round(255 * OPACITY))
    picture.paste(PILL, (x, y), pill.reduce(4))
    ImageDraw.Draw(picture).text((x + pad_x - left, y + pad_y - top), TEXT, INK, font=font, anchor="ls")
    return x, y, x + box_w, y + box_h


def _margin(width: int, height: int) -> int:
    return round(min(width, height) * 0.022)


def _fitting(width: int, height: int) -> tuple[ImageFont.FreeTypeFont, tuple[int, int, int, int]]:
    """The largest wanted font whose label fits the picture's width and height, and the text's box."""
    size = max(13, round(min(width, height) * 0.0235))
    while True:
        font = _font(size)
        left, top, right, bottom = (round(v) for v in font.getbbox(TEXT, anchor="ls"))
        room = width - 2 * _margin(width, height) - 2 * max(1, round(size * 0.62))
        if right - left <= room or size <= 3:
            return font, (left, top, right, bottom)
        size -= 1


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([WEIGHT])
    return font
