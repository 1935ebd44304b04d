"""Where a line may end, by the script: at spaces, and between ideographs or emoji.

A small part of Unicode's rules (UAX 14), enough for captions. Thai, Lao, Khmer and Burmese mark no
words, and Easel carries no dictionary: they break at spaces, or inside only when they must.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import regex

_SPACE: Final = regex.compile(r"[\p{Zs}\u200b--[\u00a0\u2007\u202f]]", regex.VERSION1)
_IDEOGRAPH: Final = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\u3000-\u303f\uff00-\uff60\uffe0-\uffee]"
)
_EMOJI: Final = regex.compile(r"\p{Emoji_Presentation}|\p{Regional_Indicator}|.\ufe0f")
_LETTER: Final = regex.compile(r"\p{L}")
# Kinsoku, the Japanese rule that Chinese shares: what must not begin, and must not end, a line.
_NO_START: Final = frozenset(
    "、。，．・：；？！‐゠–〜…‥」』】〉》〕｝）］”’»ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻"
    ",.:;?!)]}%°"
)
_NO_END: Final = frozenset("「『【〈《〔｛（［“‘«([{$£¥€₴₽№#")
# A dash between words ends a line, and does not begin one.
_DASHES: Final = frozenset("–—")
# One-letter words, mostly prepositions, stay with what follows in Slavic typography.
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}")
_HYPHENS: Final = frozenset("-‐–—/")


def may_break(graphemes: Sequence[str]) -> list[bool]:
    """For each grapheme, whether a line may end after it. The last one may."""
    found = [_between(before, after) for before, after in pairwise(graphemes)]
    for at in range(1, len(graphemes) - 1):
        if graphemes[at] in _HYPHENS:
            around = _LETTER.match(graphemes[at - 1]) and _LETTER.match(graphemes[at + 1])
            found[at] = bool(around)
        elif found[at] and (graphemes[at + 1] in _DASHES or _lone(graphemes, at - 1)):
            found[at] = False
    return [*found, True][: len(graphemes)]


def _lone(graphemes: Sequence[str], at: int) -> bool:
    """Whether a grapheme is a Cyrillic word of one letter, with a space after it."""
    begins = at == 0 or is_space(graphemes[at - 1])
    return begins and is_space(graphemes[at + 1]) and bool(_CYRILLIC.match(graphemes[at]))


def is_space(grapheme: str) -> bool:
    """Whether a grapheme is a space that may vanish at the end of a line."""
    return bool(_SPACE.match(grapheme))


def _between(before: str, after: str) -> bool:
    if is_space(after):
        return False
    if is_space(before):
        return True
    if after[0] in _NO_START or before[0] in _NO_END or "\u2060" in (before[-1], after[0]):
        return False
    if _IDEOGRAPH.match(before) or _IDEOGRAPH.match(after):
        return True
    return bool(_EMOJI.match(before) and _EMOJI.match(after))
