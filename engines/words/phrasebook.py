"""Finds the words and phrases of a table in a text, in any of their forms.

Spelling of a phrase in a table (lower case, ё is written е, apostrophes dropped):
    night       the word itself, or its English plural in -s / -es
    ноч~        the stem with nothing or a Russian or Ukrainian noun ending after it
    темн^       the stem with an adjective ending after it
    бега!       the stem with a verb ending after it
    снегопад*   the stem with anything after it
    a_b         words in a row, each spelled as above; (a|b)_c is a_c and b_c
The longest phrase wins; one phrase may mean several things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Final

from engines.edit.lexicon import ADJECTIVE_ENDINGS, NOUN_ENDINGS, VERB_ENDINGS

WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
ENDINGS: Final = {
    "~": frozenset(["", *NOUN_ENDINGS.split()]),
    "^": frozenset(ADJECTIVE_ENDINGS.split()),
    "!": frozenset(["", *VERB_ENDINGS.split()]),
}
KEPT: Final = 4096
LONGEST_STEM: Final = 30
UNIFORM: Final = str.maketrans({"ё": "е", "'": None, "’": None, "ʼ": None})


@dataclass(frozen=True)
class Mention:
    """A phrase found: what it means, the number of its first word, and where it stands."""

    meanings: frozenset[str]
    word: int
    start: int
    end: int


@dataclass
class _Node:
    """What may follow the words so far."""

    next: dict[str, _Node] = field(default_factory=dict)
    meanings: set[str] = field(default_factory=set)


class Phrasebook:
    """Phrases by what they mean, ready to be looked for."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._root = _Node()
        self._stems: dict[str, str] = {}
        for meaning, phrases in rows.items():
            for phrase in phrases.split():
                for words in _spelled_out(phrase):
                    self._add(words, meaning)
        # Prompts say the same words again and again.
        self._forms = lru_cache(KEPT)(self._read_forms)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every phrase of the text in its order, none overlapping."""
        words = [(each[0], each.start(), each.end()) for each in WORD.finditer(text)]
        forms = [self._forms(word.lower().translate(UNIFORM)) for word, _, _ in words]
        found, at = [], 0
        while at < len(words):
            length, meanings = self._longest(forms, at)
            if length:
                end = words[at + length - 1][2]
                found.append(Mention(frozenset(meanings), at, words[at][1], end))
            at += length or 1
        return tuple(found)

    def _add(self, words: tuple[str, ...], meaning: str) -> None:
        node = self._root
        for word in words:
            if word[-1] in "~^!*" and word[-1] not in self._stems.get(word[:-1], ""):
                self._stems[word[:-1]] = self._stems.get(word[:-1], "") + word[-1]
            node = node.next.setdefault(word, _Node())
        node.meanings.add(meaning)

    def _read_forms(self, word: str) -> frozenset[str]:
        """How a table may spell this word."""
        forms = {word}
        if word.isascii():
            forms |= {word[: -len(end)] for end in ("s", "es") if word.endswith(end)}
        for length in range(1, min(len(word), LONGEST_STEM) + 1):
            for mark in self._stems.get(word[:length], ""):
                if mark == "*" or word[length:] in ENDINGS[mark]:
                    forms.add(word[:length] + mark)
        return frozenset(forms)

    def _longest(self, forms: list[frozenset[str]], at: int) -> tuple[int, set[str]]:
        """How many words the longest phrase from here on has, and what it means."""
        nodes, length, meanings = [self._root], 0, set[str]()
        for ahead in range(at, len(forms)):
            nodes = [node.next[form] for node in nodes for form in forms[ahead] & set(node.next)]
            if not nodes:
                break
            here = set[str]().union(*(node.meanings for node in nodes))
            if here:
                length, meanings = ahead - at + 1, here
        return length, meanings


def _spelled_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The rows of words that a phrase with alternatives stands for."""
    for words in product(*(part.strip("()").split("|") for part in phrase.split("_"))):
        yield tuple(word for word in words if word)
