"""Cuts an instruction into words and says what each of them is about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from engines.edit.lexicon import FILLER, LEXICON, NUMBERS, ORDINALS
from engines.edit.spelling import ENDINGS, matches, mend

LONGEST_INSTRUCTION: Final = 1_000
LONGEST_PHRASE: Final = 6
PART: Final = "PART"
# 16:9, 2x2, 1024×768 (the Cyrillic х too); 20%, -10%, 1.5; 90°; a word; a mark.
WORD: Final = re.compile(
    r"(?P<pair>(?<![\w.])\d+(?:[.,]\d+)?\s*[:x×х*]\s*\d+(?:[.,]\d+)?(?![\w%]))"
    r"|(?P<number>(?:(?<![\w)])[+\-−])?\d+(?:[.,]\d+)?)\s*(?P<percent>%)?"
    r"|(?P<word>[^\W\d_]+|°|&|/)"
    r"|(?P<stop>[,.;:!?\n()])"
)


@dataclass(frozen=True)
class Token:
    """A word or number of the instruction and its concept; unknown words have the concept ""."""

    text: str
    concept: str
    values: tuple[float, ...] = ()


def read_tokens(instruction: str) -> tuple[Token, ...]:
    """The words that matter, in order: filler left out, words of number made numbers.

    Only the first 1,000 characters are read.
    """
    return _counted(_without_filler(_named(_raw(instruction))))


def normalize(text: str) -> str:
    """The text as the editor compares it: one case, one ё, no apostrophes, no stress marks."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_INSTRUCTION]).casefold().replace("ё", "е")
    return re.sub("[\u0301'’ʼ`´]", "", folded)


def _raw(instruction: str) -> list[Token]:
    """Words without a concept yet; numbers and marks with theirs."""
    found = []
    for match in WORD.finditer(normalize(instruction)):
        kind, text = match.lastgroup, match.group().strip()
        if kind == "pair":
            first, mark, second = re.split(r"\s*([:x×х*])\s*", text)
            concept = "RATIO" if mark == ":" else "PAIR"
            found.append(Token(text, concept, (_number(first), _number(second))))
        elif match["number"]:
            signed = match["number"][0] in "+-−"
            concept = ("SIGNED" if signed else "") + ("PERCENT" if match["percent"] else "NUM")
            found.append(Token(text, concept, (_number(match["number"]),)))
        elif kind == "stop":
            found.append(Token(text, "STOP"))
        else:
            found.append(Token(text, ""))
    return found


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _named(tokens: list[Token]) -> list[Token]:
    """Each word with its concept; the longest row of words wins."""
    found, at = [], 0
    while at < len(tokens):
        concept, length = _longest(tokens, at)
        text = " ".join(token.text for token in tokens[at : at + length])
        if tokens[at].concept:
            found.append(tokens[at])
        elif concept in _values():
            found.append(Token(text, concept.rstrip("0123456789"), (_values()[concept],)))
        else:
            found.append(Token(text, "" if concept == PART else concept))
        at += length
    return found


def _longest(tokens: list[Token], at: int) -> tuple[str, int]:
    if tokens[at].concept:
        return tokens[at].concept, 1
    words = [token.concept or _meant(token.text) for token in tokens[at : at + LONGEST_PHRASE]]
    for length in range(len(words), 1, -1):
        for parts, concept in _phrases().get(length, ()):
            if all(map(matches, parts, words)):
                return concept, length
    return _concept(words[0]), 1


def _concept(word: str) -> str:
    """The concept of one word; PART when it is known only inside a row of words, or ""."""
    rows = (concept for pattern, concept in _words().get(word[:1], ()) if matches(pattern, word))
    return next(rows, "")


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The word itself, or the known one it is a slip of the pen for."""
    return word if _concept(word) else mend(word, _concept)


def _without_filler(tokens: list[Token]) -> tuple[Token, ...]:
    """Filler is left out, and so are the commas around it: "crop, please, to a square"."""
    found: list[Token] = []
    aside = False
    for token in tokens:
        if token.concept == "FILL":
            aside = bool(found) and found[-1].concept == "STOP"
            continue
        if aside and token.concept == "STOP":
            found.pop()
        else:
            found.append(token)
        aside = False
    return tuple(found)


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Every spelling with its concept. Exact spellings stand before stems."""
    numbers = {f"NUM{value}": words for value, words in NUMBERS.items()}
    ordinals = {f"ORD{value}": words for value, words in ORDINALS.items()}
    tables = {**LEXICON, **numbers, **ordinals, "FILL": FILLER}
    rows = [(word, concept) for concept, words in tables.items() for word in words.split()]
    return tuple(sorted(rows, key=_is_stem))


def _is_stem(row: tuple[str, str]) -> bool:
    return row[0][-1] in ENDINGS


@cache
def _values() -> dict[str, float]:
    return {f"NUM{value}": float(value) for value in NUMBERS} | {
        f"ORD{value}": float(value) for value in ORDINALS
    }


@cache
def _words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Single words by their first letter, then those that mean nothing alone."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = [row for row in _rows() if "_" not in row[0]]
    rows += [
        (part, PART) for spelling, _ in _rows() if "_" in spelling for part in spelling.split("_")
    ]
    for word, concept in rows:
        found.setdefault(word[0], []).append((word, concept))
    return {letter: tuple(dict.fromkeys(each)) for letter, each in found.items()}


@cache
def _phrases() -> dict[int, tuple[tuple[tuple[str, ...], str], ...]]:
    """Rows of words by their length."""
    found: dict[int, list[tuple[tuple[str, ...], str]]] = {}
    for spelling, concept in _rows():
        parts = tuple(spelling.split("_"))
        if len(parts) > 1:
            found.setdefault(len(parts), []).append((parts, concept))
    return {length: tuple(rows) for length, rows in found.items()}


def _kinds(tokens: tuple[Token, ...], at: int) -> tuple[str, ...]:
    """The concepts of two tokens."""
    return tuple(token.concept for token in tokens[at : at + 2])


def _counted(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Numbers as their neighbour reads them: "3 photos" is a count, "photo 2" the second one."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        following = tokens[at + 1].concept if at + 1 < len(tokens) else ""
        both = f"{here.text} {tokens[at + 1].text}" if following else here.text
        if here.concept in ("NUM", "SIGNEDNUM") and following == "PERCENTWORD":
            found.append(Token(both, here.concept.replace("NUM", "PERCENT"), here.values))
            at += 1
        elif here.concept == "PERCENTWORD" and _kinds(tokens, at + 1) == ("ON", "NUM"):
            found.append(Token(both, "PERCENT", tokens[at + 2].values))
            at += 2
        elif here.concept == "NUM" and following == "PIC":
            found.append(Token(both, "COUNT", here.values))
            at += 1
        elif here.concept == "PIC" and following == "NUM" and tokens[at + 1].values[0] in range(10):
            found.append(Token(both, "ORD", tokens[at + 1].values))
            at += 1
        elif here.concept == "BOTH":
            found.append(Token(here.text, "COUNT", (2.0,)))
        elif here.concept != "PIC":
            found.append(here)
        at += 1
    return tuple(found)
