"""A wish cut into words, numbers, colours and signs, in a spelling that can be compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from engines.language.spelling import without_ukrainian_letters

LONGEST_WISH: Final = 2_000
"""Characters read of a wish. More than this is no wish, and the rest is told as not read."""

# One alternative per kind of token; no repetition stands inside another, so time is linear.
_TOKEN: Final = re.compile(
    r"(?P<rgb>(?:rgb|hsl)a?\s{0,3}\(?\s{0,3}\d{1,3}%?\s{0,3}[,\s]\s{0,3}\d{1,3}%?\s{0,3}[,\s]"
    r"\s{0,3}\d{1,3}%?"
    r"(?:\s{0,3}[,/]\s{0,3}\d{0,3}\.?\d{0,4}%?)?\s{0,3}\)?)"
    r"|(?P<hex>#[0-9a-f]{1,12}(?![0-9a-z]))"
    r"|(?P<number>\d{1,9}(?:[.,]\d{1,9})?)"
    r"|(?P<word>[^\W\d_]{1,64}(?:['’ʼ`][^\W\d_]{1,64})?)"
    r"|(?P<sign>[%°,;:.!?()/\n+×—–-])"
)


@dataclass(frozen=True)
class Token:
    """One word, number, colour or sign of the wish."""

    # A group of the pattern: "rgb", "hex", "number", "word" or "sign".
    kind: str
    # As it was typed, in small letters.
    text: str
    # As it is compared.
    plain: str
    # Where it begins.
    start: int
    # Where it ends.
    end: int


def lower(text: str) -> str:
    """One case and one form for every letter, whatever case it was typed in."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper().casefold())


def tokens(wishes: str) -> list[Token]:
    """The pieces of the first LONGEST_WISH characters. Signs that say nothing are left out."""
    text = lower(wishes[:LONGEST_WISH]).replace("w/o", "without").replace("\u0301", "")
    return [
        Token(
            found.lastgroup or "",
            found.group(),
            without_ukrainian_letters(found.group()),
            *found.span(),
        )
        for found in _TOKEN.finditer(text)
    ]
