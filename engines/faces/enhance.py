"""Enhancing: a face becomes clearer, and nothing in it becomes something else.

Eyes and brows gain the most; skin gains a little in its finest grain only, for deeper folds would
make a face older; lips stay as they are.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from engines.faces.face import OVAL, Face
from engines.faces.skin import BROWS, EYES, MOUTH, NOSE, Place, drawn, feathered
from engines.nets import Plane
from engines.opencv import cv2

# Lengths in sizes of the face.
FINE: Final = 0.006
COARSE: Final = 0.025
# How much is gained at full strength: around the eyes of fine detail and of coarse contrast, on
# skin of fine detail alone.
EYES_GAIN: Final = (0.9, 0.20)
SKIN_GAIN: Final = 0.45
# Detail under this many times the usual is grain and is not raised; nor is any under the second
# figure, in Lab.
GRAIN: Final = 1.5
LEAST: Final = 0.6
# How far past its surroundings a pixel may go, in Lab: more would be a halo.
OVERSHOOT: Final = 2.0


def features(where: Place, face: Face, everybody: tuple[Face, ...]) -> Plane:
    """Eyes and brows with their lids, 0..1, without anybody's lips. float32."""
    plane = drawn(where, face, (*EYES, *BROWS))
    plane[drawn(where, face, ((OVAL, 0),)) == 0] = 0
    for other in everybody:
        plane[drawn(where, other, MOUTH + NOSE) > 0] = 0
    return feathered(plane, face.size * where.scale)


def clearer(light: Plane, eyes: Plane, skin: Plane, size: float) -> Plane:
    """What to add to a face's lightness (Lab L) for full clarity. All float32 (height, width)."""
    fine = light - cv2.GaussianBlur(light, (0, 0), float(np.clip(size * FINE, 0.7, 4)))
    seen = np.abs(fine[skin > 0.5])
    grain = max(LEAST, GRAIN * float(np.median(seen)) if seen.size else 0)
    fine = np.sign(fine) * np.maximum(np.abs(fine) - np.float32(grain), 0)
    coarse = light - _wide_blur(light, max(1.5, size * COARSE))
    gain = fine * np.maximum(EYES_GAIN[0] * eyes, SKIN_GAIN * skin)
    gain += coarse * (EYES_GAIN[1] * eyes)
    side = max(3, 2 * round(min(size * FINE, 4)) + 1)
    near = np.ones((side, side), np.uint8)
    highest = cv2.dilate(light, near) + OVERSHOOT
    lowest = cv2.erode(light, near) - OVERSHOOT
    return np.asarray(np.clip(light + gain, lowest, highest) - light, np.float32)


def _wide_blur(plane: Plane, sigma: float) -> Plane:
    """A Gaussian blur, of a smaller copy where it is wide: no detail is left in it anyway."""
    times = max(1, int(sigma / 3))
    high, wide = plane.shape
    small = cv2.resize(
        plane, (max(1, wide // times), max(1, high // times)), interpolation=cv2.INTER_AREA
    )
    blurred = cv2.GaussianBlur(small, (0, 0), sigma / times)
    return np.asarray(cv2.resize(blurred, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)
