"""The page as it is drawn: on a desk and on a phone, light and dark, by mouse, finger and keys."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPage
from tests.browser.easel_page import EaselPage, move
from tests.browser.looking import FOCUS, PHONE, wrong_looks
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("device", ["desk", "phone"])
async def test_every_tab_and_state_looks_right(
    new_page: NewPage, browser_app: App, cloud: Cloud, device: str
) -> None:
    options = PHONE if device == "phone" else {}
    it = await new_page(browser_app, color_scheme="dark", **options)
    assert await it.page.evaluate("document.body.classList.contains('dark')")
    wrong: list[str] = []
    wrong += await wrong_looks(it, "empty")
    await expect(it.go).to_be_in_viewport(ratio=1)

    await it.choose("Nano Banana 2 · fal")
    cloud.pace("fal", queue=1, steps=500, delay=0.1)
    await it.prompt.fill("A fox")
    await it.go.click()
    await expect(it.card).to_contain_text("fal is working on it")
    await expect(it.card.locator("h3")).to_be_in_viewport(ratio=1)
    await expect(it.at("#stop")).to_be_in_viewport(ratio=1)
    wrong += await wrong_looks(it, "running")
    move(cloud)
    await it.shown()
    await expect(it.picture).to_be_in_viewport(ratio=0.5)
    await it.receipt()
    await it.at("#more > button").click()
    await expect(it.at("#seed")).to_be_visible()
    wrong += await wrong_looks(it, "result, receipt and all controls")
    await it.choose("FLUX.1 dev · fal")
    await expect(it.at("#num-inference-steps")).to_be_visible()
    cloud.fail("fal", "submit", 402)
    await it.go.click()
    await expect(it.at(".stage-card.failed")).to_be_visible()
    await expect(it.go).to_be_enabled()
    wrong += await wrong_looks(it, "failed")
    for tab, ready in (
        ("History", "#history .thumbnail-item"),
        ("Models", "#models table.models"),
        ("Statistics", "#statistics table.models"),
        ("Where your data lives", "#privacy h3"),
    ):
        await it.tab(tab)
        await expect(it.at(ready).first).to_be_visible()
        if tab == "History":
            await it.at(ready).first.click()
            await expect(it.at("#history-receipt table")).to_be_visible()
        wrong += await wrong_looks(it, tab)
    await it.open_settings()
    await expect(it.at("#keys-state tr").first).to_be_visible()
    wrong += await wrong_looks(it, "settings")
    await it.close_settings()
    assert wrong == [], "\n".join(wrong)


async def test_the_model_list_can_be_read_on_a_phone(
    new_page: NewPage, browser_app_bare: App, cloud: Cloud
) -> None:
    it = await new_page(browser_app_bare, **PHONE)
    await it.choose("Nano Banana 2 · fal")
    await expect(it.go).to_be_disabled()
    wrong = await wrong_looks(it, "a model without a key")
    await expect(it.at("#hint")).to_contain_text("FAL_KEY")
    await it.at("#model input").click()
    await expect(it.page.get_by_role("option").first).to_be_visible()
    wrong += await wrong_looks(it, "the list of models")
    assert wrong == [], "\n".join(wrong)


MOVED_ONCE_UP = """() => new Promise((done) => {
  const look = setInterval(() => {
    if (scrollY > 0) return;
    clearInterval(look);
    scrollTo({ top: 400, behavior: 'instant' });
    done(scrollY);
  }, 20);
})"""


async def test_a_phone_shows_the_picture_where_one_looks(
    new_page: NewPage, browser_app_bare: App, cloud: Cloud
) -> None:
    """The form is below the picture, so pressing Create far down must bring it into sight."""
    it = await new_page(browser_app_bare, **PHONE)
    await it.create("The first")
    await it.at("#more > button").scroll_into_view_if_needed()
    await it.at("#more > button").click()
    await it.at("#seed input").fill("7")
    await expect(it.picture).not_to_be_in_viewport(ratio=0.5)
    await it.go.click()
    await expect(it.at("#caption")).to_contain_text("seed 7")
    await expect(it.picture).to_be_in_viewport(ratio=0.9)
    await expect(it.at("#caption")).to_be_in_viewport()
    # Also when something moves the page meanwhile, but not against the visitor's own hand.
    await it.at("#seed input").fill("8")
    await it.go.click()
    assert await it.page.evaluate(MOVED_ONCE_UP) == 400
    await it.page.wait_for_function("scrollY === 0")
    await it.page.touchscreen.tap(195, 120)
    await it.page.evaluate("scrollTo({ top: 400, behavior: 'instant' })")
    await it.page.wait_for_timeout(700)
    assert await it.page.evaluate("scrollY") >= 400


async def test_by_keyboard_alone(bare_page: EaselPage) -> None:
    it = bare_page
    await expect(it.prompt).to_be_focused()
    await it.page.keyboard.type("Маяк")
    order: list[str] = []
    for _ in range(30):
        where, seen = await it.page.evaluate(FOCUS)
        if where == "BODY" and order[-1:] == ["model"]:  # gradio's list, closing, lets go
            await it.page.keyboard.press("Tab")
            continue
        assert seen, f"the focus is not seen on {where}, after {order}"
        order += [where] if where not in order else []
        if where == "go":
            break
        await it.page.keyboard.press("Tab")
    wanted = ["prompt", "earlier", "model", "shape", "resolution", "num-images", "more", "go"]
    assert order == wanted
    await it.page.keyboard.press("Enter")
    await it.shown()
