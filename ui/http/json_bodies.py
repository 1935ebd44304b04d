"""Reads a JSON body that anybody may have sent, before gradio and pydantic see it.

Bounded are depth, count of values, digits of a number and doubled names; refused is what RFC 8259
does not know (NaN, Infinity) or what no text can hold (half a surrogate pair).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from i18n import say

DEEPEST: Final = 32  # a page's own values reach 8
MOST_VALUES: Final = 20_000  # the longest call of the page has about 120
MOST_DIGITS: Final = 40
# What is parsed on the event loop takes 2 ms at most; more goes into a thread.
SMALL_BYTES: Final = 32 * 1024
# A string that is never closed reaches to the end, so that no quote is looked at twice.
STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class BadBody(ValueError):
    """A body that is refused; the message is the sentence for the caller."""


def read_object(body: bytes) -> dict[str, Any]:
    """The body as a JSON object. Raises `BadBody`."""
    value = _read(body)
    if not isinstance(value, dict):
        raise BadBody(say("http.json.object"))
    return value


def _read(body: bytes) -> Any:
    if len(body) > SMALL_BYTES:
        # Counted first: 2 MB of commas would become a million objects.
        _check_count(sum(map(STRING.sub(b"", body).count, (b",", b"[", b"{"))))
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BadBody(say("http.json.utf8")) from None
    try:
        value = json.loads(
            text,
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise BadBody(say("http.json.deep", most=DEEPEST)) from None
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise BadBody(say("http.json.broken", **where)) from None
    _check(value, strings=SURROGATE.search(text) is not None)
    return value


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise BadBody(say("http.json.digits", most=MOST_DIGITS))
    return int(digits)


def _refuse_constant(name: str) -> NoReturn:
    raise BadBody(say("http.json.constant", name=name))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadBody(say("http.json.twice"))
    return found


def _check(value: Any, strings: bool) -> None:
    """Depth and count, and that strings can be written. Level by level, so that no depth of the
    body is a depth of ours."""
    level, count = [value], 0
    for depth in range(DEEPEST + 1):
        count += len(level)
        _check_count(count)
        for each in level:
            if isinstance(each, float) and not math.isfinite(each):
                raise BadBody(say("http.json.constant", name="1e999"))
            if strings and isinstance(each, str):
                _check_text(each)
        level = [inner for each in level for inner in _inside(each, strings)]
        if not level:
            return
        if depth == DEEPEST:
            break
    raise BadBody(say("http.json.deep", most=DEEPEST))


def _inside(value: Any, names: bool) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        if names:
            yield from value
        yield from value.values()


def _check_count(count: int) -> None:
    if count > MOST_VALUES:
        raise BadBody(say("http.json.many", most=f"{MOST_VALUES:,}"))


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadBody(say("http.json.utf8")) from None
