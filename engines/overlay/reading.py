"""Caption styles as JSON and back, with errors that name the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from PIL import ImageColor

from engines.overlay.style import (
    ALIGNS,
    AUTO,
    FONTS,
    POSITIONS,
    SIZES,
    Outline,
    Plate,
    Shadow,
    Style,
)
from errors import InvalidInput
from i18n import say

Check = Callable[[str, object], object]

_LENGTH: Final = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?) ?(px|%)", re.ASCII)
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII)


def length(text: str) -> tuple[float, str]:
    """A length such as "48px" or "-6%" as number and unit. Raises `ValueError` for another."""
    match = _LENGTH.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(text)
    return float(match[1]), match[2]


def as_data(style: Style) -> dict[str, Any]:
    """A style as plain JSON data; parts it does not have are null."""
    return asdict(style)


def read_style(data: object) -> Style:
    """The style that JSON data describe; what they leave out is as in `Style()`.

    Raises `InvalidInput` for a value that a field cannot take and for an unknown field; its
    `field` is the path, such as "plate.opacity".
    """
    return Style(**_read(data, Style, _STYLE, ""))


def checked(style: Style) -> Style:
    """The same style after every check of `read_style`, for one that was built by hand."""
    return read_style(as_data(style))


def _read(data: object, kind: type, checks: Mapping[str, Check], path: str) -> dict[str, Any]:
    known = [each.name for each in fields(kind)]
    if not isinstance(data, Mapping):
        name = path.removesuffix(".") or "style"
        raise InvalidInput(say("caption.style.object", field=name), field=name)
    for name in data:
        if name not in known:
            where = path + (str(name) if str(name).isidentifier() else repr(name))[:40]
            message = say("caption.style.unknown", field=where, known=", ".join(known))
            raise InvalidInput(message, field=where)
    return {name: checks[name](path + name, data[name]) for name in known if name in data}


def _wrong(field: str, value: object, wanted: str) -> InvalidInput:
    message = say("caption.style.wrong", field=field, value=repr(value)[:60], wanted=wanted)
    return InvalidInput(message, field=field)


def _number(low: float, high: float) -> Check:
    """A finite number within bounds, as a float."""

    def check(field: str, value: object) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not fits or not (low <= value <= high):  # type: ignore[operator]
            raise _wrong(
                field, value, say("caption.style.number", low=f"{low:g}", high=f"{high:g}")
            )
        return float(value)  # type: ignore[arg-type]

    return check


def _whole(low: int, high: int) -> Check:
    """A whole number within bounds, as an int."""
    number = _number(low, high)

    def check(field: str, value: object) -> int:
        found = number(field, value)
        if found != int(found):  # type: ignore[call-overload]
            raise _wrong(field, value, say("caption.style.whole"))
        return int(found)  # type: ignore[call-overload,no-any-return]

    return check


def _choice(choices: tuple[str, ...]) -> Check:
    """One of a few words; case and spaces around do not matter."""

    def check(field: str, value: object) -> str:
        word = " ".join(value.lower().split()) if isinstance(value, str) else ""
        if word not in choices:
            raise _wrong(field, value, say("caption.style.choice", choices=", ".join(choices)))
        return word

    return check


def _truth(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(field, value, say("caption.style.truth"))
    return value


def _colour(field: str, value: object) -> str:
    """auto, #rgb, #rrggbb or a colour's English name of CSS."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word != AUTO and not _HEX.fullmatch(word) and word not in ImageColor.colormap:
        raise _wrong(field, value, say("caption.style.colour"))
    return word


def _offset(field: str, value: object) -> str:
    try:
        number, unit = length(value if isinstance(value, str) else "")
    except ValueError as error:
        raise _wrong(field, value, say("caption.style.offset")) from error
    return f"{number:g}{unit}"


def _size(field: str, value: object) -> str:
    """A named size, or "48px" (1 to 4000), or "6%" (0.1 to 100)."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in SIZES:
        return word
    wanted = say("caption.style.size", names=", ".join(SIZES))
    try:
        number, unit = length(word)
    except ValueError as error:
        raise _wrong(field, value, wanted) from error
    low, high = (1, 4000) if unit == "px" else (0.1, 100)
    if not low <= number <= high:
        raise _wrong(field, value, wanted)
    return f"{number:g}{unit}"


def _part(kind: type, checks: Mapping[str, Check]) -> Check:
    """A part of the style with fields of its own, or null."""

    def check(field: str, value: object) -> object:
        return None if value is None else kind(**_read(value, kind, checks, f"{field}."))

    return check


_SHARE: Final = _number(0, 1)
_PLATE: Final[dict[str, Check]] = {
    "colour": _colour,
    "opacity": _SHARE,
    "padding": _number(0, 300),
    "radius": _number(0, 300),
    "blur": _number(0, 200),
}
_OUTLINE: Final[dict[str, Check]] = {"width": _number(0, 30), "colour": _colour}
_SHADOW: Final[dict[str, Check]] = {
    "colour": _colour,
    "opacity": _SHARE,
    "blur": _number(0, 100),
    "x": _number(-100, 100),
    "y": _number(-100, 100),
}
_STYLE: Final[dict[str, Check]] = {
    "size": _size,
    "colour": _colour,
    "position": _choice(POSITIONS),
    "dx": _offset,
    "dy": _offset,
    "align": _choice(ALIGNS),
    "plate": _part(Plate, _PLATE),
    "outline": _part(Outline, _OUTLINE),
    "shadow": _part(Shadow, _SHADOW),
    "font": _choice(FONTS),
    "weight": _whole(100, 900),
    "upper": _truth,
    "line_spacing": _number(0.7, 3),
    "rotation": _number(-180, 180),
    "max_width": _number(5, 100),
    "opacity": _SHARE,
}
