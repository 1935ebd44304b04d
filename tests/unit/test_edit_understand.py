"""Instructions to the local editor: what is understood, and what is refused whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.edit import abilities, operations, understand
from engines.edit.abilities import EXAMPLES
from engines.edit.build import BUILDERS
from engines.edit.lexicon import LEXICON
from engines.edit.rules import LEFT_ALONE, PIECES, REFUSED, REMARKS, RULES, SILENT
from tests.loops import for_each

DATA = Path(__file__).parent / "data" / "edit_instructions.json"
SETS: dict[str, list[dict[str, Any]]] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS = [row for rows in SETS.values() for row in rows]
DONE = [row for row in ROWS if "operations" in row]
REFUSALS = [row for row in ROWS if "unknown" in row]
# Concepts that numbers and marks give.
READ = {
    "NUM", "PERCENT", "SIGNEDNUM", "SIGNEDPERCENT", "RATIO", "PAIR", "STOP", "ORD", "COUNT",
}  # fmt: skip


def wanted(row: dict[str, Any]) -> tuple[operations.Operation, ...]:
    made = []
    for each in row["operations"]:
        values = {key: value for key, value in each.items() if key != "is"}
        made.append(getattr(operations, each["is"])(**values))
    return tuple(made)


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["text"] for row in rows]


@for_each(DONE)
def test_understood(row: dict[str, Any]) -> None:
    found = understand(row["text"], row["pictures"])
    assert (found.operations, found.unknown) == (wanted(row), ())


@for_each(REFUSALS)
def test_refused(row: dict[str, Any]) -> None:
    found = understand(row["text"], row["pictures"])
    assert found.operations == () and found.unknown
    for word in row["unknown"]:
        assert any(word in each for each in found.unknown), found.unknown


def test_there_are_enough_of_each() -> None:
    assert len(DONE) >= 150 and len(REFUSALS) >= 40
    assert len({row["text"] for row in ROWS}) == len(ROWS)


@for_each(DONE)
def test_one_strange_word_refuses_the_whole(row: dict[str, Any]) -> None:
    assert understand(f"{row['text']}, zebra", row["pictures"]).operations == ()
    assert understand(f"зебру {row['text']}", row["pictures"]).operations == ()


def test_case_marks_and_spaces_do_not_matter() -> None:
    plain = understand("make it black and white and crop to 16:9", 1)
    assert plain == understand("  MAKE it Black-and-White... AND  crop to 16 : 9!!", 1)
    assert understand("обрежь 16х9", 1) == understand("обрежь 16×9", 1)
    assert understand("Сде́лай те́плее", 1) == understand("сделай теплее", 1)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = understand(text, 1)
    assert not (found.operations and found.unknown)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(sorted({w for r in ROWS for w in r["text"].split()})), max_size=25))
def test_any_row_of_known_words_is_read(words: list[str]) -> None:
    found = understand(" ".join(words), 2)
    assert found == understand(" ".join(words), 2)
    assert not (found.operations and found.unknown)


def test_a_long_instruction_is_refused_whole() -> None:
    found = understand("make it warmer " + "please " * 400, 1)
    assert found.operations == () and len(found.unknown[0]) < 60


@pytest.mark.parametrize("text", ["", "   ", "please", "...", "don't crop"])
def test_nothing_asked_is_nothing(text: str) -> None:
    assert understand(text, 1) == understand("", 1)


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_example_is_understood_as_it_stands(language: str) -> None:
    at = ("en", "ru", "uk").index(language)
    told = abilities(language)
    for examples, sentence in zip(EXAMPLES.values(), told, strict=True):
        assert examples[at] in sentence
        found = understand(examples[at], 4 if "2" in examples[at] else 2)
        assert found.operations and not found.unknown, examples[at]


def test_another_language_is_told_in_english() -> None:
    assert abilities("fr") == abilities() != abilities("uk")


def test_every_concept_named_is_in_the_lexicon() -> None:
    known = {*LEXICON, *READ}
    spellings = [
        *PIECES.values(),
        *REFUSED,
        *REMARKS,
        *(s for rule in RULES.values() for s in rule),
    ]
    named = {name for spelling in spellings for name in re.findall(r"[A-Z]+", spelling)}
    assert named | {*LEFT_ALONE} | SILENT <= known
    assert RULES.keys() == BUILDERS.keys()


def test_understanding_brings_nothing_heavy_along() -> None:
    code = (
        "import sys; from engines.edit import understand; understand('теплее', 1); "
        "print(sorted({'cv2', 'numpy', 'PIL', 'gradio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
