'use strict';
// Brings the result into view on a phone, where it stands above the form.
//
// Scrolling once is not enough: while the page slides up, the picture arrives, its place changes
// its height and gradio focuses a thumbnail, and any of these ends the sliding half way. So it is
// asked again until the page has rested at its top. A visitor who moves the page himself is left
// alone.
(() => {
  const PHONE_WIDTH = 860, EVERY_MS = 300, MOST_TRIES = 40, RESTS = 4;
  const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
  let stop = () => {};

  document.addEventListener('click', (event) => {
    if (!event.target.closest('.at-go') || innerWidth > PHONE_WIDTH) return;
    stop();
    const style = document.documentElement.style;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let rested = 0, tries = 0;
    const timer = setInterval(() => {
      // What the browser does to keep the form in place would take the picture out of view.
      style.overflowAnchor = 'none';
      rested = scrollY < 1 ? rested + 1 : 0;
      tries += 1;
      if (rested > RESTS || tries > MOST_TRIES) return stop();
      if (!rested) scrollTo({ top: 0, behavior: still ? 'instant' : 'smooth' });
    }, EVERY_MS);
    stop = () => {
      clearInterval(timer);
      style.overflowAnchor = '';
      MOVES.forEach((move) => removeEventListener(move, stop, true));
    };
    MOVES.forEach((move) => addEventListener(move, stop, { capture: true, passive: true }));
  });
})();
