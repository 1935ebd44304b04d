"""Keeps the parts of a prompt that a rewrite or a translation must not touch.

`mask` puts ⟦1⟧, ⟦2⟧ … in their place, `unmask` puts them back, and `missing` says which of them
a rewritten text lost or changed. Protected are addresses, text in quotes of any kind, `{…}`,
numbers (with their units), and names: capitalised words that do not open a sentence, two or more
in a row that do, and those of `assets/words/names.txt`. In a text where most words have a capital
letter, capitals say nothing, and only the list counts.

A name of one word at the start of a sentence, and one in small letters, are not found. Russian
and Ukrainian names keep their case ending: "в Париже" protects "Париже".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from engines.language.tables import ASSETS

Kind = Literal["sign", "address", "quote", "braces", "number", "name"]
KINDS: Final[tuple[Kind, ...]] = ("sign", "address", "quote", "braces", "number", "name")

UNITS: Final = (
    "km|m|cm|mm|kg|g|l|ml|px|ft|in|mph|k|mp|°|°c|°f|%|s|h|min|км|м|см|мм|кг|г|л|мл|гр|грн|руб|"
    "год|лет|років|рік|usd|eur|uah|[$€₴₽£¥]"
)
# Quotes stay on one line; an apostrophe inside a word opens nothing.
PATTERNS: Final[dict[Kind, str]] = {
    "sign": r"⟦[^⟦⟧]*⟧|[⟦⟧]",
    "address": r"(?:https?://|www\.)[^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?)\]]|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]*\w",
    "quote": (
        r"«[^»\n]+»|„[^“”\"\n]+[“”\"]|“[^”\n]+”|\"[^\"\n]+\"|‹[^›\n]+›"
        r"|‘[^’\n]+’(?!\w)|(?<!\w)'[^'\s](?:[^'\n]*[^'\s])?'(?!\w)"
    ),
    "braces": r"\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}",
    "number": (
        rf"[$€₴£¥]?(?<![\w.,])\d+(?:[.,:/×x–-]\d+)*(?:\s?(?:{UNITS})(?!\w))?(?:st|nd|rd|th|s)?(?!\w)"
    ),
}
MARK: Final = re.compile(r"⟦(\d{1,6})⟧")
CAPITAL: Final = r"[A-ZА-ЯЁІЇЄҐÀ-ÖØ-Þ]"
NAME: Final = re.compile(
    rf"\b{CAPITAL}[\w'’ʼ-]*(?:\s(?:(?:of|de|da|van|von|der|del|di|la)\s)?{CAPITAL}[\w'’ʼ-]*)*"
)
OPENS: Final = re.compile(r"(?:^|[.!?…:;\n])[\s\"'«“„(\[*•—–-]*$")
# Words that open a sentence and belong to no name.
OPENERS: Final = (
    "A An The In On At With From By Of For And My His Her Photo Portrait Picture Image Make Add "
    "Draw Two Three I В На Над Под У И С Из Портрет Фото Картина Нарисуй Добавь Намалюй Додай З "
    "Із Та Я"
)
TITLED: Final = 0.6


@dataclass(frozen=True)
class Part:
    """One protected part, as it stood in the text."""

    kind: Kind
    text: str


def mask(text: str, kinds: Collection[Kind] = KINDS) -> tuple[str, tuple[Part, ...]]:
    """The text with ⟦1⟧, ⟦2⟧ … for its protected parts, and the parts in that order.

    `kinds` chooses what is protected; marks that stood in the text before always are.
    """
    parts: list[Part] = []
    whole, at = "", 0
    for start, end, kind in _spans(text, {*kinds, "sign"}):
        parts.append(Part(kind, text[start:end]))
        whole += f"{text[at:start]}⟦{len(parts)}⟧"
        at = end
    return whole + text[at:], tuple(parts)


def unmask(text: str, parts: tuple[Part, ...]) -> str:
    """The text with its parts back in place; a mark without a part stays as it is."""

    def part(mark: re.Match[str]) -> str:
        number = int(mark[1])
        return parts[number - 1].text if 0 < number <= len(parts) else mark[0]

    return MARK.sub(part, text)


def missing(parts: tuple[Part, ...], text: str) -> tuple[Part, ...]:
    """The parts that a rewritten text, unmasked, lost or changed.

    Quotes of another kind around the same words are no change.
    """
    wanted = Counter[str]()
    lost = []
    for part in parts:
        bare = part.text[1:-1] if part.kind == "quote" else part.text
        wanted[bare] += 1
        if text.count(bare) < wanted[bare]:
            lost.append(part)
    return tuple(lost)


def _spans(text: str, kinds: Collection[str]) -> Iterator[tuple[int, int, Kind]]:
    """The protected spans in the order of the text, none inside another."""
    names = _names(text) if "name" in kinds else iter(())
    name = next(names, None)
    at = 0
    for found in _pattern().finditer(text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        if kind not in kinds:
            continue
        while name and name[1] <= found.start():
            if name[0] >= at:
                yield *name, "name"
            name = next(names, None)
        while name and name[0] < found.end():
            name = next(names, None)
        yield found.start(), found.end(), kind
        at = found.end()
    while name:
        if name[0] >= at:
            yield *name, "name"
        name = next(names, None)


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand."""
    words = re.findall(r"[^\W\d_]+", text)
    titled = len(words) > 5 and sum(word[0].isupper() for word in words) > TITLED * len(words)
    for found in NAME.finditer(text):
        start, end = found.span()
        known = _known().search(text, start, end)
        opens = OPENS.search(text[max(0, start - 40) : start])
        if opens and found[0].split()[0] in OPENERS.split():
            start += len(found[0].split()[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
            opens = None
        several = len(text[start:end].split()) > 1
        if start < end and not titled and (several or not opens):
            yield start, end
        elif known:
            yield known.span()


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), re.IGNORECASE
    )


@cache
def _known() -> re.Pattern[str]:
    lines = (ASSETS / "words" / "names.txt").read_text(encoding="utf-8").splitlines()
    names = sorted((line for line in lines if line and line[0] != "#"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
