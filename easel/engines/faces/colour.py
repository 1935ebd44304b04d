"""Between a picture's pixels and Lab, where lightness and hue can be changed by themselves."""

from __future__ import annotations

import numpy as np

from easel.engines.nets import Picture, Plane
from easel.engines.opencv import cv2


def lab_of(rgb: Picture) -> Plane:
    """CIE Lab of sRGB pixels: L 0..100, a and b about -127..127. float32 (height, width, 3)."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def rgb_of(lab: Plane) -> Picture:
    """The nearest sRGB pixels; undoes lab_of exactly."""
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return np.asarray(np.round(rgb.clip(0, 1) * 255), np.uint8)
