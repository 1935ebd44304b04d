"""Soft retouching: spots, redness and blotches leave a face, pores and shape stay.

What is to change is worked out on a small copy of the face, as a smooth difference in Lab, and
laid over the picture at its own size: so the finest detail is not touched at all, and a large
face costs little more than a small one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from engines.faces.skin import within
from engines.guided import coefficients
from engines.nets import Plane
from engines.opencv import cv2

# All lengths in sizes of the face, all contrasts in Lab units.
PORES: Final = 0.006
SPOT: Final = 0.035
WIDEST_SPOT: Final = 0.10
WIDEST_FLECK: Final = 0.18
RED_SPOT: Final = 3.5
RED_FLECK: Final = 6.0
DARK_SPOT: Final = 5.0
BLOTCH: Final = 0.035
EDGE: Final = 3.5
CALM: Final = 0.10
RED: Final = 2.0

# How much of each goes at full strength.
EVENED: Final = 0.65
COLOURS_EVENED: Final = 0.75
REDNESS_GONE: Final = 0.55
SPOTS_FIRST: Final = 1.6


def soft_change(lab: Plane, skin: Plane, size: float, strength: float) -> Plane:
    """What to add to a face's Lab for a soft retouch, (height, width, 3) float32.

    lab: (height, width, 3), skin: (height, width), 0..1. size: the face's, in their pixels.
    strength: 0..1.
    """
    smooth = within(lab, skin, max(0.6, size * PORES))
    spotless = _without_spots(smooth, skin, size)
    evened = spotless.copy()
    radius = max(2, round(size * BLOTCH))
    gain, offset = coefficients(spotless[..., 0], spotless[..., 0], radius, EDGE, skin)
    evened[..., 0] += EVENED * (gain * spotless[..., 0] + offset - spotless[..., 0])
    calm = within(spotless, skin, size * BLOTCH)
    evened[..., 1:] += COLOURS_EVENED * (calm - spotless)[..., 1:]
    evened[..., 1] -= REDNESS_GONE * _redness(spotless, skin, size)
    # Half a spot still is one: they are all but gone before the tone is quite even.
    spots = min(1.0, SPOTS_FIRST * strength) * (spotless - smooth)
    return np.asarray(spots + strength * (evened - spotless), np.float32)


def _without_spots(lab: Plane, skin: Plane, size: float) -> Plane:
    """The skin with its spots filled from around them."""
    spots = _spots(lab, skin, size)
    if not spots.any():
        return lab
    clean = skin * (1 - spots)
    around = within(lab, clean, max(1.0, size * SPOT))
    return np.asarray(lab + spots[..., None] * (around - lab), np.float32)


def _spots(lab: Plane, skin: Plane, size: float) -> Plane:
    """Where small places are redder or darker than the skin around them, 0..1.

    What is only darker must be roundish, for folds are dark too; what is much redder need not be.
    """
    around = within(lab, skin, max(1.5, size * SPOT))
    for _ in range(2):
        off = lab - around
        usual = skin * (np.abs(off[..., 0]) < DARK_SPOT) * (off[..., 1] < RED_SPOT)
        around = within(lab, usual.astype(np.float32), max(1.5, size * SPOT))
    off = lab - around
    darker = np.maximum(off[..., 1] / RED_SPOT, -off[..., 0] / DARK_SPOT)
    found = _patches((darker > 1) & (skin > 0), size * WIDEST_SPOT, 0.35)
    found |= _patches((off[..., 1] > RED_FLECK) & (skin > 0), size * WIDEST_FLECK, 0.15)
    # A spot's rim is not as far off as its heart, but belongs to it.
    wide = max(3, 2 * round(size * 0.01) + 1)
    rims = cv2.dilate(
        found.astype(np.float32), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide))
    )
    return np.asarray(cv2.GaussianBlur(rims, (0, 0), max(0.6, size * 0.005)), np.float32)


def _patches(where: NDArray[np.bool_], widest: float, fullness: float) -> NDArray[np.bool_]:
    """The connected patches no wider than that which fill their square: a disk fills 0.79."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(where.astype(np.uint8), connectivity=8)
    long = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    fits = (stats[:, cv2.CC_STAT_AREA] > fullness * long * long) & (long < max(3.0, widest))
    fits[0] = False
    return np.asarray(fits[labels], np.bool_)


def _redness(lab: Plane, skin: Plane, size: float) -> Plane:
    """How much redder each part of the skin is than most of it, in units of a, softly from RED."""
    seen = skin > 0.5
    if not seen.any():
        return np.zeros_like(skin)
    usual = float(np.median(lab[..., 1][seen]))
    more = within(lab, skin, size * CALM / 3)[..., 1] - usual
    return np.asarray(np.logaddexp(0, more - RED), np.float32)
