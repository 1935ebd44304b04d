import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

// A page where typing asks for the price; `wait` lets the time pass.
const open = () => {
  const page = { asked: 0, timers: new Map() };
  const document = makeDocument();
  const peek = { click: () => { page.asked += 1; } };
  const box = { closest: () => ({ querySelector: () => peek }) };
  run('line_price.js', {
    document,
    setTimeout: (then) => { const key = {}; page.timers.set(key, then); return key; },
    clearTimeout: (key) => page.timers.delete(key),
  });
  page.type = (value, found = box) => {
    document.send('input', { target: { value, closest: () => found } });
  };
  page.wait = () => {
    const due = [...page.timers.values()];
    page.timers.clear();
    due.forEach((then) => then());
    return page.asked;
  };
  return page;
};

test('the price is asked for once, after the last letter of a line', () => {
  const page = open();
  for (const text of ['a fox |', 'a fox | n', 'a fox | n=3']) page.type(text);
  assert.equal(page.asked, 0);
  assert.equal(page.wait(), 1);
});

test('a text without a sign of a line changes no price', () => {
  const page = open();
  page.type('a fox in the snow, 35 mm');
  assert.equal(page.wait(), 0);
});

test('a line that was taken away does', () => {
  const page = open();
  page.type('a fox | n=3');
  page.wait();
  page.type('a fox');
  assert.equal(page.wait(), 2);
  page.type('a');
  assert.equal(page.wait(), 2);
});

test('so do choices, and another language', () => {
  for (const text of ['{red, blue} fox', 'лиса', '狐', '  Изображение: fox']) {
    const page = open();
    page.type(text);
    assert.equal(page.wait(), 1, text);
  }
});

test('other boxes ask for nothing', () => {
  const page = open();
  page.type('a fox | n=3', null);
  assert.equal(page.wait(), 0);
});
