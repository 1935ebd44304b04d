"""The controls follow the model; keys typed in Settings open it, and are seen nowhere again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "fal-visitor-0123456789abcdef"
LOCKED = "Nano Banana 2 · fal — needs FAL_KEY"


async def test_controls_follow_the_model_and_keep_what_is_legal(page: EaselPage) -> None:
    it = page
    chosen = it.at("#shape label.selected")
    await it.at("#more > button").click()
    await it.choose("FLUX.1 dev · fal")
    await expect(it.at("#num-inference-steps")).to_be_visible()
    await it.prompt.fill("Мой текст")
    await it.select("#shape", "21:9")
    await it.select("#num-images", "3")
    await it.at("#num-inference-steps input").fill("40")
    await it.at("#guidance-scale input").fill("7.5")
    await it.at("#seed input").fill("77")
    await expect(it.at("#negative")).to_be_hidden()
    await expect(it.at("#quality")).to_be_hidden()

    await it.choose("Stable Diffusion XL · Hugging Face")
    await expect(it.at("#negative")).to_be_visible()
    await it.at("#negative textarea").fill("blurry")
    await expect(it.at("#num-inference-steps input")).to_have_value("40")
    await expect(it.at("#guidance-scale input")).to_have_value("7.5")

    # FLUX.1 schnell takes at most 12 steps, so 40 go; the rest stays.
    await it.choose("FLUX.1 schnell · fal")
    await expect(it.at("#num-inference-steps input")).to_have_value("")
    await expect(it.at("#num-inference-steps")).to_contain_text("1 to 12")
    await expect(it.at("#guidance-scale input")).to_have_value("7.5")
    await expect(it.at("#negative")).to_be_hidden()

    # GPT Image 2 has no steps, no guidance, no seed; it has a quality.
    await it.select("#shape", "21:9")
    await it.choose("GPT Image 2 · fal")
    for hidden in ("#num-inference-steps", "#guidance-scale", "#seed", "#negative"):
        await expect(it.at(hidden)).to_be_hidden()
    await expect(it.at("#quality")).to_be_visible()
    await expect(chosen).to_have_text("21:9")

    # Seedream of WaveSpeed offers other shapes: 21:9 stays only where it is legal.
    await it.choose("Nano Banana 2 · fal")
    await it.select("#shape", "8:1")
    await expect(chosen).to_have_text("8:1")
    await it.choose("Nano Banana · fal")
    await expect(chosen).to_contain_text("Square")
    await expect(it.at("#shape label").filter(has_text="8:1")).to_have_count(0)
    await expect(it.at("#resolution")).to_be_hidden()
    await expect(it.at("#quality")).to_be_hidden()
    await expect(it.at("#seed input")).to_have_value("77")
    await expect(it.prompt).to_have_value("Мой текст")


async def test_what_was_chosen_is_what_is_sent(page: EaselPage, cloud: Cloud) -> None:
    """Values of controls no longer shown do not travel."""
    it = page
    await it.at("#more > button").click()
    await it.choose("FLUX.1 dev · fal")
    await expect(it.at("#num-inference-steps")).to_be_visible()
    await it.at("#num-inference-steps input").fill("40")
    await it.select("#shape", "16:9")
    await it.choose("Nano Banana 2 · fal")
    await expect(it.at("#num-inference-steps")).to_be_hidden()
    await it.select("#resolution", "2K")
    await expect(it.go).to_have_text("Create · about $0.12")
    await it.create("A wide fox")
    [call] = cloud.submissions("fal")
    assert {k: v for k, v in call.body.items() if k != "seed"} == {
        "prompt": "A wide fox",
        "aspect_ratio": "16:9",
        "resolution": "2K",
        "num_images": 1,
    }


async def test_a_key_typed_in_settings(bare_page: EaselPage, cloud: Cloud) -> None:
    it = bare_page
    cloud.add_key("fal", KEY)
    state = it.at("#keys-state tr").filter(has=it.page.get_by_text("fal", exact=True))
    await it.tab("Models")
    row = it.at("table.models tr").filter(has_text="fal/nano-banana-2").first
    await expect(row).to_contain_text("$0.08 per image")
    await expect(row).to_contain_text("needs FAL_KEY")
    sketch = it.at("table.models tr").filter(has_text="local/sketch")
    await expect(sketch).to_contain_text("ready")
    await it.tab("Create")

    await it.at("#model input").click()
    await expect(it.page.get_by_role("option", name=LOCKED)).to_have_count(1)
    await it.page.get_by_role("option", name=LOCKED).click()
    await expect(it.go).to_be_disabled()
    await expect(it.at("#who")).to_contain_text("needs FAL_KEY")
    await expect(it.at("#hint")).to_contain_text("Type one in Settings, set FAL_KEY")

    await it.open_settings()
    await expect(state).to_contain_text("not set")
    await it.at("#keys-save").click()
    await expect(it.at(".toast-body")).to_contain_text("No key was entered. Nothing changed.")
    await expect(state).to_contain_text("not set")
    await expect(it.go).to_be_disabled()

    await it.at("#key-fal input").fill(KEY)
    await expect(it.at("#key-fal input")).to_have_attribute("type", "password")
    await it.at("#keys-save").click()
    await expect(it.at("#key-fal input")).to_have_value("")
    await expect(state).to_contain_text("yours, for this session")
    await expect(it.go).to_have_text("Create · about $0.08")
    await expect(it.go).to_be_enabled()
    await expect(it.at("#model input")).to_have_value("Nano Banana 2 · fal")
    await it.close_settings()
    await it.create("With my own key")
    [call] = cloud.submissions("fal")
    assert call.headers["authorization"] == f"Key {KEY}"
    for tab in ("History", "Models", "Create"):
        await it.tab(tab)
    assert KEY not in await it.everything()
    assert KEY not in await (await it.page.request.get(f"{it.url}/config")).text()

    await it.open_settings()
    await it.at("#keys-save").click()
    await expect(state).to_contain_text("yours, for this session")
    await it.at("#keys-forget").click()
    await expect(it.at(".toast-body").last).to_contain_text("Your keys are forgotten.")
    await expect(state).to_contain_text("not set")
    await expect(it.go).to_be_disabled()
    await expect(it.at("#model input")).to_have_value(LOCKED)


async def test_ctrl_enter_in_settings_does_not_create(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose("Nano Banana 2 · fal")
    await it.prompt.fill("Not now")
    await it.open_settings()
    await it.at("#key-fal input").click()
    await it.page.keyboard.press("Control+Enter")
    await it.close_settings()
    await it.prompt.click()
    await it.page.keyboard.press("Control+Enter")
    await it.shown()
    assert len(cloud.submissions()) == 1
