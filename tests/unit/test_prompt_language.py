"""A prompt in another language: told before it goes, and sent to who reads it."""

from __future__ import annotations

import pytest

from engines.language.detect import CYRILLIC, LATIN, SCRIPTS
from providers.catalogue import MODELS, PROVIDERS
from providers.schema import Task
from studio.keys import Keyring
from studio.prompts.language import NAMES, language_of
from studio.request import check, read_request
from studio.routing import sort_out

FOX = "Рыжая лиса в снегу"
EVERY = Keyring(operator={it.name: f"{it.name}-key" for it in PROVIDERS if it.needs_key})


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        (FOX, "ru"),
        ("A fox in the snow", "en"),
        ("…", ""),
        ("", ""),
        ('A sign that says "ПРИВЕТ, ДОРОГОЙ МИР"', "en"),
        ("A sign that says «ПРИВЕТ, ДОРОГОЙ МИР»", "en"),
        ("Вывеска с надписью «WELCOME TO THE REAL WORLD»", "ru"),
        ("Лиса {рыжая|чёрная}", "ru"),
    ],
)
def test_what_is_quoted_does_not_count(prompt: str, language: str) -> None:
    assert language_of(prompt) == language
    assert read_request(prompt or "…", {}).language == language


@pytest.mark.parametrize(
    ("model", "warned"),
    [
        ("fal/nano-banana-2", False),
        ("fal/gpt-image-2", False),
        ("fal/flux-dev", True),
        ("huggingface/sdxl", True),
        ("wavespeed/seedream-4", True),
        ("local/sketch", False),
    ],
)
def test_a_model_that_does_not_read_it_is_told_of(model: str, warned: bool) -> None:
    checked = check(MODELS[model], read_request(FOX, {}))
    assert checked.request.prompt == FOX, "it goes as it is"
    assert checked.read is not warned
    assert [
        ("looks Russian" in text, MODELS[model].title in text) for text in checked.warnings
    ] == ([(True, True)] if warned else [])


def test_words_nobody_reads_are_not_told_of() -> None:
    upscaler = next(m for m in MODELS.values() if m.task is Task.UPSCALE and m.languages == ("en",))
    assert upscaler.words == "none"


def test_auto_prefers_who_reads_it_and_our_own_come_last() -> None:
    found, _ = sort_out(Task.TEXT_TO_IMAGE, read_request(FOX, {}), EVERY)
    reads = [each.checked.read for each in found[:-1]]
    assert reads == sorted(reads, reverse=True)
    assert {True, False} <= set(reads)
    prices = [each.price for each in found if each.checked.read and each.price]
    assert prices == sorted(prices)
    assert found[-1].model.id == "local/sketch"
    english, _ = sort_out(Task.TEXT_TO_IMAGE, read_request("A fox in the snow", {}), EVERY)
    assert found[0].model.id != english[0].model.id


def test_a_look_alike_word_changes_nobody_and_no_price() -> None:
    english, _ = sort_out(Task.TEXT_TO_IMAGE, read_request("A fox in the snow", {}), EVERY)
    usual = [(each.model.id, each.price) for each in english]
    for prompt in ("starry sky", "rotary phone", "star wars", "piñata party", "die cast car"):
        found, _ = sort_out(Task.TEXT_TO_IMAGE, read_request(prompt, {}), EVERY)
        assert [(each.model.id, each.price) for each in found] == usual, prompt
        assert not any(each.checked.into or each.checked.unread for each in found), prompt


def test_every_language_that_can_be_told_has_a_name() -> None:
    scripts = set(SCRIPTS) - {"cyrillic", "latin"}
    assert scripts | {*CYRILLIC} | {*LATIN} <= set(NAMES)
    rows = {code for model in MODELS.values() for code in model.languages}
    assert rows <= {*NAMES, "*"}
