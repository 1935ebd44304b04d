"""Which language a prompt is in, on short prompts of eleven languages."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from easel.engines.words.language import detect

DATA = Path(__file__).parent / "data" / "languages.json"
HALVES: dict[str, dict[str, list[str]]] = json.loads(DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("half", HALVES)
def test_prompts(half: str) -> None:
    rows = [(language, text) for language, texts in HALVES[half].items() for text in texts]
    wrong = Counter(language for language, text in rows if detect(text) != language)
    assert sum(wrong.values()) <= 3, wrong
    assert wrong["en"] == 0
    assert max(wrong.values(), default=0) <= 2, wrong


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "unknown"),
        ("1234 !!", "unknown"),
        ("🦊🦊", "unknown"),
        ("žluťoučký", "unknown"),
        ("кот в стиле cyberpunk neon", "ru"),
        ("чашка кави в стилі Studio Ghibli", "uk"),
        ("м'яч", "uk"),
        ("a café in Paris", "en"),
        ("고양이", "ko"),
        ("猫の絵", "ja"),
    ],
)
def test_corners(text: str, language: str) -> None:
    assert detect(text) == language


@settings(deadline=None)
@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert detect(text)


def test_no_library_is_needed() -> None:
    assert not {"py3langid", "langdetect", "lingua"} & set(sys.modules)
