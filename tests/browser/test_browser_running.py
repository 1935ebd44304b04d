"""A paid job from the price on the button to the receipt; Stop; a closed tab; double clicks."""

from __future__ import annotations

import asyncio
import re
import time

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPage
from tests.browser.easel_page import EaselPage, measured, move, until
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")
FAR = 500
BANANA = "Nano Banana 2 · fal"


async def test_price_progress_result_history_and_spend(page: EaselPage, cloud: Cloud) -> None:
    it = page
    cloud.pace("fal", queue=FAR, steps=FAR, delay=0.1)
    await it.choose(BANANA)
    await expect(it.go).to_have_text("Create · about $0.08")
    await it.select("#num-images", "4")
    await expect(it.go).to_have_text("Create · about $0.32 (4 × $0.08)")
    await it.select("#num-images", "1")
    await expect(it.go).to_have_text("Create · about $0.08")
    await expect(it.at("#hint")).to_contain_text("Goes to fal.")
    await expect(it.at("#spend")).to_contain_text("$0.00")

    await it.prompt.fill("A fox in the snow")
    await it.go.click()
    await expect(it.card).to_contain_text(re.compile(r"In fal's queue: \d+ ahead"))
    move(cloud, steps=FAR)
    await expect(it.card).to_contain_text("fal is working on it")
    await expect(it.card.locator("p").first).to_have_text(re.compile(r"^[1-9]\d* s$"))
    await expect(it.at("#stop")).to_be_visible()
    move(cloud)
    await it.shown()
    await expect(it.at("#stop")).to_be_hidden()
    await expect(it.at("#caption .who")).to_have_text("Nano Banana 2 · fal")
    await expect(it.at("#caption")).to_contain_text("$0.08 estimate")
    await expect(it.at("#spend")).to_contain_text("$0.08")
    [job] = cloud.jobs("fal")
    assert job.id in await it.receipt()

    await it.tab("History")
    await it.at("#history .thumbnail-item").first.click()
    await expect(it.at("#history-receipt")).to_contain_text(job.id)
    await expect(it.at("#history-receipt")).to_contain_text("A fox in the snow")


