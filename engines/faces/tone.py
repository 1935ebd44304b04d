"""Grey and toned photographs: a face that comes in has no colour that the picture does not have.

In such a picture colour follows lightness: grey has none at all, sepia the same brown in all
middle tones. How far its colours stray from that is what tells it from a photograph in colour,
whose lips, eyes and skin lie far apart at the same lightness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engines.faces.colour import colour_in, lab_of
from engines.nets import Picture, Plane
from engines.opencv import cv2

# A face is looked at with at most so many pixels, softened by so many: JPEG stores colour in
# blocks, and their noise is none of the picture's.
ENOUGH: Final = 40_000
SOFTENED: Final = 3.0
# Lightnesses, L* 0..100, at which the colour is taken; it is interpolated in between.
STEPS: Final = np.linspace(0, 100, 11, dtype=np.float32)
NINE_TENTHS: Final = 90
# How far nine tenths of a face's colours stray, as a share of its mean chroma: up to the first in
# a toned photograph (0.08 to 0.11, sepia as JPEG of quality 50 to 90), from the second on in one in
# colour, however dark or pale (0.22 to 0.27; one photograph in versions, 2026-11).
TONED: Final = 0.13
COLOURED: Final = 0.20
# In a pale photograph, whose face's mean chroma is up to the first, the face that comes in may be
# so much more colourful than the one it replaces; from the second on it comes in as it is.
PALE: Final = 4.0
USUAL: Final = 9.0
MORE: Final = 1.5


@dataclass(frozen=True, eq=False)
class Tone:
    """How a picture's colours follow its lightness. `curve`: a* and b* at each of `STEPS`.
    `share`: how much of what strays from it may stay, 1 in a photograph in colour. `grey`: there
    is no colour at all."""

    curve: NDArray[np.float32]
    share: float
    grey: bool

    def held(self, lab: Plane) -> Plane:
        """Colours (height, width, 3) no further from the curve than the picture's own; in place."""
        if self.share >= 1:
            return lab
        for at in (0, 1):
            own = np.interp(lab[..., 0], STEPS, self.curve[:, at]).astype(np.float32)
            lab[..., 1 + at] = own + np.float32(self.share) * (lab[..., 1 + at] - own)
        return lab


def tone_of(part: Picture, coming: Picture, inner: Picture) -> Tone:
    """The tone of a part of a picture, beside that of the face coming in, which has its shape;
    both are looked at where `inner` is above 127."""
    if not colour_in(part):
        return Tone(np.zeros((len(STEPS), 2), np.float32), 0.0, True)
    lab = _looked_at(part, inner)
    curve = _curve(lab)
    strays, other = _strays(lab, curve), _looked_at(coming, inner)
    chroma = max(float(np.linalg.norm(lab[:, 1:], axis=-1).mean()), 1e-3)
    in_colour = (strays / chroma - TONED) / (COLOURED - TONED)
    as_strong = MORE * strays / max(_strays(other, _curve(other)), 1e-3)
    as_usual = (chroma - PALE) / (USUAL - PALE)
    share = np.clip(min(in_colour, max(as_strong, as_usual)), 0, 1)
    return Tone(curve, float(share), False)


def _looked_at(part: Picture, inner: Picture) -> Plane:
    """The Lab colours of a small soft copy, within the face: (pixels, 3)."""
    shrink = min(1.0, (ENOUGH / part[..., 0].size) ** 0.5)
    size = [max(1, round(side * shrink)) for side in part.shape[1::-1]]
    small = lab_of(cv2.resize(part, size, interpolation=cv2.INTER_AREA))
    soft = cv2.GaussianBlur(small, (0, 0), SOFTENED)
    inside = cv2.resize(inner, size, interpolation=cv2.INTER_AREA) > 127
    return np.asarray(soft[inside] if inside.any() else soft.reshape(-1, 3), np.float32)


def _strays(lab: Plane, curve: NDArray[np.float32]) -> float:
    """How far nine tenths of colours (pixels, 3) are at most from their lightness's own (CIE76)."""
    own = np.stack([np.interp(lab[:, 0], STEPS, curve[:, at]) for at in (0, 1)], -1)
    return float(np.percentile(np.linalg.norm(lab[:, 1:] - own, axis=-1), NINE_TENTHS))


def _curve(lab: Plane) -> NDArray[np.float32]:
    """The median a* and b* at each lightness; where too few pixels are, their neighbours'."""
    nearest = np.clip(np.rint(lab[:, 0] / (STEPS[1] - STEPS[0])).astype(int), 0, len(STEPS) - 1)
    counts = np.bincount(nearest, minlength=len(STEPS))
    filled = np.flatnonzero(counts >= max(1, len(lab) // 200))
    found = np.empty((len(STEPS), 2), np.float32)
    for at in (0, 1):
        medians = [np.median(lab[nearest == step, 1 + at]) for step in filled]
        found[:, at] = np.interp(np.arange(len(STEPS)), filled, medians)
    return found
