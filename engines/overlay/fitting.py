"""The size a caption gets: what its style wants, or the largest that fits the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engines.overlay.block import ASCENT, DESCENT, SLANT, Block, along, set_block, turned
from engines.overlay.light import SEEN
from engines.overlay.rules import length
from engines.overlay.style import AUTO, SIZES, Style
from engines.overlay.wrapping import Paragraph, Wrapped, advance, balanced, wrap
from errors import InvalidInput
from i18n import say

# Letters under this cannot be read, in pixels of the whole picture.
SMALLEST: Final = 5.0
# A named size is never less than this where the text fits, in pixels of the whole picture.
LEGIBLE: Final = 11.0
# A named size shrinks to this share of itself before a word is broken.
_BEFORE_BREAKING: Final = 0.5
MARGIN: Final = 0.035
_STEPS: Final = 12


@dataclass(frozen=True)
class Reach:
    """How far plate, outline, shadow and glow go beyond the letters, in ems."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Frame:
    """The picture to write on. `scale` is its size as a share of the whole picture's."""

    width: int
    height: int
    scale: float = 1.0

    @property
    def margin(self) -> float:
        """What stays free along the edges, in pixels."""
        return MARGIN * min(self.width, self.height)


@dataclass(frozen=True)
class Fitted:
    """The caption's lines at their size, and what was wanted instead, if it did not fit."""

    block: Block
    reach: Reach
    typed: tuple[int, ...]  # for each line of the block, the typed line it is part of
    broken: bool
    wanted: float
    named: bool


def reach(style: Style) -> Reach:
    """What a style draws beyond the letters, in ems."""
    pad = style.plate.padding / 100 if style.plate else 0.0
    line = style.outline.width / 100 if style.outline else 0.0
    line *= 1 + SLANT if style.italic else 1
    if style.glow:
        pad = max(pad, line + style.glow.radius / 100)
    if not style.shadow:
        return Reach(*[max(pad, line)] * 4)
    far = line + style.shadow.blur / 100 * SEEN
    x, y = style.shadow.x / 100, style.shadow.y / 100
    sides = (far - x, far - y, far + x, far + y)
    return Reach(*(max(pad, line, side) for side in sides))


def wanted_px(style: Style, frame: Frame) -> tuple[float, bool]:
    """The size a style asks for, in pixels of the frame, and whether it was by name."""
    if style.size in SIZES:
        share = SIZES[style.size] / 100 * min(frame.width, frame.height)
        return max(share, LEGIBLE * frame.scale), True
    number, unit = length(style.size)
    return number * frame.scale if unit == "px" else number / 100 * frame.height, False


def align_of(style: Style) -> str:
    """left, center or right; auto follows the position."""
    if style.align != AUTO:
        return style.align
    return next((side for side in ("left", "right") if side in style.position), "center")


def fit(text: Sequence[Paragraph], style: Style, frame: Frame) -> Fitted:
    """The lines at the style's size, or at the largest that stays inside the margins.

    A named size also shrinks, to half at most, to keep words whole. Lines that are to fill the
    width grow until the longest does. Raises `InvalidInput` when the text would be smaller than 5
    pixels.
    """
    wanted, named = wanted_px(style, frame)
    edges = reach(style)
    room = _Room(text, style, frame, edges)
    px = 0.0
    if named:
        px = room.largest(wanted * _BEFORE_BREAKING, wanted, breaking=False)
    px = px or room.largest(SMALLEST * frame.scale, wanted, breaking=True)
    held: Wrapped | None = None
    if style.fit == "width" and px:
        px, held = room.filled(px)
    for _ in range(6):
        if px < SMALLEST * frame.scale:
            break
        lines = held or balanced(text, room.line(px))
        block = set_block(lines.lines, px, align_of(style), style.line_spacing)
        over = room.over(block)
        if over <= 1:
            return Fitted(block, edges, lines.typed, lines.broken, wanted, named)
        px = quantised(px / over * 0.995)
    size = {"width": round(frame.width / frame.scale), "height": round(frame.height / frame.scale)}
    message, advice = say("caption.full", **size), say("caption.full.advice")
    raise InvalidInput(message, field="text", advice=advice)


