"""Easel's page as a person uses it: one visitor, one tab, everything watched."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    expect,
)
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.browser.trace import MARK, traced
from tests.cloud import Cloud

LIMIT = 30.0
# Gradio 6.31 says so in the console after each upload: its progress line cannot be closed.
UPLOADED = "Method not implemented."
# And this, of its streams and of calls under way, where a page is left.
CUT = ("AbortError: signal is aborted", "Connection errored out")
expect.set_options(timeout=LIMIT * 1000)


@dataclass
class Watch:
    """What a browser context did: every address asked, everything that went wrong, and the
    course of it, as `TRACE` tells it."""

    urls: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    left: set[Page] = field(default_factory=set)
    # How often the page asked before it was left.
    asked: int = 0

    @contextmanager
    def following(self, context: BrowserContext) -> Iterator[None]:
        """Watch all pages of the context meanwhile, those opened later too."""
        watched: dict[Any, Callable[..., Any]] = {
            "request": self._request,
            "console": self._console,
            "weberror": lambda error: self.wrong.append(f"uncaught: {error.error}"),
            "page": lambda page: page.on("dialog", self._dialog),
        }
        for event, heard in watched.items():
            context.on(event, heard)
        yield
        for event, heard in watched.items():
            context.remove_listener(event, heard)

    def strangers(self, host: str) -> list[str]:
        """The addresses asked that are not the app's own."""
        return [
            url
            for url in self.urls
            if urlsplit(url).netloc != host and not url.startswith(("data:", f"blob:http://{host}"))
        ]

    def _request(self, request: Request) -> None:
        self.urls.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.text.startswith(MARK):
            self.trace.append(message.text.removeprefix(MARK))
            return
        if message.text == UPLOADED or self._of_leaving(message):
            return
        if message.type in ("error", "warning", "assert"):
            self.wrong.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _of_leaving(self, message: ConsoleMessage) -> bool:
        """Whether it tells that a page being left cut its own streams, as gradio's client does."""
        return message.page in self.left and any(words in message.text for words in CUT)

    async def _dialog(self, dialog: Any) -> None:
        if dialog.type == "beforeunload":
            self.asked += 1
            await dialog.accept()
            return
        self.wrong.append(f"dialog: {dialog.message}")
        await dialog.dismiss()


