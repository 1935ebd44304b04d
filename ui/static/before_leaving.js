'use strict';
// Asks before the page is left or loaded anew while a job runs, or a result was not saved: both go
// with the page. What the browser asks in is its own words.
(() => {
  const saved = new Set();
  const strip = () => document.querySelector('#film .strip');
  const file = (address) => decodeURIComponent(address ?? '').split('file=').pop();

  const lost = () => [...(strip()?.querySelectorAll('[data-result]') ?? [])]
    .filter((tile) => !saved.has(tile.dataset.result));

  // A picture is saved by a link to its file; a text by copying it.
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[download], a:has(.at-download)');
    if (link) saved.add(file(link.href));
    if (event.target.closest?.('.at-download')) keep();
    if (event.target.closest?.('.at-copy')) keep();
    if (event.target.closest?.('#history-download')) {
      saved.add(file(document.querySelector('#history .selected img')?.src));
    }
  }, true);
  const keep = () => {
    const chosen = strip()?.querySelector('[aria-pressed="true"][data-result]');
    if (chosen) saved.add(chosen.dataset.result);
  };

  addEventListener('beforeunload', (event) => {
    if (Number(strip()?.dataset.running ?? 0) || lost().length) event.preventDefault();
  });

  Object.assign(window.easel ??= {}, { lost });
})();
