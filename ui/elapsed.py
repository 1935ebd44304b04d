"""What lets the seconds of a running job pass on the page, without asking the server for each."""

from __future__ import annotations

__all__ = ["ELAPSED"]

# A card says how many seconds had passed when it was sent; every card of the same job is a new
# element. What was counted last is not told twice, so that nothing is drawn for its own sake.
ELAPSED = """
(() => {
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
      const text = card.textContent.replace(/\\d+/, passed);
      if (text !== card.textContent) card.textContent = text;
    }
  }, 500);
})();
"""
