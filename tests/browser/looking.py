"""Looks at the page as it is drawn: contrast of every text, size of what is touched, focus."""

from __future__ import annotations

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
