'use strict';
// What the page's listeners call by name (`ui.scripts.call`).
(() => {
  const find = (selector) => document.querySelector(selector);

  Object.assign(window.easel ??= {}, {
    click: (selector) => find(selector).click(),

    // The box is filled and shown by gradio first; the wait lets that happen.
    focus: (selector, waitMs) => { setTimeout(() => find(selector)?.focus(), waitMs); },
    select: (selector, waitMs) => { setTimeout(() => find(selector)?.select(), waitMs); },

    // Copies a box's text; without the clipboard's permission, or over http, the old way.
    // Returns the values of a listener that takes none.
    copy: async (selector) => {
      const box = find(selector);
      try {
        await navigator.clipboard.writeText(box.value);
      } catch {
        box.select();
        document.execCommand('copy');
      }
      return [];
    },
  });
})();
