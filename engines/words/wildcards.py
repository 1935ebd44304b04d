r"""Picks one of `{red|green|blue}` for each picture, the seed deciding.

Options may hold one more pair of braces: `{a {big|small} dog|a cat}`. Braces without a bar are
plain text, and so are `\{`, `\|` and `\}`. What is nested deeper, or never closed, stays as it is,
and so does what is code or data (see `engines.words.code`), or stands in quotes within the
braces.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Final

from engines.words.code import QUOTED, SIGN, Span, code_spans, covers

# The most that one text may hold; more is refused (`studio.prompts.choices`); read plain here.
DEEPEST: Final = 2
# The most that one text may hold; more is refused by `studio.prompts.choices`, and read plain here.
MOST_CHOICES: Final = 100
MOST_OPTIONS: Final = 1000
LONGEST_OPTION: Final = 2000
# A text with more signs than that, or longer, is not even looked at. The longest prompt that any
# model takes is 32,000 characters.
MOST_BRACES: Final = 1000
MOST_BARS: Final = 4000
LONGEST: Final = 40_000


@dataclass(frozen=True)
class Picked:
    """A prompt without choices, and what was picked, in the order of the text."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Choice:
    """One pair of braces: its options, each text and choices in turn."""

    options: tuple[tuple[str | _Choice, ...], ...]


_Pieces = tuple[str | _Choice, ...]


def choices(text: str) -> tuple[str, ...]:
    """The outermost choices of a text as they are written, in its order."""
    return tuple(text[start : end + 1] for start, end in _pairs(text))


def excess(text: str) -> str:
    """What there is too much of in a text's choices, "" where all is well: "choices", "options",
    "length" (of one option) or "depth"."""
    if not _readable(text):
        braces, bars = text.count("{"), text.count("|")
        return "choices" if min(braces, bars) > MOST_CHOICES and len(text) <= LONGEST else ""
    found, deep = _found(text)
    if len(found) > MOST_CHOICES:
        return "choices"
    options = [_options(text[start + 1 : end]) for start, end in found]
    if sum(map(len, options)) > MOST_OPTIONS:
        return "options"
    if any(len(option) > LONGEST_OPTION for each in options for option in each):
        return "length"
    return "depth" if deep else ""


def escaped(text: str) -> str:
    """A text that reads as itself: where it holds a choice, its signs are escaped."""
    return SIGN.sub(lambda sign: "\\" + sign[0][-1], text) if choices(text) else text


def pick(text: str, seed: int, picture: int = 0) -> Picked:
    """The prompt of one picture. Same text, seed and picture: same pick, on every machine."""
    chosen: list[str] = []
    return Picked(_fill(_read(text), f"{seed}/{picture}", chosen), tuple(chosen))


def pick_alike(text: str, seed: int, other: str) -> str:
    """Another text with the choices of the first, in whatever order: each is picked as it is in
    the first. A choice that the first lacks is picked by its own place."""
    found: dict[str, list[str]] = {}
    for place, (start, end) in enumerate(_pairs(text)):
        choice = text[start : end + 1]
        found.setdefault(choice, []).append(_alone(choice, seed, place))
    whole, at = "", 0
    for place, (start, end) in enumerate(_pairs(other)):
        choice = other[start : end + 1]
        known = found.get(choice)
        whole += _plain(other[at:start]) + (known.pop(0) if known else _alone(choice, seed, place))
        at = end + 1
    return whole + _plain(other[at:])


def _alone(choice: str, seed: int, place: int) -> str:
    """What is picked of one pair of braces, the one of that place in its text, from 0."""
    return _fill((*("",) * (2 * place + 1), *_read(choice)[1:2]), f"{seed}/0", [])


def count(text: str) -> int:
    """How many different picks there are; 1 without choices. Equal options count twice."""
    return _count(_read(text))


def _fill(pieces: _Pieces, dice: str, chosen: list[str]) -> str:
    whole = ""
    for place, piece in enumerate(pieces):
        if isinstance(piece, str):
            whole += piece
            continue
        throw = hashlib.sha256(f"{dice}/{place}".encode()).digest()
        option = int.from_bytes(throw[:8]) % len(piece.options)
        inner: list[str] = []
        words = _fill(piece.options[option], f"{dice}/{place}.{option}", inner)
        chosen += [words.strip(), *inner]
        whole += words
    return whole


def _count(pieces: _Pieces) -> int:
    return prod(
        sum(_count(option) for option in piece.options)
        for piece in pieces
        if isinstance(piece, _Choice)
    )


def _read(text: str) -> _Pieces:
    """The text as pieces, by one pass over its braces."""
    pieces: list[str | _Choice] = []
    at = 0
    for start, end in _pairs(text):
        pieces.append(_plain(text[at:start]))
        pieces.append(_Choice(tuple(_read(option) for option in _options(text[start + 1 : end]))))
        at = end + 1
    pieces.append(_plain(text[at:]))
    return tuple(pieces)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Where the outermost choices open and close; none where there are too many."""
    return _found(text)[0] if _readable(text) else []


def _readable(text: str) -> bool:
    """Whether a text may hold choices, and not so many signs that reading it would take long."""
    braces, bars = text.count("{"), text.count("|")
    return 0 < braces <= MOST_BRACES and 0 < bars <= MOST_BARS and len(text) <= LONGEST


def _found(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Where the outermost choices open and close, and whether any is nested too deep."""
    aside = code_spans(text)
    quoted = _quoted(text)
    deep = False
    opened: list[int] = []
    bars: list[bool] = []
    depths: list[int] = []
    found: list[tuple[int, int]] = []
    for sign in SIGN.finditer(text):
        if covers(aside, sign.start()):
            continue
        if sign[0] == "{":
            opened.append(sign.start())
            bars.append(False)
            depths.append(1)
        elif sign[0] == "|" and bars:
            bars[-1] = bars[-1] or not covers(quoted, sign.start())
        elif sign[0] == "}" and opened:
            start, choice, depth = opened.pop(), bars.pop(), depths.pop()
            deep = deep or (choice and depth > DEEPEST)
            if choice and depth <= DEEPEST:
                # What lies inside belongs to this pair.
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, sign.start()))
            if depths:
                depths[-1] = max(depths[-1], depth + 1)
    return found, deep


def _options(inside: str) -> list[str]:
    """What stands between the bars of one pair, those of inner pairs left alone."""
    cuts, depth = [-1], 0
    aside = sorted([*code_spans(inside), *_quoted(inside)])
    for sign in SIGN.finditer(inside):
        if covers(aside, sign.start()):
            continue
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth <= 0:
            cuts.append(sign.start())
    cuts.append(len(inside))
    return [inside[a + 1 : b] for a, b in pairwise(cuts)]


def _quoted(text: str) -> list[Span]:
    """Quoted parts without a brace: a choice may stand in quotes."""
    return [each.span() for each in QUOTED.finditer(text) if not {"{", "}"} & {*each[0]}]


def _plain(text: str) -> str:
    """A text without the signs that escape others, which code has for its own ends."""
    if "\\" not in text:
        return text
    aside = code_spans(text)
    return SIGN.sub(lambda sign: sign[0] if covers(aside, sign.start()) else sign[0][-1], text)
