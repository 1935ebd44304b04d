"""Reads from a plain idea what it is about, where and when: what the composer goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from engines.language.phrasebook import Phrasebook
from engines.language.tables import table
from engines.words.protect import Kind, mask

TABLE: Final = "compose/cues.toml"
# The subject where nothing but a place is named, and where nothing is.
ALONE: Final = "landscape"
UNNAMED: Final = "unnamed"
QUOTES: Final[tuple[Kind, ...]] = ("quote",)


@dataclass(frozen=True)
class Cues:
    """What an idea says: its subject, and all facts that a line may ask for.

    `facts` holds the subject, the places, the time, the weather, "asleep", and "placed", "timed" or
    "lettering" where it says a place, a time, or words to be written.
    """

    subject: str
    facts: frozenset[str]


def read_cues(idea: str) -> Cues:
    """The cues of an idea in English, Russian or Ukrainian; quoted text is not read."""
    plain, quotes = mask(idea, QUOTES)
    found = [name for mention in _book().find(plain) for name in sorted(mention.meanings)]
    tables = table(TABLE)
    subjects = [name for name in found if name in tables["subjects"]]
    places = [name for name in found if name in tables["places"]]
    times = [name for name in found if name in tables["times"]]
    states = [name for name in found if name in tables["states"]]
    weather = [name for name in found if name in tables["weather"]]
    subject = subjects[0] if subjects else ALONE if places or weather else UNNAMED
    # One place and one time: a second would be a second picture.
    facts = {subject, *places[:1], *times[:1], *weather[:1], *states}
    facts |= {"placed"} if places else set()
    facts |= {"timed"} if times else set()
    facts |= {"lettering"} if quotes else set()
    return Cues(subject, frozenset(facts))


def bare(idea: str) -> str:
    """An idea without the English command it may open with: "draw a cat" is "a cat"."""
    idea = idea.strip()
    for command in sorted(table(TABLE)["commands"]["words"].split(), key=len, reverse=True):
        spoken = command.replace("_", r"\s+")
        rest = re.sub(rf"^{spoken}\b[\s:,]*", "", idea, count=1, flags=re.IGNORECASE)
        if rest != idea and rest:
            return rest
    return idea


@cache
def _book() -> Phrasebook[str]:
    tables = table(TABLE)
    rows: dict[str, str] = {}
    for group in ("subjects", "places", "times", "weather", "states"):
        rows |= tables[group]
    return Phrasebook(rows)
