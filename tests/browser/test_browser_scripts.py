"""Easel's own scripts in a real browser; the rest of their tests node runs (tests/js)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.looking import PHONE
from ui.scripts import STATIC

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def blank(browser: Browser) -> AsyncIterator[Page]:
    """An empty page, as wide as a telephone."""
    context = await browser.new_context(viewport=PHONE["viewport"])
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize(("motion", "how"), [("reduce", "instant"), ("no-preference", "smooth")])
async def test_the_page_slides_only_where_that_is_welcome(
    blank: Page, motion: Any, how: str
) -> None:
    await blank.emulate_media(reduced_motion=motion)
    await blank.set_content('<button class="at-go" style="margin: 3000px 0">Create</button>')
    await blank.add_script_tag(path=STATIC / "scroll_to_result.js")
    pressed_at = await blank.evaluate(
        "const plain = window.scrollTo; plain(0, 2800); window.asked = new Set();"
        "window.scrollTo = (to) => { window.asked.add(to.behavior); plain(to); };"
        "document.querySelector('button').click(); scrollY"
    )
    assert pressed_at == 2800
    await blank.wait_for_function("scrollY === 0")
    assert await blank.evaluate("[...window.asked]") == [how]


async def test_the_seconds_pass_by_themselves(blank: Page) -> None:
    """From where the server last told them, on every card of its own."""
    await blank.set_content('<p id="a" data-elapsed="41">41 s</p><p id="b">7 s</p>')
    await blank.add_script_tag(path=STATIC / "elapsed.js")
    told = "document.getElementById('a').textContent"
    await blank.wait_for_function(f"{told} === '42 s'")
    assert await blank.inner_text("#b") == "7 s"
    await blank.set_content('<p id="a" data-elapsed="90">90 s</p>')
    await blank.wait_for_function(f"{told} === '91 s'")
