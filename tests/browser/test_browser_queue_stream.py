"""What Easel asks of gradio's page: to hear of everything it asked for, to watch no listener."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPage
from tests.browser.easel_page import EaselPage
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Once `armed`, the end of one stream comes late, as over a line that loses a packet.
SLOW_END = """
const plain = window.fetch;
window.ends = [];
window.fetch = async (input, init) => {
  const answer = await plain(input, init);
  if (!(input.url ?? String(input)).includes('/queue/data')) return answer;
  const late = new TransformStream({
    async transform(chunk, into) {
      const text = new TextDecoder().decode(chunk);
      const end = text.indexOf('data: {"msg":"close_stream"');
      if (end < 0 || !window.armed || window.ends.length) return into.enqueue(chunk);
      into.enqueue(new TextEncoder().encode(text.slice(0, end)));
      await new Promise((letGo) => window.ends.push(letGo));
      into.enqueue(new TextEncoder().encode(text.slice(end)));
    },
  });
  return new Response(answer.body.pipeThrough(late), answer);
};
"""


async def test_what_is_asked_while_the_stream_ends_is_answered(
    new_page: NewPage, browser_app: App, cloud: Cloud
) -> None:
    it = await new_page(browser_app, load=False)
    await it.page.add_init_script(SLOW_END)
    await it.open()
    await it.page.evaluate("window.armed = true")
    async with it.page.expect_response("**/queue/join*"):
        await it.prompt.fill("a fox | n=2")
    await it.page.wait_for_function("window.ends.length === 1")
    async with it.page.expect_response("**/queue/join*"):
        await it.prompt.fill("a fox | model=fal/nano-banana | n=3")
    await it.page.wait_for_timeout(500)
    await it.page.evaluate("window.ends[0]()")
    await expect(it.go).to_contain_text("about $0.117 (3 × $0.039)")


async def test_nothing_watches_the_listeners(bare_page: EaselPage) -> None:
    """`lean_config` relies on gradio sending the page its description as JavaScript."""
    of_its_own = "(each) => Object.getPrototypeOf(each) !== Object.prototype"
    listeners = "window.gradio_config.dependencies"
    assert await bare_page.page.evaluate(f"{listeners}.length && {listeners}.every({of_its_own})")
