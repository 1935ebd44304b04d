"""Tells which language a prompt is in, by its letters and its commonest words.

A rule of our own: no library, no statistics, a few words are enough. On short prompts the
libraries take Russian for Bulgarian or Macedonian, which picks the wrong model.
`tests/unit/test_language.py` says how often each language is told.

Cyrillic without any sign of Ukrainian counts as Russian. Latin letters are English unless several
signs together say otherwise: English prompts are full of names, brands and borrowed words, and
taking one for another language would cost a translation, or a dearer model.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from easel.engines.words.tables import table

UNKNOWN: Final = "unknown"
LONGEST: Final = 4000
WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[¿¡]")
# Blocks of Unicode that one language, or one of a few, is written in.
SCRIPTS: Final = {
    "ja": "\u3040-\u30ff",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "th": "\u0e00-\u0e7f",
    "hi": "\u0900-\u097f",
    "cyrillic": "\u0400-\u052f",
    "latin": "A-Za-z\u00c0-\u024f",
}
CYRILLIC: Final = ("ru", "uk", "be", "sr")
LATIN: Final = ("en", "de", "fr", "es", "pl", "it", "pt", "nl", "cs", "tr")
TOLD: Final = frozenset({*SCRIPTS, *CYRILLIC, *LATIN} - {"cyrillic", "latin"})
# What a sign of a Cyrillic language weighs.
LETTER, KNOWN_WORD, ENDING, APOSTROPHE = 3.0, 2.0, 1.0, 3.0
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


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "unknown" where it has no letters.

    Told apart: ru, uk, be, sr; en, de, fr, es, pl, it, pt, nl, cs, tr; zh, ja, ko, ar, he, el, th,
    hi. Another language in Cyrillic is taken for one of these, one in Latin letters for English.
    """
    text = text[:LONGEST]
    script = _script(text)
    if script == "cyrillic":
        return _cyrillic(text)
    return _latin(text) if script == "latin" else script


def _script(text: str) -> str:
    """The script most letters are in. A foreign name does not make a prompt Latin, so that Latin
    letters weigh a third, unless they are plainly English."""
    counts: dict[str, float] = {
        name: len(pattern.findall(text)) for name, pattern in _patterns().items()
    }
    if english(_words(text)) < ENOUGH:
        counts["latin"] /= 3
    # Japanese is written with Chinese characters too; kana tell it.
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else UNKNOWN


def _latin(text: str) -> str:
    """The language that enough speaks for, and more than for English; else English."""
    words = _words(_loans().sub(" ", text.lower().replace("’", "'")))
    kept = set(map(str.lower, _uncapitalised(text)))
    signs = {word: _signs_of(word) for word in {*words}}
    best, most = "en", (0, 0)
    for language in LATIN[1:]:
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


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def english(words: list[str]) -> int:
    """How much says that words are English: 2 for a small word of its own, 1 for any other."""
    weights = _english()
    return sum(weights.get(word, 0) for word in words)


def _cyrillic(text: str) -> str:
    """The language with the most signs; Russian where there are none, or as many of it."""
    score = defaultdict[str, float](float)
    for word in WORD.findall(text.lower()):
        for language, weight in _signs(word):
            if language in CYRILLIC:
                score[language] += weight
    most = max(score.values(), default=0)
    return "ru" if not most or score.get("ru") == most else max(score, key=score.__getitem__)


def _signs(word: str) -> Iterator[tuple[str, float]]:
    """What one word says: its letters, whether it is known, how it ends."""
    facts = table("words/languages.toml")
    lettered = [each for each, letters in facts["letters"].items() if set(word) & set(letters)]
    for language in lettered:
        yield language, LETTER / len(lettered)
    if re.search(r"[бпвмфкршж]['’ʼ][яюєї]", word):
        yield "uk", APOSTROPHE
    for language, pattern in _stems().items():
        if pattern.fullmatch(word.replace("ё", "е")):
            yield language, KNOWN_WORD
    for language, endings in facts["endings"].items():
        if len(word) > 4 and word.endswith(tuple(endings.split())):
            yield language, ENDING


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{block}]") for name, block in SCRIPTS.items()}


@cache
def _stems() -> dict[str, re.Pattern[str]]:
    """Each Cyrillic language's words as one pattern."""
    return {
        language: re.compile(
            "|".join(word.replace("*", r"\w*").replace("?", r"\w") for word in words.split())
        )
        for language, words in table("words/languages.toml")["words"].items()
    }


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
