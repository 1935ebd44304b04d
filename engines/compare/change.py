"""Where an edit changed a picture, and how far the rest drifted from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.bands import each_band, enlarged
from engines.compare.align import (
    IDENTITY,
    Floats,
    Pixels,
    find_warp,
    lay_over,
)
from engines.opencv import cv2
from i18n import say

# The shapes may differ by this much, as models round sizes to multiples.
SAME_SHAPE: Final = 0.02
# Changes are looked for on copies of this longest side.
LOOK: Final = 1024
# Colour distances in Lab (CIE76): where a change is sure, and how far it is followed from there.
SURE: Final = 14.0
FOLLOWED: Final = 6.0
# Above this many times the rest's own noise.
OVER_NOISE: Final = 4.0
# Smaller spots than this share of the picture are noise.
SMALLEST: Final = 0.0002
# The colour distance that is drawn as full strength.
FULL: Final = 60.0


class CompareError(ValueError):
    """Two pictures that cannot be compared, in a sentence fit for the user."""


@dataclass(frozen=True)
class Change:
    """What an edit changed, in the original's pixels.

    `map` is uint8, height x width: 0 where the picture is the same, 1 to 255 by the strength of
    the change. `share` is the part of the picture that changed, 0..1; `drift` the mean colour
    distance (CIE76) of the rest, which people begin to see at about 2. `warp` lays the edit over
    the original.
    """

    map: NDArray[np.uint8]
    share: float
    drift: float
    warp: tuple[float, ...] = IDENTITY


def compare(before: Image.Image, after: Image.Image) -> Change:
    """Find where an edit changed the picture, forgiving drift of place, size and tint.

    The edit may have another size of the same shape, within 2 %. Raises `CompareError` when
    the shapes differ. A change of the whole tint is drift, not a change, and where an edit
    shows less of the scene than the original, the rim beyond it counts as the same.
    """
    check_shape(after, before.size)
    if _same(before, after):
        return Change(np.zeros(before.size[::-1], np.uint8), 0.0, 0.0)
    # All is looked for on small copies: of the whole only the map is made.
    shrink = min(1.0, LOOK / max(before.size))
    size = max(1, round(before.width * shrink)), max(1, round(before.height * shrink))
    one, other = _small(before, size), _small(after, size)
    warp = find_warp(one, other)
    laid = lay_over(other, warp, size)
    lab, laid_lab = _lab(one), _lab(laid)
    raw = np.linalg.norm(lab - laid_lab, axis=-1)
    apart = _apart(lab, _retinted(laid_lab, lab))
    apart[~_covered(warp, size, apart.shape)] = 0
    strength = _cleaned(apart)
    same = strength == 0
    drift = float(raw[same].mean()) if same.any() else 0.0
    found = _enlarged(strength, before.size)
    share = np.count_nonzero(found) / found.size
    return Change(found, share, drift, enlarged_warp(warp, before.size, size))


def fitted(after: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The edit in the original's size. Raises `CompareError` when the shapes differ."""
    check_shape(after, size)
    return after if after.size == size else after.resize(size, Image.Resampling.LANCZOS)


def check_shape(after: Image.Image, size: tuple[int, int]) -> None:
    """Raises `CompareError` when the edit has another shape than the original's size."""
    ratio = (after.width / after.height) / (size[0] / size[1])
    if abs(ratio - 1) > SAME_SHAPE:
        raise CompareError(
            say("compare.shape", before=f"{size[0]} × {size[1]}",
                after=f"{after.width} × {after.height}")
        )  # fmt: skip


def _same(before: Image.Image, after: Image.Image) -> bool:
    """Whether the two show the very same colours."""
    if before.size != after.size:
        return False
    for top, bottom in each_band(before.height):
        box = (0, top, before.width, bottom)
        one, other = (each.crop(box).convert("RGB").tobytes() for each in (before, after))
        if one != other:
            return False
    return True


def _small(image: Image.Image, size: tuple[int, int]) -> Pixels:
    """The colours of a picture in another size, whatever its transparency."""
    if image.mode == "RGBA":
        image = Image.merge("RGB", image.split()[:3])
    elif image.mode != "RGB":
        image = image.convert("RGB")
    if image.size == size:
        return np.asarray(image)
    smaller = size[0] <= image.width
    return np.asarray(
        image.resize(size, Image.Resampling.BOX if smaller else Image.Resampling.LANCZOS)
    )


def enlarged_warp(
    warp: tuple[float, ...], full: tuple[int, int], small: tuple[int, int]
) -> tuple[float, ...]:
    """The warp between small copies as that between the whole pictures."""
    if warp == IDENTITY:
        return warp
    across, down = full[0] / small[0], full[1] / small[1]
    a, b, right, c, d, below = warp
    # A pixel's middle is at half: enlarging moves it.
    right = (right + 0.5 * (a + b - 1)) * across - 0.5 * (a + b - 1)
    below = (below + 0.5 * (c + d - 1)) * down - 0.5 * (c + d - 1)
    return a, b * across / down, right, c * down / across, d, below


