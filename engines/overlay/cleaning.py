"""A caption's text made safe to draw: what cannot be drawn goes, and a note says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from errors import InvalidInput
from i18n import say

MAX_CHARACTERS: Final = 20_000
# Tibetan and Zalgo-free Vietnamese or Hebrew need four; more is a heap that leaves the line.
MAX_MARKS: Final = 6
# The longest emoji of Unicode 16 has 10 code points, subdivision flags have 7.
MAX_CODE_POINTS: Final = 32

_NEWLINES: Final = regex.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Overrides, embeddings and isolates too: the order of letters follows from the letters.
_CONTROLS: Final = regex.compile(
    r"[\p{Cc}--\n]|[\u00ad\u061c\u180e\u202a-\u202e\u2061-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
    r"|\p{Noncharacter_Code_Point}",
    regex.VERSION1,
)
_ZERO_WIDTH: Final = regex.compile(r"([\u200b-\u200f\u2060])[\u200b-\u200f\u2060]+")
_GRAPHEME: Final = regex.compile(r"\X")
_MARKS: Final = regex.compile(rf"(\p{{M}}{{{MAX_MARKS}}})\p{{M}}+")
_TAGS: Final = regex.compile(r"[\U000e0000-\U000e007f]")
_EMOJI: Final = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")
_INK: Final = regex.compile(r"[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]")


@dataclass(frozen=True)
class Cleaned:
    """Lines of graphemes, in reading order, and what to tell about them."""

    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def clean(text: str) -> Cleaned:
    """The graphemes to draw, line by line.

    Line ends of every system become lines; tabs become spaces; lone surrogates become U+FFFD;
    control, override and repeated zero-width characters go. Raises `InvalidInput` for more than
    20,000 characters and for a text without a letter.
    """
    if len(text) > MAX_CHARACTERS:
        message = say("caption.long", limit=f"{MAX_CHARACTERS:,}", count=f"{len(text):,}")
        raise InvalidInput(message, field="text")
    notes = []
    # Halves of a pair that stand side by side, as some JSON writers leave them, become one.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if whole.count("\ufffd") > text.count("\ufffd"):
        notes.append(say("note.caption.repaired"))
    whole = _NEWLINES.sub("\n", whole).replace("\t", " ")
    safe = _CONTROLS.sub("", whole)
    if safe != whole:
        notes.append(say("note.caption.controls"))
    if not _INK.search(safe):
        raise InvalidInput(say("caption.blank"), field="text")
    safe = _ZERO_WIDTH.sub(r"\1", safe)
    fewer = _MARKS.sub(r"\1", safe)
    if fewer != safe:
        notes.append(say("note.caption.marks", limit=MAX_MARKS))
    lines = [_graphemes(line.strip(" ")) for line in fewer.strip(" \n").split("\n")]
    return Cleaned(tuple(lines), tuple(notes))


def _graphemes(line: str) -> tuple[str, ...]:
    """What a reader takes for one character each; hidden tags only stay inside emoji."""
    found = (each[:MAX_CODE_POINTS] for each in _GRAPHEME.findall(line))
    return tuple(
        clean for each in found if (clean := each if _EMOJI.match(each) else _TAGS.sub("", each))
    )
