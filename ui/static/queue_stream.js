'use strict';
// Lets the page hear of everything it asked for, also over a slow connection.
//
// Gradio's page hears of all its calls over one stream, which the server ends when no call is
// left. What is asked after that end was sent and before it has arrived opens no new stream, as
// the page believes the old one alive; and when the end arrives, the page stops listening with the
// answer unheard until something else is asked (gradio 6.31, measured 2026-11-21). On a busy page
// or a slow connection that is a button without its price, or a paid picture that does not appear.
//
// So the end is kept from the page while a call is open, and the stream goes on as a new one: the
// server has kept what was to be sent.
(() => {
  const gradioFetch = window.fetch, encoder = new TextEncoder();
  const joining = new Set();  // calls on their way, whose number is not known yet
  const open = new Set();     // the numbers of calls that have not ended
  const early = new Set();    // and of those that ended before their number was known

  const watchJoin = (answer) => {
    const known = answer
      .then((response) => (response.ok ? response.clone().json() : {}))
      .then(({ event_id }) => { if (event_id && !early.delete(event_id)) open.add(event_id); })
      .catch(() => {})
      .finally(() => joining.delete(known));
    joining.add(known);
    return answer;
  };

  const parse = (message) => {
    if (!/process_completed|close_stream/.test(message)) return {};
    try { return JSON.parse(message.slice(5)); } catch { return {}; }
  };

  // Passes a stream's messages on. Whether it ended although the page waits for more.
  const forward = async (reader, controller) => {
    const decoder = new TextDecoder();
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      if (done) return false;
      const parts = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        const { msg, event_id } = parse(part);
        if (msg === 'process_completed' && !open.delete(event_id)) early.add(event_id);
        if (msg === 'close_stream') {
          await Promise.all(joining);
          if (open.size) {
            open.clear();  // the server knows of these, and ends the next stream after them
            return true;
          }
        }
        controller.enqueue(encoder.encode(part + '\n\n'));
      }
    }
  };

  const continued = (first, reopen) => {
    let reader;
    const start = async (controller) => {
      try {
        for (let from = first; ; from = await reopen()) {
          if (!from.ok) throw new Error(`The stream was answered with ${from.status}.`);
          reader = from.body.getReader();
          if (!(await forward(reader, controller))) break;
        }
        controller.close();
      } catch (error) { controller.error(error); }
    };
    const body = new ReadableStream({ start, cancel: (reason) => reader?.cancel(reason) });
    return new Response(body, first);
  };

  window.fetch = (...call) => {
    const path = new URL(call[0].url ?? call[0], location.href).pathname;
    if (path.endsWith('/queue/join')) return watchJoin(gradioFetch(...call));
    if (!path.endsWith('/queue/data')) return gradioFetch(...call);
    const reopen = () => gradioFetch(...call);
    return reopen().then((first) => (first.ok ? continued(first, reopen) : first));
  };
})();
