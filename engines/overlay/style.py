"""How one caption looks: every control of it, as plain data that can be saved and read back.

Lengths that belong to the letters (padding, radius, blur, outline, shadow, glow, letter spacing)
are in percent of the letters' height (the em), so that a caption looks the same on a picture of
any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SIZES: Final = {"tiny": 2.4, "small": 3.6, "medium": 5.5, "large": 8.5, "huge": 14.0}
"""Named sizes, in percent of the picture's height (of its width where that is smaller)."""

POSITIONS: Final = (
    "top left", "top", "top right",
    "left", "center", "right",
    "bottom left", "bottom", "bottom right",
)  # fmt: skip
ALIGNS: Final = ("auto", "left", "center", "right")
FONTS: Final = ("text", "display", "serif", "hand", "mono")
FITS: Final = ("size", "width")
MOST_LINE_COLOURS: Final = 20
AUTO: Final = "auto"


@dataclass(frozen=True)
class Plate:
    """A panel behind the text. `blur` softens the picture under it, like frosted glass."""

    colour: str = AUTO  # a name, #rgb, #rrggbb, or auto: what the text reads best on
    opacity: float = 0.6  # 0 to 1; 0 leaves the blur alone
    padding: float = 45.0  # percent of the em, 0 to 300
    radius: float = 30.0  # percent of the em, 0 to 300; 300 is a pill
    blur: float = 0.0  # percent of the em, 0 to 200


@dataclass(frozen=True)
class Outline:
    """A line around every letter and emoji."""

    width: float = 6.0  # percent of the em, 0 to 30
    colour: str = AUTO  # auto: black or white, whichever stands off the text


@dataclass(frozen=True)
class Shadow:
    """A soft copy of the text behind it. Positive `x` is to the right, positive `y` down."""

    colour: str = "black"
    opacity: float = 0.6  # 0 to 1
    blur: float = 10.0  # percent of the em, 0 to 100
    x: float = 0.0  # percent of the em, -100 to 100
    y: float = 5.0  # percent of the em, -100 to 100


@dataclass(frozen=True)
class Glow:
    """Light around every letter and emoji, as around a neon tube."""

    colour: str = AUTO  # auto: the text's own
    radius: float = 40.0  # how far the light reaches, percent of the em, 1 to 150
    strength: float = 0.8  # 0 to 1


@dataclass(frozen=True)
class Style:
    """The controls of one caption."""

    size: str = "medium"  # a name of SIZES, "48px", or "6%" of the picture's height
    colour: str = AUTO  # a name, #rgb, #rrggbb, or auto: black or white by what is behind
    position: str = "bottom"  # one of POSITIONS
    dx: str = "0%"  # moved right by "12px" or "3%" of the picture's width; may be negative
    dy: str = "0%"  # moved down by "12px" or "3%" of the picture's height; may be negative
    align: str = AUTO  # auto follows the position
    plate: Plate | None = None
    outline: Outline | None = None
    shadow: Shadow | None = None
    font: str = "text"  # one of FONTS; letters it lacks come from other carried fonts
    weight: int = 600  # 100 to 900, held to what the font has
    upper: bool = False  # all capitals
    line_spacing: float = 1.2  # distance of baselines in ems, 0.7 to 3
    rotation: float = 0.0  # degrees clockwise, -180 to 180
    max_width: float = 90.0  # percent of the picture's width, 5 to 100
    opacity: float = 1.0  # of the text with outline, shadow and glow, 0 to 1
    glow: Glow | None = None
    italic: bool = False  # slanted, where the script knows italics and the font has none
    letter_spacing: float = 0.0  # percent of the em, -20 to 100; joined scripts keep theirs
    fit: str = "size"  # "width": letters as large as fill max_width, at least as large as `size`
    line_colours: tuple[str, ...] = ()  # of the lines as typed, from the first; others: `colour`
