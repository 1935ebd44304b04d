"""The surface a sketch is painted on, and the few ways to put colour on it.

A canvas is float32, three planes (3, height, width), 0..1 in display (sRGB) values. Planes, not
pixels, because every operation then runs over one contiguous plane at a time and needs one
plane of scratch memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Plane = NDArray[np.float32]
Field = NDArray[np.floating[Any]]
Colour = tuple[float, float, float]
Point = tuple[float, float]
Polygon = Sequence[Point]


@dataclass(frozen=True)
class Frame:
    """The picture's size and its measures. Lengths are in units (the short side), x from the
    middle, so that a wider picture shows more land and not stretched land."""

    width: int
    height: int

    @property
    def unit(self) -> float:
        """Pixels in the short side."""
        return float(min(self.width, self.height))

    @property
    def rise(self) -> float:
        """Pixels of a height of 1: taller than a unit in portrait, so that peaks fill the shape."""
        return sqrt(self.unit * self.height)

    @property
    def span(self) -> float:
        """Width in units, 1 or more."""
        return self.width / self.unit

    def xs(self) -> Plane:
        """The x of each column in units from the middle, shape (width,)."""
        return ((np.arange(self.width, dtype=np.float32) + 0.5) - self.width / 2) / np.float32(
            self.unit
        )

    def px(self, x: float) -> float:
        """Column of an x given as a fraction of the width."""
        return x * self.width

    def py(self, y: float) -> float:
        """Row of a y given as a fraction of the height."""
        return y * self.height


def hex_colour(code: str) -> Colour:
    """'ff8000' as three numbers 0..1."""
    r, g, b = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return r, g, b


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Colour a with a share (0..1) of colour b."""
    r, g, c = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return r, g, c


def scale(colour: Colour, by: Colour | float) -> Colour:
    """A colour times a number or times another colour, kept within 0..1."""
    factors = by if isinstance(by, tuple) else (by, by, by)
    r, g, b = (min(1.0, max(0.0, p * q)) for p, q in zip(colour, factors, strict=True))
    return r, g, b


def smoothstep(low: float, high: float, value: Field) -> Plane:
    """0 below low, 1 above high, smooth between."""
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def resize(
    plane: Plane, width: int, height: int, box: tuple[float, float, float, float] | None = None
) -> Plane:
    """A plane (or the box of it, in its pixels) smoothly brought to another size."""
    image = Image.fromarray(plane).resize((width, height), Image.Resampling.BICUBIC, box=box)
    return np.asarray(image, dtype=np.float32)


def paint(canvas: Plane, mask: Plane, colour: Colour | Plane, top: int = 0, left: int = 0) -> None:
    """Lay a colour over the canvas where the mask (rows, columns; 0..1) says, from a corner.

    The colour is one RGB, or an array that broadcasts to (3, rows, columns).
    """
    rows, columns = mask.shape
    region = canvas[:, top : top + rows, left : left + columns]
    for channel in range(3):
        plane = region[channel]
        delta = (
            np.float32(colour[channel]) - plane
            if isinstance(colour, tuple)
            else colour[channel] - plane
        )
        delta *= mask
        plane += delta


def shine(canvas: Plane, light: Field, colour: Colour, top: int = 0, left: int = 0) -> None:
    """Add light (rows, columns; 0..1) of a colour, as a screen blend, which never clips hard."""
    rows, columns = light.shape
    region = canvas[:, top : top + rows, left : left + columns]
    for channel in range(3):
        plane = region[channel]
        plane += (1 - plane) * light * np.float32(colour[channel])


def disc(x: float, y: float, rx: float, ry: float, points: int = 22) -> Polygon:
    """An ellipse as a polygon."""
    return [
        (x + rx * cos(2 * pi * i / points), y + ry * sin(2 * pi * i / points))
        for i in range(points)
    ]


def stamp(
    canvas: Plane, polygons: Sequence[Polygon], colour: Colour | Plane, opacity: float = 1.0
) -> None:
    """Fill polygons (points in pixels) with one colour, smooth at the edges, cut at the border.

    An array of colours must broadcast to the whole canvas (3, height, width).
    """
    height, width = canvas.shape[1:]
    points = [point for polygon in polygons for point in polygon]
    if not points:
        return
    left, top = (max(0, int(min(p[i] for p in points)) - 1) for i in (0, 1))
    right = min(width, int(max(p[0] for p in points)) + 2)
    bottom = min(height, int(max(p[1] for p in points)) + 2)
    if right <= left or bottom <= top:
        return
    mask = _coverage(polygons, left, top, right - left, bottom - top)
    if opacity < 1:
        mask *= np.float32(opacity)
    if not isinstance(colour, tuple):
        whole = np.broadcast_to(colour, canvas.shape)
        colour = whole[:, top:bottom, left:right]
    paint(canvas, mask, colour, top, left)


def _coverage(polygons: Sequence[Polygon], left: int, top: int, columns: int, rows: int) -> Plane:
    """How much of each pixel polygons cover, 0..1, by drawing them larger and averaging."""
    # Twice is enough where there are many pixels; fine lines on small pictures need more.
    times = 4 if columns * rows < 400_000 else 2
    large = Image.new("L", (columns * times, rows * times))
    pen = ImageDraw.Draw(large)
    for polygon in polygons:
        pen.polygon([((x - left) * times, (y - top) * times) for x, y in polygon], fill=255)
    mask = np.asarray(large.reduce(times), dtype=np.float32)
    return mask / np.float32(255)
