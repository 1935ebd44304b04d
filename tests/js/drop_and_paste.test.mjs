import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeDocument, run } from './page.mjs';

class DataTransfer {
  files = [];
  items = { add: (file) => this.files.push(file) };
}

// A page with a tab out of sight and a visible one, whose box takes one file or several.
const open = (input) => {
  const hidden = { getClientRects: () => [], querySelector: () => assert.fail('out of sight') };
  const tab = { getClientRects: () => [1], querySelector: () => input };
  const document = makeDocument({ '.at-decide': [hidden, tab] });
  run('drop_and_paste.js', { document, DataTransfer, Event });
  return document;
};
const makeInput = (multiple) => {
  const input = new EventTarget();
  input.multiple = multiple;
  input.changes = 0;
  input.addEventListener('change', () => { input.changes += 1; });
  return input;
};
const makeEvent = (data) => {
  const event = { prevented: false, preventDefault: () => { event.prevented = true; }, ...data };
  return event;
};

test('files that are dropped or pasted go into the visible box', () => {
  for (const [kind, given] of [['drop', 'dataTransfer'], ['paste', 'clipboardData']]) {
    for (const [multiple, taken] of [[true, ['a', 'b']], [false, ['a']]]) {
      const input = makeInput(multiple);
      const event = makeEvent({ [given]: { files: ['a', 'b'] } });
      open(input).send(kind, event);
      assert.deepEqual([input.files, input.changes, event.prevented], [taken, 1, true]);
    }
  }
});

test('a text that is pasted is left to the browser, and so is a tab without a box', () => {
  const input = makeInput(true);
  for (const transfer of [{ files: [] }, null, undefined]) {
    const event = makeEvent({ clipboardData: transfer });
    open(input).send('paste', event);
    assert.deepEqual([input.changes, event.prevented], [0, false]);
  }
  const event = makeEvent({ dataTransfer: { files: ['a'] } });
  open(null).send('drop', event);
  assert.equal(event.prevented, false);
});

test('only files may be dropped anywhere', () => {
  for (const [types, prevented] of [[['Files'], true], [['text/plain'], false], [undefined, false]]) {
    const event = makeEvent({ dataTransfer: { types } });
    open(null).send('dragover', event);
    assert.equal(event.prevented, prevented);
  }
});
