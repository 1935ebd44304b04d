"""The Upscale and Retouch tabs: what leaves, what it costs, what came of it, what is refused."""

from __future__ import annotations

import re
import time

import pytest
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage, measured
from tests.browser.looking import wrong_at_any_width
from tests.browser.picture_page import PictureForm, bomb, hills, portrait
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")
TABS = ["upscale", "retouch"]
MODEL = {"upscale": "Clarity Upscaler · fal", "retouch": "Seedream 4 Enhance · fal"}
# The telephone's picture, upright.
SIZE = (240, 320)


async def opened(it: EaselPage, tab: str) -> PictureForm:
    return await PictureForm(it, tab).open()


async def test_a_telephone_s_picture_is_upright_and_says_nothing_of_where(
    page: EaselPage, cloud: Cloud
) -> None:
    for tab in TABS:
        form = await opened(page, tab)
        await form.give("IMG_4711.jpg", portrait(orientation=6))
        await form.choose(MODEL[tab])
        told = re.compile(r"240×320.*location.*goes to fal")
        await expect(form.at("hint")).to_contain_text(told)
        await form.run()
        job = cloud.jobs()[-1]
        (received,) = job.received
        assert received.metadata == ()
        assert b"SECRET" not in received.data and (received.width, received.height) == SIZE
        assert "IMG_4711" not in str(job.input)
        before, after = await form.sides()
        assert before == [*SIZE] and after[1] > after[0]
        caption = form.at("caption")
        await expect(caption).to_contain_text(f"240 × 320 → {after[0]} × {after[1]}")
        saved = await page.download("#download")
        assert saved.stat().st_size > 0
    assert len(cloud.jobs()) == len(TABS)


async def test_what_cannot_be_taken_gets_a_sentence_and_costs_nothing(
    page: EaselPage, cloud: Cloud
) -> None:
    large = bomb()
    assert len(large) < 600_000
    for tab in TABS:
        form = await opened(page, tab)
        await form.give("cat.png", b"This is a text about a cat.\n" * 40)
        warning = form.at("hint .warning")
        await expect(warning).to_contain_text("cat.png is not a picture that Easel can read.")
        await expect(warning).to_contain_text("Use PNG, JPEG")
        await form.at("go").click()
        await expect(form.at("stage .failed")).to_contain_text("cat.png is not a picture")
        started = time.monotonic()
        await form.give("large.png", large)
        await expect(warning).to_contain_text("large.png has 13000×13000 pixels")
        measured(f"{tab} refuses a picture of 169 megapixels in", time.monotonic() - started)

    form = PictureForm(page, "retouch")
    await form.give("hills.png", hills())
    await form.choose(MODEL["retouch"])
    await form.at("go").click()
    card = form.at("stage .failed")
    await expect(card).to_contain_text("No face was found in hills.png")
    await expect(card).to_contain_text("nothing is charged")
    await expect(form.at("go")).to_be_enabled()
    assert cloud.jobs() == [] and cloud.submissions() == []


async def test_it_is_done_on_this_machine_until_a_key_is_typed(
    bare_page: EaselPage, cloud: Cloud
) -> None:
    it, key = bare_page, "fal-visitor-0123456789abcdef"
    cloud.add_key("fal", key)
    for tab in TABS:
        form = await opened(it, tab)
        await form.give("me.jpg", portrait())
        await expect(form.at("go")).to_have_text(f"{tab.capitalize()} · free")
        await expect(form.at("hint")).to_contain_text("Stays on this machine.")
        await form.run()
        await expect(form.at("caption")).to_contain_text("This machine")
        before, after = await form.sides()
        times = 2 if tab == "upscale" else 1
        assert before == [*SIZE] and after == [side * times for side in SIZE]
    assert cloud.jobs() == []

    form = PictureForm(it, "retouch")
    await choose_locked(form)
    await it.open_settings()
    await it.at("#key-fal input").fill(key)
    await it.at("#keys-save").click()
    await expect(form.at("go")).to_have_text("Retouch · about $0.03")
    await it.close_settings()
    await form.run()
    await expect(form.at("caption")).to_contain_text("Seedream 4 Enhance")
    assert len(cloud.jobs("fal")) == 1


