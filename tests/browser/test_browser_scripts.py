"""Easel's own scripts for the page, each alone in an empty one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.looking import PHONE
from ui.elapsed import ELAPSED
from ui.hearing import HEARING
from ui.into_sight import INTO_SIGHT

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A server that answers calls with the next number, and streams with the next list of messages (or
# a status), byte by byte. The last call's number is held back until the first stream was read.
SERVER = """
window.numbers = []; window.streams = []; window.opened = 0; window.late = null;
const bytes = (messages) => new ReadableStream({
  async start(into) {
    const text = messages.map((each) => `data: ${JSON.stringify(each)}\\n\\n`).join('');
    for (const byte of new TextEncoder().encode(text)) into.enqueue(new Uint8Array([byte]));
    if (window.late) setTimeout(window.late, 50);
    into.close();
  },
});
window.fetch = async (input) => {
  if (String(input).endsWith('/queue/join')) {
    const answer = new Response(JSON.stringify({ event_id: window.numbers.shift() }));
    if (window.hold && !window.numbers.length) await new Promise((go) => { window.late = go; });
    return answer;
  }
  window.opened += 1;
  const next = window.streams.shift();
  if (typeof next === 'number') return new Response('refused', { status: next });
  return new Response(bytes(next));
};
"""
LISTEN = """async ([numbers, streams, hold]) => {
  Object.assign(window, { numbers, streams, hold });
  const joins = [...numbers].map(() => fetch('http://app/queue/join'));
  if (!hold) await Promise.all(joins);
  const answer = await fetch('http://app/queue/data?session_hash=s');
  try {
    let text = '';
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) text += part;
    return [answer.status, text, window.opened];
  } catch (error) {
    return [0, String(error), window.opened];
  }
}"""
CLOSE = {"msg": "close_stream"}


def done(number: str) -> dict[str, Any]:
    """What ends a call."""
    return {"msg": "process_completed", "event_id": number, "output": {"data": ["Лиса 🦊"]}}


@pytest_asyncio.fixture(loop_scope="session")
async def blank(browser: Browser) -> AsyncIterator[Page]:
    """An empty page, as wide as a telephone."""
    context = await browser.new_context(viewport=PHONE["viewport"])
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize(
    ("numbers", "streams", "hold", "heard", "opened"),
    [
        pytest.param(["a"], [[done("a"), CLOSE]], False, ["a"], 1, id="all ended"),
        pytest.param(
            ["a", "b"],
            [[done("a"), CLOSE], [done("b"), CLOSE]],
            False,
            ["a", "b"],
            2,
            id="one is open",
        ),
        pytest.param(
            ["a", "b"], [[done("a"), CLOSE], [CLOSE]], False, ["a"], 2, id="one never ends"
        ),
        pytest.param(
            ["a"], [[done("a"), CLOSE]], True, ["a"], 1, id="ended before its number came"
        ),
        pytest.param(
            ["a", "b"],
            [[done("a"), CLOSE], [done("b"), CLOSE]],
            True,
            ["a", "b"],
            2,
            id="asked at the last moment",
        ),
    ],
)
async def test_the_stream_goes_on_while_a_call_is_open(
    blank: Page, numbers: list[str], streams: list[Any], hold: bool, heard: list[str], opened: int
) -> None:
    await blank.add_script_tag(content=SERVER)
    await blank.add_script_tag(content=HEARING)
    status, text, times = await blank.evaluate(LISTEN, [numbers, streams, hold])
    assert (status, times) == (200, opened)
    assert text.count('"close_stream"') == 1 and text.endswith('data: {"msg":"close_stream"}\n\n')
    assert [n for n in "ab" if f'"event_id":"{n}"' in text] == heard
    assert text.count("Лиса 🦊") == len(heard)


async def test_a_stream_that_is_refused_is_no_quiet_end(blank: Page) -> None:
    await blank.add_script_tag(content=SERVER)
    await blank.add_script_tag(content=HEARING)
    streams = [[done("a"), CLOSE], 503, 404]
    status, text, times = await blank.evaluate(LISTEN, [["a", "b"], streams, False])
    assert status == 0 and "answered with 503" in text and times == 2
    assert await blank.evaluate(LISTEN, [[], [404], False]) == [404, "refused", 3]


@pytest.mark.parametrize(("motion", "how"), [("reduce", "instant"), ("no-preference", "smooth")])
async def test_the_page_slides_only_where_that_is_welcome(
    blank: Page, motion: Any, how: str
) -> None:
    await blank.emulate_media(reduced_motion=motion)
    await blank.set_content('<button class="at-go" style="margin: 3000px 0">Create</button>')
    await blank.add_script_tag(content=INTO_SIGHT)
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
    await blank.add_script_tag(content=ELAPSED)
    told = "document.getElementById('a').textContent"
    await blank.wait_for_function(f"{told} === '42 s'")
    assert await blank.inner_text("#b") == "7 s"
    await blank.set_content('<p id="a" data-elapsed="90">90 s</p>')
    await blank.wait_for_function(f"{told} === '91 s'")