def _lab(rgb: NDArray[Any]) -> Floats:
    """L* a* b*, slightly softened: the grain of JPEG is no change."""
    lab = cv2.cvtColor(np.float32(rgb) / np.float32(255), cv2.COLOR_RGB2Lab)
    return np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.2), np.float32)


def _covered(
    warp: tuple[float, ...], size: tuple[int, int], shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Where the edit has a pixel for the original's: one that shows less cannot be told there."""
    height, width = shape
    matrix = np.array(warp, np.float32).reshape(2, 3)
    x, y = np.meshgrid(
        (np.arange(width) + 0.5) * size[0] / width, (np.arange(height) + 0.5) * size[1] / height
    )
    right = matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]
    down = matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]
    margin = 2.0 if warp != IDENTITY else 0.0
    return np.asarray(
        (right >= margin)
        & (right <= size[0] - margin)
        & (down >= margin)
        & (down <= size[1] - margin)
    )


def _retinted(laid: Floats, lab: Floats) -> Floats:
    """The edit with the tint of the original: each channel by a straight line.

    The line is fitted to all pixels, then again and again to the four fifths that fit best, so
    that the changed part does not bend it.
    """
    step = max(1, round((laid.shape[0] * laid.shape[1] / 60_000) ** 0.5))
    given = laid[::step, ::step].reshape(-1, 3)
    wanted = lab[::step, ::step].reshape(-1, 3)
    kept = np.ones(len(given), bool)
    lines = [(1.0, 0.0)] * 3
    for _ in range(4):
        lines = [_line(given[kept, at], wanted[kept, at]) for at in range(3)]
        fit = np.stack([given[:, at] * a + b for at, (a, b) in enumerate(lines)], -1)
        error = np.linalg.norm(fit - wanted, axis=-1)
        kept = error <= np.quantile(error, 0.8)
    return np.stack([laid[..., at] * a + b for at, (a, b) in enumerate(lines)], -1)


def _line(given: Floats, wanted: Floats) -> tuple[float, float]:
    """Slope and offset by least squares; a flat channel is only moved."""
    spread = float(given.var())
    slope = (
        float(np.mean((given - given.mean()) * (wanted - wanted.mean())) / spread)
        if (spread > 1)
        else 1.0
    )
    slope = min(1.5, max(0.6, slope))
    return slope, float(wanted.mean() - slope * given.mean())


def _apart(lab: Floats, laid: Floats) -> Floats:
    """Colour distance, where an edge one pixel aside counts as the same edge."""
    around = np.ones((3, 3), np.uint8)
    low, high = cv2.erode(lab, around), cv2.dilate(lab, around)
    outside = np.maximum(np.maximum(low - laid, laid - high), 0)
    return np.asarray(np.linalg.norm(outside, axis=-1), np.float32)


def _cleaned(apart: Floats) -> Floats:
    """The distance where a change is sure or hangs together with a sure one, 0 elsewhere."""
    noise = float(np.quantile(apart, 0.5)) + 1.5 * float(
        np.quantile(apart, 0.75) - np.quantile(apart, 0.5)
    )
    low = max(FOLLOWED, OVER_NOISE * noise)
    sure = apart > max(SURE, 2 * OVER_NOISE * noise)
    whole = (apart > low).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    whole = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    whole = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, disc)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    seeds = np.bincount(labels[sure], minlength=count)
    smallest = max(6, SMALLEST * apart.size)
    keep = (stats[:, cv2.CC_STAT_AREA] >= smallest) & (seeds >= smallest / 4)
    keep[0] = False
    filled = _filled(keep[labels].astype(np.uint8))
    return np.where(filled > 0, np.maximum(apart, 1.0), 0).astype(np.float32)


def _filled(mask: Pixels) -> Pixels:
    """The same area without holes: what a changed thing encloses belongs to it."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(cv2.drawContours(np.zeros_like(mask), outlines, -1, 1, cv2.FILLED))


def _enlarged(strength: Floats, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The strengths as bytes in the original's size; a changed pixel is at least 1."""
    full, inside = size[::-1], (strength > 0).astype(np.float32)
    found = np.empty(full, np.uint8)
    for top, bottom in each_band(full[0]):
        shown = np.clip(enlarged(strength, full, top, bottom) / FULL * 255, 1, 255)
        changed = enlarged(inside, full, top, bottom) >= 0.5
        found[top:bottom] = np.where(changed, shown, 0)
    return found
