"""What a script allows: letters moved apart, and letters slanted.

Arabic and its kin join their letters, and the scripts of India and their kin build clusters of
them: with gaps inside, both are misspelt. Italics belong to Latin, Cyrillic, Greek, Armenian and
Georgian; slanted Arabic, Hebrew, Chinese or Devanagari is a mistake or means something else, and
an emoji is a picture.
"""

from __future__ import annotations

from typing import Final

import regex

_JOINED: Final = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Mandaic}\p{Phags_Pa}\p{Adlam}\p{Hanifi_Rohingya}"
    r"\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_ITALIC: Final = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}]")
# Digits, signs and spaces do as the letters before them.
_COMMON: Final = regex.compile(r"[\p{Common}\p{Inherited}]")


def are_joined(grapheme: str) -> bool:
    """Whether its script joins letters, so that nothing may stand between them."""
    return bool(_JOINED.match(grapheme))


def has_italics(grapheme: str) -> bool:
    """Whether its script knows slanted letters."""
    return bool(_ITALIC.match(grapheme))


def is_common(grapheme: str) -> bool:
    """Whether it belongs to no script of its own."""
    return bool(_COMMON.match(grapheme))