class EaselPage:
    """The page in one tab. Texts are what a person reads, waiting is for conditions."""

    def __init__(self, page: Page, url: str, folder: Path, watch: Watch) -> None:
        self.page = page
        self.url = url
        self.folder = folder
        self.watch = watch

    async def open(self) -> EaselPage:
        """Load the page; it is ready when the button tells its price."""
        await self.page.goto(self.url, wait_until="domcontentloaded")
        await expect(self.go).to_contain_text("·")
        await expect(self.at("#shape label").first).to_be_visible()
        return self

    async def reload(self) -> None:
        """Load the page once more, as a new session."""
        self.watch.left.add(self.page)
        await self.page.reload(wait_until="domcontentloaded")
        self.watch.left.remove(self.page)
        await expect(self.go).to_contain_text("·")

    async def close(self) -> None:
        """Close the tab."""
        self.watch.left.add(self.page)
        await self.page.close()

    async def another(self) -> EaselPage:
        """Another tab of the same visitor, not yet loaded."""
        return EaselPage(await traced(self.page.context), self.url, self.folder, self.watch)

    async def wear(self, mode: Literal["light", "dark"]) -> None:
        """Turn the system light or dark; the page follows."""
        await self.page.emulate_media(color_scheme=mode)
        dark = str(mode == "dark").lower()
        await self.true(f"document.body.classList.contains('dark') === {dark}")

    def at(self, selector: str) -> Locator:
        """The elements a selector finds."""
        return self.page.locator(selector)

    @property
    def go(self) -> Locator:
        """The Create button."""
        return self.at("#go")

    @property
    def prompt(self) -> Locator:
        """The prompt's box."""
        return self.at("#prompt textarea")

    @property
    def card(self) -> Locator:
        """The card in the picture's place."""
        return self.at("#stage .stage-card")

    @property
    def picture(self) -> Locator:
        """The picture at full size."""
        return self.at("#gallery .whole")

    @property
    def film(self) -> Locator:
        """The results in the strip, newest first."""
        return self.at("#film .tile.picture")

    @property
    def jobs(self) -> Locator:
        """What stands in the strip besides: jobs that run, failed or were stopped."""
        return self.at("#film .tile:not([data-result])")

    async def tab(self, name: str) -> None:
        """Go to a tab; on a phone some stand behind the three dots."""
        shown = self.page.get_by_role("tab", name=name, exact=True)
        if not await shown.count() or not await shown.first.is_visible():
            await self.at("#tabs .overflow-menu > button").click()
            await self.at("#tabs .overflow-dropdown button").filter(has_text=name).click()
        else:
            await shown.first.click()

    async def choose(self, title: str) -> None:
        """Choose a model by the beginning of its label, and wait until the page says so."""
        await self.at("#model input").click()
        await self.page.get_by_role("option", name=title).first.click()
        await expect(self.at("#who")).to_contain_text(title.split(" · ")[0])

    async def select(self, control: str, label: str) -> None:
        """Choose one segment of a radio, by its whole first line."""
        await self.at(f"{control} label").filter(has_text=label).first.click()

    async def create(self, prompt: str) -> None:
        """Write the prompt and press Create; a new picture appears."""
        seen = await self.picture.get_attribute("src") if await self.picture.count() else ""
        await self.prompt.fill(prompt)
        await self.go.click()
        await self.shown(seen or "")

    async def shown(self, seen: str = "") -> None:
        """Wait for a picture, whole and not the one seen before, and the button free again."""
        if seen:
            await expect(self.picture).not_to_have_attribute("src", seen)
        await expect(self.picture).to_be_visible()
        await self.true("document.querySelector('#gallery .whole')?.naturalWidth > 0")
        await expect(self.go).to_be_enabled()

    async def source(self) -> str:
        """The whole address of the picture on the stage."""
        return str(await self.picture.evaluate("image => image.src"))

    async def true(self, script: str) -> None:
        """Wait until a condition of the page holds."""
        await self.page.wait_for_function(script, timeout=LIMIT * 1000)

    async def open_settings(self) -> None:
        """Open the sidebar; it has come to rest."""
        await self.at("#gear").click()
        await expect(self.at("#keys-save")).to_be_in_viewport(ratio=1)

    async def close_settings(self) -> None:
        """Close the sidebar."""
        await self.at("#settings .toggle-button").click()
        await expect(self.at("#keys-save")).not_to_be_in_viewport()

    async def everything(self) -> str:
        """All that the page holds: its HTML, its boxes, and what it stores in the browser."""
        script = (
            "JSON.stringify([document.documentElement.outerHTML,"
            "[...document.querySelectorAll('input, textarea')].map(e => e.value),"
            "{...localStorage}, {...sessionStorage}, document.cookie,"
            "location.href, history.state, window.gradio_config])"
        )
        return str(await self.page.evaluate(script))

    async def download(self, button: str) -> Path:
        """Press a button that downloads; the file, under the name it was given."""
        download = await self._downloaded(button)
        place = Path(tempfile.mkdtemp(dir=self.folder)) / download.suggested_filename
        await download.save_as(place)
        return place

    async def _downloaded(self, button: str) -> Download:
        """What comes of pressing it; once more where the page was too busy to have its file yet."""
        try:
            async with self.page.expect_download(timeout=LIMIT * 500) as waiting:
                await self.at(button).click()
            return await waiting.value
        except PlaywrightTimeout:
            async with self.page.expect_download() as waiting:
                await self.at(button).click()
            return await waiting.value

    async def receipt(self) -> str:
        """Open the receipt under the picture and read it."""
        table = self.at("#receipt table.receipt")
        if not await table.is_visible():
            await self.at("#receipt > button").click()
        await expect(table).to_be_visible()
        return await table.inner_text()


def move(cloud: Cloud, queue: int = 0, steps: int = 0) -> None:
    """Let fal's jobs stand so far from their end; with nothing given they end at the next look.
    What must be seen of a running job can thus be seen on a slow machine, too."""
    for job in cloud.jobs("fal"):
        job.pace.queue, job.pace.steps = queue, steps


async def until(condition: Callable[[], object], limit: float = LIMIT) -> float:
    """Seconds until the condition held; fails after `limit`."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > limit:
            raise AssertionError(f"it did not happen in {limit:.0f} s")
        await asyncio.sleep(0.02)
    return time.monotonic() - started


def measured(what: str, seconds: float) -> None:
    """Print a measured figure; `pytest -s` shows it."""
    sys.stdout.write(f"\nmeasured: {what}: {seconds:.2f} s\n")
