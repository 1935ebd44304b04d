"""The film strip and the history of one visitor; what other visitors do not see."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPage
from tests.browser.easel_page import EaselPage
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "fal-visitor-a-0123456789"
EVIL = (
    """<img src=x onerror="window.hit=1"><script>window.hit=2</script></textarea></td>"""
    """<svg onload='window.hit=3'> "двойные" 'одинарные' `обратные` &lt;b&gt; ${7*7} {{7*7}} 😀 """
)


async def test_film_strip_history_delete_and_save(page: EaselPage) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("The first")
    first = await it.source()
    await it.create("The second")
    second = await it.source()
    assert first != second
    await expect(it.film).to_have_count(2)
    assert "The second" in await it.receipt()

    await it.film.last.click()
    await expect(it.picture).to_have_js_property("src", first)
    await expect(it.at("#receipt table.receipt")).to_contain_text("The first")
    assert (await it.download("#download")).name == first.rpartition("/")[2]

    await it.tab("History")
    thumbnails = it.at("#history .thumbnail-item")
    await expect(thumbnails).to_have_count(2)
    await expect(it.at("#history-delete")).to_be_disabled()
    saved = await it.download("#history-save")
    assert saved.name == "history.json"
    text = saved.read_text("utf-8")
    told = json.loads(text)
    assert [receipt["asked"]["prompt"] for receipt in told] == ["The first", "The second"]
    assert all("path" not in image for receipt in told for image in receipt["images"])
    assert "/tmp/" not in text and "gradio" not in text

    await thumbnails.nth(1).click()
    await expect(it.at("#history-receipt")).to_contain_text("The second")
    assert (await it.download("#history-download")).name == second.rpartition("/")[2]
    await it.at("#history-delete").click()
    await expect(thumbnails).to_have_count(1)
    await expect(it.at("#history-receipt")).not_to_contain_text("The second")
    assert (await it.page.request.get(second)).status in (403, 404)
    await it.tab("Create")
    await expect(it.film).to_have_count(1)
    await expect(it.picture).to_have_js_property("src", first)

    await it.tab("History")
    await it.at("#history-clear").click()
    await expect(it.at("#history-empty")).to_be_visible()
    assert (await it.page.request.get(first)).status in (403, 404)
    await it.tab("Create")
    await expect(it.film).to_have_count(0)
    await expect(it.picture).to_be_hidden()
    await expect(it.card).to_contain_text("Your picture appears here.")
    await it.create("The third")


async def test_two_visitors_see_nothing_of_each_other(
    new_page: NewPage, browser_app_bare: App, cloud: Cloud
) -> None:
    one = await new_page(browser_app_bare)
    two = await new_page(browser_app_bare)
    cloud.add_key("fal", KEY)
    await one.open_settings()
    await one.at("#key-fal input").fill(KEY)
    await one.at("#keys-save").click()
    await expect(one.at("#keys-state")).to_contain_text("yours, for this session")
    await one.close_settings()
    await one.choose("Nano Banana 2 · fal")
    await one.create("Secret of the first")

    await two.open_settings()
    await expect(two.at("#keys-state")).to_be_visible()
    await expect(two.at("#keys-state")).not_to_contain_text("yours")
    await two.close_settings()
    await two.choose("Nano Banana 2 · fal")
    await expect(two.go).to_be_disabled()
    await two.choose("Sketch")
    await two.create("Secret of the second")
    # A second tab of the same browser is a visitor of its own, too.
    tab = await (await one.another()).open()
    await expect(tab.film).to_have_count(0)
    for it, own in ((one, "first"), (two, "second")):
        await expect(it.film).to_have_count(1)
        await it.tab("History")
        await expect(it.at("#history .thumbnail-item")).to_have_count(1)
        await it.at("#history .thumbnail-item").click()
        await expect(it.at("#history-receipt")).to_contain_text(f"Secret of the {own}")
    assert KEY not in await two.everything() and "of the first" not in await two.everything()
    assert "of the second" not in await one.everything()


async def test_html_in_a_prompt_and_from_a_provider_stays_text(
    page: EaselPage, cloud: Cloud
) -> None:
    it = page
    prompt = EVIL + "щ" * (3000 - len(EVIL))
    await it.choose("Sketch")
    await it.at("#more > button").click()
    await it.at("#negative textarea").fill("<b onmouseover=window.hit=4>нет</b>")
    await it.create(prompt)
    shown = await it.receipt()
    assert EVIL in shown and "щ" * 500 in shown and "<b onmouseover" in shown
    await it.tab("History")
    await it.at("#history .thumbnail-item").click()
    await expect(it.at("#history-receipt")).to_contain_text(EVIL.strip())
    await it.tab("Create")
    await expect(it.prompt).to_have_value(prompt)

    words = '<img src=x onerror="window.hit=5"> & <b>bold</b>'
    cloud.fail("fal", "submit", 402, detail=words)
    await it.choose("Nano Banana 2 · fal")
    await it.prompt.fill("A fox")
    await it.go.click()
    await expect(it.at(".stage-card.failed")).to_contain_text(words)

    assert await it.page.evaluate("window.hit === undefined")
    assert await it.at("img[src='x'], #receipt svg[onload], b[onmouseover]").count() == 0
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert await it.page.evaluate(wide)
