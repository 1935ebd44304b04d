"""Left to right or right to left: the Unicode bidirectional algorithm over graphemes.

python-bidi resolves the levels; it is fed one letter per grapheme, because it drops joiners and
would lose count. Lines are put in visual order after they are wrapped (rules L1 and L2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from unicodedata import bidirectional

import regex
from bidi.algorithm import (
    PARAGRAPH_LEVELS,
    explicit_embed_and_overrides,
    get_base_level,
    get_embedding_levels,
    get_empty_storage,
    resolve_implicit_levels,
    resolve_neutral_types,
    resolve_weak_types,
)

_RIGHT_TO_LEFT: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
# The classes it counts with. Letters newer than Python's own table have none, and it would fail.
_KNOWN: Final = {"L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "S", "WS", "ON"}
_EMOJI: Final = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\X\u20e3")
_NEUTRAL: Final = "\u2605"


def levels(graphemes: Sequence[str]) -> tuple[int, list[int]]:
    """The paragraph's level (0 or 1) and the level of each grapheme; odd is right to left."""
    if not any(_RIGHT_TO_LEFT.search(each) for each in graphemes):
        return 0, [0] * len(graphemes)
    letters = "".join(_stand_in(each) for each in graphemes)
    storage: dict[str, Any] = get_empty_storage()
    base = get_base_level(letters)
    storage["base_level"] = base
    storage["base_dir"] = "R" if base == PARAGRAPH_LEVELS["R"] else "L"
    get_embedding_levels(letters, storage)
    explicit_embed_and_overrides(storage)
    resolve_weak_types(storage)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    return base, [each["level"] for each in storage["chars"]]


def _stand_in(grapheme: str) -> str:
    """One letter of the same direction that the algorithm does not drop."""
    if _EMOJI.match(grapheme) or bidirectional(grapheme[0]) not in _KNOWN:
        return _NEUTRAL
    return grapheme[0]


def visual(levels_of_runs: Sequence[int]) -> list[int]:
    """The order in which runs stand from left to right, by rule L2: positions in the input."""
    order = list(range(len(levels_of_runs)))
    highest = max(levels_of_runs, default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(order):
            if levels_of_runs[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels_of_runs[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
