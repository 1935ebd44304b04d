"""The known word that a misspelled one was meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ"


def mend(word: str, sense: Callable[[str], object], shortest: int) -> str | None:
    """The known word that this one misspells by one letter, if only one meaning is that near.

    `sense` tells what a word means, None for an unknown one. A letter is missing, doubled, wrong
    or swapped with the next one. None for words shorter than `shortest` and where two meanings
    are as near. A first letter is seldom wrong: "yelow" is yellow, not below.
    """
    if len(word) < shortest:
        return None
    near = {each: meant for each in _one_letter_off(word) if (meant := sense(each)) is not None}
    return next(iter(near), None) if len(set(near.values())) == 1 else None


def _one_letter_off(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _CYRILLIC
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
