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
from typing import Final

from engines.language.latin import ENOUGH, OTHERS, english, latin, words_of
from engines.language.phrasebook import Phrasebook
from engines.language.spelling import plain
from engines.language.tables import table

UNKNOWN: Final = "unknown"
LONGEST: Final = 4000
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
LATIN: Final = ("en", *OTHERS)
TOLD: Final = frozenset({*SCRIPTS, *CYRILLIC, *LATIN} - {"cyrillic", "latin"})
# What a sign of a Cyrillic language weighs.
LETTER, KNOWN_WORD, ENDING, APOSTROPHE = 3.0, 2.0, 1.0, 3.0


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language, or "unknown" where it has no letters.

    Told apart: ru, uk, be, sr; en, de, fr, es, pl, it, pt, nl, cs, tr; zh, ja, ko, ar, he, el, th,
    hi. Another language in Cyrillic is taken for one of these, one in Latin letters for English.
    """
    text = text[:LONGEST]
    script = _script(text)
    if script == "cyrillic":
        return _cyrillic(text)
    return latin(text) if script == "latin" else script


def _script(text: str) -> str:
    """The script most letters are in. A foreign name does not make a prompt Latin, so that Latin
    letters weigh a third, unless they are plainly English."""
    counts: dict[str, float] = {
        name: len(pattern.findall(text)) for name, pattern in _patterns().items()
    }
    if english(words_of(text)) < ENOUGH:
        counts["latin"] /= 3
    # Japanese is written with Chinese characters too; kana tell it.
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else UNKNOWN


def _cyrillic(text: str) -> str:
    """The language with the most signs; Russian where there are none, or as many of it."""
    score = defaultdict[str, float](float)
    for word in words_of(text):
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
    for language in _words().longest([plain(word)])[1]:
        yield language, KNOWN_WORD
    for language, endings in facts["endings"].items():
        if len(word) > 4 and word.endswith(tuple(endings.split())):
            yield language, ENDING


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{block}]") for name, block in SCRIPTS.items()}


@cache
def _words() -> Phrasebook[str]:
    """Words by the Cyrillic language that they tell."""
    return Phrasebook(table("words/languages.toml")["words"])
