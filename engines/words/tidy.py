"""Takes away what a language model says around the text it was asked for.

A fence, the thoughts some models print, a line such as "Here is the prompt:", quotation marks
around the whole, a closing offer of more help. What it does not know stays: nothing inside the
text is touched.
"""

from __future__ import annotations

import re
from typing import Final

THOUGHTS: Final = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL | re.IGNORECASE)
FENCE: Final = re.compile(r"(?:[^\n`]{0,120}\n+)?```[a-z]*[ \t]*\n(.*?)\n?```\s*", re.DOTALL)
# What such a line speaks of, in the languages people write in here.
MATTER: Final = (
    r"prompt|description|translation|version|промпт\w*|описани\w*|опис\w*|перевод\w*|переклад\w*"
)
OPENING: Final = re.compile(
    rf"(?:[*_#\s]*(?:[^\n:]{{0,100}}\b)?(?:{MATTER})\b[^\n:]{{0,60}}:[*_]*)[ \t]*\n*", re.IGNORECASE
)
# A line that opens the text itself may speak of a description, too; these words tell it is not so.
SPEAKING: Final = re.compile(
    r"[*_#\s]*(?:sure|certainly|of course|okay|ok|here\b|below|this is|конечно|вот\b|ось\b|звичайно"
    rf"|звісно|(?:[\w-]+\s){{0,2}}(?:{MATTER})[*_\s]*:)",
    re.IGNORECASE,
)
CLOSING: Final = re.compile(
    r"\n\s*\n\s*(?:let me know|feel free|i hope|would you like"
    r"|if you(?:'d| would)? (?:like|want|need)"
    r"|дайте знать|надеюсь|если хотите|дайте знати|сподіваюся|якщо хочете)[^\n]*\s*$",
    re.IGNORECASE,
)
QUOTES: Final = ('""', "“”", "«»", "''", "‘’")
LONGEST: Final = 100_000


def tidy(answer: str) -> str:
    """The text alone, its blanks at both ends taken away."""
    text = THOUGHTS.sub("", answer[:LONGEST]).strip()
    text = CLOSING.sub("", text).strip()
    opening = OPENING.match(text)
    if opening and SPEAKING.match(text) and text[opening.end() :].strip():
        text = text[opening.end() :].strip()
    if fenced := FENCE.fullmatch(text):
        text = fenced[1].strip()
    return _unquoted(text)


def _unquoted(text: str) -> str:
    """The text without one pair of quotation marks around all of it."""
    for first, last in QUOTES:
        inner = text[1:-1]
        whole = len(text) > 2 and text[0] == first and text[-1] == last
        if whole and first not in inner and last not in inner:
            return inner.strip()
    return text
