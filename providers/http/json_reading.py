"""Reads JSON that others wrote: whatever stands where something else was due, nothing breaks."""

from __future__ import annotations

import base64
import re
from decimal import Decimal
from typing import Any
from unicodedata import category

from errors import ResultLost
from i18n import say

WORDS = 300
MOST = Decimal(10) ** 12  # dollars, tokens, seconds: nothing a service counts is more
LONGEST_WHOLE = 2**64
LONGEST_STATE = 40
JOB_ID = re.compile(r"(?!\.+$)[\w.:=+~@-]{1,200}", re.ASCII)  # fits into a path and stays there
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
    """A JSON number of 0 or more as Decimal, or None for anything else, or for more than 10¹²."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST:
        return None
    return Decimal(str(value))


def whole(value: object, most: int = LONGEST_WHOLE) -> int | None:
    """A whole JSON number from 0 to `most`, such as a seed or a place in a queue, or None."""
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if known else None  # type: ignore[return-value]


def told_price(value: object) -> Decimal | None:
    """A price that a service tells, in US dollars; None where it tells none, and not a number
    where what it tells is none."""
    return None if value is None else _number(value)


def _number(value: object) -> Decimal:
    exact = amount(value)
    return Decimal("NaN") if exact is None else exact


def rows(value: object) -> list[Any]:
    """A JSON list, or [] for anything else."""
    return value if isinstance(value, list) else []


def name(value: object) -> str:
    """An id or an address: a string or a whole number as text, "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    known = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if known and abs(value) <= LONGEST_WHOLE else ""  # type: ignore[arg-type]


def job_id(value: object) -> str:
    """A job's id that can be asked for by a path: "" for one that is none, or leads elsewhere."""
    found = name(value)
    return found if JOB_ID.fullmatch(found) else ""


def field_name(value: object) -> str:
    """The name of a field that a service complains of, short enough to be shown."""
    return sentence(name(value))[:LONGEST_STATE]


def state(value: object) -> str:
    """A service's word for where a job stands, short enough to show; "?" where there is none."""
    return sentence(value)[:LONGEST_STATE] if isinstance(value, str) and value.strip() else "?"


def flags(value: object, count: int) -> list[bool]:
    """One flag per picture; a single flag counts for every picture, a missing one is False."""
    if isinstance(value, bool):
        return [value] * count
    found = [each is True for each in rows(value)]
    return (found + [False] * count)[:count]


def sentence(value: object) -> str:
    """What a service has to say, on one line and short, from any shape it says it in."""
    heard = " ".join(_spoken(value, 0).split())[:WORDS]
    return "".join(letter for letter in heard if category(letter) not in ("Cc", "Cs"))


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
