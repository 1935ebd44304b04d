"""A prompt that the chosen model does not read: told, translated, changed and sent, on the page."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")
FOX = "Рыжая лиса у вывески «Хлеб» в снегу"
FLUX = "FLUX.1 schnell · fal"


async def test_it_is_sent_at_once_or_shown_changed_and_sent(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose(FLUX)
    await it.prompt.fill("Синий дом у реки")
    await it.go.click()
    await it.shown()
    chat, picture = (call.body for call in cloud.submissions())
    assert "messages" in chat
    assert picture["prompt"].startswith("A translated prompt")
    await it.choose("Nano Banana · fal")
    await expect(it.at("#translate-told")).to_have_count(0)

    cloud.reset()
    seen = await it.picture.get_attribute("src")
    await it.choose(FLUX)
    await it.prompt.fill(FOX)
    told, see, said = (it.at(f"#translate-{name}") for name in ("told", "see", "said textarea"))
    await expect(told).to_contain_text("FLUX.1 schnell reads English")
    await expect(see).to_contain_text("Translate now · free")
    await expect(it.go).to_contain_text("about $0.003")
    assert cloud.submissions() == []

    cloud.writes("A red fox at a sign ⟦1⟧ in the snow")
    await see.click()
    await expect(said).to_have_value("A red fox at a sign «Хлеб» in the snow")
    await said.fill("A red fox, by a sign «Хлеб»")
    await it.go.click()
    await it.shown(seen or "")
    bodies = [call.body for call in cloud.submissions()]
    assert len(bodies) == 2 and "messages" in bodies[0]
    assert bodies[1]["prompt"] == "A red fox, by a sign «Хлеб»"
    await expect(it.at("#caption")).to_contain_text("and edited by you")
    await expect(said).to_have_value("A red fox, by a sign «Хлеб»")

    await it.prompt.fill("Белый кот")
    await it.prompt.blur()
    await expect(said).to_have_count(0)
    await expect(see).to_be_visible()
    await it.at("#translate-first input").uncheck()
    await expect(told).to_contain_text("Your prompt is sent as it is")
    await expect(see).to_have_count(0)
    await expect(it.go).to_be_enabled()
    await it.go.click()
    await expect(it.at("#caption")).to_contain_text("looks Russian")
    assert [call.body.get("prompt") for call in cloud.submissions()][2:] == ["Белый кот"]