def quantised(px: float) -> float:
    """The size to open a font at: quarters of a pixel, so that fonts are found again."""
    return int(px * 4) / 4


@dataclass(frozen=True)
class _Room:
    """The space inside the margins, for one text in one style."""

    text: Sequence[Paragraph]
    style: Style
    frame: Frame
    reach: Reach

    @property
    def inside(self) -> tuple[float, float]:
        margin = 2 * self.frame.margin
        return self.frame.width - margin, self.frame.height - margin

    def line(self, px: float) -> float:
        """How long a line may be at a size, in ems."""
        share, whole = self._lengths()
        beyond = (self.reach.left + self.reach.right) * px
        return max(0.01, min(share, whole - beyond - 2) / px)

    def over(self, block: Block) -> float:
        """By how much the drawn block is larger than the room: at most 1 when it fits."""
        left, top, right, bottom = block.text
        wide = right - left + (self.reach.left + self.reach.right) * block.px
        high = bottom - top + (self.reach.top + self.reach.bottom) * block.px
        across, down = turned(wide, high, self.style.rotation)
        width, height = self.inside
        return max(across / max(width, 1e-3), down / max(height, 1e-3))

    def largest(self, low: float, high: float, *, breaking: bool) -> float:
        """The largest size between two that fits by estimate, or 0 when even the lower does not."""
        if self._fits(high, breaking):
            return quantised(high)
        if low > high or not self._fits(low, breaking):
            return 0.0
        for _ in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if self._fits(middle, breaking) else (low, middle)
        return quantised(low)

    def filled(self, px: float) -> tuple[float, Wrapped]:
        """The lines that the text has at a size, and the size at which the longest of them fills
        the width; where the lines as typed are short, these."""
        lines = wrap(self.text, math.inf)
        grown = self._filling(lines)
        if grown < px:
            lines = balanced(self.text, self.line(px))
            grown = self._filling(lines)
        return quantised(max(grown, px)), lines

    def _filling(self, lines: Wrapped) -> float:
        """The size at which the longest line fills the width, as far as the height allows."""
        wide = max(0.05, *(advance(line) for line in lines.lines))
        beyond = self.reach.left + self.reach.right
        share, whole = self._lengths()
        px = min(share / wide, max(0.0, whole - 2) / (wide + beyond))
        across, down = self._outside(wide, len(lines.lines), px)
        return px * min(1.0, self.inside[0] / across, self.inside[1] / down)

    def _lengths(self) -> tuple[float, float]:
        """How long a line may be: by the style, and by the space inside the margins."""
        frame, style = self.frame, self.style
        share = style.max_width / 100 * along(frame.width, frame.height, style.rotation)
        return share, along(*self.inside, style.rotation)

    def _outside(self, wide: float, count: int, px: float) -> tuple[float, float]:
        """Width and height of so many lines with all around them, by estimate; `wide` in ems."""
        high = (count - 1) * self.style.line_spacing + ASCENT + DESCENT
        high += self.reach.top + self.reach.bottom
        wide += self.reach.left + self.reach.right
        return turned(wide * px, high * px, self.style.rotation)

    def _fits(self, px: float, breaking: bool) -> bool:
        width = self.line(px)
        lines: Wrapped = wrap(self.text, width)
        if lines.broken and not breaking:
            return False
        count = len(lines.lines)
        wide = width if count > len(self.text) else max(map(_natural, self.text))
        across, down = self._outside(min(wide, width), count, px)
        return across <= self.inside[0] and down <= self.inside[1]


def _natural(paragraph: Paragraph) -> float:
    """Width of a paragraph on one line, in ems."""
    return sum(piece.width + piece.space for piece in paragraph.pieces)
