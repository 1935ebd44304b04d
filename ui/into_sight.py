"""What brings the picture's place into sight on a phone, where it is above the form."""

from __future__ import annotations

__all__ = ["INTO_SIGHT"]

# Once is not enough: while the page slides up, the picture arrives, the place changes its height
# and gradio gives the focus to a thumbnail, and any of these ends the sliding half way. So it is
# asked again until the page has rested at its top. Whoever moves the page themselves is let go.
INTO_SIGHT = """
let letGo = () => {};
document.addEventListener('click', (event) => {
  if (!event.target.closest('.at-go') || innerWidth > 860) return;
  letGo();
  const style = document.documentElement.style;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let rested = 0, asked = 0;
  const upwards = setInterval(() => {
    // What the browser does to keep the form in place would take the picture out of sight.
    style.overflowAnchor = 'none';
    rested = scrollY < 1 ? rested + 1 : 0;
    asked += 1;
    if (rested > 4 || asked > 40) return letGo();
    if (!rested) scrollTo({ top: 0, behavior: still ? 'instant' : 'smooth' });
  }, 300);
  const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
  letGo = () => {
    clearInterval(upwards);
    style.overflowAnchor = '';
    moves.forEach((move) => removeEventListener(move, letGo, true));
  };
  moves.forEach((move) => addEventListener(move, letGo, { capture: true, passive: true }));
});
"""
