"""Parses JSON that others wrote, within bounds: values counted, depth, digits of a number.

A service's answer (`parse`) is read kindly: what no JSON has (NaN, Infinity) and numbers that no
field of ours can mean (`1e999`, integers of more than thirty digits) are null, and of a name that
stands twice the last one counts, because a picture that was paid for is not lost over them.

The body of a call (`parse_object`), which anybody may have sent, is read strictly: all that is
refused, and so is what no text can hold (half a surrogate pair).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from i18n import say

__all__ = ["BadJson", "mend", "parse", "parse_object"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much there may be of it."""

    values: int
    # How many lists and objects may stand in one another.
    depth: int
    # Of one whole number.
    digits: int


ANSWER: Final = Limits(200_000, 64, 30)
# The longest call of the page has about 120 values, 8 deep.
CALL: Final = Limits(20_000, 32, 40)
# A string that is never closed reaches to the end, so that no quote is looked at twice.
STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class BadJson(ValueError):
    """JSON that is not taken; the message is a sentence for whoever sent it."""


def parse(body: bytes) -> Any:
    """The value of an answer. Raises `BadJson`, or another `ValueError` for what is no JSON."""
    hooks = {"parse_constant": _null, "parse_int": _whole_or_null, "parse_float": _float_or_null}
    return _load(body, body, ANSWER, hooks)


def parse_object(body: bytes) -> dict[str, Any]:
    """The object in the body of a call. Raises `BadJson`."""
    hooks = {"parse_constant": _refuse, "parse_int": _whole, "parse_float": _float}
    try:
        text = body.decode()
        value = _load(body, text, CALL, hooks | {"object_pairs_hook": _without_doubles})
        if SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError:
        raise BadJson(say("http.json.utf8")) from None
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise BadJson(say("http.json.broken", **where)) from None
    if not isinstance(value, dict):
        raise BadJson(say("http.json.object"))
    return value


def mend(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every string changed, in place where it can be."""
    top = [value]
    left: list[Any] = [top]
    while left:
        each = left.pop()
        inner = each.items() if isinstance(each, dict) else enumerate(each)
        for place, one in list(inner):
            if isinstance(one, str):
                each[place] = change(one)
            elif isinstance(one, dict | list):
                left.append(one)
    return top[0]


def _load(body: bytes, text: str | bytes, limits: Limits, hooks: dict[str, Any]) -> Any:
    """The value of a text, whose bytes are `body`."""
    # Counted first: 2 MB of commas would become a million objects.
    if _marks(body) > limits.values and _marks(STRING.sub(b"", body)) > limits.values:
        raise BadJson(say("http.json.many", most=f"{limits.values:,}"))
    try:
        value = json.loads(text, **hooks)
    except RecursionError:
        raise BadJson(say("http.json.deep", most=limits.depth)) from None
    if _is_deeper(value, limits.depth):
        raise BadJson(say("http.json.deep", most=limits.depth))
    return value


def _marks(body: bytes) -> int:
    """Every value but the first has a comma or an opening bracket of its own."""
    return sum(map(body.count, (b",", b"[", b"{")))


def _is_deeper(value: Any, depth: int) -> bool:
    """Whether lists and objects stand deeper in one another than that. Level by level, so that no
    depth of the body is a depth of ours."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [one for values in inner for one in values if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def _null(name: str) -> None:
    """NaN, Infinity and -Infinity are no JSON."""


def _whole_or_null(digits: str) -> int | None:
    return int(digits) if len(digits) <= ANSWER.digits else None


def _float_or_null(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _refuse(name: str) -> None:
    raise BadJson(say("http.json.constant", name=name))


def _whole(digits: str) -> int:
    if len(digits) > CALL.digits:
        raise BadJson(say("http.json.digits", most=CALL.digits))
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise BadJson(say("http.json.constant", name="1e999"))
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadJson(say("http.json.twice"))
    return found
