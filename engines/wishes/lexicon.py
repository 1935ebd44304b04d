"""What each word or phrase of the tables means, in any inflection and with one letter wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from engines.wishes.fold import fold
from engines.wishes.tables.colours import COLOURS
from engines.wishes.tables.endings import ADJECTIVE, ENGLISH_NOUN, NOUN
from engines.wishes.tables.joints import ALIGNING, FILLERS, JOINTS, NOT_TYPOS
from engines.wishes.tables.kinds import Kind
from engines.wishes.tables.presets import PRESETS
from engines.wishes.tables.words import LOOK, MEASURES

SHORTEST_MENDED: Final = 5
"""Letters a word must have before one of them may be wrong."""
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


@dataclass(frozen=True)
class Entry:
    """What a word or phrase of the tables stands for."""

    kind: Kind
    value: str


def _rows() -> Iterator[tuple[Entry, str]]:
    for table in (LOOK, JOINTS):
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


@cache
def _forms(pattern: str) -> tuple[str, ...]:
    """Every folded spelling of one word of a table."""
    stem, mark = fold(pattern.rstrip("~^")), pattern[-1:]
    if mark == "~":
        endings = ENGLISH_NOUN if stem.isascii() else NOUN
        return stem, *(stem + end for end in endings.split())
    return tuple(stem + end for end in ADJECTIVE.split()) if mark == "^" else (stem,)


@cache
def _words() -> dict[str, Entry]:
    """Single words. An exact spelling wins over an inflected one, then the earlier row wins."""
    found: dict[str, Entry] = {}
    rows = [(entry, word) for entry, words in _rows() for word in words.split() if "_" not in word]
    for exact in (True, False):
        for entry, word in rows:
            if (word[-1] not in "~^") is exact and (exact or entry.kind is not Kind.FILLER):
                for form in _forms(word):
                    found.setdefault(form, entry)
    for entry, word in rows:
        for form in _forms(word):
            found.setdefault(form, entry)
    return found


@cache
def _phrases() -> dict[str, list[tuple[tuple[frozenset[str], ...], Entry]]]:
    """Phrases by each spelling of their first word, longest first."""
    found: dict[str, list[tuple[tuple[frozenset[str], ...], Entry]]] = defaultdict(list)
    for entry, words in _rows():
        for phrase in words.split():
            first, *rest = (frozenset(_forms(word)) for word in phrase.split("_"))
            if rest:
                for form in first:
                    found[form].append((tuple(rest), entry))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return dict(found)


@cache
def _vocabulary() -> dict[str, object]:
    """Every known spelling, with what tells its meaning from another's."""
    found: dict[str, object] = {}
    for _, words in _rows():
        for pattern in words.split():
            for word in pattern.split("_"):
                if "_" in pattern:
                    found |= {form: found.get(form, word) for form in _forms(word)}
    return {**found, **_words()}


@cache
def _not_typos() -> frozenset[str]:
    return frozenset(map(fold, NOT_TYPOS.split()))


def find(words: list[str], at: int) -> tuple[Entry, int] | None:
    """What begins at a word, and how many words it takes; the longest phrase wins."""
    for rest, entry in _phrases().get(words[at], ()):
        following = words[at + 1 : at + 1 + len(rest)]
        if len(following) == len(rest) and all(
            word in forms for word, forms in zip(following, rest, strict=True)
        ):
            return entry, 1 + len(rest)
    entry_alone = _words().get(words[at])
    return (entry_alone, 1) if entry_alone else None


@cache
def _known_lengths() -> tuple[int, int]:
    lengths = [len(word) for word in _vocabulary()]
    return min(lengths), max(lengths)


def mend(word: str) -> str | None:
    """The known word that this one misspells by one letter, if only one meaning is that near.

    None for words known already, shorter than five letters, or as near to two meanings.
    """
    longest = _known_lengths()[1]
    if not SHORTEST_MENDED <= len(word) <= longest + 1 or word in _not_typos():
        return None
    near = sorted({form for form in _one_letter_off(word) if form in _vocabulary()})
    near = [form for form in near if len(form) >= SHORTEST_MENDED - 1]
    # A first letter is seldom wrong: "yelow" is yellow, not below.
    near = [form for form in near if form[0] == word[0]] or near
    meanings = {_vocabulary()[form] for form in near}
    return near[0] if len(meanings) == 1 else None


def is_known(word: str) -> bool:
    """Whether the tables have this folded spelling anywhere."""
    return word in _vocabulary()


def _one_letter_off(word: str) -> Iterator[str]:
    """Every spelling with one letter dropped, swapped with the next, replaced or added."""
    letters = _LATIN if word.isascii() else _CYRILLIC
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
