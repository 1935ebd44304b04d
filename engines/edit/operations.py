"""What Easel's own editor can do to a picture: one small frozen type per operation.

Amounts are shares of the full effect: 0.2 is 20 %. Signs tell the direction, as each type says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["centre", "top left", "top right", "bottom left", "bottom right"]


@dataclass(frozen=True)
class RemoveBackground:
    """Everything but the person becomes transparent."""


@dataclass(frozen=True)
class BlurBackground:
    """Everything but the person is blurred: by a radius in pixels, or an amount 0..1 without."""

    amount: float = 0.5
    radius_px: float | None = None


@dataclass(frozen=True)
class BlackAndWhite:
    """Grey by luminance."""


@dataclass(frozen=True)
class Sepia:
    """Brown tones of an old print."""


@dataclass(frozen=True)
class Invert:
    """A negative; transparency stays."""


@dataclass(frozen=True)
class Warmth:
    """Warmer above 0, cooler below; brightness stays. -1..1."""

    amount: float


@dataclass(frozen=True)
class Brightness:
    """Brighter above 0, darker below; 0.2 is a fifth more as the eye sees it. -1..2."""

    amount: float


@dataclass(frozen=True)
class Contrast:
    """More contrast above 0, less below. -1..2."""

    amount: float


@dataclass(frozen=True)
class Saturation:
    """Stronger colours above 0, weaker below; -1 is grey. -1..2."""

    amount: float


@dataclass(frozen=True)
class Sharpen:
    """Crisper edges. 0..2."""

    amount: float


@dataclass(frozen=True)
class Soften:
    """The whole picture blurred: by a radius in pixels, or an amount 0..1 without."""

    amount: float = 0.3
    radius_px: float | None = None


@dataclass(frozen=True)
class Crop:
    """The largest centred piece of a shape, such as 16 to 9."""

    width: float
    height: float


@dataclass(frozen=True)
class Rotate:
    """Turned clockwise by degrees; corners that a slanted turn leaves open are transparent."""

    degrees: float


@dataclass(frozen=True)
class Flip:
    """Mirrored: left and right trade places when horizontal, top and bottom when vertical."""

    axis: Literal["horizontal", "vertical"]


@dataclass(frozen=True)
class Resize:
    """To a width, a height or a longest side in pixels, the shape kept.

    With both width and height the picture fills them exactly, and what sticks out is cut off.
    """

    width: int | None = None
    height: int | None = None
    longest: int | None = None


@dataclass(frozen=True)
class Scale:
    """Both sides times a factor."""

    factor: float


@dataclass(frozen=True)
class Frame:
    """A border outside the picture, in pixels, or as a share of the shorter side without."""

    colour: str = "white"
    share: float = 0.04
    width_px: int | None = None


@dataclass(frozen=True)
class RoundCorners:
    """Transparent corners, of a radius in pixels, or a share of the shorter side without."""

    share: float = 0.08
    radius_px: int | None = None


@dataclass(frozen=True)
class SideBySide:
    """All pictures in one row, of one height; the gap in pixels."""

    gap_px: int = 0


@dataclass(frozen=True)
class Stack:
    """All pictures in one column, of one width; the gap in pixels."""

    gap_px: int = 0


@dataclass(frozen=True)
class Grid:
    """All pictures in cells of one size, row by row; 0 columns and rows: as square as can be."""

    columns: int = 0
    rows: int = 0
    gap_px: int = 0


@dataclass(frozen=True)
class Overlay:
    """One picture over another; both count from 1.

    `share` is the width of the upper one as a share of the lower one's; without it the upper one
    keeps its size, and shrinks only to fit.
    """

    upper: int = 1
    lower: int = 2
    place: Place = "centre"
    share: float | None = None


Join = SideBySide | Stack | Grid | Overlay
Tone = Warmth | Brightness | Contrast | Saturation
Operation = (
    RemoveBackground
    | BlurBackground
    | BlackAndWhite
    | Sepia
    | Invert
    | Tone
    | Sharpen
    | Soften
    | Crop
    | Rotate
    | Flip
    | Resize
    | Scale
    | Frame
    | RoundCorners
    | Join
)
