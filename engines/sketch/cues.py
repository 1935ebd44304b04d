"""Reads from a prompt what the sketch can draw of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from engines.sketch.cue import Cue
from engines.sketch.words import ADJECTIVE_ENDINGS, NOT_CUES, NOUN_ENDINGS, WORDS

# "no clouds", "без облаков": the word after these is unwanted.
WITHOUT: Final = frozenset(["no", "without", "без", "нет", "немає"])
ARTICLES: Final = frozenset(["any", "a", "an", "the", "single"])

LONGEST_PROMPT: Final = 20_000
LONGEST_PHRASE: Final = 3


@dataclass(frozen=True)
class Cues:
    """What a prompt names, in the order it names it, and what the picture must not have."""

    named: tuple[Cue, ...] = ()
    avoided: frozenset[Cue] = frozenset()

    def __contains__(self, cue: Cue) -> bool:
        return cue in self.named

    def first(self, group: tuple[Cue, ...]) -> Cue | None:
        """The first cue of a group the prompt names: "night after sunset" is the night."""
        return next((cue for cue in self.named if cue in group), None)


def read_cues(prompt: str, negative_prompt: str = "") -> Cues:
    """Find the things a prompt names, in English, Russian or Ukrainian, in any inflection.

    Words of the negative prompt, and words after "without" or "без", are taken away and may
    not be added by chance either. Only the first 20,000 characters are read.
    """
    wanted: dict[Cue, None] = {}
    unwanted: set[Cue] = set()
    for cues, is_wanted in _mentions(prompt):
        if is_wanted:
            wanted.update(dict.fromkeys(cues))
        else:
            unwanted.update(cues)
    for cues, _ in _mentions(negative_prompt):
        unwanted.update(cues)
    return Cues(tuple(cue for cue in wanted if cue not in unwanted), frozenset(unwanted))


def normalize(text: str) -> str:
    """The text as the engine compares it: one case, one ё, single spaces, no stress marks."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_PROMPT]).casefold().replace("ё", "е")
    # й and ї are letters of their own, so only the stress mark (U+0301) and apostrophes go.
    return " ".join(re.sub("[\u0301'’ʼ`]", "", folded).split())


def _mentions(text: str) -> Iterator[tuple[tuple[Cue, ...], bool]]:
    """Each cue-bearing word or phrase of the text, with whether it is wanted."""
    for clause in re.split(r"[^\w\s-]+", normalize(text)):
        tokens = re.findall(r"[^\W_]+", clause)
        at = 0
        while at < len(tokens):
            cues, length = _longest_match(tokens, at)
            yield cues, not _is_negated(tokens, at)
            at += length


def _longest_match(tokens: list[str], at: int) -> tuple[tuple[Cue, ...], int]:
    """The cues that start at a token and how many tokens they use; longer phrases win."""
    for length in range(min(LONGEST_PHRASE, len(tokens) - at), 1, -1):
        phrase = tokens[at : at + length]
        hits = [cues for parts, cues in _phrases() if _fits(parts, phrase)]
        if hits:
            return tuple(dict.fromkeys(cue for cues in hits for cue in cues)), length
    return _word_cues(tokens[at]), 1


def _is_negated(tokens: list[str], at: int) -> bool:
    before = [token for token in tokens[max(0, at - 2) : at] if token not in ARTICLES]
    return bool(before) and before[-1] in WITHOUT


def _fits(parts: tuple[str, ...], phrase: list[str]) -> bool:
    return len(parts) == len(phrase) and all(map(_matches, parts, phrase))


def _matches(pattern: str, word: str) -> bool:
    """Whether a word is an inflection of a pattern of the table."""
    stem, mark = (pattern[:-1], pattern[-1]) if pattern[-1] in "~^*" else (pattern, "")
    if not word.startswith(stem):
        return False
    ending = word[len(stem) :]
    if mark == "~":
        return ending in NOUN_ENDINGS
    if mark == "^":
        return ending in ADJECTIVE_ENDINGS
    return mark == "*" or ending == "" or (stem.isascii() and ending in ("s", "es"))


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], tuple[Cue, ...]], ...]:
    """Phrases of the table, split into words; those of NOT_CUES stand for nothing."""
    found: dict[str, tuple[Cue, ...]] = dict.fromkeys(NOT_CUES.split(), ())
    for cue, words in WORDS.items():
        for word in words.split():
            if "_" in word:
                found[word] = (*found.get(word, ()), cue)
    return tuple((tuple(phrase.split("_")), cues) for phrase, cues in found.items())


@cache
def _single_words() -> dict[str, tuple[tuple[str, Cue], ...]]:
    """Single words of the table by their first two letters, to look at few of them per token."""
    found: dict[str, list[tuple[str, Cue]]] = {}
    for cue, words in WORDS.items():
        for word in words.split():
            if "_" not in word:
                found.setdefault(word[:2].rstrip("~^*"), []).append((word, cue))
    return {start: tuple(rows) for start, rows in found.items()}


def _word_cues(token: str) -> tuple[Cue, ...]:
    rows = _single_words().get(token[:2], ()) + _single_words().get(token[:1], ())
    return tuple(dict.fromkeys(cue for word, cue in rows if _matches(word, token)))
