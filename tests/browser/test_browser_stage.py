"""One stage for every tool: jobs side by side, what is chosen is shown, nothing is closed in
silence and nothing leaves the stage by itself."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage, move, until
from tests.browser.picture_page import PictureForm, portrait
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")
FAR = 500
BANANA = "Nano Banana 2 · fal"
CLOUD_UPSCALER = "Clarity Upscaler · fal"


async def started(it: EaselPage, cloud: Cloud, prompt: str) -> None:
    """A job in Create that runs until it is moved."""
    cloud.pace("fal", queue=1, steps=FAR, delay=0.1)
    await it.choose(BANANA)
    await it.prompt.fill(prompt)
    await it.go.click()
    await expect(it.card).to_contain_text("fal is working on it")


async def test_a_running_job_closes_no_button_in_any_tab(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await started(it, cloud, "A long one")
    await expect(it.go).to_be_enabled()
    form = await PictureForm(it, "upscale").open()
    await form.give("me.jpg", portrait())
    await form.choose(CLOUD_UPSCALER)
    await expect(form.at("go")).to_be_enabled()
    await form.at("go").click()
    await until(lambda: len(cloud.submissions("fal")) == 2)
    await expect(it.jobs).to_have_count(2)
    # The one pressed last is shown; choosing the other shows that.
    await expect(it.jobs.first).to_have_attribute("aria-pressed", "true")
    await it.jobs.last.click()
    await expect(it.jobs.last).to_have_attribute("aria-pressed", "true")
    await expect(it.card).to_contain_text("fal is working on it")
    move(cloud)
    await expect(it.film).to_have_count(2)
    await expect(it.jobs).to_have_count(0)
    await expect(it.picture).to_have_attribute("alt", "A long one")
    # The other one may have ended later: nothing is left to stop.
    await expect(it.at("#stop-all")).to_be_hidden()
    await expect(form.at("go")).to_be_enabled()
    await it.tab("Create")
    await expect(it.go).to_be_enabled()


async def test_a_second_ctrl_enter_starts_a_second_job(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await started(it, cloud, "The first")
    await it.prompt.fill("The second")
    await it.page.keyboard.press("Control+Enter")
    await expect(it.jobs).to_have_count(2)
    await until(lambda: len(cloud.submissions("fal")) == 2)
    move(cloud)
    await expect(it.film).to_have_count(2)
    await expect(it.picture).to_have_attribute("alt", "The second")


async def test_escape_leaves_the_picture_on_the_stage(page: EaselPage) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("To stay")
    await it.picture.click()
    await it.page.keyboard.press("Escape")
    await it.page.keyboard.press("Escape")
    await it.page.wait_for_timeout(300)
    await expect(it.picture).to_be_visible()
    await expect(it.at("#download")).to_be_visible()
    await expect(it.card).to_be_hidden()


async def test_stop_ends_the_job_that_is_shown_and_stop_all_the_rest(
    page: EaselPage, cloud: Cloud
) -> None:
    it = page
    await started(it, cloud, "One")
    for words in ("Two", "Three"):
        await it.prompt.fill(words)
        await it.go.click()
        await expect(it.jobs.first).to_contain_text(words)
        await it.page.wait_for_timeout(600)
    await until(lambda: len(cloud.submissions("fal")) == 3)
    await it.jobs.nth(1).click()
    await expect(it.jobs.nth(1)).to_have_attribute("aria-pressed", "true")
    await it.at("#stop").click()
    await expect(it.card.locator("h3")).to_have_text("Stopped.")
    await expect(it.jobs.nth(1)).to_contain_text("Stopped")
    assert len(cloud.cancels("fal")) == 1
    await expect(it.jobs.nth(0)).to_contain_text("Running")
    await expect(it.at("#stop")).to_be_hidden()
    await it.at("#stop-all").click()
    for place in (0, 2):
        await expect(it.jobs.nth(place)).to_contain_text("Stopped")
    await expect(it.at("#stop-all")).to_be_hidden()
    assert len(cloud.cancels("fal")) == 3


async def test_a_failure_is_an_item_of_its_own(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("A good one")
    cloud.fail("fal", "submit", 402)
    await it.choose(BANANA)
    await it.prompt.fill("No credit")
    await it.go.click()
    await expect(it.at("#stage .stage-card.failed")).to_be_visible()
    await expect(it.at("#gallery")).to_be_hidden()
    await expect(it.jobs).to_have_count(1)
    await it.film.first.click()
    await expect(it.picture).to_be_visible()
    await expect(it.at("#stage")).to_be_hidden()
    await it.jobs.first.click()
    await expect(it.at("#stage .stage-card.failed")).to_be_visible()


async def test_again_makes_the_same_with_a_new_seed(page: EaselPage) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("Once more")
    first = await it.source()
    seed = await it.at("#caption .soft").inner_text()
    # Whatever the form says by now.
    await it.prompt.fill("Something else")
    await it.at("#again").click()
    await expect(it.film).to_have_count(2)
    await expect(it.picture).not_to_have_js_property("src", first)
    await expect(it.picture).to_have_attribute("alt", "Once more")
    await expect(it.at("#caption .soft")).not_to_have_text(seed)


async def test_the_page_asks_before_what_was_not_saved_is_lost(page: EaselPage) -> None:
    it = page
    await it.prompt.fill("Nothing made yet")
    await it.reload()
    assert it.watch.asked == 0
    await it.choose("Sketch")
    await it.create("To be lost")
    await expect(it.at("#film .hint")).to_contain_text("download what you want to keep")
    await it.reload()
    assert it.watch.asked == 1
    await it.choose("Sketch")
    await it.create("To be kept")
    await it.download("#download")
    await it.reload()
    assert it.watch.asked == 1
