"""One of `{red|green|blue}` for each picture."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.words.wildcards import (
    LONGEST_OPTION,
    MOST_CHOICES,
    MOST_OPTIONS,
    Picked,
    choices,
    count,
    excess,
    pick,
    pick_alike,
)
from studio.prompts.quick_line_grammar import parse

HELD = ["red dog", "blue dog", "red dog", "blue cat", "blue dog", "red dog"]
SIGNS = st.text("ab {|}\\", max_size=30)


# Code and data: sent as they stand, though they hold braces and bars.
CODE = [
    '{"scene": "a shop", "sign_text": "OPEN | CLOSED", "style": "photo"}',
    '{"a": {"b": "c|d"}, "e": ["f|g", "{h|i}"]}',
    '[{"a": "x|y"}, {"b": "{p|q}"}]',
    '{"sign": "OPEN | CLOSED", }',
    "{'sign': 'OPEN | CLOSED'}",
    'draw this: {"sign": "} OPEN | CLOSED {"} at night',
    '{ "type": "a" | "b" }',
    "{ return x || 0 }",
    "{ return x | 0 }",
    "int main() { return a|b; }",
    "function f(x) { a | b }",
    "x => { a | b }",
    "if (a) { b | c }",
    "a { b | c }",
    ".box > p { red | blue }",
    "body { color: red | blue }",
    "{a\n|b}",
    r"\frac{a|b}{c|d}",
    r"\mathbb{E}[X] = \sum_{x|y} P_{x|y}",
    "{{name}} and {{name|upper}}",
    "{% if a|b %}",
    "{# a|b #}",
    "${a|b}",
    "`{a|b}`",
    "```\n{a|b}\n```",
    "| a | {b|c} |\n|---|---|\n| d | e |\n",
    "{(a && b)|c}",
    '{"OPEN|CLOSED"}',
]
# Prose with choices, though something in it looks like code.
PROSE = [
    ("a { red | green } fox", ["{ red | green }"]),
    ('a sign "{OPEN|CLOSED}"', ["{OPEN|CLOSED}"]),
    ('a sign {"OPEN"|"CLOSED"}', ['{"OPEN"|"CLOSED"}']),
    ('{5" pipe|6" pipe}', ['{5" pipe|6" pipe}']),
    ("at {12:30|18:00}", ["{12:30|18:00}"]),
    ("{#f00|#0f0} sky", ["{#f00|#0f0}"]),
    ('{red|blue} as in {"k": "a|b"}', ["{red|blue}"]),
    ("the dogs' {bowl|bed} and the cats' {bed|bowl}", ["{bowl|bed}", "{bed|bowl}"]),
]


def test_code_and_data_are_no_choice() -> None:
    for text in CODE:
        assert (count(text), choices(text), excess(text)) == (1, (), ""), text
        assert {pick(text, seed).text for seed in range(5)} == {text}
        assert parse(text).prompt == text, "and no line of settings"
    for text, found in PROSE:
        assert list(choices(text)) == found, text
        assert count(text) == 2 ** len(found), text


def test_there_is_a_most_of_everything() -> None:
    assert excess("{a|b} " * MOST_CHOICES) == excess("{a|b|{c|d}} {e}") == ""
    for text, kind in [
        ("{a|b} " * (MOST_CHOICES + 1), "choices"),
        ("{a|b} " * 5000, "choices"),
        ("{" + "a|" * MOST_OPTIONS + "}", "options"),
        ("{" + "a" * (LONGEST_OPTION + 1) + "|b}", "length"),
        ("{a|{b|{c|d}}}", "depth"),
    ]:
        assert excess(text) == kind, text[:20]
    assert count("{a|b}" * 50_000) == 1, "and what is longer than any prompt is not read"


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
    """Some of these took minutes where a pattern was wrong; all take a tenth of a second."""
    texts = (
        "{" * 9000, "{a|" * 3000 + "}" * 3000, "{a|b}" * 50_000, "{a|b;" * 999 + "}" * 999,
        "„" * 39_000 + "{|}", '"' * 39_000 + "{|}", "\\a[" * 9000 + "{|}", '[{"' * 990 + "|",
        "|\n" * 3900 + "{a|b}", "`" * 39_000 + "{|}", '{"a":' * 990 + "|}",
    )  # fmt: skip
    began = time.process_time()
    for text in texts:
        excess(text)
        pick(text, 1)
        parse(text + " | seed=1")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("seed", range(12))
def test_another_text_with_the_same_choices_gets_the_same_picks(seed: int) -> None:
    text = "a {red|green} fox {with a {big|small} hat|in snow}, {red|green} \\{sky"
    assert pick_alike(text, seed, text) == pick(text, seed).text
    first, second, *_ = pick("лиса {red|green}, {day|night}", seed).choices
    other = pick_alike("лиса {red|green}, {day|night}", seed, "by {day|night}, a {red|green} fox")
    assert other == f"by {second}, a {first} fox"
    assert pick_alike("лиса", seed, "a {red|red} fox") == "a red fox"
