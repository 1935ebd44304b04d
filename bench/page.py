"""What opening the page costs: as Easel sends it beside as gradio would.

Run `python -m bench.page`; it needs Chromium. Each is an app of its own, visited in turn; the
figures are the least of several visits after the first, in which the browser compiles the page.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.easel_page import EaselPage, Watch
from tests.running import App

ROUNDS = 6
AS_GRADIO = "from ui.gradio_fixes.blocks_fixes import Page; del Page.get_config_file"


class Visited:
    """An app, and a browser's context that knows its scripts."""

    def __init__(self, app: App, browser: Browser) -> None:
        self.app, self.browser = app, browser
        self.seconds: list[float] = []
        self.bytes = 0

    async def begin(self) -> None:
        """Have the scripts compiled."""
        self.context = await self.browser.new_context()
        await self.visit()
        self.seconds.clear()

    async def visit(self) -> None:
        """Open the page until it tells its price; how long its scripts ran."""
        page = await self.context.new_page()
        session = await self.context.new_cdp_session(page)
        await session.send("Performance.enable")
        await EaselPage(page, self.app.url, Path(), Watch()).open()
        metrics = (await session.send("Performance.getMetrics"))["metrics"]
        self.seconds += [each["value"] for each in metrics if each["name"] == "ScriptDuration"]
        self.bytes = len(await (await page.request.get(self.app.url)).body())
        await page.close()

    def told(self) -> str:
        """Both figures."""
        return f"{min(self.seconds):.2f} s of scripts, {self.bytes / 1000:.0f} kB"


async def main() -> None:
    """Print both and their ratios."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        apps = [
            ends.enter_context(App(folder / str(number), {}, prelude))
            for number, prelude in enumerate((AS_GRADIO, "pass"))
        ]
        async with async_playwright() as playwright:
            path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            theirs, ours = (Visited(app, browser) for app in apps)
            for each in (theirs, ours):
                await each.begin()
            for _ in range(ROUNDS):
                await theirs.visit()
                await ours.visit()
            await browser.close()
    scripts = min(ours.seconds) / min(theirs.seconds)
    print(f"as gradio sends it {theirs.told()}; as Easel does {ours.told()}")
    print(f"ratio {scripts:.2f} of the scripts' time, {ours.bytes / theirs.bytes:.2f} of the bytes")


if __name__ == "__main__":
    asyncio.run(main())
