"""One form for every way to write the same word."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Stress marks and apostrophes.
_DROPPED: Final = re.compile("[\u0301'’ʼ`´]")
_RUSSIAN_LETTERS: Final = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г"})


def plain(text: str) -> str:
    """One case, one ё, no apostrophes and no stress marks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _DROPPED.sub("", folded)


def without_ukrainian_letters(text: str) -> str:
    """`plain`, and и for і and ї, е for є, г for ґ: many write Ukrainian on a Russian keyboard."""
    return plain(text).translate(_RUSSIAN_LETTERS)
