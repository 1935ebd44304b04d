'use strict';
// Choosing among a session's jobs and results: buttons with `data-item`, by mouse or key.
(() => {
  // For a gr.HTML: its element, how it tells of an event, and of a new value. The list is drawn
  // anew at each step of a job, so the focus and where it was scrolled to are kept.
  const choose = (element, trigger, watch) => {
    let held = '';
    let left = 0;
    element.addEventListener('click', (event) => {
      const chosen = event.target.closest('[data-item]');
      if (chosen) trigger('select', { index: 0, value: chosen.dataset.item });
      if (event.target.closest('.full')) event.target.closest('figure').requestFullscreen();
    });
    element.addEventListener('focusin', (event) => {
      held = event.target.closest('[data-item]')?.dataset.item ?? '';
    });
    element.addEventListener('focusout', (event) => {
      if (event.relatedTarget) held = '';
    });
    element.addEventListener('scroll', (event) => { left = event.target.scrollLeft; }, true);
    watch('value', () => {
      const list = element.querySelector('.strip, .thumbnails');
      if (list && left) list.scrollLeft = left;
      if (held && document.activeElement === document.body) {
        element.querySelector(`[data-item="${held}"]`)?.focus();
      }
    });
  };

  Object.assign(window.easel ??= {}, { choose });
})();
