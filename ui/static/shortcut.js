'use strict';
// Ctrl + Enter presses the visible button, except while a key is typed in Settings.
(() => {
  const WAIT_MS = 60;  // a box sends its text on input; give it the time to arrive

  document.addEventListener('keydown', (event) => {
    if (event.repeat || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    const pressable = (button) => button.getClientRects().length && !button.disabled;
    const button = [...document.querySelectorAll('.at-go')].find(pressable);
    if (!button) return;
    if (event.target.closest('#settings')) return;
    event.preventDefault();
    setTimeout(() => button.click(), WAIT_MS);
  });
})();
