"""The guided filter: smooth a plane, but not across the edges of a guide.

He, Sun, Tang: Guided Image Filtering, ECCV 2010. OpenCV has it only in its contrib package.
"""

from __future__ import annotations

import numpy as np

from engines.nets import Plane
from engines.opencv import cv2


def coefficients(
    guide: Plane, plane: Plane, radius: int, edge: float, weight: Plane
) -> tuple[Plane, Plane]:
    """Gain and offset such that `gain * guide + offset` is the smoothed plane.

    All are (height, width). radius: pixels. edge: contrast of the guide, in its own units, from
    which on an edge stays. weight: 0..1, what counts; where nothing near counts, the result is 0.
    The two are smooth, so they may be enlarged and laid over a larger guide.
    """
    total = np.maximum(_box(weight, radius), np.float32(1e-6))

    def mean(values: Plane) -> Plane:
        return np.asarray(_box(values * weight, radius) / total, np.float32)

    of_guide, of_plane = mean(guide), mean(plane)
    spread = mean(guide * guide) - of_guide * of_guide
    shared = mean(guide * plane) - of_guide * of_plane
    gain = np.asarray(shared / (np.maximum(spread, 0) + edge * edge), np.float32)
    offset = of_plane - gain * of_guide
    return mean(gain), mean(np.asarray(offset, np.float32))


def _box(values: Plane, radius: int) -> Plane:
    side = 2 * radius + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)
