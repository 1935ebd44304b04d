"""A real browser and the real app. The browser is Debian's Chromium, or what CHROMIUM names."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.easel_page import EaselPage, Watch
from tests.browser.looking import DESK
from tests.browser.trace import told, traced
from tests.cloud import Cloud
from tests.running import App

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one app share a process, and with it the scripts that it has compiled.
    "--process-per-site",
    # And are compiled at once: a page here lives for seconds.
    "--js-flags=--no-lazy-feedback-allocation,--always-sparkplug",
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
NewPage = Callable[..., Awaitable[EaselPage]]
Cleaned = Callable[[App], Awaitable[BrowserContext]]


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixtures know when their test has failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cleaned(browser: Browser) -> AsyncIterator[Cleaned]:
    """The context of an app's visitors who come one after the other: what the page is made of is
    fetched and compiled once, and nothing of the one before is left. A page stays open in it."""
    found: dict[str, BrowserContext] = {}

    async def clean(app: App) -> BrowserContext:
        if app.url not in found:
            found[app.url] = await browser.new_context(viewport=DESK, reduced_motion="reduce")
            await (await found[app.url].new_page()).goto(f"{app.url}/healthz")
        context = found[app.url]
        await context.clear_cookies()
        await context.pages[0].evaluate("localStorage.clear()")
        assert len(context.pages) == 1
        return context

    yield clean
    for context in found.values():
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[NewPage]:
    """Opens the page for a new visitor: `await new_page(app)`; options are his context's, which
    is a new one if none is given.

    When the test is over: every request went to the app's own host, nothing went wrong on any
    page, no server fault was logged. A failed test tells what its pages did.
    """
    visits: list[tuple[App, Watch, BrowserContext]] = []
    async with AsyncExitStack() as ends:

        async def new(
            app: App, load: bool = True, context: BrowserContext | None = None, **options: Any
        ) -> EaselPage:
            found = context or await browser.new_context(**{"viewport": DESK, **options})
            watch, stay = Watch(), [*found.pages]
            visits.append((app, watch, found))
            ends.enter_context(watch.following(found))
            ends.push_async_callback(_leave, found, stay, watch)
            page = EaselPage(await traced(found), app.url, tmp_path, watch)
            return await page.open() if load else page

        yield new
        for app, watch, context in visits if request.node.stash.get(FAILED, False) else ():
            sys.stdout.write(await told(context.pages, watch.trace, app.log))
    for app, watch, _ in visits:
        assert watch.strangers(urlsplit(app.url).netloc) == []
        assert watch.wrong == []
        assert "Traceback" not in app.log


async def _leave(context: BrowserContext, stay: list[Page], watch: Watch) -> None:
    """Close what a test opened: the context, or where others come after it, its pages."""
    watch.left.update(context.pages)
    for page in context.pages:
        if page not in stay:
            await page.close()
    if not stay:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage, cleaned: Cleaned, browser_app: App, cloud: Cloud) -> EaselPage:
    """The page of the app with every key."""
    return await new_page(browser_app, context=await cleaned(browser_app))


@pytest_asyncio.fixture(loop_scope="session")
async def bare_page(
    new_page: NewPage, cleaned: Cleaned, browser_app_bare: App, cloud: Cloud
) -> EaselPage:
    """The page of the app without a key."""
    return await new_page(browser_app_bare, context=await cleaned(browser_app_bare))
