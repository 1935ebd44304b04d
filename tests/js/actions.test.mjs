import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

const makeBox = (calls) => ({
  value: 'a red fox',
  click: () => calls.push('click'),
  focus: () => calls.push('focus'),
  select: () => calls.push('select'),
});

// The page's functions, with one box at `#box`; `waits` are the times that were waited.
const open = (writeText) => {
  const calls = [], waits = [];
  const document = makeDocument({ '#box': makeBox(calls) });
  document.execCommand = (name) => calls.push(name);
  const page = run('actions.js', {
    document,
    navigator: { clipboard: { writeText } },
    setTimeout: (then, ms) => { waits.push(ms); then(); },
  });
  return { easel: page.easel, calls, waits };
};

test('a listener clicks, focuses and selects by selector', () => {
  const { easel, calls, waits } = open();
  easel.click('#box');
  easel.focus('#box', 100);
  easel.select('#box', 200);
  easel.focus('#gone', 1);
  easel.select('#gone', 1);
  assert.deepEqual(calls, ['click', 'focus', 'select']);
  assert.deepEqual(waits, [100, 200, 1, 1]);
});

test('a text is copied, the old way where the clipboard is closed', async () => {
  const written = [];
  const granted = open(async (text) => { written.push(text); });
  assert.equal((await granted.easel.copy('#box')).length, 0);
  assert.deepEqual([written, granted.calls], [['a red fox'], []]);
  const refused = open(async () => { throw new Error('refused'); });
  assert.equal((await refused.easel.copy('#box')).length, 0);
  assert.deepEqual(refused.calls, ['select', 'copy']);
});

test('functions of other files stay', () => {
  const page = run('actions.js', { document: makeDocument(), easel: { leave: 1 } });
  assert.equal(page.easel.leave, 1);
});