async def test_the_price_follows_the_size_and_the_controls_the_model(
    page: EaselPage, cloud: Cloud
) -> None:
    form = await opened(page, "upscale")
    await expect(form.at("go")).to_be_disabled()
    await form.give("hills.png", hills((1200, 900)))
    await form.choose(MODEL["upscale"])
    await expect(form.at("scale label").first).to_contain_text("2400×1800")
    await expect(form.at("who .sizes")).to_have_text("1200×900 → 2400×1800")
    await expect(form.at("go")).to_have_text("Upscale · about $0.15")  # 4.1 megapixels, begun: 5
    await page.select("#upscale-scale", "4×")
    await expect(form.at("who .sizes")).to_have_text("1200×900 → 4800×3600")
    await expect(form.at("go")).to_have_text("Upscale · about $0.51")  # 16.5: 17
    await page.select("#upscale-scale", "2×")
    await expect(form.at("go")).to_have_text("Upscale · about $0.15")
    await form.run()
    (job,) = cloud.jobs()
    assert job.input["upscale_factor"] == 2
    await expect(form.at("caption")).to_contain_text("1200 × 900 → 2400 × 1800")
    await expect(form.at("caption")).to_contain_text("$0.15 estimate")
    await expect(form.at("caption .warning")).to_have_count(0)

    await form.give("hills.png", hills())
    await form.choose("Auto")
    await expect(form.at("who")).to_contain_text("Auto → Real-ESRGAN · Replicate")
    await expect(form.at("more")).to_be_hidden()
    await form.choose("Topaz Upscale · fal")
    await form.at("more > button").click()
    await expect(form.at("enhance-model")).to_be_visible()
    await expect(form.at("face-enhancement")).to_be_visible()
    await expect(form.at("creativity")).to_be_hidden()
    await page.select("#upscale-face-enhancement", "No")
    await page.select("#upscale-output-format", "png")

    # AuraSR makes it four times as large and nothing else; Recraft decides itself.
    await form.choose("AuraSR · fal")
    await expect(form.at("scale")).to_be_hidden()
    await expect(form.at("who .sizes")).to_have_text("240×160 → 960×640")
    await form.choose("Recraft Crisp Upscale · fal")
    await expect(form.at("who .sizes")).to_have_text("240×160 → the model decides the size")
    await expect(form.at("more")).to_be_hidden()
    await form.run()
    assert set(cloud.jobs()[-1].input) == {"image_url"}
    await expect(form.at("again")).to_be_hidden()  # it has no seed

    await form.choose("Clarity Upscaler · fal")
    await expect(form.at("scale")).to_be_visible()
    await expect(form.at("creativity")).to_be_visible()
    await form.at("creativity input").fill("0.2")
    await form.at("go").click()
    await expect(form.at("caption")).to_contain_text("Clarity")
    await expect(form.at("again")).to_be_visible()
    assert cloud.jobs()[-1].input["creativity"] == 0.2


async def test_the_mode_decides_who_is_asked(page: EaselPage, cloud: Cloud) -> None:
    form = await opened(page, "retouch")
    await form.give("me.jpg", portrait())
    await expect(form.at("who")).to_contain_text("Auto → Face Retoucher · fal")
    await expect(form.at("wish textarea")).to_be_disabled()
    await page.select("#retouch-mode", "Enhance")
    await expect(form.at("who")).to_contain_text("Auto → Seedream 4 Enhance")
    await expect(form.at("wish textarea")).to_be_enabled()
    await form.at("wish textarea").fill("Keep the freckles")

    await form.choose("CodeFormer · Replicate")
    await expect(form.at("hint")).to_contain_text("non-commercial")
    await expect(form.at("wish")).to_contain_text("CodeFormer takes no prompt")
    await expect(form.at("mode label")).to_have_count(1)
    await form.choose("GFPGAN · Replicate")
    await expect(form.at("hint")).to_contain_text("commercial use is unverified")
    await form.choose("Face Retoucher · fal")
    await expect(form.at("mode label.selected")).to_have_text("Soft")
    await expect(form.at("strength")).to_be_hidden()

    await form.choose(MODEL["retouch"])
    await expect(form.at("mode label.selected")).to_contain_text("Enhance")
    await expect(form.at("wish textarea")).to_have_value("Keep the freckles")
    await expect(form.at("wish")).to_contain_text("Only models that take a prompt")
    await form.run()
    (job,) = cloud.jobs()
    assert job.input["prompt"].endswith("the wish: Keep the freckles")
    assert "mode" not in job.input


async def test_a_result_goes_on_to_the_tabs(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose("Sketch")
    await it.create("A lighthouse")
    for tab in TABS:
        await it.tab("Create")
        await it.at(f"#{tab}-this").click()
        form = PictureForm(it, tab)
        await expect(form.at("picture img")).to_be_visible()
        await expect(form.at("go")).to_be_enabled()
        await expect(form.at("film .tile").first).to_be_visible()
    form = PictureForm(it, "upscale")
    await it.tab("Upscale")
    await expect(form.at("scale label").first).to_contain_text("2048×2048")
    await form.choose(MODEL["upscale"])
    await form.run()
    (received,) = cloud.jobs()[0].received
    assert (received.width, received.height) == (1024, 1024)


async def choose_locked(form: PictureForm) -> None:
    await form.at("model input").click()
    label = "Seedream 4 Enhance · fal — needs FAL_KEY"
    await form.it.page.get_by_role("option", name=label).first.click()
    await expect(form.at("go")).to_be_disabled()
    await expect(form.at("hint")).to_contain_text("FAL_KEY")


async def test_the_tabs_look_right(page: EaselPage, cloud: Cloud) -> None:
    it = page
    wrong: list[str] = []
    for tab in TABS:
        form = await opened(it, tab)
        wrong += await wrong_at_any_width(it, f"{tab}, empty")
        await form.give("me.jpg", portrait())
        await form.choose(MODEL[tab])
        await form.at("more > button").click()
        await expect(form.at("seed")).to_be_visible()
        wrong += await wrong_at_any_width(it, f"{tab}, all controls")
        await form.run()
        wrong += await wrong_at_any_width(it, f"{tab}, result")
    assert wrong == [], "\n".join(wrong)
