"""A newcomer without any key types a prompt and has a picture."""

from __future__ import annotations

import json
import re

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage

pytestmark = pytest.mark.asyncio(loop_scope="session")
PROMPT = "Закат над морем, тёплый свет, одинокий маяк на скале"


async def test_first_picture_without_a_key(bare_page: EaselPage) -> None:
    it = bare_page
    await expect(it.go).to_have_text("Create · free")
    await expect(it.at("#hint")).to_contain_text("Stays on this machine. A placeholder, not AI.")
    await it.prompt.click()
    await it.page.keyboard.type(PROMPT)
    await it.page.keyboard.press("Control+Enter")
    await it.shown()
    await expect(it.at("#caption .who")).to_have_text("Sketch · This machine")
    await expect(it.at("#caption")).to_contain_text("1024 × 1024")
    await expect(it.at("#caption .warning")).to_contain_text("not AI")
    receipt = await it.receipt()
    seed = re.search(r"seed (\d+)", await it.at("#caption").inner_text())
    assert seed and re.search(rf"seed\s+{seed.group(1)}", receipt)
    assert "not AI" in receipt and PROMPT in receipt

    saved = await it.download("#download")
    assert re.fullmatch(r"easel_\d{8}_\d{6}_local-sketch\.png", saved.name)
    with Image.open(saved) as picture:
        assert (picture.format, picture.size) == ("PNG", (1024, 1024))
        told = json.dumps({**picture.info}, default=str)
    assert "not made by AI" in told

    # Cyrillic is written in the fonts that the app brings along.
    await it.prompt.fill(PROMPT + " їжак ґанок")
    await it.true("document.fonts.check('16px Inter', 'Маяк')")
    loaded = await it.page.evaluate(
        "async () => { await document.fonts.ready;"
        "return [...document.fonts].filter(f => f.status === 'loaded')"
        ".map(f => [f.family, f.unicodeRange]) }"
    )
    assert all(family == "Inter" for family, _ in loaded)
    assert any("U+400" in ranges for _, ranges in loaded)
    asked = await it.page.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.includes('.woff'))"
    )
    assert any("/assets/fonts/inter-cyrillic-wght" in url for url in asked)
    assert all(url.startswith(f"{it.url}/assets/fonts/") for url in asked)
    family = await it.prompt.evaluate("e => getComputedStyle(e).fontFamily")
    assert family.startswith("Inter")
