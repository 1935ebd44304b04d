"""What a value of a style may be: the check that reads it, and the same as JSON Schema.

The schema is what a language model is sent that answers in a style; only the check is relied upon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PIL import ImageColor

from engines.overlay.style import AUTO, MOST_LINE_COLOURS, SIZES
from errors import InvalidInput
from i18n import say

Check = Callable[[str, object], object]

_LENGTH: Final = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?) ?(px|%)", re.ASCII)
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.ASCII)


@dataclass(frozen=True)
class Rule:
    """How one value is read."""

    # Takes the field's path and a raw value; raises `InvalidInput` naming the field.
    check: Check
    # The same as JSON Schema.
    schema: Mapping[str, Any]


def length(text: str) -> tuple[float, str]:
    """A length such as "48px" or "-6%" as number and unit. Raises `ValueError` for another."""
    match = _LENGTH.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(text)
    return float(match[1]), match[2]


def number(low: float, high: float) -> Rule:
    """A finite number within bounds, as a float."""

    def check(field: str, value: object) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not fits or not (low <= value <= high):  # type: ignore[operator]
            bounds = say("caption.style.number", low=f"{low:g}", high=f"{high:g}")
            raise _wrong(field, value, bounds)
        return float(value)  # type: ignore[arg-type]

    return Rule(check, {"type": "number", "minimum": low, "maximum": high})


def whole(low: int, high: int) -> Rule:
    """A whole number within bounds, as an int."""
    bounded = number(low, high)

    def check(field: str, value: object) -> int:
        found = bounded.check(field, value)
        if found != int(found):  # type: ignore[call-overload]
            raise _wrong(field, value, say("caption.style.whole"))
        return int(found)  # type: ignore[call-overload,no-any-return]

    return Rule(check, {"type": "integer", "minimum": low, "maximum": high})


def choice(choices: tuple[str, ...]) -> Rule:
    """One of a few words; case and spaces around do not matter."""

    def check(field: str, value: object) -> str:
        word = " ".join(value.lower().split()) if isinstance(value, str) else ""
        if word not in choices:
            raise _wrong(field, value, say("caption.style.choice", choices=", ".join(choices)))
        return word

    return Rule(check, {"enum": list(choices)})


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


def _colours(field: str, value: object) -> tuple[str, ...]:
    """A list of such colours, not too long."""
    if not isinstance(value, list | tuple) or len(value) > MOST_LINE_COLOURS:
        raise _wrong(field, value, say("caption.style.colours", most=MOST_LINE_COLOURS))
    return tuple(_colour(field, each) for each in value)


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


def _wrong(field: str, value: object, wanted: str) -> InvalidInput:
    message = say("caption.style.wrong", field=field, value=repr(value)[:60], wanted=wanted)
    return InvalidInput(message, field=field)


def _words(description: str) -> dict[str, str]:
    return {"type": "string", "description": description}


TRUTH: Final = Rule(_truth, {"type": "boolean"})
COLOUR: Final = Rule(_colour, _words("auto, a CSS colour name, #rgb or #rrggbb"))
COLOURS: Final = Rule(
    _colours, {"type": "array", "items": COLOUR.schema, "maxItems": MOST_LINE_COLOURS}
)
OFFSET: Final = Rule(_offset, _words('"12px", or "-3%" of the picture'))
SIZE: Final = Rule(_size, _words(f'{", ".join(SIZES)}, "48px", or "6%" of the picture\'s height'))
