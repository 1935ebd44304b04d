"""What cannot be in one picture, on labelled prompts in three languages.

Half of them was written, and held out, before the table was. Before anything was changed for the
sake of that half, precision on it was 0.95 and recall 1.00. Both halves are by the author of the
table; prompts of other people will fare worse.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.language.tables import table
from engines.words.contradictions import TABLE, find

DATA = Path(__file__).parent / "data" / "contradictions.json"
HALVES: dict[str, list[tuple[str, str]]] = json.loads(DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall(half: str) -> None:
    found = {(text, one.matter) for text, _ in HALVES[half] for one in find(text)}
    wanted = {(text, matter) for text, matter in HALVES[half] if matter}
    assert len(found & wanted) >= 0.95 * len(found), found - wanted
    assert len(found & wanted) >= 0.95 * len(wanted), wanted - found


def test_the_set_is_large_and_mixed() -> None:
    rows = [row for rows in HALVES.values() for row in rows]
    assert len({text for text, _ in rows}) == len(rows) >= 100
    assert sum(not matter for _, matter in rows) >= 40


def test_the_finding_names_both() -> None:
    (one,) = find("A Night street, under the Midday sun")
    assert (one.first, one.second) == ("Night", "Midday")
    assert "“Night” and “Midday”" in one.why


@pytest.mark.parametrize(
    "prompt",
    [
        "a street at night, not at noon",
        "a street at night without any midday sun",
        "a lamp like the midday sun, night",
        "a wall with a painting of a starry sky, noon",
        "a street at night | noon collage",
    ],
)
def test_what_does_not_count(prompt: str) -> None:
    assert find(prompt) == ()


def test_a_picture_within_does_not_hide_the_picture() -> None:
    assert find("a photo of a city at night under the midday sun")


def test_no_phrase_stands_on_two_sides_of_a_matter() -> None:
    for facts in table(TABLE).values():
        for one, other in combinations(facts.get("sides", {}).values(), 2):
            assert not set(one.split()) & set(other.split())


@settings(deadline=None)
@given(st.text())
def test_never_crashes(text: str) -> None:
    find(text)


def test_a_hostile_prompt_takes_no_time() -> None:
    find("night no like noon " * 500)
