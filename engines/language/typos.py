"""The known word that a misspelled one was meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", "abcdefghijklmnopqrstuvwxyz"
_VOWELS: Final = "аеиоуыіїєюяэ", "aeiouy"
# In shorter words another vowel makes another word.
_SHORTEST_OF_VOWELS: Final = 6


def mend(
    word: str, sense: Callable[[str], object], shortest: int, *, boldly: bool = False
) -> str | None:
    """The known word that this one misspells by one letter, if only one meaning is that near.

    `sense` tells what a word means, None for an unknown one; neither word is shorter than
    `shortest`. A slip is two letters swapped, one missing or doubled, or a wrong vowel; `boldly`,
    any letter may be wrong or too much, for where the user is shown what was read. The first
    letter is right: "flower" is never "lower", nor "yelow" below.
    """
    if len(word) < shortest:
        return None
    near: dict[str, object] = {}
    for each in _one_slip_away(word, boldly):
        if len(each) >= shortest and (meant := sense(each)) is not None:
            near[each] = meant
    return min(near) if len(set(near.values())) == 1 else None


def _one_slip_away(word: str, boldly: bool) -> Iterator[str]:
    letters, vowels = _LETTERS[word.isascii()], _VOWELS[word.isascii()]
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        if tail:
            yield head + tail[0] + letter + tail[1:]
        if boldly or letter in (head[-1], tail[:1]):
            yield head + tail
        if boldly or (letter in vowels and len(word) >= _SHORTEST_OF_VOWELS):
            for other in letters if boldly else vowels:
                yield head + other + tail
        for missing in letters:
            yield head + missing + letter + tail
    for missing in letters:
        yield word + missing
