"""Looks at the page as it is drawn: contrast of every text, size of what is touched, focus."""

from __future__ import annotations

from typing import Any

from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.browser.easel_page import EaselPage

DESK: Any = {"width": 1440, "height": 900}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
READABLE = 4.5
TOUCH = 40
SETTLED_MS = 3000

# Every text that is seen, with the contrast of its colour on the ground it stands on (WCAG 2.2).
# Grounds are composed from all ancestors; text in pictures is none of the page's.
CONTRAST = """
async () => {
  const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(moving.map((each) => each.finished));
  const parse = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return [found[0], found[1], found[2], found.length > 3 ? found[3] : 1];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const under = ground(element);
    const [a, b] = [light(over(parse(style.color), under)), light(under)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const told = (e) => `${e.closest('[id]')?.id} <${e.tagName.toLowerCase()} ${e.className}>`;
  const found = [];
  const note = (element, text, pseudo) => found.push(
    [Math.round(ratio(element, pseudo) * 100) / 100, text.trim().slice(0, 40), told(element)]);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent;
    if (!text.trim() || element.closest('script, style, noscript')) continue;
    const box = element.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true }))
      note(element, text, null);
  }
  for (const element of document.querySelectorAll('input, textarea')) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.matches('[type=radio], [type=checkbox]')) continue;
    note(element, element.value || element.placeholder, element.value ? null : '::placeholder');
  }
  return found;
}
"""

# What a finger must hit, that is lower or narrower than the least size.
SMALL = """
(least) => [...document.querySelectorAll(
    'button, a[role=button], [role=tab], fieldset label, select, label:has([type=checkbox]), ' +
    'input:not([type=radio]):not([type=checkbox])')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((e) => [(e.matches('.wrap input') ? e.closest('.wrap') : e).getBoundingClientRect(), e])
  .filter(([box]) => box.width > 0 && box.height > 0)
  .filter(([box]) => box.height < least - 0.5 || box.width < 24)
  .map(([box, e]) => `${e.closest('[id]')?.id}: <${e.tagName.toLowerCase()} ${e.className}> ` +
    `${e.innerText} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""

# What sticks out of the page sideways.
WIDE = """
() => {
  const root = document.documentElement;
  return [root.scrollWidth - root.clientWidth, root.clientWidth];
}
"""

# Where the focus is, and whether a person sees it: an outline on the element or on its frame.
FOCUS = """
() => {
  const element = document.activeElement;
  const seen = [element, element.closest('label'), element.closest('.wrap')]
    .filter(Boolean)
    .some((e) => {
      const style = getComputedStyle(e);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
  const home = element.closest(
    '#prompt, #earlier, #model, #shape, #resolution, #num-images, #more, #go, ' +
    '#tabs > .tab-wrapper, #gear');
  return [home ? home.id || 'tabs' : element.tagName, seen];
}
"""


async def wrong_looks(it: EaselPage, where: str) -> list[str]:
    """What sticks out sideways or cannot be hit with a finger; what cannot be read in light or in
    dark. The page is left as it was found, but in light."""
    excess, _ = await it.page.evaluate(WIDE)
    small = await it.page.evaluate(SMALL, TOUCH)
    pale = []
    for mode in ("dark", "light"):
        await it.wear(mode)
        texts = await it.page.evaluate(CONTRAST)
        assert len(texts) > 5
        pale += [f"{mode} {text}" for text in texts if text[0] < READABLE]
    found = [f"scrolls sideways by {excess} px"] if excess > 0 else []
    return [f"{where}: {what}" for what in (*found, *pale, *small)]


async def wrong_at_any_width(it: EaselPage, where: str) -> list[str]:
    """`wrong_looks` at the width of a phone and at that of a desk, where the page is left."""
    wrong = []
    for name, size in (("phone", PHONE["viewport"]), ("desk", DESK)):
        await it.page.set_viewport_size(size)
        await _settled(it)
        wrong += await wrong_looks(it, f"{where}, {name}")
    return wrong


async def _settled(it: EaselPage) -> None:
    """Wait until the page has taken its new width; one that cannot is measured as it is."""
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    await it.page.evaluate(frames)
    try:
        await it.page.wait_for_function(fits, timeout=SETTLED_MS)
    except PlaywrightTimeout:
        return
