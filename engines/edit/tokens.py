"""Cuts an instruction into words and says what each of them is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from engines.edit.lexicon import FILLER, LEXICON, NOT_SLIPS, NUMBERS, ORDINALS
from engines.language.phrasebook import KEPT, Phrasebook
from engines.language.spelling import plain
from engines.language.typos import mend

LONGEST_INSTRUCTION: Final = 1_000
# Letters of the shortest word whose slips are mended: Latin 5, Cyrillic 6, for short Cyrillic
# words have too many neighbours.
SHORTEST: Final = 6, 5
TAKEN_AS_THEY_ARE: Final = frozenset(NOT_SLIPS.split())
# 16:9, 2x2, 1024×768 (the Cyrillic х too); 20%, -10%, 1.5; 90°; a word; a mark.
WORD: Final = re.compile(
    r"(?P<pair>(?<![\w.])\d+(?:[.,]\d+)?\s*[:x×х*]\s*\d+(?:[.,]\d+)?(?![\w%]))"
    r"|(?P<number>(?:(?<![\w)])[+\-−])?\d+(?:[.,]\d+)?)\s*(?P<percent>%)?"
    r"|(?P<word>[^\W\d_]+|°|&|/)"
    r"|(?P<stop>[,.;:!?\n()])"
)


@dataclass(frozen=True)
class Token:
    """A word or number of the instruction."""

    # As it was written, in small letters.
    text: str
    # What it is about, a row of the lexicon; "" for an unknown word.
    concept: str
    # The numbers it stands for.
    values: tuple[float, ...] = ()


def read_tokens(instruction: str) -> tuple[Token, ...]:
    """The words that matter, in order: filler left out, words of number made numbers.

    Only the first 1,000 characters are read.
    """
    return _counted(_without_filler(_named(_raw(instruction))))


def _raw(instruction: str) -> list[Token]:
    """Words without a concept yet; numbers and marks with theirs."""
    found = []
    for match in WORD.finditer(plain(instruction[:LONGEST_INSTRUCTION])):
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
    words = [token.concept or _meant(token.text) for token in tokens]
    found, at = [], 0
    while at < len(tokens):
        if tokens[at].concept:
            found.append(tokens[at])
            at += 1
            continue
        length, meanings = _book().longest(words, at)
        text = " ".join(token.text for token in tokens[at : at + max(length, 1)])
        found.append(_token(text, meanings[0] if meanings else ""))
        at += max(length, 1)
    return found


def _token(text: str, concept: str) -> Token:
    """A token of a concept; those of numbers carry their value: "NUM 3"."""
    name, _, value = concept.partition(" ")
    return Token(text, name, (float(value),) if value else ())


@lru_cache(maxsize=KEPT)
def _meant(word: str) -> str:
    """The word itself, or the known one it is a slip of the pen for."""
    if word in TAKEN_AS_THEY_ARE or _book().knows(word):
        return word
    return mend(word, _book().sense, SHORTEST[word.isascii()]) or word


@cache
def _book() -> Phrasebook[str]:
    numbers = {f"NUM {value}": words for value, words in NUMBERS.items()}
    ordinals = {f"ORD {value}": words for value, words in ORDINALS.items()}
    return Phrasebook({**LEXICON, **numbers, **ordinals, "FILL": FILLER})


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
