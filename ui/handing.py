"""Pictures handed to the page anywhere: dropped beside a box, or pasted with Ctrl + V.

Gradio takes a drop on its own box alone, and pastes only through a button of its own.
"""

from __future__ import annotations

# The first box of the tab in sight that takes files gets them, as if they had been chosen in it.
HANDING = """
const handOver = (event, given) => {
  const files = [...(given?.files ?? [])];
  const tab = [...document.querySelectorAll('.at-decide')].find((e) => e.getClientRects().length);
  const taker = tab?.querySelector('input[type=file]');
  if (!files.length || !taker) return;
  event.preventDefault();
  const list = new DataTransfer();
  (taker.multiple ? files : files.slice(0, 1)).forEach((file) => list.items.add(file));
  taker.files = list.files;
  taker.dispatchEvent(new Event('change', { bubbles: true }));
};
document.addEventListener('paste', (event) => handOver(event, event.clipboardData));
document.addEventListener('drop', (event) => handOver(event, event.dataTransfer));
document.addEventListener('dragover', (event) => {
  if ([...(event.dataTransfer?.types ?? [])].includes('Files')) event.preventDefault();
});
"""
