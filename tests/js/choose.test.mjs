import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run } from './page.mjs';

// A place with a list; what it told, and how its listeners are reached.
const makePlace = () => {
  const [told, listeners] = [[], {}];
  const document = { body: {} };
  const list = { scrollLeft: 0 };
  const focused = [];
  const element = {
    addEventListener: (kind, each) => { listeners[kind] = each; },
    querySelector: (selector) => (
      selector.startsWith('.strip') ? list : { focus: () => focused.push(selector) }
    ),
  };
  const page = run('choose.js', { document });
  const watch = (name, then) => { listeners[name] = then; };
  page.easel.choose(element, (kind, data) => told.push([kind, data.value]), watch);
  return { document, focused, list, listeners, told };
};
const at = (item) => ({ closest: (what) => (what === '[data-item]' && item) || null });

test('what is clicked is told by its name', () => {
  const { listeners, told } = makePlace();
  listeners.click({ target: at({ dataset: { item: 'a.0' } }) });
  listeners.click({ target: at(null) });
  assert.deepEqual(told, [['select', 'a.0']]);
});

test('a list drawn anew keeps its place and the focus', () => {
  const { document, focused, list, listeners } = makePlace();
  listeners.focusin({ target: at({ dataset: { item: 'b.1' } }) });
  listeners.scroll({ target: { scrollLeft: 120 } });
  document.activeElement = document.body;
  listeners.value();
  assert.deepEqual(focused, ['[data-item="b.1"]']);
  assert.equal(list.scrollLeft, 120);
});
