'use strict';
// A double click, or a key held down, is one press: what is pressed may cost money.
(() => {
  const AGAIN_MS = 500;
  const PAID = '.at-go, .at-again, .at-elsewhere, .at-check';
  let last = { button: null, at: 0 };

  addEventListener('click', (event) => {
    const button = event.target.closest?.(PAID);
    if (!button) return;
    const now = performance.now();
    if (button === last.button && now - last.at < AGAIN_MS) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      last = { button, at: now };
    }
  }, true);
})();
