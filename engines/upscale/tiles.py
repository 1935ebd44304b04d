"""A picture taken piece by piece, so that memory stays small and a job can be followed and stopped.

Each tile is enlarged together with some of its surroundings, which are cut away again: what a
pixel becomes depends on its own neighbourhood and not on where the tiles lie. At the picture's
edge there are no surroundings; what stands in for them is each engine's own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engines.upscale.errors import Stopped

# Colour as float32 (3, height, width), 0..1.
Planes = NDArray[np.float32]
# A picture's own numbers (height, width, 1 or 3), uint8 or uint16.
Pixels = NDArray[np.unsignedinteger[Any]]

# Input pixels along a tile's side, without surroundings: 200 to 300 MB of a network's memory.
# At 128 that would be half as much, and a sixth more time would go into surroundings.
SIDE: Final = 192


@dataclass(frozen=True)
class Enlarger:
    """Something that makes planes larger: its name, by how much, and how far a cut shows."""

    title: str
    scale: int
    context: int
    enlarge: Callable[[Planes], Planes]


@dataclass(frozen=True)
class Range:
    """Where a tile lies along one axis, and the window around it that is enlarged with it."""

    start: int
    end: int
    window_start: int
    window_end: int


def ranges(length: int, side: int, context: int) -> list[Range]:
    """Tiles of nearly equal length, at most `side`, that cover an axis, and windows around them.

    All windows are equally long, at the ends too: a network keeps the memory of one window for
    the next, and windows of several sizes would take it several times.
    """
    count = ceil(length / side)
    edges = [index * length // count for index in range(count + 1)]
    window = min(length, ceil(length / count) + 2 * context)
    starts = [min(max(0, edge - context), length - window) for edge in edges[:-1]]
    return [
        Range(start, end, window_start, window_start + window)
        for (start, end), window_start in zip(pairwise(edges), starts, strict=True)
    ]


def enlarge_tiles(
    pixels: Pixels,
    enlargers: Sequence[Enlarger],
    side: int,
    progress: Callable[[float], None] | None,
    stop: Callable[[], bool] | None,
) -> Pixels:
    """All of a picture enlarged, by one after the other, in its own kind of numbers.

    Each goes over the whole picture before the next begins: windows stay small, and surroundings
    are paid for once. `progress` gets the share done, 0..1, after each tile; `stop` is asked
    before each one.

    Raises: Stopped.
    """
    grids = _grids(pixels.shape[0], pixels.shape[1], enlargers, side)
    done, total = 0, sum(len(grid) for grid in grids)
    for enlarger, grid in zip(enlargers, grids, strict=True):
        height, width, channels = pixels.shape
        size = (height * enlarger.scale, width * enlarger.scale, channels)
        large = np.empty(size, pixels.dtype)
        for rows, columns in grid:
            if stop is not None and stop():
                raise Stopped
            _enlarge_tile(pixels, large, enlarger, rows, columns)
            done += 1
            if progress is not None:
                progress(done / total)
        pixels = large
    return pixels


def _grids(
    height: int, width: int, enlargers: Sequence[Enlarger], side: int
) -> list[list[tuple[Range, Range]]]:
    """Rows and columns of each tile, line by line, for one enlarger after the other."""
    grids = []
    for enlarger in enlargers:
        across = ranges(width, side, enlarger.context)
        down = ranges(height, side, enlarger.context)
        grids.append(list(product(down, across)))
        height, width = height * enlarger.scale, width * enlarger.scale
    return grids


def _enlarge_tile(
    pixels: Pixels, large: Pixels, enlarger: Enlarger, rows: Range, columns: Range
) -> None:
    """One tile, read from the one picture and written into the other."""
    scale = enlarger.scale
    window = pixels[rows.window_start : rows.window_end, columns.window_start : columns.window_end]
    planes = enlarger.enlarge(_to_planes(window))
    tile = _to_pixels(planes[:, _inner(rows, scale), _inner(columns, scale)], pixels)
    top, left = rows.start * scale, columns.start * scale
    large[top : top + tile.shape[0], left : left + tile.shape[1]] = tile


def _inner(where: Range, scale: int) -> slice:
    """The tile within its enlarged window."""
    start = (where.start - where.window_start) * scale
    return slice(start, start + (where.end - where.start) * scale)


def _to_planes(window: Pixels) -> Planes:
    """Numbers as colour; gray becomes three equal planes, for that is what networks take."""
    planes = np.empty((3, *window.shape[:2]), np.float32)
    planes[:] = window.transpose(2, 0, 1)
    planes /= np.float32(np.iinfo(window.dtype).max)
    return planes


def _to_pixels(planes: Planes, like: Pixels) -> Pixels:
    """Colour as numbers of the kind, and as many channels, as a picture has."""
    if like.shape[2] == 1:
        planes = planes.mean(axis=0, keepdims=True)
    highest = np.iinfo(like.dtype).max
    levels: Pixels = np.clip(planes * np.float32(highest) + np.float32(0.5), 0, highest).astype(
        like.dtype
    )
    return levels.transpose(1, 2, 0)
