"""What services say, made fit to be sent on: JSON that a browser and our own page can read."""

from __future__ import annotations

import math
from typing import Any

MOST_WHOLE = 2**63 - 1  # what JSON writers take as a whole number


def sendable(text: str) -> str:
    """A text without halves of letters, which JSON may hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def plain(value: Any) -> Any:
    """A value for a receipt: a number that no writer of JSON takes becomes its text, one that is
    none becomes None, a letter's half a question mark."""
    if isinstance(value, str):
        return sendable(value)
    if isinstance(value, dict):
        return {sendable(str(name)): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not -MOST_WHOLE <= value <= MOST_WHOLE:
        return f"{'-' * (value < 0)}2^{value.bit_length() - 1} or more"
    return value
