"""A style as the values of its controls, by path ("size", "plate", "plate.colour"), and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PIL.ImageColor import getrgb

from engines.overlay import Glow, Outline, Plate, Shadow, Style, as_data
from engines.overlay.style import ALIGNS, AUTO, FITS, FONTS, POSITIONS, SIZES
from errors import InvalidInput
from i18n import say

COLOURS: Final = (AUTO, "white", "black", "red", "orange", "yellow", "green", "blue", "magenta")
# Wishes speak in codes, the choices in names.
NAMED: Final = {"#{:02x}{:02x}{:02x}".format(*getrgb(each)): each for each in COLOURS[1:]}
PARTS: Final = {"plate": Plate, "outline": Outline, "shadow": Shadow, "glow": Glow}
INSIDE: Final = {
    "plate": ("colour", "opacity", "padding", "radius", "blur"),
    "outline": ("colour", "width"),
    "shadow": ("colour", "opacity", "blur", "x", "y"),
    "glow": ("colour", "radius", "strength"),
}
# What each of these may be.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "size": tuple(SIZES),
    "colour": COLOURS,
    "position": POSITIONS,
    "font": FONTS,
    "align": ALIGNS,
    "fit": FITS,
}


def values_of(style: Style) -> dict[str, Any]:
    """What the controls say for a style; a part it lacks shows its usual values, switched off."""
    data = as_data(style)
    values: dict[str, Any] = {}
    for path, value in data.items():
        if path in PARTS:
            inside = value or vars(PARTS[path]())
            values[path] = value is not None
            values |= {f"{path}.{name}": inside[name] for name in INSIDE[path]}
        elif path == "line_colours":
            values[path] = ", ".join(NAMED.get(each, each) for each in value)
        else:
            values[path] = value
    return {path: NAMED.get(value, value) for path, value in values.items()}


# Before anything is chosen.
DEFAULTS: Final = values_of(Style())
NUMBERS: Final = frozenset(
    path
    for path, value in DEFAULTS.items()
    if isinstance(value, int | float) and not isinstance(value, bool)
)


def style_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """The style that the controls' values describe, as JSON data. Raises `InvalidInput` for a
    number that is missing."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        owner, _, name = path.rpartition(".")
        if path in PARTS:
            data[path] = {} if value else None
        elif not owner:
            data[path] = _read(path, value)
        elif data[owner] is not None:
            data[owner][name] = _read(path, value)
    return data


def _read(path: str, value: Any) -> Any:
    """A raw value as a style takes it; blank shifts are none."""
    if path in ("dx", "dy"):
        text = str(value or "0%").strip()
        return text if text.endswith(("%", "px")) else f"{text}px"
    if path == "line_colours":
        return [each.strip() for each in str(value or "").split(",") if each.strip()]
    if path in NUMBERS and value is None:
        raise InvalidInput(say("text.number", field=path), field=path)
    return value
