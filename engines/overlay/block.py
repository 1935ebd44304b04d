"""Lines set at a size in pixels: where every run stands, and the box its ink fills."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engines.overlay.fonts import EMOJI, opened
from engines.overlay.wrapping import Atom, Run, in_visual_order

# The box a plain line is taken to fill, about its baseline, in ems: capitals and descenders.
ASCENT: Final = 0.78
DESCENT: Final = 0.22

# How far a slanted letter leans to the right, as a share of its height: 12 degrees.
SLANT: Final = 0.21
# Letters of so many pixels and more stand evenly by themselves; smaller ones are drawn that large,
# up to so many times their size.
SMOOTH: Final = 128
FINEST: Final = 12

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of a line, from 0, with the left end of its baseline, in pixels of the block."""

    run: Run
    x: float
    y: float
    line: int


@dataclass(frozen=True)
class Block:
    """Set lines. `text` is the box the letters are taken to fill, never less than their ink."""

    px: float
    placed: tuple[Placed, ...]
    text: Box
    ink: Box


@dataclass(frozen=True, slots=True)
class _Line:
    runs: tuple[tuple[Run, float], ...]
    width: float
    top: float
    bottom: float


def set_block(lines: Sequence[Sequence[Atom]], px: float, align: str, line_spacing: float) -> Block:
    """The lines at a size, aligned left, center or right against the widest of them.

    Baselines are `line_spacing` ems apart, and further where letters with marks above or below
    would touch the next line; a spacing under 1 is taken at its word.
    """
    made = [_line(line, px) for line in lines]
    width = max(line.width for line in made)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    placed: list[Placed] = []
    boxes: list[Box] = [(0.0, 0.0, width, ASCENT * px)]
    y = ASCENT * px
    for at, line in enumerate(made):
        if at:
            room = made[at - 1].bottom - line.top if line_spacing >= 1 else 0.0
            y += max(line_spacing * px, room)
        x = (width - line.width) * share
        for run, advance in line.runs:
            at_x = x + run.side * px
            placed.append(Placed(run, at_x, y, at))
            left, top, right, bottom = ink(run, px)
            boxes.append((at_x + left, y + top, at_x + right, y + bottom))
            x += advance
    drawn = _around(boxes[1:])
    boxes.append((0.0, y, width, y + DESCENT * px))
    return Block(px, tuple(placed), _around(boxes), drawn)


def _line(atoms: Sequence[Atom], px: float) -> _Line:
    found = [(run, _advance(run, px)) for run in in_visual_order(atoms)]
    boxes = [ink(run, px) for run, _ in found]
    top = min((box[1] for box in boxes), default=0.0)
    bottom = max((box[3] for box in boxes), default=0.0)
    width = sum(wide for _, wide in found)
    # After the last letter nothing follows that it must stand apart from.
    return _Line(tuple(found), width - (found[-1][0].spacing * px if found else 0), top, bottom)


def finer(px: float) -> int:
    """How many times larger letters of a size are set and drawn before they are made small.

    FreeType moves every letter to whole pixels, which shows as uneven gaps in small text; at so
    many times the size it moves them by a fraction of one.
    """
    return max(1, min(FINEST, math.ceil(SMOOTH / px)))


@lru_cache(maxsize=4096)
def _advance(run: Run, px: float) -> float:
    times = finer(px)
    held = opened(run.face, px * times, run.weight)
    with held.lock:
        length = held.font.getlength(run.text, **run.shaping) / times
    return length + (2 * run.side + run.spacing) * px


@lru_cache(maxsize=4096)
def ink(run: Run, px: float) -> Box:
    """The box of a run's ink about the left end of its baseline, with a pixel for soft edges."""
    times = 1 if run.face.file == EMOJI else finer(px)
    held = opened(run.face, px * times, run.weight)
    with held.lock:
        box = held.font.getbbox(run.text, anchor="ls", **run.shaping)
    left, top, right, bottom = (side / times for side in box)
    if run.slanted:
        left, right = left - SLANT * max(bottom, 0.0), right - SLANT * min(top, 0.0)
    return left - 1, top - 1, right + 1, bottom + 1


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def turned(width: float, height: float, degrees: float) -> tuple[float, float]:
    """Width and height of the upright box around a box that was turned."""
    cos, sin = _cos_sin(degrees)
    return width * cos + height * sin, width * sin + height * cos


def along(width: float, height: float, degrees: float) -> float:
    """How long a line turned by some degrees may be to stay in a box."""
    cos, sin = _cos_sin(degrees)
    return min(width / cos if cos > 1e-6 else math.inf, height / sin if sin > 1e-6 else math.inf)


def _cos_sin(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return abs(math.cos(angle)), abs(math.sin(angle))
