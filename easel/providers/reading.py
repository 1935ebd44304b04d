"""Reads JSON that others wrote: whatever stands where something else was due, nothing breaks."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from easel.providers.errors import ResultLost
from easel.words import say

WORDS = 300
SPEAKING = ("detail", "error", "message", "msg", "title")
DEEPEST = 4
# Phrases by which services say that moderation refused. Single words such as "safety" alone are
# not enough: a prompt that is quoted back, or a setting's name, may hold them.
REFUSED = re.compile(
    r"\(E005\)|\bflagged\b|\bnsfw\b|\bmoderation\b|\bunsafe\b|content.?policy|prohibited.?content"
    r"|image_safety|\bsafety (system|filter|check)|sensitive (content|material)"
    r"|potentially sensitive",
    re.IGNORECASE,
)


def record(value: object) -> dict[str, Any]:
    """A JSON object, or {} for anything else."""
    return value if isinstance(value, dict) else {}


def amount(value: object) -> Decimal | None:
    """A JSON number of 0 or more as Decimal, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    exact = Decimal(str(value))
    return exact if exact.is_finite() and exact >= 0 else None


def rows(value: object) -> list[Any]:
    """A JSON list, or [] for anything else."""
    return value if isinstance(value, list) else []


def name(value: object) -> str:
    """An id or an address: a string or a whole number as text, "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def unknown(word: object, known: Collection[str]) -> str:
    """A status that stands in no table of ours, short, to be told; "" for a known one."""
    return "" if word in known else (name(word)[:40] or "(none)")


def flags(value: object, count: int) -> list[bool]:
    """One flag per picture; a single flag counts for every picture, a missing one is False."""
    if isinstance(value, bool):
        return [value] * count
    found = [each is True for each in rows(value)]
    return (found + [False] * count)[:count]


def sentence(value: object) -> str:
    """What a service has to say, on one line and short, from any shape it says it in."""
    return " ".join(_spoken(value, 0).split())[:WORDS]


def said(words: str) -> str:
    """The end of our sentence with the service's own words in it: ": no such size." or "."."""
    if not words:
        return "."
    return f": {words}" if words[-1] in ".!?…" else f": {words}."


def refused(words: str) -> bool:
    """Whether a service's words tell of moderation."""
    return bool(REFUSED.search(words))


def picture_bytes(text: object, provider: str, upstream_id: str = "") -> bytes:
    """A picture that came as base64. Raises `ResultLost` when it is damaged."""
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except ValueError as error:
        raise ResultLost(
            say("error.damaged"), provider=provider, upstream_id=upstream_id
        ) from error


def _spoken(value: object, depth: int) -> str:
    if isinstance(value, str):
        return value
    if depth >= DEEPEST:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_spoken(each, depth + 1) for each in value)))
    heard = (_spoken(record(value).get(key), depth + 1) for key in SPEAKING)
    return next(filter(None, heard), "")
