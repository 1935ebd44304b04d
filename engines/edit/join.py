"""Several pictures made into one: in a row, a column, a grid, or one over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PIL import Image

from engines.edit.errors import EditError
from engines.edit.operations import Crop, Grid, Join, Overlay, SideBySide, Stack
from engines.edit.shape import check_size, crop, to_size
from i18n import say

FEWEST: Final = 2
MOST: Final = 9
# Distance from the edge of a picture laid into a corner, as a share of the shorter side.
INSET: Final = 0.03


def join(pictures: Sequence[Image.Image], how: Join) -> Image.Image:
    """One picture of 2 to 9. Raises `EditError` for another count, or a missing one."""
    if not FEWEST <= len(pictures) <= MOST:
        raise EditError(say("edit.join.count", fewest=FEWEST, most=MOST, count=len(pictures)))
    if isinstance(how, SideBySide):
        return _row(pictures, how.gap_px)
    if isinstance(how, Stack):
        return _column(pictures, how.gap_px)
    return _grid(pictures, how) if isinstance(how, Grid) else _overlay(pictures, how)


def _row(pictures: Sequence[Image.Image], gap: int) -> Image.Image:
    """All of the tallest one's height, so that nothing loses detail."""
    height = max(each.height for each in pictures)
    widths = [max(1, round(each.width * height / each.height)) for each in pictures]
    found = _sheet(pictures, sum(widths) + gap * (len(pictures) - 1), height, gap)
    left = 0
    for each, width in zip(pictures, widths, strict=True):
        found.paste(to_size(each.convert(found.mode), width, height), (left, 0))
        left += width + gap
    return found


def _column(pictures: Sequence[Image.Image], gap: int) -> Image.Image:
    """All of the widest one's width."""
    width = max(each.width for each in pictures)
    heights = [max(1, round(each.height * width / each.width)) for each in pictures]
    found = _sheet(pictures, width, sum(heights) + gap * (len(pictures) - 1), gap)
    top = 0
    for each, height in zip(pictures, heights, strict=True):
        found.paste(to_size(each.convert(found.mode), width, height), (0, top))
        top += height + gap
    return found


def _grid(pictures: Sequence[Image.Image], how: Grid) -> Image.Image:
    """Cells of one size, each filled by the middle of its picture; empty cells stay empty."""
    columns, rows = _cells(len(pictures), how)
    ratio = math.exp(sum(math.log(each.width / each.height) for each in pictures) / len(pictures))
    width = max(each.width for each in pictures)
    height = max(1, round(width / ratio))
    gap = how.gap_px
    spare = columns * rows > len(pictures)
    size = (columns * (width + gap) - gap, rows * (height + gap) - gap)
    found = _sheet(pictures, *size, gap or int(spare))
    for at, each in enumerate(pictures):
        piece = to_size(crop(each.convert(found.mode), Crop(width, height)), width, height)
        found.paste(piece, ((at % columns) * (width + gap), (at // columns) * (height + gap)))
    return found


def _cells(count: int, how: Grid) -> tuple[int, int]:
    """Columns and rows; what is not said is as square as can be."""
    columns, rows = how.columns, how.rows
    if not columns:
        columns = math.ceil(count / rows) if rows else math.ceil(math.sqrt(count))
    rows = rows or math.ceil(count / columns)
    if columns * rows < count:
        raise EditError(say("edit.grid.small", columns=columns, rows=rows, count=count))
    return columns, rows


def _overlay(pictures: Sequence[Image.Image], how: Overlay) -> Image.Image:
    """One over another; the lower one gives the size, other pictures are left out."""
    if max(how.upper, how.lower) > len(pictures) or len(pictures) > FEWEST:
        raise EditError(say("edit.overlay.two", count=len(pictures)))
    lower = pictures[how.lower - 1]
    upper = pictures[how.upper - 1].convert("RGBA")
    factor = how.share * lower.width / upper.width if how.share else 1.0
    inset = 0 if how.place == "centre" else round(INSET * min(lower.size))
    room = (lower.width - 2 * inset) / upper.width, (lower.height - 2 * inset) / upper.height
    factor = min(factor, *room)
    upper = to_size(upper, round(upper.width * factor), round(upper.height * factor))
    over = Image.new("RGBA", lower.size)
    over.paste(upper, _corner(lower.size, upper.size, how.place, inset))
    found = Image.alpha_composite(lower.convert("RGBA"), over)
    return found if lower.mode == "RGBA" else found.convert("RGB")


def _corner(
    lower: tuple[int, int], upper: tuple[int, int], place: str, inset: int
) -> tuple[int, int]:
    room = lower[0] - upper[0], lower[1] - upper[1]
    if place == "centre":
        return room[0] // 2, room[1] // 2
    left = inset if "left" in place else room[0] - inset
    return left, inset if "top" in place else room[1] - inset


def _sheet(pictures: Sequence[Image.Image], width: int, height: int, gap: int) -> Image.Image:
    """An empty sheet: transparent when something must show through, or else without alpha."""
    check_size(width, height)
    seen_through = gap > 0 or any(each.mode == "RGBA" for each in pictures)
    return Image.new("RGBA" if seen_through else "RGB", (width, height))
