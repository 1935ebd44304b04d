"""The quick line, choices, languages and earlier prompts on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from engines.words.wildcards import pick
from i18n import say
from tests.browser.conftest import NewPage
from tests.browser.easel_page import EaselPage
from tests.browser.looking import PHONE
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")
PORTRAIT = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
LEAST = 40
# Typed and pressed before the page has had the time to tell the price.
AT_ONCE = """(text) => {
  const box = document.querySelector('#prompt textarea');
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  setTimeout(() => document.querySelector('#go').click(), 60);
}"""


def chosen(it: EaselPage, control: str, label: str) -> Locator:
    """The segment of a radio that is chosen, by its text."""
    return it.at(f"{control} label.selected").filter(has_text=label)


async def test_a_line_becomes_the_controls(page: EaselPage, cloud: Cloud) -> None:
    it = page
    line = "a fox | model=fal/nano-banana | n=3 | ar=16:9 | seed=7 | format=jpg | foo=bar"
    await it.prompt.fill(line)
    await expect(it.go).to_contain_text("about $0.117 (3 × $0.039)")  # while it is typed
    await expect(it.prompt).to_have_value(line)
    await it.prompt.blur()
    await expect(it.prompt).to_have_value("a fox")
    await expect(it.at("#model input")).to_have_value("Nano Banana · fal")
    await expect(chosen(it, "#shape", "16:9")).to_be_visible()
    await expect(chosen(it, "#num-images", "3")).to_be_visible()
    await expect(it.at("#seed textarea, #seed input").first).to_have_value("7")
    await expect(chosen(it, "#format", "jpeg")).to_be_visible()
    await expect(it.at("#line .warning")).to_contain_text("“foo=bar”")
    assert cloud.submissions() == []

    await it.prompt.fill("a fox | negative=rain | seed=8 | strength=0.4")
    await it.prompt.blur()
    await expect(it.at("#seed textarea, #seed input").first).to_have_value("8")
    told = it.at("#line .warning")
    await expect(told).to_have_count(2)
    await expect(told.first).to_contain_text("Nano Banana has no negative_prompt")
    await expect(it.at("#line")).not_to_contain_text("foo=bar")
    await it.go.click()
    await it.shown()
    (call,) = cloud.submissions("fal")
    body = call.body
    assert (body["prompt"], body["num_images"], body["seed"]) == ("a fox", 3, 8)
    assert (body["aspect_ratio"], body["output_format"]) == ("16:9", "jpeg")
    await it.prompt.fill("a hen")
    await it.prompt.blur()
    await expect(told).to_have_count(0)


async def test_a_line_pressed_at_once_is_obeyed_at_the_price_shown(
    page: EaselPage, cloud: Cloud
) -> None:
    it = page
    await it.page.evaluate(AT_ONCE, "a fox | model=fal/flux-dev | seed=3")
    await expect(it.card).to_contain_text(
        "With this line, the button would say: Create · about $0.025"
    )
    assert cloud.submissions() == []
    await expect(it.prompt).to_have_value("a fox")
    await expect(it.go).to_contain_text("about $0.025")
    await expect(it.go).to_be_enabled()
    await it.go.click()
    await it.shown()
    await it.page.evaluate(AT_ONCE, "a hen | seed=4")  # at the same price
    await expect(it.film).to_have_count(2)
    first, second = (call.body for call in cloud.submissions("fal"))
    assert (first["prompt"], first["seed"]) == ("a fox", 3)
    assert (second["prompt"], second["seed"]) == ("a hen", 4)


async def test_choices_languages_and_earlier_prompts(
    browser_app: App, new_page: NewPage, cloud: Cloud
) -> None:
    it = await new_page(browser_app, **PHONE)
    fold, found = it.at("#earlier > button"), it.at("#earlier-found label")
    await fold.click()
    await expect(it.at("#earlier-none")).to_contain_text(say("earlier.none")[:40])

    await it.prompt.fill("Рыжая лиса в снегу | translate=no")
    await it.prompt.blur()
    await expect(it.at("#hint")).to_contain_text("Reads any language")
    await it.choose("FLUX.1 schnell · fal")
    await expect(it.at("#hint .warning")).to_contain_text("Your prompt looks Russian")
    await it.go.click()
    await it.shown()
    await expect(it.at("#caption .warning")).to_contain_text("Your prompt looks Russian")

    colours = "a {red|green|blue} bird"
    await it.prompt.fill(f"{colours} | n=2 | seed=5")
    await it.prompt.blur()
    await expect(it.prompt).to_have_value(colours)
    await expect(it.go).to_contain_text("2 ×")
    await it.go.click()
    await expect(it.film).to_have_count(3)
    sent = [call.body["prompt"] for call in cloud.submissions("fal")]
    assert sent == ["Рыжая лиса в снегу", pick(colours, 5).text, pick(colours, 6).text]
    assert "2 of 2" in await it.receipt()

    await expect(found).to_have_text([colours, "Рыжая лиса в снегу"])
    for label in await found.all():
        box = await label.bounding_box()
        assert box
        assert box["height"] >= LEAST
    await it.at("#earlier-search textarea, #earlier-search input").first.fill("ЛИСА")
    await expect(found).to_have_count(1)
    await found.first.click()
    await expect(it.prompt).to_have_value("Рыжая лиса в снегу")
    await expect(found.first).to_be_hidden()

    await it.tab("Edit")
    await it.at("#edit-earlier > button").click()
    await it.at("#edit-earlier-found label").filter(has_text="bird").click()
    await expect(it.at("#edit-prompt textarea")).to_have_value(colours)
    await it.tab("History")
    await it.at("#history-clear").click()
    await it.tab("Create")
    await fold.click()
    await expect(it.at("#earlier-none")).to_be_visible()
    await expect(found).to_have_count(0)


async def test_edit_and_retouch_take_a_line_too(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.tab("Edit")
    await it.at("#edit-prompt textarea").fill("snow | model=fal/seedream-4-edit | size=2048x1472")
    await it.at("#edit-prompt textarea").blur()
    await expect(it.at("#edit-prompt textarea")).to_have_value("snow")
    await expect(it.at("#edit-model input")).to_have_value("Seedream 4 Edit · fal")
    await expect(it.at("#edit-exact input")).to_have_value("2048 × 1472")
    await it.tab("Retouch")
    await it.page.set_input_files("#retouch-picture input[type=file]", [str(PORTRAIT)])
    await it.select("#retouch-mode", "Enhance")
    wish = it.at("#retouch-wish textarea")
    await expect(wish).to_be_enabled()
    await wish.fill("softer | model=fal/seedream-4-enhance | seed=6 | quality=high")
    await wish.blur()
    await expect(wish).to_have_value("softer")
    await expect(it.at("#retouch-model input")).to_have_value("Seedream 4 Enhance · fal")
    await expect(it.at("#retouch-seed textarea, #retouch-seed input").first).to_have_value("6")
    await expect(it.at("#retouch-line .warning")).to_contain_text("has no quality")
    assert cloud.submissions() == []
