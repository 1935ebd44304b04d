import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

const makeButton = (name, pressed, { seen = true, disabled = false } = {}) => (
  { disabled, getClientRects: () => (seen ? [1] : []), click: () => pressed.push(name) }
);

// Presses a key among these buttons. Which were clicked, and whether the key was taken.
const press = (makeButtons, key, inSettings = false) => {
  const pressed = [];
  const document = makeDocument({ '.at-go': makeButtons(pressed) });
  run('shortcut.js', { document, setTimeout: (then) => then() });
  let taken = false;
  const target = { closest: () => (inSettings ? {} : null) };
  document.send('keydown', { target, preventDefault: () => { taken = true; }, ...key });
  return [pressed.join(), taken];
};
const several = (pressed) => [
  makeButton('hidden', pressed, { seen: false }),
  makeButton('grey', pressed, { disabled: true }),
  makeButton('first', pressed),
  makeButton('second', pressed),
];

test('Ctrl + Enter, or Cmd + Enter, presses the visible button', () => {
  for (const key of [{ key: 'Enter', ctrlKey: true }, { key: 'Enter', metaKey: true }]) {
    assert.deepEqual(press(several, key), ['first', true]);
  }
});

test('other keys, Settings, and a page without a button are left alone', () => {
  const enter = { key: 'Enter', ctrlKey: true };
  assert.deepEqual(press(several, { key: 'Enter' }), ['', false]);
  assert.deepEqual(press(several, { key: 'a', ctrlKey: true }), ['', false]);
  assert.deepEqual(press(several, enter, true), ['', false]);
  assert.deepEqual(press(() => [], enter), ['', false]);
});
