"""What a page did, told when its test fails: presses, calls, what was heard of them, and when."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Error, Page

__all__ = ["MARK", "told", "traced"]

MARK = "trace: "
LAST, LETTERS = 120, 3000

# Runs before the page's own scripts. A call is named by what it listens to ("edit-go.click").
TRACE = """
(() => {
  const plain = window.fetch, names = {};
  const tell = (...words) => console.debug('MARK' + Math.round(performance.now()), ...words);
  const named = (index) => {
    const { dependencies = [], components = [] } = window.gradio_config ?? {};
    const targets = dependencies.find(({ id }) => id === index)?.targets ?? [];
    return index + ' ' + targets.map(([id, event]) => {
      const part = components.find((each) => each.id === id);
      return (part?.props?.elem_id || part?.type || id) + '.' + event;
    }).slice(0, 2).join(',');
  };
  const follow = async (response) => {
    if (!response.body) return;
    const reader = response.clone().body.getReader(), letters = new TextDecoder();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return tell('stream ended');
      const parts = (rest + letters.decode(value, { stream: true })).split('\\n\\n');
      rest = parts.pop();
      for (const part of parts) {
        const { msg, event_id, success, output } = JSON.parse(part.slice(5));
        const what = ['process_starts', 'process_completed', 'close_stream', 'unexpected_error'];
        if (what.includes(msg)) tell(msg, names[event_id] ?? event_id ?? '', success === false
          ? 'FAILED ' + JSON.stringify(output ?? part) : '');
      }
    }
  };
  window.fetch = async (...call) => {
    const url = new URL(call[0].url ?? call[0], location.href), path = url.pathname;
    if (path.endsWith('/queue/join')) {
      const name = named(JSON.parse(call[1].body).fn_index);
      tell('ask', name);
      const response = await plain(...call);
      response.clone().json().then(({ event_id }) => { names[event_id] = name; }, () => {});
      if (!response.ok) tell('refused', name, response.status);
      return response;
    }
    const response = await plain(...call);
    if (path.endsWith('/queue/data')) {
      tell('stream', response.status);
      follow(response).catch((error) => tell('stream', String(error)));
    } else if (/upload|cancel|reset/.test(path)) tell(path.split('/').pop(), response.status);
    return response;
  };
  for (const kind of ['click', 'keydown']) document.addEventListener(kind, (event) => {
    const near = event.target.closest?.('[id]');
    tell(kind, event.key ?? '', '#' + (near?.id ?? ''), event.target.innerText?.slice(0, 30) ?? '');
  }, true);
})();
""".replace("MARK", MARK)


async def traced(context: BrowserContext) -> Page:
    """A new page that tells what it does, in its console."""
    page = await context.new_page()
    await page.add_init_script(TRACE)
    return page


async def told(pages: list[Page], trace: list[str], log: str) -> str:
    """The last of what the pages did, what each shows, and what the app printed."""
    parts = ["\n".join(trace[-LAST:])]
    for page in pages:
        try:
            text = await page.evaluate("document.body.innerText")
        except Error as error:
            text = str(error)
        parts.append(f"-- {page.url} shows:\n{text[:LETTERS]}")
    return "\n".join([*parts, f"-- the app printed:\n{log[-LETTERS:]}"])
