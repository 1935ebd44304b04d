"""Caption styles as JSON and back, with errors that name the field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from engines.overlay.rules import (
    COLOUR,
    COLOURS,
    OFFSET,
    SIZE,
    TRUTH,
    Rule,
    choice,
    number,
    whole,
)
from engines.overlay.style import (
    ALIGNS,
    FITS,
    FONTS,
    POSITIONS,
    Glow,
    Outline,
    Plate,
    Shadow,
    Style,
)
from errors import InvalidInput
from i18n import say

# Enough names to see what went wrong, and no flood.
_MOST_LEFT_OUT: Final = 12


def as_data(style: Style) -> dict[str, Any]:
    """A style as plain JSON data; parts it does not have are null."""
    return asdict(style) | {"line_colours": list(style.line_colours)}


def read_json(text: str) -> object:
    """A style's text as data. Raises `InvalidInput` for anything but JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(say("text.style.json"), field="style") from error


def read_style(data: object) -> Style:
    """The style that JSON data describe; what they leave out is as in `Style()`.

    Raises `InvalidInput` for a value that a field cannot take and for an unknown field; its
    `field` is the path, such as "plate.opacity".
    """
    return Style(**_read(data, _STYLE, "", _PART))


def checked(style: Style) -> Style:
    """The same style after every check of `read_style`, for one that was built by hand."""
    return read_style(as_data(style))


def read_known(data: object) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What data say of a style and nothing more: a part with only what is said of it, or None.

    Fields that a style does not have are left out and named, as paths. Raises `InvalidInput` for a
    value that a field cannot take.
    """
    left_out: list[str] = []
    known = _kept(data, _STYLE, "", left_out)
    for name, (_, rules) in _PART.items():
        if known.get(name) is not None:
            known[name] = _read(_kept(known[name], rules, f"{name}.", left_out), rules, f"{name}.")
    plain = {name: value for name, value in known.items() if name not in _PART}
    parts = {name: value for name, value in known.items() if name in _PART}
    return _read(plain, _STYLE, "", _PART) | parts, tuple(left_out[:_MOST_LEFT_OUT])


def style_schema() -> dict[str, Any]:
    """The JSON Schema of a style, every field of it optional."""
    parts = {
        name: {**_object(rules), "type": ["object", "null"]} for name, (_, rules) in _PART.items()
    }
    whole_style = _object(_STYLE)
    return whole_style | {"properties": whole_style["properties"] | parts}


def _object(rules: Mapping[str, Rule]) -> dict[str, Any]:
    properties = {name: rule.schema for name, rule in rules.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


Parts = Mapping[str, tuple[type, Mapping[str, Rule]]]


def _read(
    data: object, rules: Mapping[str, Rule], path: str, parts: Parts | None = None
) -> dict[str, Any]:
    """The checked values of an object, its parts made; every field must be known."""
    values, parts = _named(data, path), parts or {}
    known = [*rules, *parts]
    for name in values:
        if name not in known:
            where = _where(path, name)
            message = say("caption.style.unknown", field=where, known=", ".join(known))
            raise InvalidInput(message, field=where)
    read = {name: rules[name].check(path + name, values[name]) for name in rules if name in values}
    for name, (kind, inside) in parts.items():
        if name in values:
            value = values[name]
            read[name] = None if value is None else kind(**_read(value, inside, f"{name}."))
    return read


def _kept(
    data: object, rules: Mapping[str, Rule], path: str, left_out: list[str]
) -> dict[str, Any]:
    """The fields of an object that are known; the others are named in `left_out`."""
    known = {*rules, *(() if path else _PART)}
    values = _named(data, path)
    left_out += [_where(path, name) for name in values if name not in known]
    return {name: value for name, value in values.items() if name in known}


def _named(data: object, path: str) -> Mapping[Any, Any]:
    if not isinstance(data, Mapping):
        name = path.removesuffix(".") or "style"
        raise InvalidInput(say("caption.style.object", field=name), field=name)
    return data


def _where(path: str, name: object) -> str:
    return path + (str(name) if str(name).isidentifier() else repr(name))[:40]


_SHARE: Final = number(0, 1)
_PLATE: Final[dict[str, Rule]] = {
    "colour": COLOUR,
    "opacity": _SHARE,
    "padding": number(0, 300),
    "radius": number(0, 300),
    "blur": number(0, 200),
}
_OUTLINE: Final[dict[str, Rule]] = {"width": number(0, 30), "colour": COLOUR}
_SHADOW: Final[dict[str, Rule]] = {
    "colour": COLOUR,
    "opacity": _SHARE,
    "blur": number(0, 100),
    "x": number(-100, 100),
    "y": number(-100, 100),
}
_GLOW: Final[dict[str, Rule]] = {"colour": COLOUR, "radius": number(1, 150), "strength": _SHARE}
_PART: Final[Parts] = {
    "plate": (Plate, _PLATE),
    "outline": (Outline, _OUTLINE),
    "shadow": (Shadow, _SHADOW),
    "glow": (Glow, _GLOW),
}
_STYLE: Final[dict[str, Rule]] = {
    "size": SIZE,
    "colour": COLOUR,
    "position": choice(POSITIONS),
    "dx": OFFSET,
    "dy": OFFSET,
    "align": choice(ALIGNS),
    "font": choice(FONTS),
    "weight": whole(100, 900),
    "upper": TRUTH,
    "line_spacing": number(0.7, 3),
    "rotation": number(-180, 180),
    "max_width": number(5, 100),
    "opacity": _SHARE,
    "italic": TRUTH,
    "letter_spacing": number(-20, 100),
    "fit": choice(FITS),
    "line_colours": COLOURS,
}
