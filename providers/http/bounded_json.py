"""Parses JSON that others wrote, within bounds: values counted, depth, digits.

What no JSON has (NaN, Infinity) and numbers that no field of ours can mean (`1e999`, integers of
more than thirty digits) are read as null: a picture that was paid for is not lost over them. Of a
name that stands twice the last one counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from json import loads
from typing import Any, Final

MOST_VALUES: Final = 200_000
DEEPEST: Final = 64
MOST_DIGITS: Final = 30


def parse(body: bytes) -> Any:
    """The value. Raises `ValueError` for what is no JSON, or more of it than anybody needs."""
    # Every value has a comma, a colon or a bracket beside it. Base64 has none of them.
    opened = body.count(b"[") + body.count(b"{")
    if opened + body.count(b",") + body.count(b":") > MOST_VALUES:
        raise ValueError("too many values")
    try:
        found = loads(body, parse_constant=_nothing, parse_int=_whole, parse_float=_number)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if opened > DEEPEST and _deeper(found, DEEPEST):
        raise ValueError("too deep")
    return found


def mend(found: Any, change: Callable[[str], str]) -> Any:
    """The same value with every string changed, in place where it can be."""
    top = [found]
    left: list[Any] = [top]
    while left:
        each = left.pop()
        inner = each.items() if isinstance(each, dict) else enumerate(each)
        for place, value in list(inner):
            if isinstance(value, str):
                each[place] = change(value)
            elif isinstance(value, dict | list):
                left.append(value)
    return top[0]


def _nothing(name: str) -> None:
    """NaN, Infinity and -Infinity are no JSON."""


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _deeper(found: Any, most: int) -> bool:
    """Whether lists and objects stand deeper in one another than that."""
    level = [found] if isinstance(found, dict | list) else []
    for _ in range(most):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
        if not level:
            return False
    return True
