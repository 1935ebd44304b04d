"""Where a face may be touched: its skin, without eyes, brows, lips, nostrils, hair and glasses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engines.faces.face import (
    FOREHEAD,
    LEFT_BROW,
    LEFT_CHEEK,
    LEFT_EYE,
    LIPS,
    NOSTRILS,
    OVAL,
    RIGHT_BROW,
    RIGHT_CHEEK,
    RIGHT_EYE,
    Face,
    Points,
)
from engines.nets import Picture, Plane
from engines.opencv import cv2

# How far a feature reaches beyond its ring of landmarks, in sizes of the face: lashes and lid,
# the brow's own hairs, the soft border of the lips.
EYES: Final = ((LEFT_EYE, 0.030), (RIGHT_EYE, 0.030))
BROWS: Final = ((LEFT_BROW, 0.035), (RIGHT_BROW, 0.035))
MOUTH: Final = ((LIPS, 0.020),)
NOSE: Final = ((NOSTRILS, 0.010),)
FEATURES: Final = EYES + BROWS + MOUTH + NOSE

# Spread of skin within one face in Lab: light and shade vary, the hue less. What is darker may be
# hair or a beard, what is brighter is the lamp; on the forehead the dark is most often a fringe.
HUE: Final = np.array((9, 10), np.float32)
DARKER: Final = 20
BRIGHTER: Final = 45
FRINGE: Final = 11
FEATHER: Final = 0.035

Rings = Iterable[tuple[Sequence[int], float]]


@dataclass(frozen=True)
class Place:
    """A part of a picture around a face: left, top, right, bottom in pixels, and its scale.

    scale: pixels here per pixel of the picture.
    """

    left: int
    top: int
    right: int
    bottom: int
    scale: float = 1.0

    def cut(self, planes: Picture) -> Picture:
        """That part of the picture, not copied, at the picture's own scale."""
        return planes[self.top : self.bottom, self.left : self.right]

    def points(self, landmarks: Points) -> Points:
        """Landmarks of the picture in pixels of this place."""
        # A pixel's middle is at half: shrinking moves it.
        moved = landmarks - np.array((self.left, self.top), np.float32) + np.float32(0.5)
        return np.asarray(moved * np.float32(self.scale) - np.float32(0.5), np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels of this place."""
        return (
            max(1, round((self.bottom - self.top) * self.scale)),
            max(1, round((self.right - self.left) * self.scale)),
        )


def place(face: Face, rgb: Picture, margin: float) -> Place:
    """The part of the picture around a face, with a margin in sizes of the face, within bounds."""
    high, wide = rgb.shape[:2]
    left, top, right, bottom = face.box
    more = round(face.size * margin) + 2
    return Place(
        max(0, left - more), max(0, top - more), min(wide, right + more), min(high, bottom + more)
    )


def drawn(where: Place, face: Face, rings: Rings) -> Picture:
    """Rings of landmarks, filled and widened: 255 inside, 0 outside. uint8, the place's shape."""
    plane = np.zeros(where.shape, np.uint8)
    points = where.points(face.landmarks)
    for ring, wider in rings:
        outline = points[list(ring)].round().astype(np.int32)
        cv2.fillPoly(plane, [outline], 255)
        reach = round(face.size * where.scale * wider * 2)
        if reach > 0:
            cv2.polylines(plane, [outline], True, 255, reach)
    return plane


def skin(where: Place, lab: Plane, face: Face, everybody: Sequence[Face]) -> Plane:
    """How much of each pixel is open skin of that face, 0..1, soft at its borders. float32.

    lab: (height, width, 3), the place at its own scale. The features of everybody are left out,
    for faces may overlap.
    """
    size = face.size * where.scale
    oval = drawn(where, face, ((OVAL, 0),))
    likely = _likely(where, lab, face, size)
    open_ = np.where((oval > 0) & (likely > 0.5), np.uint8(255), np.uint8(0))
    # A spot is not the colour of skin: holes up to twice its size are skin all the same.
    hole = _disk(size * 0.035)
    open_ = cv2.morphologyEx(open_, cv2.MORPH_CLOSE, hole)
    open_ = cv2.morphologyEx(open_, cv2.MORPH_OPEN, _disk(size * 0.02))
    open_[oval == 0] = 0
    for other in everybody:
        open_[drawn(where, other, FEATURES) > 0] = 0
    return feathered(open_, size)


def feathered(plane: Picture, size: float) -> Plane:
    """A hard mask made soft inwards: 0 where it was 0, rising to 1. float32."""
    # Beyond the picture nothing is known to be something else: no border there.
    framed = cv2.copyMakeBorder(plane, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    depth = cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1]
    rise = np.clip((depth - 0.5) / max(1.0, size * FEATHER), 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise), np.float32)


def within(planes: Plane, weight: Plane, sigma: float) -> Plane:
    """A Gaussian blur that takes only what has weight: nothing bleeds in from beside the skin.

    planes: (height, width, 3). weight: (height, width), 0..1. sigma: pixels.
    """
    # A trace of everything keeps the quotient defined; it matters only where no skin is near.
    trusted = (weight + np.float32(1e-4))[..., None]
    blurred = cv2.GaussianBlur(np.dstack([planes * trusted, trusted]), (0, 0), sigma)
    return np.asarray(blurred[..., :3] / blurred[..., 3:], np.float32)


def _likely(where: Place, lab: Plane, face: Face, size: float) -> Plane:
    """How alike each pixel is to the cheeks, 0..1."""
    cheeks = drawn(where, face, ((LEFT_CHEEK, 0), (RIGHT_CHEEK, 0))) > 0
    if not cheeks.any():
        return np.ones(where.shape, np.float32)
    tone = np.median(lab[cheeks], axis=0).astype(np.float32)
    soft = cv2.GaussianBlur(lab, (0, 0), max(0.6, size * 0.008))
    off = soft - tone
    dark = np.where(drawn(where, face, ((FOREHEAD, 0),)) > 0, FRINGE, DARKER).astype(np.float32)
    light = off[..., 0] / np.where(off[..., 0] < 0, dark, np.float32(BRIGHTER))
    # Light washes the colour out.
    hue = off[..., 1:] / HUE / (1 + np.clip(off[..., :1] / 15, 0, 1))
    return np.asarray(np.exp(-(light * light + (hue * hue).sum(axis=2)) / 4), np.float32)


def _disk(radius: float) -> Picture:
    side = 2 * max(1, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
