"""What is asked of whoever writes a prompt, and what the result is held against."""

from __future__ import annotations

from typing import Any

import pytest

from engines.words.compose import styles
from errors import InvalidInput
from providers.brief import Brief, recall_brief
from providers.catalogue import MODELS, models_for
from providers.schema import Task
from studio.money.pricing import estimate
from studio.prompts.writing import read_writing
from studio.request import check
from studio.results.text_checks import examine
from tests.making import in_picture


def brief(idea: str = "a fox", **more: Any) -> Brief:
    found = read_writing(idea, **more).brief
    assert found
    return found


def test_the_instruction_says_what_was_asked() -> None:
    told = brief("a fox", language="uk", target_model="flux", style="pixel", length=600)
    assert "Ukrainian, at least 600 characters" in told.told and "FLUX" in told.told
    assert "Pixel art." in told.told and "a fox" not in told.told
    assert told.asked == {
        "language": "uk", "length": 600, "style": "pixel", "target_model": "huggingface/flux-dev",
    }  # fmt: skip
    assert recall_brief(told.remembered()) == told and recall_brief(None) is None


@pytest.mark.parametrize(
    ("idea", "language", "target", "spoken"),
    [
        ("лиса зимой", "auto", None, "ru"),
        ("лисиця взимку в лісі", "auto", None, "uk"),
        ("лиса зимой", "auto", "huggingface/sdxl", "en"),
        ("лиса зимой", "auto", "openai/gpt-image-2", "ru"),
        ("лиса зимой", "English", "openai/gpt-image-2", "en"),
        ("a fox", "Русский", None, "ru"),
        ("12345", "auto", None, "en"),
    ],
)
def test_the_language(idea: str, language: str, target: str | None, spoken: str) -> None:
    assert brief(idea, language=language, target_model=target).language == spoken


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "klingon"), ("target_model", "fal/nothing"), ("target_model", "fal/esrgan"),
     ("style", "baroque"), ("length", 99), ("length", 4001), ("length", "long"),
     ("length", 500.5), ("length", True), ("length", float("inf")), ("length", float("nan"))],
)  # fmt: skip
def test_what_cannot_be_asked(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_writing("a fox", **{field: value})
    assert caught.value.field == field


def test_blank_words_need_a_picture() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_writing("  ")
    assert caught.value.field == "idea"
    asked = read_writing("", [in_picture()])
    assert asked.brief and "holds a picture" in asked.brief.told
    able = [model.id for model in models_for(Task.PROMPT_WRITING) if _takes(model.id, asked)]
    assert "openai/gpt-4.1-mini" in able and "fal/gemini-2.5-flash-vision" in able
    assert "fal/gemini-2.5-flash" not in able and "local/composer" not in able


def _takes(model: str, asked: Any) -> bool:
    try:
        check(MODELS[model], asked)
    except InvalidInput:
        return False
    return True


@pytest.mark.parametrize("style", styles())
def test_every_style_is_told_in_words(style: str) -> None:
    assert len(brief(style=style).told) > len(brief().told)


def test_the_price_before_is_the_most_it_may_come_to() -> None:
    row = MODELS["openai/gpt-4.1-mini"]
    short, long = (
        estimate(check(row, read_writing("a fox", length=length)).request) for length in (700, 4000)
    )
    assert short and long and 0 < short < long
    assert estimate(check(row, read_writing("", [in_picture()])).request) is None
    assert estimate(check(MODELS["fal/gpt-4.1"], read_writing("a fox")).request) is None


def test_a_result_is_held_against_its_brief() -> None:
    told = brief('a sign "Rosa"', language="en", target_model="huggingface/sdxl", length=100)
    good = examine(told, 'a sign "Rosa"', 'A wooden sign that reads "Rosa" ' + "in the sun. " * 9)
    assert good.warnings == () and good.findings["protected"][0]["kept"]
    bad = examine(told, 'a sign "Rosa"', "Вывеска на улице ночью под полуденным солнцем.")
    assert len(bad.warnings) == 4  # lost, clashing, in Russian, short
    assert bad.findings["language"] == "ru" and len(bad.findings["contradictions"]) == 1
    most = MODELS["huggingface/sdxl"].limits.prompt
    long = examine(told, "a fox", "a fox in snow " * most)
    assert any(f"{most:,} at most" in warning for warning in long.warnings)
    assert examine(None, "a fox", " A fox. ").text == "A fox."
