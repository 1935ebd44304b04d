"""Finds what cannot be in one picture: night and the midday sun, an empty street and a crowd.

A table of opposites (`assets/words/opposites.toml`) in English, Russian and Ukrainian, which
users may add to, and a few rules of what does not count: what is negated, compared with, shown in
a picture within the picture, or reconciled by a word such as "collage" or "window". It knows
words, not the world: a contradiction that takes understanding is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Final

from engines.language.phrasebook import Mention, Phrasebook
from engines.language.tables import table
from i18n import say

TABLE: Final = "words/opposites.toml"
# Tables that are about phrases, not matters, and the name each is known by.
AROUND: Final = ("negations", "comparisons", "depictions", "reconciled", "beings")
QUALIFYING: Final = frozenset({"negations", "comparisons", "depictions"})
BEINGS: Final = frozenset({"beings", "count.one", "count.several"})
STOP: Final = re.compile(r"[.,;:!?\n()]")
# Words that may stand between "no" and what it denies.
REACH: Final = 2
# Before this word, "a photo of" is about the picture itself.
OPENING: Final = 3
LONGEST: Final = 10_000


@dataclass(frozen=True)
class Contradiction:
    """Two things a prompt says that exclude each other, as they stand in it, and why."""

    first: str
    second: str
    why: str
    matter: str


def find(prompt: str) -> tuple[Contradiction, ...]:
    """What contradicts itself in a prompt: at most one finding for each matter."""
    prompt = prompt[:LONGEST]
    mentions = _book().find(prompt)
    if any("reconciled" in mention.meanings for mention in mentions):
        return ()
    beings = sum(bool(mention.meanings & BEINGS) for mention in mentions)
    counted = [mention for mention in mentions if _counts(prompt, mention, mentions)]
    found = []
    for name, facts in _matters().items():
        if facts.get("each") and beings > 1:
            continue
        if any(f"{name}.unless" in mention.meanings for mention in mentions):
            continue
        pair = next(_opposed(name, counted), None)
        if pair:
            first, second = (prompt[one.start : one.end] for one in pair)
            why = say("contradiction.why", first=first, second=second, matter=facts["matter"])
            found.append(Contradiction(first, second, why, facts["matter"]))
    return tuple(found)


def _opposed(
    matter: str, mentions: list[Mention[str]]
) -> Iterator[tuple[Mention[str], Mention[str]]]:
    """Pairs of mentions on different sides of a matter."""
    sides = {f"{matter}.{side}" for side in _matters()[matter]["sides"]}
    sided = [mention for mention in mentions if mention.meanings & sides]
    for first, second in combinations(sided, 2):
        if not first.meanings & second.meanings & sides:
            yield first, second


def _counts(prompt: str, mention: Mention[str], mentions: tuple[Mention[str], ...]) -> bool:
    """Whether a mention is said of this picture itself."""
    for other in mentions:
        if other.start >= mention.start:
            break
        if other.meanings & QUALIFYING and _qualifies(prompt, other, mention):
            return False
    return True


def _qualifies(prompt: str, other: Mention[str], mention: Mention[str]) -> bool:
    """Whether an earlier phrase denies a mention, or puts it somewhere else."""
    if STOP.search(prompt, other.end, mention.start):
        return False
    between = mention.word - other.word - len(prompt[other.start : other.end].split())
    if "negations" in other.meanings and between <= REACH:
        return True
    aside = "depictions" in other.meanings and other.word > OPENING
    return aside or "comparisons" in other.meanings


@cache
def _matters() -> dict[str, Any]:
    return {name: facts for name, facts in table(TABLE).items() if "sides" in facts}


@cache
def _book() -> Phrasebook[str]:
    """Every phrase of the table, by "matter.side", "matter.unless" or what stands around."""
    rows = {name: table(TABLE)[name]["words"] for name in AROUND}
    rows["ignored"] = table(TABLE)["ignored"]["phrases"]
    for name, facts in _matters().items():
        rows |= {f"{name}.{side}": words for side, words in facts["sides"].items()}
        rows[f"{name}.unless"] = facts.get("unless", "")
    return Phrasebook(rows)
