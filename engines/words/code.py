"""Finds what in a prompt is code or data, so that its braces and bars are left alone.

`{"sign": "OPEN | CLOSED"}`, `{ return x || 0 }`, `\\frac{a|b}{c}`, `{{name|upper}}`, a fenced block
and a Markdown table are no choice between options, and no place for settings. Where it is not
clear, a pair of braces is code: a prompt that is sent as it stands costs no more than it said.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

SIGN: Final = re.compile(r"\\[{|}]|[{|}]")
# Fenced code, code in backticks, and two or more lines of a Markdown table.
TABLE: Final = re.compile(r"(?:^[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z)){2,}", re.MULTILINE)
FENCED: Final = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
# Where an object of JSON may begin, and how often that is tried.
OBJECT: Final = re.compile(r"\{(?=\s*\")|\[(?=\s*[\[{\"])")
TRIES: Final = 50
# What is written in code and not in prose.
TOKEN: Final = re.compile(r"[;\n]|\|\||&&|=>|==|->|:=|\(\)|</|/>")
KEY: Final = re.compile(
    r"\s*(?:\"[^\"\n]*\"\s*:|'[^'\n]*'\s*:|[A-Za-z_$][\w$-]*\s*:(?=[\s\"'\[{]))"
)
WORD: Final = re.compile(r"\s*(?:return|let|const|var|function)\s|\s*(?:if|for|while)\s*\(")
# What stands before braces of LaTeX, of a template or of a block of code.
BEFORE: Final = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?[_^]?$|(?:^|\W)\w{1,2}[_^]$|[]$#%@\\]$")
BLOCK_OF: Final = re.compile(r"(?:\)|=>)\s*$")
SELECTOR: Final = re.compile(r"\s*[.#]?[\w-]+(?:\s*[,>+~]\s*[.#]?[\w-]+)*\s*")
# Text in quotes, on one line. A mark of inches ("5\" pipe") and an apostrophe open nothing.
QUOTED: Final = re.compile(
    r"(?<![\w\"])\"(?=[^\s\"])[^\"\n]*(?<=\S)\"(?!\w)|(?<![\w'])'(?=[^\s'])[^'\n]*(?<=\S)'(?!\w)"
    r"|“[^“”\n]+”|«[^«»\n]+»|„[^„“”\"\n]+[“”\"]"
)
NEAR: Final = 60  # characters before braces that are looked at


def code_spans(text: str, *, sure: bool = False) -> list[Span]:
    """Where code and data stand, as (start, end), in order and apart from each other. `sure`: of
    braces only those that begin with a key, as JSON does, or with a word of code."""
    blocks = [found.span() for found in _blocks(text)]
    whole = joined([*blocks, *_objects(text, blocks)])
    return joined([*whole, *(_beginning if sure else _braced)(text, whole)])


def brace_pairs(text: str, outside: list[Span]) -> list[Span]:
    """Where braces open and close, the inner pairs first, but for those in some spans. `end` is
    the place behind the one that closes."""
    opened: list[int] = []
    found = []
    for sign in SIGN.finditer(text):
        if covers(outside, sign.start()):
            continue
        if sign[0] == "{":
            opened.append(sign.start())
        elif sign[0] == "}" and opened:
            found.append((opened.pop(), sign.end()))
    return found


def covers(spans: list[Span], place: int) -> bool:
    """Whether one of the spans, in order and apart from each other, holds a place."""
    at = bisect_left(spans, (place + 1,)) - 1 if spans else -1
    return at >= 0 and place < spans[at][1]


def _blocks(text: str) -> Iterator[re.Match[str]]:
    if "`" in text:
        yield from FENCED.finditer(text)
    if "|\n" in text:
        yield from TABLE.finditer(text)


def _objects(text: str, outside: list[Span]) -> Iterator[Span]:
    """JSON within a text."""
    read, at = json.JSONDecoder().raw_decode, 0
    for _ in range(TRIES):
        found = OBJECT.search(text, at)
        if not found:
            return
        at = found.end()
        if covers(outside, found.start()):
            continue
        try:
            _, at = read(text, found.start())
        except (ValueError, RecursionError):
            continue
        yield found.start(), at


def _begins(text: str, start: int) -> bool:
    """Whether braces begin as data or code does."""
    return bool(KEY.match(text, start + 1) or WORD.match(text, start + 1))


def _beginning(text: str, outside: list[Span]) -> Iterator[Span]:
    return (pair for pair in brace_pairs(text, outside) if _begins(text, pair[0]))


def _braced(text: str, outside: list[Span]) -> Iterator[Span]:
    """Pairs of braces that hold code, or belong to it."""
    tokens = [token.start() for token in TOKEN.finditer(text)]
    pairs = brace_pairs(text, outside)
    known = {*pairs}
    ended = -1  # where the last one ended: LaTeX has several in a row
    for start, end in sorted(pairs):
        first = bisect_left(tokens, start)
        before = text[max(0, start - NEAR) : start]
        marked = end - start > 3 and text[start + 1] == text[end - 2] and text[end - 2] in "%#"
        if (
            (first < len(tokens) and tokens[first] < end)
            or marked
            or start == ended
            or {(start - 1, end + 1), (start + 1, end - 1)} & known
            or _begins(text, start)
            or BEFORE.search(before)
            or _block(text, start, end, before)
        ):
            ended = max(ended, end)
            yield start, end


def _block(text: str, start: int, end: int, before: str) -> bool:
    """Whether braces with blanks inside them belong to a function or to a rule of CSS."""
    if not (text[start + 1 : start + 2].isspace() and text[end - 2 : end - 1].isspace()):
        return False
    alone = not text[end:].strip() and bool(SELECTOR.fullmatch(text, 0, start))
    return alone or bool(BLOCK_OF.search(before))


def joined(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
