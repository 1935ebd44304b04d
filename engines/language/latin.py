"""Tells languages in Latin letters apart, English where it is unsure.

Its words and letters stand in `assets/words/languages.toml`: what is a language's own beyond doubt,
what names and borrowed phrases have too, and what says that a text is English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from engines.language.tables import table

OTHERS: Final = ("de", "fr", "es", "pl", "it", "pt", "nl", "cs", "tr")
WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[¿¡]")
# What Latin letters need to be another language than English: so much evidence (a word of that
# language alone is 2, any other sign 1), in so many words, and in that share of all words.
ENOUGH, FEWEST, SHARE = 4, 2, 0.25
# The least, where it is words of content too and nothing speaks for English.
LEAST = 3
# So many times as much as speaks for English.
TIMES = 1.5
# Where none of its small words is there, nothing may speak for English: such a share of words of
# content, or several small words that names have too, in such a share.
SHARE_OF_CONTENT = 0.75
SEVERAL_HINTS, SHARE_OF_HINTS = 3, 0.5


class Evidence(NamedTuple):
    """How many different words speak for a language, by kind: words that are its own beyond doubt,
    small words that names have too, what pictures are of, letters of its own, letters of loan
    words."""

    own: int = 0
    hints: int = 0
    content: int = 0
    marks: int = 0
    accents: int = 0

    @property
    def words(self) -> int:
        """How many words there are."""
        return sum(self)

    @property
    def shown(self) -> int:
        """Words that stand for something, and are not a name's."""
        return self.content + self.marks

    @property
    def weight(self) -> int:
        """How much they say together."""
        return 2 * self.own + self.hints + self.content + self.marks + self.accents


def latin(text: str) -> str:
    """The language that enough speaks for, and more than for English; else English."""
    words = words_of(_loans().sub(" ", text.lower().replace("’", "'")))
    kept = set(map(str.lower, _uncapitalised(text)))
    signs = {word: _signs_of(word) for word in {*words}}
    best, most = "en", (0, 0)
    for language in OTHERS:
        mine = {
            word: found[language]
            for word, found in signs.items()
            if language in found and (language == "de" or word in kept)
        }
        evidence = Evidence(*map([*mine.values()].count, Evidence._fields))
        rank = (evidence.weight, evidence.own)
        if rank > most:
            against = english([word for word in words if word not in mine])
            if _enough(evidence, against, len(words)):
                best, most = language, rank
    return best


def _enough(found: Evidence, against: int, words: int) -> bool:
    """Whether that much says that a text is not English."""
    if found.weight < LEAST or found.words < FEWEST or found.weight <= TIMES * against:
        return False
    if found.weight < ENOUGH and (against or not found.shown):
        return False
    if found.own:
        return found.words >= SHARE * words
    if against:
        return False
    if found.hints >= SEVERAL_HINTS:
        return found.words >= SHARE_OF_HINTS * words
    return found.shown >= FEWEST and found.words >= SHARE_OF_CONTENT * words


def _signs_of(word: str) -> dict[str, str]:
    """What kind of sign a word, or what stands beside its apostrophe, is of which language."""
    head, _, tail = word.partition("'")
    found: dict[str, str] = {}
    for piece in (tail, head, word) if tail else (word,):
        letters = [pair for letter in {*piece} for pair in _letters().get(letter, ())]
        known = _lexicon().get(piece, {})
        for language in {*known, *(each for each, _ in letters)}:
            kind, marked = known.get(language, ""), (language, "marks") in letters
            if kind == "function" or (kind == "content" and marked):
                kind = "own"
            found[language] = kind or ("marks" if marked else "accents")
    return found


def _uncapitalised(text: str) -> Iterator[str]:
    """The words that do not begin with a capital, the first one, and all of a text in capitals: a
    capital in the middle of a text is a name's, except in German."""
    shouted = text.isupper()
    for place, word in enumerate(WORD.findall(text.replace("’", "'"))):
        if shouted or not place or not word[0].isupper():
            yield word


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in its order."""
    return WORD.findall(text.lower().replace("’", "'"))


def english(words: list[str]) -> int:
    """How much says that words are English: 2 for a small word of its own, 1 for any other."""
    weights = _english()
    return sum(weights.get(word, 0) for word in words)


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    """Every word of a language in Latin letters: of which language it is what kind."""
    found = defaultdict[str, dict[str, str]](dict)
    for kind in ("hints", "content", "function"):
        for language, words in table("words/languages.toml")[kind].items():
            for word in words.split():
                found[word][language] = kind
    return found


@cache
def _letters() -> dict[str, list[tuple[str, str]]]:
    """Every letter that English lacks: the languages that have it, and how much that says."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    for kind in ("marks", "accents"):
        for language, letters in table("words/languages.toml")[kind].items():
            for letter in letters:
                found[letter].append((language, kind))
    return found


@cache
def _english() -> dict[str, int]:
    """What each English word weighs."""
    facts = table("words/languages.toml")["english"]
    weights = {"shared": 1, "content": 1, "function": 2}
    return {word: much for kind, much in weights.items() for word in facts[kind].split()}


@cache
def _loans() -> re.Pattern[str]:
    """Foreign phrases that are said in English: they say nothing of the language around them."""
    phrases = table("words/languages.toml")["english"]["loans"].replace("\n", "").split("|")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
