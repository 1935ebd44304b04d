"""Says settings back in words, so that the user sees how a wish was understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from engines.wishes.draft import Settings
from engines.wishes.tables import sayings
from engines.wishes.tables.colours import COLOURS
from i18n import say

Language = Literal["en", "ru", "uk"]
MOST_NAMED: Final = 12
MOST_LETTERS: Final = 32
# Settings whose values have names.
_NAMED: Final = {
    "position": sayings.POSITIONS, "font": sayings.FONTS, "fit": sayings.FITS,
    "preset": sayings.PRESETS, "rotation": sayings.SLOPES,
}  # fmt: skip


def say_back(settings: Settings, language: Language = "en") -> str:
    """Every setting in words of one language, such as "text size large, with a plate".

    The words are wishes themselves: parsed, they give the same settings. A whole style is said
    back from its data (`dataclasses.asdict`), numbers to four decimals. Raises `ValueError` for
    another language and `KeyError` for a setting or choice that does not exist.
    """
    at = sayings.LANGUAGES.index(language)
    # Plate, outline and shadow come last: what follows a colon belongs to them.
    whole = [name for name in settings if name not in sayings.PARTS]
    whole.sort(key=lambda name: name == "line_colours")  # nothing but a colour follows it
    said = [words for name in whole for words in _whole(name, settings[name], at)]
    said += [_part(name, settings[name], at) for name in sayings.PARTS if name in settings]
    return ", ".join(said)


def unknown_line(unknown: Sequence[str]) -> str:
    """A sentence that names the words not understood, each once, the first dozen of many."""
    each = [*dict.fromkeys(word[:MOST_LETTERS] for word in unknown)]
    words, more = ", ".join(each[:MOST_NAMED]), len(each) - MOST_NAMED
    if more > 0:
        return say("wishes.unknown.many", words=words, more=more)
    return say("wishes.unknown", words=words)


def _whole(name: str, value: object, at: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        for edge, distance in value.items():
            yield sayings.EDGES[edge][at].format(distance)
    elif isinstance(value, bool):
        yield sayings.SWITCHES[name][value][at]
    elif name in _NAMED and isinstance(value, str):
        yield _NAMED[name][value][at]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if value:
            yield sayings.PLAIN[name][at].format(_listed([_colour(each, at) for each in value], at))
    elif name in ("dx", "dy"):
        yield _shift(name[1], value, at)
    else:
        yield sayings.PLAIN[name][at].format(_value(name, value, at))


def _part(name: str, value: object, at: int) -> str:
    negated, bare, head = sayings.PARTS[name]
    if not isinstance(value, Mapping):
        return negated[at]
    inside = [
        _shift(key, each, at) if key in sayings.SHIFTS else _inside(name, key, each, at)
        for key, each in value.items()
    ]
    return f"{head[at]}: {', '.join(inside)}" if inside else bare[at]


def _inside(part: str, name: str, value: object, at: int) -> str:
    """A setting of a part. A plate's radius is that of its corners, a glow's how far it reaches."""
    words = sayings.INSIDE["reach" if (part, name) == ("glow", "radius") else name]
    return words[at].format(_value(name, value, at))


def _value(name: str, value: object, at: int) -> str:
    """A value as it is said: a name in the language, or a number with its unit."""
    if name == "size":
        return sayings.SIZES[str(value)][at] if value in sayings.SIZES else str(value)
    if name == "align":
        return sayings.ALIGNS[str(value)][at]
    if name == "colour":
        return _colour(str(value), at)
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if name in ("opacity", "strength"):
        return f"{_number(number * 100)}%"
    return _number(number) + ("" if name in ("weight", "line_spacing", "rotation") else "%")


def _listed(words: Sequence[str], at: int) -> str:
    """ "White and yellow and red": commas would begin something else."""
    return sayings.AND[at].join(words)


def _colour(code: str, at: int) -> str:
    if code == "auto":
        return sayings.AUTO[at]
    return next((hue.names[at] for hue in COLOURS if hue.code == code), code)


def _shift(axis: str, value: object, at: int) -> str:
    """ "Shift 12px right"; an amount below zero is said as the other direction."""
    text = value if isinstance(value, str) else f"{_number(float(value))}%"  # type: ignore[arg-type]
    onward, back = sayings.SHIFTS[axis]
    return (back if text.startswith("-") else onward)[at].format(text.removeprefix("-"))


def _number(value: float) -> str:
    return f"{round(value, 4) + 0.0:.10g}"
