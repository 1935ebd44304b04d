import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

// A phone, or a wider page, that stands at `scrollY`; its clock is ticked by hand.
const open = ({ innerWidth = 390, scrollY = 2800, still = false } = {}) => {
  const moves = {}, page = { timers: new Map(), scrolled: [], moves };
  const document = makeDocument();
  const stubs = run('scroll_to_result.js', {
    document, innerWidth, scrollY,
    matchMedia: () => ({ matches: still }),
    scrollTo: (to) => page.scrolled.push({ ...to }),
    setInterval: (tick) => { const key = {}; page.timers.set(key, tick); return key; },
    clearInterval: (key) => page.timers.delete(key),
    addEventListener: (move, stop) => { moves[move] = stop; },
    removeEventListener: (move, stop) => { if (moves[move] === stop) delete moves[move]; },
  });
  page.press = (found = {}) => document.send('click', { target: { closest: () => found } });
  page.tick = () => [...page.timers.values()].forEach((tick) => tick());
  page.moveTo = (y) => { stubs.scrollY = y; };
  page.style = document.documentElement.style;
  return page;
};

test('the page slides up, but not where motion is unwelcome', () => {
  for (const [still, behavior] of [[false, 'smooth'], [true, 'instant']]) {
    const page = open({ still });
    page.press();
    page.tick();
    assert.deepEqual(page.scrolled, [{ top: 0, behavior }]);
    assert.equal(page.style.overflowAnchor, 'none');
  }
});

test('it asks again until the page has rested at its top', () => {
  const page = open();
  page.press();
  page.tick();
  page.moveTo(0);
  for (let i = 0; i < 3; i += 1) page.tick();
  page.moveTo(300);  // the picture came
  page.tick();
  assert.equal(page.scrolled.length, 2);
  page.moveTo(0);
  for (let i = 0; i < 4; i += 1) page.tick();
  assert.equal(page.timers.size, 1);
  page.tick();
  assert.equal(page.timers.size, 0);
  assert.equal(page.style.overflowAnchor, '');
  assert.deepEqual(page.moves, {});
});

test('it gives up after a while', () => {
  const page = open();
  page.press();
  for (let i = 0; i < 100; i += 1) page.tick();
  assert.equal(page.scrolled.length, 40);
  assert.equal(page.timers.size, 0);
});

test('a visitor who moves the page himself is left alone', () => {
  for (const move of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    const page = open();
    page.press();
    page.moves[move]();
    assert.equal(page.timers.size, 0);
  }
});

test('one press follows another', () => {
  const page = open();
  page.press();
  page.press();
  assert.equal(page.timers.size, 1);
});

test('a wide page, and a press beside the button, change nothing', () => {
  const wide = open({ innerWidth: 1440 });
  wide.press();
  const beside = open();
  beside.press(null);
  assert.deepEqual([wide.timers.size, beside.timers.size], [0, 0]);
});
