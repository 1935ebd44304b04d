"""A failure stands in the picture's place and says what to do now; nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")

FAILURES: list[tuple[str, str | int, dict[str, Any], list[str]]] = [
    ("submit", 402, {}, ["cannot pay", "Add credit at the provider", "nothing was created"]),
    ("accepted", "refusal", {"form": "policy"}, ["fal's moderation refused", "Reword the prompt"]),
    (
        "submit",
        "cut_after",
        {},
        ["was lost after the request was sent", "It may have been charged"],
    ),
]


async def test_a_failure_says_what_to_do_and_leaves_the_form(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose("Nano Banana 2 · fal")
    await it.go.click()
    await expect(it.card).to_contain_text("The prompt is empty.")
    await expect(it.go).to_be_enabled()
    assert cloud.submissions() == []

    await it.select("#shape", "Landscape")
    await it.select("#resolution", "2K")
    await it.prompt.fill("Что-то, что не выйдет")
    failed = it.at("#stage .stage-card.failed")
    for number, (stage, kind, details, said) in enumerate(FAILURES, 1):
        cloud.fail("fal", stage, kind, **details)
        await expect(it.go).to_be_enabled()
        await it.go.click()
        for words in said:
            await expect(failed).to_contain_text(words)
        await expect(failed).to_contain_text("Your prompt and settings are as you left them.")
        await expect(it.at("#stop")).to_be_hidden()
        await expect(it.picture).to_be_hidden()
        await expect(it.prompt).to_have_value("Что-то, что не выйдет")
        await expect(it.at("#shape label.selected")).to_contain_text("Landscape")
        await expect(it.at("#resolution label.selected")).to_have_text("2K")
        assert len(cloud.submissions("fal")) == number
        assert cloud.pending() == []

    await expect(it.go).to_be_enabled()
    await it.go.click()
    await it.shown()
    await expect(it.card).to_be_hidden()
    assert len(cloud.submissions("fal")) == len(FAILURES) + 1
