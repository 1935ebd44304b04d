"""One of `{red|green|blue}` for each picture."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.engines.words.quickline import parse
from easel.engines.words.wildcards import Picked, count, pick, pick_alike

HELD = ["red dog", "blue dog", "red dog", "blue cat", "blue dog", "red dog"]
SIGNS = st.text("ab {|}\\", max_size=30)


@pytest.mark.parametrize(
    ("text", "picks", "combinations"),
    [
        ("a fox", {"a fox"}, 1),
        ("a {red|green} fox", {"a red fox", "a green fox"}, 2),
        ("{a|b}{c|d}", {"ac", "ad", "bc", "bd"}, 4),
        ("{a {big|small} dog|a cat}", {"a big dog", "a small dog", "a cat"}, 3),
        ("{a|}b", {"ab", "b"}, 2),
        ("{solo}", {"{solo}"}, 1),
        (r"\{a|b\}", {"{a|b}"}, 1),
        (r"{a\|b|c}", {"a|b", "c"}, 2),
        ("{a|b", {"{a|b"}, 1),
        ("a|b}", {"a|b}"}, 1),
        ("{{a|b}|c}", {"a", "b", "c"}, 3),
        ("{{solo}|c}", {"{solo}", "c"}, 2),
        ("", {""}, 1),
    ],
)
def test_picks(text: str, picks: set[str], combinations: int) -> None:
    assert {pick(text, seed).text for seed in range(200)} == picks
    assert count(text) == combinations


def test_what_was_picked_is_told() -> None:
    assert pick("{a {big|big} dog|a big dog}", 1).choices[0] == "a big dog"
    assert pick("{x|x} and {y|y}", 1) == Picked("x and y", ("x", "y"))


def test_same_seed_same_pick_another_picture_another() -> None:
    """The picks themselves are held: a recipe must mean the same next year."""
    text = "{red|green|blue} {cat|dog}"
    first = [pick(text, 7, picture).text for picture in range(6)]
    assert first == [pick(text, 7, picture).text for picture in range(6)]
    assert first == HELD
    assert len(set(first)) > 1


def test_options_are_equally_likely() -> None:
    seen = Counter(pick("{a|b|c}", seed).text for seed in range(3000))
    assert all(850 < times < 1150 for times in seen.values())


def test_a_quick_line_leaves_choices_alone() -> None:
    line = parse("a {red|green} fox | seed=4 | negative={fog|rain}")
    assert line.prompt == "a {red|green} fox"
    assert count(line.settings["negative_prompt"]) == 2


@settings(deadline=None)
@given(SIGNS, st.integers())
def test_never_crashes(text: str, seed: int) -> None:
    assert count(text) >= 1
    assert len(pick(text, seed).text) <= len(text)


@settings(deadline=None)
@given(st.text().filter(lambda text: not set(text) & set("{|}")), st.integers())
def test_text_without_braces_is_unchanged(text: str, seed: int) -> None:
    assert pick(text, seed) == Picked(text)


def test_a_hostile_text_takes_no_time() -> None:
    for text in ("{" * 9000, "{a|" * 3000 + "}" * 3000, "{a|b}" * 3000):
        pick(text, 1)


@pytest.mark.parametrize("seed", range(12))
def test_another_text_with_the_same_choices_gets_the_same_picks(seed: int) -> None:
    text = "a {red|green} fox {with a {big|small} hat|in snow}, {red|green} \\{sky"
    assert pick_alike(text, seed, text) == pick(text, seed).text
    first, second, *_ = pick("лиса {red|green}, {day|night}", seed).choices
    other = pick_alike("лиса {red|green}, {day|night}", seed, "by {day|night}, a {red|green} fox")
    assert other == f"by {second}, a {first} fox"
    assert pick_alike("лиса", seed, "a {red|red} fox") == "a red fox"
