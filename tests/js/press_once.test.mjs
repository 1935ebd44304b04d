import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from './page.mjs';

// Clicks at these moments on these buttons; which of the clicks went through.
const clicks = (...presses) => {
  let now = 0;
  let listener;
  run('press_once.js', {
    performance: { now: () => now },
    addEventListener: (kind, each) => { listener = each; },
  });
  return presses.map(([at, button]) => {
    let through = true;
    now = at;
    listener({
      target: { closest: () => button },
      preventDefault: () => {},
      stopImmediatePropagation: () => { through = false; },
    });
    return through;
  });
};

test('a double click is one press', () => {
  assert.deepEqual(clicks([1000, 'go'], [1200, 'go'], [1400, 'go'], [1600, 'go']),
    [true, false, false, true]);
});

test('another button, and what is none, are left alone', () => {
  assert.deepEqual(clicks([1000, 'go'], [1100, 'again'], [1150, null]), [true, true, true]);
});