async def test_four_pictures_each_with_its_own_download(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose(BANANA)
    await it.select("#num-images", "4")
    await it.create("Four foxes")
    await expect(it.at("#gallery .thumbnail")).to_have_count(4)
    await expect(it.film).to_have_count(4)
    for place in (0, 2, 3):
        thumbnail = it.at("#gallery .thumbnail").nth(place)
        await thumbnail.click()
        address = str(await thumbnail.locator("img").evaluate("image => image.src"))
        name = address.rpartition("/")[2]
        for _ in range(20):  # the button follows the picture within a moment
            saved = await it.download("#download")
            if saved.name == name:
                break
        assert saved.name == name
        assert saved.read_bytes() == await (await it.page.request.get(address)).body()


async def test_stop_reaches_the_provider_and_leaves_the_form(page: EaselPage, cloud: Cloud) -> None:
    it = page
    cloud.pace("fal", queue=1, steps=FAR, delay=0.2)
    await it.choose(BANANA)
    await it.select("#shape", "16:9")
    await it.select("#num-images", "2")
    await it.prompt.fill("A long job")
    await it.go.click()
    await expect(it.card).to_contain_text("fal is working on it")
    [job] = cloud.jobs("fal")
    clicked = time.monotonic()
    await it.at("#stop").click()
    await until(lambda: cloud.cancels("fal"))
    [call] = cloud.cancels("fal")
    measured("Stop to the provider's cancellation", call.at - clicked)
    assert call.at - clicked < 8
    assert (call.method, call.path) == (
        "PUT",
        f"/fal/fal-ai/nano-banana-2/requests/{job.id}/cancel",
    )
    await expect(it.card.locator("h3")).to_have_text("Stopped.")
    measured("Stop to the card that says so", time.monotonic() - clicked)
    await expect(it.card).to_contain_text("fal accepted the cancellation.")
    await expect(it.card).to_contain_text("Your prompt and settings are as you left them.")
    await expect(it.at("#stop")).to_be_hidden()
    await expect(it.prompt).to_have_value("A long job")
    await expect(it.at("#shape label.selected")).to_contain_text("16:9")
    await expect(it.at("#num-images label.selected")).to_have_text("2")
    await expect(it.go).to_have_text("Create · about $0.16 (2 × $0.08)")

    cloud.pace("fal", queue=0, steps=1, delay=0)
    await it.go.click()
    await it.shown()
    assert len(cloud.submissions("fal")) == 2


async def test_a_closed_tab_stops_the_job_and_ends_the_session(
    new_page: NewPage, browser_app: App, cloud: Cloud
) -> None:
    it = await new_page(browser_app)
    await it.choose("Sketch")
    await it.create("To be gone soon")
    address = await it.source()
    other = await new_page(browser_app, load=False)
    cloud.pace("fal", queue=1, steps=FAR, delay=0.2)
    await it.choose(BANANA)
    await it.go.click()
    await expect(it.card).to_contain_text("fal is working on it")
    assert (await other.page.request.get(address)).status == 200
    closed = time.monotonic()
    await it.close()
    await until(lambda: cloud.cancels("fal"))
    [call] = cloud.cancels("fal")
    measured("closed tab to the provider's cancellation", call.at - closed)
    assert call.job == cloud.jobs("fal")[0].id and call.at - closed < 8

    again = await (await it.another()).open()
    await expect(again.film).to_have_count(0)
    await expect(again.card).to_contain_text("Your picture appears here.")
    await again.tab("History")
    await expect(again.at("#history-empty")).to_be_visible()
    await expect(again.at("#history .thumbnail-item")).to_have_count(0)
    while (await other.page.request.get(address)).status == 200:
        assert time.monotonic() - closed < 30
        await asyncio.sleep(0.2)
    measured("closed tab to the picture gone", time.monotonic() - closed)
    assert (await other.page.request.get(address)).status in (403, 404)


async def test_a_reload_ends_the_session(page: EaselPage) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("Before the reload")
    await it.reload()
    await expect(it.card).to_contain_text("Your picture appears here.")
    await expect(it.film).to_have_count(0)
    await it.tab("History")
    await expect(it.at("#history-empty")).to_be_visible()


async def test_one_press_is_one_job_and_the_next_may_follow_at_once(
    page: EaselPage, cloud: Cloud
) -> None:
    """A double click, or a key held down, is one press."""
    it = page
    cloud.pace("fal", queue=1, steps=FAR, delay=0.1)
    await it.choose(BANANA)
    await it.prompt.fill("Once")
    await it.go.dblclick()
    await expect(it.card).to_contain_text("fal is working on it")
    await expect(it.go).to_be_enabled()
    await it.prompt.click()
    await it.page.keyboard.down("Control")
    for _ in range(3):
        await it.page.keyboard.down("Enter")
    await it.page.keyboard.up("Enter")
    await it.page.keyboard.up("Control")
    await expect(it.jobs).to_have_count(2)
    await until(lambda: len(cloud.submissions("fal")) == 2)
    move(cloud)
    await expect(it.film).to_have_count(2)
    await it.shown()
    assert len(cloud.submissions("fal")) == 2


async def test_the_button_ends_as_the_form_then_stands(
    new_page: NewPage, browser_app_bare: App, cloud: Cloud
) -> None:
    """A model without a key, chosen while a sketch is drawn, keeps the button closed."""
    it = await new_page(browser_app_bare)
    await it.choose("Sketch")
    await it.select("#num-images", "4")
    await it.prompt.fill("Four sketches")
    await it.go.click()
    await it.at("#model input").click()
    await it.page.get_by_role("option", name=BANANA).first.click()
    await expect(it.picture).to_be_visible()
    await expect(it.at("#hint")).to_contain_text("FAL_KEY")
    await expect(it.at("#stop")).to_be_hidden()
    await expect(it.go).to_be_disabled()
