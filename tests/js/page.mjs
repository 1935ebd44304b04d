// Runs a file of ui/static in a page that is made of stubs.

import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const STATIC = new URL('../../ui/static/', import.meta.url);

// A document whose listeners a test calls, and whose elements a test gives by selector.
export const makeDocument = (elements = {}) => {
  const listeners = {};
  return {
    hidden: false,
    documentElement: { style: {} },
    addEventListener: (kind, listener) => { listeners[kind] = listener; },
    querySelector: (selector) => elements[selector] ?? null,
    querySelectorAll: (selector) => [elements[selector] ?? []].flat(),
    execCommand: () => {},
    send: (kind, event) => listeners[kind](event),
  };
};

// Runs the file; what it sees is what browsers have, and `stubs`. Returns the page's globals.
export const run = (name, stubs) => {
  const page = { Response, ReadableStream, TextEncoder, TextDecoder, URL, setTimeout, ...stubs };
  page.window = page;
  vm.runInNewContext(readFileSync(new URL(name, STATIC), 'utf8'), page, { filename: name });
  return page;
};

// Lets what was promised happen.
export const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
