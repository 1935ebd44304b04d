"""Turns the words of one matched rule into its operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engines.edit.amounts import BLUR, CRISP, FOCUS, SLIGHT, Span, degree, has, tone, value
from engines.edit.operations import (
    BlackAndWhite,
    BlurBackground,
    Brightness,
    Contrast,
    Crop,
    Flip,
    Frame,
    Grid,
    Invert,
    Operation,
    Overlay,
    Place,
    RemoveBackground,
    Resize,
    Rotate,
    RoundCorners,
    Saturation,
    Scale,
    Sepia,
    Sharpen,
    SideBySide,
    Soften,
    Stack,
    Warmth,
)

LARGEST_SIDE: Final = 20_000
HUES: Final = (
    "WHITE", "BLACK", "GREY", "RED", "GREEN", "BLUE", "YELLOW", "ORANGE", "PINK", "BROWN", "GOLD",
)  # fmt: skip
PARTS: Final = {"HALF": 0.5, "THIRD": 1 / 3, "QUARTER": 0.25}


def build(rule: str, span: Span) -> Operation | None:
    """The operation that a rule's words ask for; None when their values make no sense."""
    return BUILDERS[rule](span)


def _brightness(span: Span) -> Operation | None:
    amount = tone(span)
    return Brightness(amount) if amount else None


def _contrast(span: Span) -> Operation | None:
    amount = tone(span)
    return Contrast(amount) if amount else None


def _saturation(span: Span) -> Operation | None:
    amount = tone(span)
    return Saturation(amount) if amount else None


def _warmth(span: Span) -> Operation | None:
    amount = tone(span, 1.0)
    return Warmth(amount) if amount else None


def _sharpen(span: Span) -> Operation | None:
    amount = degree(span, CRISP)
    if not 0 < amount <= 2:
        return None
    return Soften(min(amount, 1.0)) if has(span, "LESS", "DOWN") else Sharpen(amount)


def _soften(span: Span) -> Operation | None:
    radius, amount = _radius(span), degree(span, BLUR)
    return Soften(amount, radius) if 0 < amount <= 1 and radius != 0 else None


def _blur_background(span: Span) -> Operation | None:
    radius = _radius(span)
    amount = 1.0 if has(span, "MORE") and not has(span, *SLIGHT) else degree(span, FOCUS)
    if has(span, "LESS") or not 0 < amount <= 1 or radius == 0:
        return None
    return BlurBackground(amount, radius)


def _radius(span: Span) -> float | None:
    radius = value(span, "NUM")
    return radius if radius is None or radius <= 500 else 0


def _crop(span: Span) -> Operation | None:
    if has(span, "SQUARE"):
        return Crop(1, 1)
    if has(span, "WIDESCREEN"):
        return Crop(16, 9)
    width, height = _pair(span)
    if width > 50 or height > 50:
        return _sized(width, height)
    sensible = width > 0 and height > 0 and 0.1 <= width / height <= 10
    return Crop(width, height) if sensible else None


def _pair(span: Span) -> tuple[float, float]:
    """Two numbers that belong together: "16:9", "2x2", "2 by 2"."""
    for token in span:
        if token.concept in ("RATIO", "PAIR"):
            return token.values[0], token.values[1]
    found = [token.values[0] for token in span if token.concept == "NUM"]
    return (found[0], found[1]) if len(found) == 2 else (0, 0)


def _rotate(span: Span) -> Operation | None:
    angle = value(span, "NUM")
    signed = value(span, "SIGNEDNUM")
    if has(span, "UPSIDE"):
        return Rotate(180)
    degrees = signed if signed is not None else angle if angle is not None else 90.0
    if has(span, "LEFT", "COUNTER"):
        degrees = -abs(degrees)
    return Rotate(degrees) if degrees % 360 and abs(degrees) <= 360 else None


def _flip(span: Span) -> Operation | None:
    if has(span, "VERTICAL", "UPSIDE"):
        return Flip("vertical")
    return Flip("horizontal")


def _resize(span: Span) -> Operation | None:
    numbers = [token.values[0] for token in span if token.concept == "NUM"]
    if has(span, "PAIR") or (len(numbers) == 2 and not has(span, "WIDE", "HIGH")):
        return _sized(*_pair(span))
    if len(numbers) == 2:
        wide = next(token.concept for token in span if token.concept in ("WIDE", "HIGH"))
        return _sized(*(numbers if wide == "WIDE" else numbers[::-1]))
    if not numbers or not 1 <= numbers[0] <= LARGEST_SIDE or numbers[0] % 1:
        return None
    side = int(numbers[0])
    if has(span, "WIDE"):
        return Resize(width=side)
    return Resize(height=side) if has(span, "HIGH") else Resize(longest=side)


def _sized(width: float, height: float) -> Resize | None:
    whole = width % 1 == height % 1 == 0
    return (
        Resize(int(width), int(height))
        if whole and 16 <= width <= LARGEST_SIDE and 16 <= height <= LARGEST_SIDE
        else None
    )


