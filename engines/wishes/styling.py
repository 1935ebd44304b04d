"""Turns settings that were wished for into a whole style for one picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from engines.overlay.presets import PRESETS
from engines.overlay.style import SIZES, Glow, Outline, Plate, Shadow, Style
from engines.wishes.draft import Settings

_PARTS: Final = {"plate": Plate, "outline": Outline, "shadow": Shadow, "glow": Glow}
# Along a diagonal of the picture: degrees clockwise as a share of its angle.
_SLOPES: Final = {"diagonal": -1, "falling diagonal": 1}
# The most each length may be, in percent of the letters' height.
_MOST: Final = {
    "plate.padding": 300.0, "plate.radius": 300.0, "plate.blur": 200.0, "outline.width": 30.0,
    "shadow.blur": 100.0, "shadow.x": 100.0, "shadow.y": 100.0,
    "glow.radius": 150.0,
}  # fmt: skip
_TOWARDS: Final = {"top": ("dy", 1), "bottom": ("dy", -1), "left": ("dx", 1), "right": ("dx", -1)}


@dataclass(frozen=True)
class Sheet:
    """The picture to write on: its size and the layout's own margin to each edge, in pixels."""

    width: int
    height: int
    margin: float


def style_of(settings: Settings, sheet: Sheet, base: Style | None = None) -> Style:
    """A base style with what was wished for laid over it.

    Pixels become percent of the letters' height (by the style's size; letters that are made
    smaller to fit keep the percent), held to what a style allows. A distance from an edge becomes
    a shift from where the layout would put the caption, so that it stands just that far away. A
    preset is the base instead; along a diagonal the caption stands in the middle, unless a place
    was wished for.
    """
    base = PRESETS[str(settings["preset"])] if "preset" in settings else base or Style()
    values: dict[str, Any] = {}
    em = letters_height(str(settings.get("size", base.size)), sheet)
    for name, value in settings.items():
        if name in _PARTS:
            values[name] = _part(name, value, getattr(base, name), em)
        elif name == "max_width":
            share = _percent(value, sheet.width)
            values[name] = min(100.0, max(5.0, share))
        elif name == "letter_spacing":
            values[name] = min(100.0, max(-20.0, _percent(value, em)))
        elif name == "line_colours":
            values[name] = tuple(value) if isinstance(value, list | tuple) else ()
        elif name == "rotation" and value in _SLOPES:
            angle = math.degrees(math.atan2(sheet.height, sheet.width))
            values[name] = round(angle * _SLOPES[str(value)], 2)
            values.setdefault("position", "center")
        elif name not in ("margin", "preset"):
            values[name] = value
    style = replace(base, **values)
    margin = settings.get("margin")
    return replace(style, **_shifts(margin, style, sheet)) if isinstance(margin, Mapping) else style


def letters_height(size: str, sheet: Sheet) -> float:
    """The letters' height in pixels: of "48px", "6%" of the height, or a named size."""
    if size in SIZES:
        return SIZES[size] / 100 * min(sheet.width, sheet.height)
    return _pixels(size, sheet.height)


def _part(name: str, value: object, base: Any, em: float) -> Any:
    if not isinstance(value, Mapping):
        return None
    inside = {}
    for key, each in value.items():
        most = _MOST.get(f"{name}.{key}")
        least = 1.0 if (name, key) == ("glow", "radius") else -(most or 0)
        inside[key] = each if most is None else max(least, min(most, _percent(each, em)))
    return replace(base or _PARTS[name](), **inside)


def _shifts(margin: Mapping[str, Any], style: Style, sheet: Sheet) -> dict[str, Any]:
    """The shift that each distance needs, beyond the layout's own margin."""
    touched = style.position.split()
    result = {}
    for edge in margin:
        for side in touched if edge == "edge" else [edge]:
            if side in touched and side in _TOWARDS:
                axis, sign = _TOWARDS[side]
                room = sheet.height if axis == "dy" else sheet.width
                shift = (_pixels(margin[edge], room) - sheet.margin) * sign
                if margin[edge].endswith("%"):  # a share holds for pictures of other sizes too
                    result[axis] = f"{round(shift / room * 100, 3) + 0.0:g}%"
                else:
                    result[axis] = f"{round(shift, 2) + 0.0:g}px"
    return result


def _percent(value: Any, whole: float) -> float:
    """A length as percent: "3px" of a whole in pixels, or percent already."""
    is_text = isinstance(value, str)
    return round(float(value.removesuffix("px")) / whole * 100, 4) if is_text else float(value)


def _pixels(length: str, whole: float) -> float:
    """Pixels of "24px" or of "10%" of a whole."""
    if length.endswith("%"):
        return float(length.removesuffix("%")) / 100 * whole
    return float(length.removesuffix("px"))
