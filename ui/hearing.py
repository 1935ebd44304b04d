"""What lets the page hear of everything it asked for, also where the line is slow.

Gradio's page is told of all its calls over one stream, which the server ends when no call is
left. What is asked after that end was sent and before it has arrived opens no new stream, as the
page believes the old one alive; and when the end arrives, the page leaves with the answer unheard
until something else is asked (gradio 6.31, measured 2026-11-21). On a busy page or a slow line
that is a button without its price, or a paid picture that does not appear.
"""

from __future__ import annotations

__all__ = ["HEARING"]

# The end is kept from the page while a call is open, and the stream goes on as a new one: the
# server has kept what was to be said.
HEARING = """
(() => {
  const plain = window.fetch, mark = new TextEncoder();
  const asking = new Set();  // calls on their way, whose number is not known yet
  const open = new Set();    // the numbers of calls that have not ended
  const early = new Set();   // and of those that ended before their number was known
  const asked = (answer) => {
    const known = answer
      .then((response) => (response.ok ? response.clone().json() : {}))
      .then(({ event_id }) => { if (event_id && !early.delete(event_id)) open.add(event_id); })
      .catch(() => {})
      .finally(() => asking.delete(known));
    asking.add(known);
    return answer;
  };
  const read = (message) => {
    if (!/process_completed|close_stream/.test(message)) return {};
    try { return JSON.parse(message.slice(5)); } catch { return {}; }
  };
  // Hands a stream's messages on. Whether it ended although the page waits for more.
  const handOn = async (reader, into) => {
    const letters = new TextDecoder();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return false;
      const parts = (rest + letters.decode(value, { stream: true })).split('\\n\\n');
      rest = parts.pop();
      for (const part of parts) {
        const { msg, event_id } = read(part);
        if (msg === 'process_completed' && !open.delete(event_id)) early.add(event_id);
        if (msg === 'close_stream') {
          await Promise.all(asking);
          if (open.size) {
            open.clear();  // the server knows of these, and ends the next stream after them
            return true;
          }
        }
        into.enqueue(mark.encode(part + '\\n\\n'));
      }
    }
  };
  const goingOn = (first, again) => {
    let reader;
    const start = async (into) => {
      try {
        for (let from = first; ; from = await again()) {
          if (!from.ok) throw new Error(`The stream was answered with ${from.status}.`);
          reader = from.body.getReader();
          if (!(await handOn(reader, into))) break;
        }
        into.close();
      } catch (error) { into.error(error); }
    };
    const body = new ReadableStream({ start, cancel: (why) => reader?.cancel(why) });
    return new Response(body, first);
  };
  window.fetch = (...call) => {
    const path = new URL(call[0].url ?? call[0], location.href).pathname;
    if (path.endsWith('/queue/join')) return asked(plain(...call));
    if (!path.endsWith('/queue/data')) return plain(...call);
    const again = () => plain(...call);
    return again().then((first) => (first.ok ? goingOn(first, again) : first));
  };
})();
"""
