"""What each word or phrase of the tables means, in any inflection and with one letter wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from engines.language import typos
from engines.language.phrasebook import KEPT, Phrasebook
from engines.language.spelling import without_ukrainian_letters
from engines.wishes.tables.appearance import APPEARANCE, MEASURES
from engines.wishes.tables.colours import COLOURS
from engines.wishes.tables.grammar import ALIGNING, FILLERS, GRAMMAR, NOT_TYPOS
from engines.wishes.tables.kinds import Kind
from engines.wishes.tables.presets import PRESETS

SHORTEST_MENDED: Final = 5
"""Letters a word must have before one of them may be wrong."""


@dataclass(frozen=True)
class Entry:
    """What a word or phrase of the tables stands for."""

    kind: Kind
    value: str


def spellings() -> Iterator[tuple[Entry, str]]:
    """Everything that the tables know, each with its spellings."""
    for table in (APPEARANCE, GRAMMAR):
        for kind, values in table.items():
            for value, words in values.items():
                yield Entry(kind, value), words
    for value, words in MEASURES.items():
        yield Entry(Kind.MEASURE, value), words
    for preset, words in PRESETS.items():
        yield Entry(Kind.PRESET, preset), words
    yield Entry(Kind.MEASURE, "align"), ALIGNING
    for hue in COLOURS:
        yield Entry(Kind.COLOUR, hue.code), hue.spellings
    yield Entry(Kind.FILLER, ""), FILLERS


def find(words: list[str]) -> tuple[Entry, int] | None:
    """What a row of words begins with, and how many of them that takes; the longest phrase wins."""
    length, entries = _book().longest(words)
    return (entries[0], length) if entries else None


def is_known(word: str) -> bool:
    """Whether the tables have this word anywhere, as it is compared."""
    return _book().knows(word)


@lru_cache(maxsize=KEPT)
def mend(word: str) -> str | None:
    """The known word that this one misspells by one letter, if only one meaning is that near."""
    if word in _not_typos() or is_known(word):
        return None
    return typos.mend(word, _book().sense, SHORTEST_MENDED, boldly=True)


@cache
def _book() -> Phrasebook[Entry]:
    return Phrasebook(dict(spellings()), without_ukrainian_letters)


@cache
def _not_typos() -> frozenset[str]:
    return frozenset(without_ukrainian_letters(NOT_TYPOS).split())
