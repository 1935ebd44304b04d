"""Knows a word of the lexicon in any inflection, and with one slip of the pen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from engines.edit.lexicon import (
    ADJECTIVE_ENDINGS,
    ENGLISH_ENDINGS,
    NOT_SLIPS,
    NOUN_ENDINGS,
    VERB_ENDINGS,
)

# Letters of the shortest word whose slips are forgiven: Latin 5, Cyrillic 6, for short Cyrillic
# words have too many neighbours.
SHORTEST: Final = 6, 5
VOWELS: Final = "аеиоуыіїєюяэ", "aeiouy"
ALPHABETS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", "abcdefghijklmnopqrstuvwxyz"
ENDINGS: Final = {
    "+": frozenset(["", *ENGLISH_ENDINGS.split()]),
    "~": frozenset(["", *NOUN_ENDINGS.split()]),
    "^": frozenset(ADJECTIVE_ENDINGS.split()),
    "!": frozenset(["", *VERB_ENDINGS.split()]),
}
TAKEN_AS_THEY_ARE: Final = frozenset(NOT_SLIPS.split())


def matches(pattern: str, word: str) -> bool:
    """Whether a word is an inflection of a pattern of the lexicon."""
    if pattern[-1] in ENDINGS:
        return word.startswith(pattern[:-1]) and word[len(pattern) - 1 :] in ENDINGS[pattern[-1]]
    return word == pattern or (pattern.isascii() and word in (pattern + "s", pattern + "es"))


def mend(word: str, concept_of: Callable[[str], str]) -> str:
    """The known word that a misspelled one stands for, or the word as it is.

    A slip is two letters swapped, one missing or doubled, or a wrong vowel. The first letter
    must be right and the word not short, so that "flower" is never read as
    "lower"; ordinary words that are too near stand in `NOT_SLIPS`. When the slip could be of
    words with different meanings, nothing is guessed.
    """
    shortest = SHORTEST[word.isascii()]
    if len(word) < shortest or word in TAKEN_AS_THEY_ARE:
        return word
    near: dict[str, str] = {}
    for each in _one_slip_away(word):
        concept = concept_of(each) if len(each) >= shortest else ""
        if concept:
            near.setdefault(concept, each)
    return next(iter(near.values())) if len(near) == 1 else word


def _one_slip_away(word: str) -> Iterator[str]:
    """What the writer may have meant, the first letter kept."""
    letters = ALPHABETS[word.isascii()]
    vowels = VOWELS[word.isascii()]
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        if tail:
            yield head + tail[0] + letter + tail[1:]
        if letter in (word[at - 1], tail[:1]):
            yield head + tail
        if letter in vowels and len(word) > 5:
            for vowel in vowels:
                yield head + vowel + tail
        for missing in letters:
            yield head + missing + letter + tail
    for missing in letters:
        yield word + missing
