import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from './page.mjs';

const CLOSE = { msg: 'close_stream' };
const done = (number) => (
  { msg: 'process_completed', event_id: number, output: { data: ['Лиса 🦊'] } }
);

// Messages as a stream of single bytes; `onSent` is called when all were read.
const stream = (messages, onSent) => new ReadableStream({
  start(controller) {
    const text = messages.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');
    for (const byte of new TextEncoder().encode(text)) controller.enqueue(new Uint8Array([byte]));
    if (onSent) setTimeout(onSent, 50);
    controller.close();
  },
});

// A server that answers calls with the next number, and streams with the next list of messages or
// a status. `hold`: the last call's number comes after the first stream was read.
const open = (numbers, streams, hold = false) => {
  const server = { opened: 0 };
  let release;
  const fetch = async (address) => {
    if (address.endsWith('/queue/join')) {
      const answer = new Response(JSON.stringify({ event_id: numbers.shift() }));
      if (hold && !numbers.length) await new Promise((resolve) => { release = resolve; });
      return answer;
    }
    if (!address.includes('/queue/data')) return new Response('as it was');
    server.opened += 1;
    const next = streams.shift();
    if (typeof next === 'number') return new Response('refused', { status: next });
    return new Response(stream(next, release));
  };
  const location = { href: 'http://app/' };
  server.page = run('queue_stream.js', { fetch, location });
  return server;
};

const listen = async (server, calls, wait) => {
  const joins = Array.from({ length: calls }, () => server.page.fetch('http://app/queue/join'));
  if (wait) await Promise.all(joins);
  return server.page.fetch('http://app/queue/data?session_hash=s');
};

const CASES = [
  { name: 'all ended', numbers: ['a'], streams: [[done('a'), CLOSE]], heard: 'a', opened: 1 },
  {
    name: 'one is open', numbers: ['a', 'b'],
    streams: [[done('a'), CLOSE], [done('b'), CLOSE]], heard: 'ab', opened: 2,
  },
  {
    name: 'one never ends', numbers: ['a', 'b'],
    streams: [[done('a'), CLOSE], [CLOSE]], heard: 'a', opened: 2,
  },
  {
    name: 'ended before its number came', numbers: ['a'], hold: true,
    streams: [[done('a'), CLOSE]], heard: 'a', opened: 1,
  },
  {
    name: 'asked at the last moment', numbers: ['a', 'b'], hold: true,
    streams: [[done('a'), CLOSE], [done('b'), CLOSE]], heard: 'ab', opened: 2,
  },
];

for (const { name, numbers, streams, hold = false, heard, opened } of CASES) {
  test(`the stream goes on while a call is open: ${name}`, async () => {
    const server = open([...numbers], streams, hold);
    const answer = await listen(server, numbers.length, !hold);
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.equal(server.opened, opened);
    assert.equal(text.split('"close_stream"').length, 2);
    assert.ok(text.endsWith('data: {"msg":"close_stream"}\n\n'));
    assert.equal([...'ab'].filter((n) => text.includes(`"event_id":"${n}"`)).join(''), heard);
    assert.equal(text.split('Лиса 🦊').length, heard.length + 1);
  });
}

test('a stream that is refused is no quiet end', async () => {
  const server = open(['a', 'b'], [[done('a'), CLOSE], 503, 404]);
  const answer = await listen(server, 2, true);
  await assert.rejects(answer.text(), /answered with 503/);
  assert.equal(server.opened, 2);
  const refused = await listen(server, 0, true);
  assert.deepEqual([refused.status, await refused.text(), server.opened], [404, 'refused', 3]);
});

test('a page that hangs up ends the stream at the server', async () => {
  let reason;
  const body = new ReadableStream({ cancel: (given) => { reason = given; } });
  const page = run('queue_stream.js', {
    fetch: async () => new Response(body), location: { href: 'http://app/' },
  });
  const answer = await page.fetch('/queue/data');
  await answer.body.cancel('left');
  assert.equal(reason, 'left');
});

test('other requests go through as they are', async () => {
  const server = open([], []);
  assert.equal(await (await server.page.fetch('http://app/config')).text(), 'as it was');
});
