import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from './page.mjs';

const tile = (result) => ({ dataset: { result } });

// A page with this strip: whether it asks before it is left, after these links were pressed.
const asks = (running, tiles, links = []) => {
  const listeners = {};
  const strip = {
    dataset: { running: String(running) },
    querySelectorAll: () => tiles,
    querySelector: () => tiles[0],
  };
  run('before_leaving.js', {
    document: { querySelector: () => (running === null ? null : strip) },
    addEventListener: (kind, each) => { listeners[kind] = each; },
  });
  for (const href of links) {
    const closest = (selector) => (selector.startsWith('a') ? { href } : null);
    listeners.click({ target: { closest } });
  }
  let asked = false;
  listeners.beforeunload({ preventDefault: () => { asked = true; } });
  return asked;
};

test('an empty page is left without a question', () => {
  assert.equal(asks(null, []), false);
  assert.equal(asks(0, []), false);
});

test('a job that runs, and a result that was not saved, are asked about', () => {
  assert.equal(asks(1, []), true);
  assert.equal(asks(0, [tile('/t/a.webp')]), true);
});

test('a saved picture is not lost', () => {
  const link = 'http://host/gradio_api/file=/t/a.webp';
  assert.equal(asks(0, [tile('/t/a.webp')], [link]), false);
  assert.equal(asks(0, [tile('/t/a.webp'), tile('/t/b.webp')], [link]), true);
});
