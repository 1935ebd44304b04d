"""Finds the words and phrases of a table in a text, in any of their forms; the longest wins.

How tables spell their words: `engines.language.endings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from operator import itemgetter
from typing import Final, Generic, TypeVar

from engines.language.endings import ANYTHING, ENDINGS, MARKS, NEVER_BARE, singulars
from engines.language.spelling import plain

Meaning = TypeVar("Meaning")

WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
# Texts say the same words again and again.
KEPT: Final = 4096


@dataclass(frozen=True)
class Mention(Generic[Meaning]):
    """A phrase of the table, found in a text."""

    # All that it means.
    meanings: frozenset[Meaning]
    # The number of its first word, from 0.
    word: int
    # Where it begins in the text.
    start: int
    # Where it ends: the place behind its last letter.
    end: int


@dataclass
class _Node(Generic[Meaning]):
    """What may follow the words so far, and what they mean if nothing does, each with its rank."""

    next: dict[str, _Node[Meaning]] = field(default_factory=dict)
    meanings: list[tuple[tuple[bool, int], Meaning]] = field(default_factory=list)


class Phrasebook(Generic[Meaning]):
    """Phrases by what they mean, ready to be looked for.

    `rows` holds the phrases of each meaning, blanks between them; a phrase may have several
    meanings. `spelling` is how words are written before they are compared.
    """

    def __init__(self, rows: Mapping[Meaning, str], spelling: Callable[[str], str] = plain) -> None:
        self._spelling = spelling
        self._root: _Node[Meaning] = _Node()
        self._words: set[str] = set()
        # The marks of every stem; "" for what a stem or word only begins with.
        self._marks: dict[str, str] = {}
        self._endings = {
            mark: frozenset(spelling(endings).split()) for mark, endings in ENDINGS.items()
        }
        for row, (meaning, phrases) in enumerate(rows.items()):
            for phrase in phrases.split():
                for words in _spelled_out(spelling(phrase)):
                    self._add(words, (phrase[-1] in MARKS, row), meaning)
        self._patterns = lru_cache(KEPT)(self._find_patterns)

    def find(self, text: str) -> tuple[Mention[Meaning], ...]:
        """Every phrase of a text in its order, none overlapping."""
        places = [each.span() for each in WORD.finditer(text)]
        words = [self._spelling(text[start:end]) for start, end in places]
        return tuple(
            Mention(frozenset(meanings), at, places[at][0], places[at + length - 1][1])
            for at, length, meanings in self.phrases(words)
        )

    def longest(self, words: Sequence[str], at: int = 0) -> tuple[int, tuple[Meaning, ...]]:
        """How many words the longest phrase from here on has, and all that it means.

        Meanings of exact spellings come first, then those of upper rows. (0, ()) for none.
        """
        nodes, length, found = [self._root], 0, self._root.meanings
        for ahead in range(at, len(words)):
            patterns = self._patterns(words[ahead])
            nodes = [node.next[each] for node in nodes for each in patterns if each in node.next]
            if not nodes:
                break
            here = [ranked for node in nodes for ranked in node.meanings]
            if here:
                length, found = ahead - at + 1, here
        if len(found) > 1:
            found = sorted(found, key=itemgetter(0))
        return length, tuple(dict.fromkeys(meaning for _, meaning in found))

    def phrases(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
        """Every phrase in a row of words: where it begins, how many words it has, its meanings."""
        at = 0
        while at < len(words):
            length, meanings = self.longest(words, at)
            if length:
                yield at, length, meanings
            at += length or 1

    def knows(self, word: str) -> bool:
        """Whether a word stands anywhere in the table, if only within a phrase."""
        return bool(self._patterns(word))

    def sense(self, word: str) -> Meaning | str | None:
        """What tells a known word from another: its first meaning, or the spelling of the table
        where it is known only within phrases; None for an unknown word."""
        # Not by `longest`: the misspellings that a mender tries are not worth keeping.
        patterns = self._find_patterns(word)
        nodes = [self._root.next[each] for each in patterns if each in self._root.next]
        found = [ranked for node in nodes for ranked in node.meanings]
        return min(found, key=itemgetter(0))[1] if found else next(iter(patterns), None)

    def _add(self, words: tuple[str, ...], rank: tuple[bool, int], meaning: Meaning) -> None:
        node = self._root
        for word in words:
            stem, mark = (word[:-1], word[-1]) if word[-1] in MARKS else (word, "")
            if not mark:
                self._words.add(word)
            for length in range(1, len(stem) + 1):
                self._marks.setdefault(stem[:length], "")
            if mark not in self._marks[stem]:
                self._marks[stem] += mark
            node = node.next.setdefault(word, _Node())
        node.meanings.append((rank, meaning))

    def _find_patterns(self, word: str) -> tuple[str, ...]:
        """How the table spells this word."""
        found = [each for each in (word, *singulars(word)) if each in self._words]
        for length in range(1, len(word) + 1):
            stem = word[:length]
            marks = self._marks.get(stem)
            if marks is None:
                break
            found += [stem + mark for mark in marks if self._ends(word[length:], mark)]
        return tuple(found)

    def _ends(self, ending: str, mark: str) -> bool:
        if mark == ANYTHING:
            return True
        return ending in self._endings[mark] if ending else mark not in NEVER_BARE


def _spelled_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The rows of words that a phrase with alternatives stands for."""
    for words in product(*(part.strip("()").split("|") for part in phrase.split("_"))):
        yield tuple(word for word in words if word)