def _scale(span: Span) -> Operation | None:
    smaller = has(span, "DOWN", "LESS", "SMALL")
    larger = has(span, "UP", "MORE", "BIG")
    percent, times = value(span, "PERCENT"), value(span, "NUM")
    if percent is not None:
        part = percent / 100
        by = has(span, "BY", "ON") or has(span, "LESS", "MORE", "SMALL", "BIG")
        relative = (smaller or larger) and by and not has(span, "TO")
        factor = (1 - part if smaller else 1 + part) if relative else part
    elif part_word := next((PARTS[t.concept] for t in span if t.concept in PARTS), None):
        # "half as big" and "down to a half" are a half; "up by half" is half as much again.
        factor = 1 + part_word if has(span, "UP") else part_word
    else:
        times = 2.0 if has(span, "TWICE") else 3.0 if has(span, "THRICE") else times or 0
        factor = 1 / times if smaller and times else times
    return Scale(round(factor, 4)) if 0.01 <= factor <= 10 and factor != 1 else None


def _frame(span: Span) -> Operation | None:
    colour = next((token.concept.lower() for token in span if token.concept in HUES), "white")
    width, percent = value(span, "NUM"), value(span, "PERCENT")
    share = 0.02 if has(span, "THIN") else 0.08 if has(span, "THICK") else 0.04
    if percent is not None:
        return Frame(colour, percent / 100) if 0 < percent <= 50 else None
    if width is None:
        return Frame(colour, share)
    return Frame(colour, width_px=int(width)) if 1 <= width <= 2000 else None


def _round_corners(span: Span) -> Operation | None:
    radius, percent = value(span, "NUM"), value(span, "PERCENT")
    if percent is not None:
        return RoundCorners(percent / 100) if 0 < percent <= 50 else None
    if radius is not None:
        return RoundCorners(radius_px=int(radius)) if radius >= 1 else None
    return RoundCorners(0.04 if has(span, *SLIGHT) else 0.16 if has(span, "MUCH", "MORE") else 0.08)


def _gap(span: Span) -> int:
    """Pixels of the gap; -1 when it is too wide to be meant."""
    if not has(span, "GAP") or has(span, "WITHOUT"):
        return 0
    gap = [token.values[0] for token in span if token.concept == "NUM"][-1]
    return int(gap) if gap <= 500 else -1


def _side_by_side(span: Span) -> Operation | None:
    gap = _gap(span)
    return SideBySide(gap) if gap >= 0 else None


def _stack(span: Span) -> Operation | None:
    gap = _gap(span)
    return Stack(gap) if gap >= 0 else None


def _grid(span: Span) -> Operation | None:
    gap = _gap(span)
    head = _before_gap(span) if gap else span
    columns, rows = _pair(head)
    number = value(head, "NUM")
    if not columns and number:
        columns, rows = (0.0, number) if has(head, "ROW") else (number, 0.0)
    whole = columns % 1 == rows % 1 == 0
    return (
        Grid(int(columns), int(rows), gap) if whole and max(columns, rows) <= 9 <= 9 + gap else None
    )


def _before_gap(span: Span) -> Span:
    """A rule's words without its gap: "with a 10 px gap", "gap of 10"."""
    at = next(i for i, token in enumerate(span) if token.concept == "GAP")
    return span[: at - 2] if span[at - 1].concept == "PX" else span[:at]


def _overlay(span: Span) -> Operation | None:
    order = [int(token.values[0]) for token in span if token.concept == "ORD"] or [1, 2]
    percent = value(span, "PERCENT")
    share = percent / 100 if percent else None
    share = next((PARTS[token.concept] for token in span if token.concept in PARTS), share)
    if len(order) != 2 or order[0] == order[1] or (share and not 0.01 <= share <= 1):
        return None
    return Overlay(order[0], order[1], _place(span), share)


def _place(span: Span) -> Place:
    if not has(span, "LEFT", "RIGHT"):
        return "centre"
    left = has(span, "LEFT")
    if has(span, "BOTTOM"):
        return "bottom left" if left else "bottom right"
    return "top left" if left else "top right"


def _remove_background(span: Span) -> Operation:
    return RemoveBackground()


def _black_and_white(span: Span) -> Operation:
    return BlackAndWhite()


def _sepia(span: Span) -> Operation:
    return Sepia()


def _invert(span: Span) -> Operation:
    return Invert()


BUILDERS: Final[dict[str, Callable[[Span], Operation | None]]] = {
    "remove background": _remove_background,
    "blur background": _blur_background,
    "black and white": _black_and_white,
    "sepia": _sepia,
    "invert": _invert,
    "saturation": _saturation,
    "warmth": _warmth,
    "brightness": _brightness,
    "contrast": _contrast,
    "sharpen": _sharpen,
    "soften": _soften,
    "crop": _crop,
    "rotate": _rotate,
    "flip": _flip,
    "resize": _resize,
    "scale": _scale,
    "frame": _frame,
    "round corners": _round_corners,
    "side by side": _side_by_side,
    "stack": _stack,
    "grid": _grid,
    "overlay": _overlay,
}
