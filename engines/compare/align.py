"""Lays an edited picture over the original: models return it a little moved, scaled, tinted."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engines.opencv import cv2

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

# The alignment is looked for on copies of this longest side.
LOOK: Final = 512
# A larger change of size or place is not drift; it is left as it is.
MOST_SCALE: Final = 0.06
MOST_SHIFT: Final = 0.08
STEPS: Final = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)
IDENTITY: Final = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def find_warp(before: Pixels, after: Pixels) -> tuple[float, ...]:
    """The affine map from the original's pixels to the edit's, six numbers row by row.

    Both RGB uint8 of one size. First by the picture as a whole, then once more without the parts
    that differ most, for those are the edit. The identity when nothing better is found.
    """
    height, width = before.shape[:2]
    shrink = min(1.0, LOOK / max(height, width))
    one, other = _outline(before, shrink), _outline(after, shrink)
    (right, down), _ = cv2.phaseCorrelate(one, other, cv2.createHanningWindow(one.shape[::-1], 5))
    warp = np.array([[1, 0, right], [0, 1, down]], np.float32)
    if not _is_drift(warp, one.shape):
        warp = np.eye(2, 3, dtype=np.float32)
    for trust in (None, 0.75):
        warp = _refine(one, other, warp, trust)
    start, end = (
        _difference(one, other, np.eye(2, 3, dtype=np.float32)),
        _difference(one, other, warp),
    )
    if not _is_drift(warp, one.shape) or np.median(end) >= np.median(start):
        return IDENTITY
    warp[:, 2] /= shrink
    return tuple(float(each) for each in warp.ravel())


def lay_over(
    after: NDArray[Any],
    warp: tuple[float, ...],
    size: tuple[int, int],
    top: int = 0,
    bottom: int | None = None,
) -> NDArray[Any]:
    """The rows `top` to `bottom` of the edit in the original's pixels; size is width, height."""
    last = size[1] if bottom is None else bottom
    if warp == IDENTITY:
        return after[top:last]
    matrix = np.array(warp, np.float64).reshape(2, 3)
    matrix[:, 2] += matrix[:, 1] * top
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = size[0], last - top
    return np.asarray(
        cv2.warpAffine(after, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    )


def _outline(rgb: Pixels, shrink: float) -> Floats:
    """A small grey copy without its slow changes of light, so that a tint does not count."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if shrink < 1:
        grey = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    light = cv2.GaussianBlur(np.float32(grey), (0, 0), 1.0)
    return np.asarray(light - cv2.GaussianBlur(light, (0, 0), 12), np.float32)


def _refine(one: Floats, other: Floats, warp: Floats, trust: float | None) -> Floats:
    """The warp made better by correlation; with `trust`, only where that share agrees most."""
    mask = np.full(one.shape, 255, np.uint8)
    if trust is not None:
        apart = cv2.GaussianBlur(_difference(one, other, warp), (0, 0), 6)
        # The mask is laid over the edit, of which one may be off by the drift itself: no matter.
        mask[apart > np.quantile(apart, trust)] = 0
    try:
        _, better = cv2.findTransformECC(one, other, warp.copy(), cv2.MOTION_AFFINE, STEPS, mask, 3)
    except cv2.error:
        # It gives up on pictures without structure, or with nothing in common.
        return warp
    return np.asarray(better, np.float32) if _is_drift(better, one.shape) else warp


def _difference(one: Floats, other: Floats, warp: Floats) -> Floats:
    moved = cv2.warpAffine(
        other, warp, one.shape[::-1], flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(np.abs(one - moved), np.float32)


def _is_drift(warp: NDArray[Any], shape: tuple[int, ...]) -> bool:
    """Whether a warp is small enough to be a model's drift, seen from the picture's middle."""
    height, width = shape
    middle = np.array([width / 2, height / 2, 1])
    shift = np.abs(warp @ middle - middle[:2])
    turned = np.abs(warp[:, :2] - np.eye(2)).max()
    return bool(
        np.isfinite(warp).all()
        and turned <= MOST_SCALE
        and shift.max() <= MOST_SHIFT * max(height, width)
    )
