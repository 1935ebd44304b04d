"""Tells which language a prompt is in, by its letters and its commonest words.

A rule of our own: no library, no statistics, a few words are enough. On short prompts the
libraries take Russian for Bulgarian or Macedonian, which picks the wrong model.
`tests/unit/test_language.py` says how often each language is told.

What it cannot know: a word that two languages share. Cyrillic without any sign of Ukrainian
counts as Russian; plain Latin letters without any sign of another language count as English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from easel.engines.words.tables import table

UNKNOWN: Final = "unknown"
LONGEST: Final = 4000
WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
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
LATIN: Final = ("en", "de", "fr", "es", "pl", "it")
# What a sign of a language weighs.
LETTER, KNOWN_WORD, ENDING, APOSTROPHE = 3.0, 2.0, 1.0, 3.0


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "unknown".

    Told apart: ru, uk, be, sr; en, de, fr, es, pl, it; zh, ja, ko, ar, he, el, th, hi. Any other
    language of these scripts is taken for one of them.
    """
    text = text[:LONGEST]
    script = _script(text)
    if script == "cyrillic":
        return _best(text, CYRILLIC, "ru")
    if script == "latin":
        return _best(text, LATIN, "en" if text.isascii() else UNKNOWN)
    return script


def _script(text: str) -> str:
    """The script most letters are in; a foreign name does not make a prompt Latin."""
    counts: dict[str, float] = {
        name: len(pattern.findall(text)) for name, pattern in _patterns().items()
    }
    counts["latin"] /= 3
    # Japanese is written with Chinese characters too; kana tell it.
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else UNKNOWN


def _best(text: str, languages: tuple[str, ...], usual: str) -> str:
    """The language with the most signs; `usual` when there are none, or as many of it."""
    score = defaultdict[str, float](float)
    for word in WORD.findall(text.lower()):
        for language, weight in _signs(word):
            if language in languages:
                score[language] += weight
    most = max(score.values(), default=0)
    return usual if not most or score.get(usual) == most else max(score, key=score.__getitem__)


def _signs(word: str) -> Iterator[tuple[str, float]]:
    """What one word says: its letters, whether it is known, how it ends."""
    facts = table("words/languages.toml")
    lettered = [each for each, letters in facts["letters"].items() if set(word) & set(letters)]
    for language in lettered:
        yield language, LETTER / len(lettered)
    if re.search(r"[бпвмфкршж]['’ʼ][яюєї]", word):
        yield "uk", APOSTROPHE
    for language, pattern in _words().items():
        if pattern.fullmatch(word.replace("ё", "е")):
            yield language, KNOWN_WORD
    for language, endings in facts["endings"].items():
        if len(word) > 4 and word.endswith(tuple(endings.split())):
            yield language, ENDING


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{block}]") for name, block in SCRIPTS.items()}


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """Each language's words as one pattern."""
    return {
        language: re.compile(
            "|".join(word.replace("*", r"\w*").replace("?", r"\w") for word in words.split())
        )
        for language, words in table("words/languages.toml")["words"].items()
    }
