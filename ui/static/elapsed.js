'use strict';
// Lets the seconds of a running job pass on the page, without asking the server for each.
//
// A card has the seconds that had passed when it was sent in `data-elapsed`; every card of the
// same job is a new element. A text that did not change is not set again, so that nothing is drawn
// for its own sake.
(() => {
  const EVERY_MS = 500;
  const since = new WeakMap();

  setInterval(() => {
    if (document.hidden) return;
    for (const card of document.querySelectorAll('[data-elapsed]')) {
      const sent = card.dataset.elapsed, known = since.get(card);
      if (known?.sent !== sent) {
        since.set(card, { sent, at: performance.now() - 1000 * Number(sent) });
        continue;
      }
      const passed = Math.floor((performance.now() - known.at) / 1000);
      const text = card.textContent.replace(/\d+/, passed);
      if (text !== card.textContent) card.textContent = text;
    }
  }, EVERY_MS);
})();
