import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

// A page with one card; `at` sets the clock in seconds and ticks.
const open = (card) => {
  let now = 0, tick;
  const document = makeDocument({ '[data-elapsed]': card });
  run('elapsed.js', {
    document,
    performance: { now: () => 1000 * now },
    setInterval: (given) => { tick = given; },
  });
  return { document, at: (seconds) => { now = seconds; tick(); } };
};
const makeCard = (sent, text) => ({ dataset: { elapsed: sent }, textContent: text });

test('the seconds pass by themselves, from where the server last said', () => {
  const card = makeCard('41', '41 s');
  const page = open(card);
  page.at(100);
  assert.equal(card.textContent, '41 s');
  page.at(100.9);
  assert.equal(card.textContent, '41 s');
  page.at(101);
  assert.equal(card.textContent, '42 s');
  card.dataset.elapsed = '90';
  page.at(102);
  page.at(103);
  assert.equal(card.textContent, '91 s');
});

test('only the number changes, and nothing is set twice', () => {
  let sets = 0;
  const card = {
    dataset: { elapsed: '5' },
    text: 'After 5 s, stop 2',
    get textContent() { return this.text; },
    set textContent(text) { sets += 1; this.text = text; },
  };
  const page = open(card);
  page.at(0);
  page.at(2);
  page.at(2.4);
  assert.deepEqual([card.text, sets], ['After 7 s, stop 2', 1]);
});

test('a page in the background does nothing', () => {
  const card = makeCard('5', '5 s');
  const page = open(card);
  page.at(0);
  page.document.hidden = true;
  page.at(9);
  assert.equal(card.textContent, '5 s');
});
