"""A real browser and the real app. The browser is Debian's Chromium, or what CHROMIUM names."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.easel_page import EaselPage, Watch
from tests.cloud import Cloud
from tests.running import App

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "Chromium is missing, and these tests need a real browser: apt-get install chromium, or set "
    "CHROMIUM to its path."
)
KEYS = (
    "REPLICATE_API_TOKEN",
    "FAL_KEY",
    "HF_TOKEN",
    "WAVESPEED_API_KEY",
    "OPENAI_API_KEY",
)
DESK = {"width": 1440, "height": 900}
NewPage = Callable[..., Awaitable[EaselPage]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; without one the tests are skipped, but not in CI."""
    named = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    path = shutil.which(named)
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests."""
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield found
        await found.close()


@pytest.fixture(scope="session")
def browser_app(
    chromium: str, shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """The app with a key for every service of the cloud."""
    with App(tmp_path_factory.mktemp("browser"), shared_cloud.environment()) as found:
        yield found


@pytest.fixture(scope="session")
def browser_app_bare(
    chromium: str, shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """The app without any key, as a newcomer starts it."""
    bases = {k: v for k, v in shared_cloud.environment().items() if k not in KEYS}
    with App(tmp_path_factory.mktemp("bare"), bases) as found:
        yield found


@pytest.fixture
def cloud(shared_cloud: Cloud) -> Iterator[Cloud]:
    """The cloud with nothing remembered; jobs take three polls."""
    shared_cloud.reset()
    for service in ("replicate", "fal", "huggingface", "wavespeed", "openai"):
        shared_cloud.pace(service, queue=1, steps=1, delay=0.05)
    yield shared_cloud
    assert shared_cloud.bugs == []
    assert shared_cloud.leaks() == []


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser: Browser, tmp_path: Path) -> AsyncIterator[NewPage]:
    """Opens the page for a new visitor: `await new_page(app)`; options are the context's.

    When the test is over: every request went to the app's own host, nothing went wrong on any
    page, no server fault was logged.
    """
    opened: list[tuple[Any, App, Watch]] = []

    async def new(app: App, load: bool = True, **options: Any) -> EaselPage:
        context = await browser.new_context(**{"viewport": DESK, **options})
        watch = Watch()
        watch.follow(context)
        opened.append((context, app, watch))
        page = EaselPage(await context.new_page(), app.url, tmp_path)
        return await page.open() if load else page

    yield new
    for context, _, _ in opened:
        await context.close()
    for _, app, watch in opened:
        assert watch.strangers(urlsplit(app.url).netloc) == []
        assert watch.wrong == []
        assert "Traceback" not in app.log


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage, browser_app: App, cloud: Cloud) -> EaselPage:
    """The page of the app with every key."""
    return await new_page(browser_app)


@pytest_asyncio.fixture(loop_scope="session")
async def bare_page(new_page: NewPage, browser_app_bare: App, cloud: Cloud) -> EaselPage:
    """The page of the app without a key."""
    return await new_page(browser_app_bare)
