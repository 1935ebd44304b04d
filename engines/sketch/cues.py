"""Reads from a prompt what the sketch can draw of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from engines.language.phrasebook import Phrasebook
from engines.language.spelling import plain
from engines.sketch.cue import Cue
from engines.sketch.words import NOT_CUES, WORDS

# "no clouds", "без облаков": the word after these is unwanted.
WITHOUT: Final = frozenset(["no", "without", "без", "нет", "немає"])
ARTICLES: Final = frozenset(["any", "a", "an", "the", "single"])

LONGEST_PROMPT: Final = 20_000


@dataclass(frozen=True)
class Cues:
    """What a prompt names, in the order it names it, and what the picture must not have."""

    named: tuple[Cue, ...] = ()
    avoided: frozenset[Cue] = frozenset()

    def __contains__(self, cue: Cue) -> bool:
        return cue in self.named

    def first(self, group: tuple[Cue, ...]) -> Cue | None:
        """The first cue of a group the prompt names: "night after sunset" is the night."""
        return next((cue for cue in self.named if cue in group), None)


def read_cues(prompt: str, negative_prompt: str = "") -> Cues:
    """Find the things a prompt names, in English, Russian or Ukrainian, in any inflection.

    Words of the negative prompt, and words after "without" or "без", are taken away and may
    not be added by chance either. Only the first 20,000 characters are read.
    """
    wanted: dict[Cue, None] = {}
    unwanted: set[Cue] = set()
    for cues, is_wanted in _mentions(prompt):
        if is_wanted:
            wanted.update(dict.fromkeys(cues))
        else:
            unwanted.update(cues)
    for cues, _ in _mentions(negative_prompt):
        unwanted.update(cues)
    return Cues(tuple(cue for cue in wanted if cue not in unwanted), frozenset(unwanted))


def normalize(text: str) -> str:
    """The text as the engine compares it: one case, one ё, single spaces, no stress marks."""
    return " ".join(plain(text[:LONGEST_PROMPT]).split())


def _mentions(text: str) -> Iterator[tuple[tuple[Cue, ...], bool]]:
    """The cues of each word or phrase of the text, with whether they are wanted."""
    for clause in re.split(r"[^\w\s-]+", normalize(text)):
        words = re.findall(r"[^\W_]+", clause)
        for at, _, meanings in _book().phrases(words):
            cues = tuple(cue for cue in meanings if cue is not None)
            yield cues if None not in meanings else (), not _is_negated(words, at)


def _is_negated(words: list[str], at: int) -> bool:
    before = [word for word in words[max(0, at - 2) : at] if word not in ARTICLES]
    return bool(before) and before[-1] in WITHOUT


@cache
def _book() -> Phrasebook[Cue | None]:
    """The table; phrases of NOT_CUES stand for nothing."""
    return Phrasebook({None: NOT_CUES, **WORDS})
