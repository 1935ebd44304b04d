'use strict';
// Pictures dropped anywhere on the page, or pasted with Ctrl + V.
//
// Gradio takes a drop on its own box alone, and pastes only through a button of its own. Here the
// first box of the visible tab that takes files gets them, as if they had been chosen in it.
(() => {
  const takeFiles = (event, transfer) => {
    const files = [...(transfer?.files ?? [])];
    const tab = [...document.querySelectorAll('.at-decide')].find((e) => e.getClientRects().length);
    const input = tab?.querySelector('input[type=file]');
    if (!files.length || !input) return;
    event.preventDefault();
    const list = new DataTransfer();
    (input.multiple ? files : files.slice(0, 1)).forEach((file) => list.items.add(file));
    input.files = list.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };

  document.addEventListener('paste', (event) => takeFiles(event, event.clipboardData));
  document.addEventListener('drop', (event) => takeFiles(event, event.dataTransfer));
  document.addEventListener('dragover', (event) => {
    if ([...(event.dataTransfer?.types ?? [])].includes('Files')) event.preventDefault();
  });
})();
