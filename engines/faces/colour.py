"""Between a picture's pixels and Lab, where lightness and hue can be changed by themselves."""

from __future__ import annotations

import numpy as np

from engines.bands import each_band
from engines.nets import Picture, Plane
from engines.opencv import cv2


def lab_of(rgb: Picture) -> Plane:
    """CIE Lab of sRGB pixels: L 0..100, a and b about -127..127. float32 (height, width, 3)."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def rgb_of(lab: Plane) -> Picture:
    """The nearest sRGB pixels; undoes lab_of exactly."""
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return np.asarray(np.round(rgb.clip(0, 1) * 255), np.uint8)


def light_of(rgb: Picture) -> Plane:
    """Lab's L alone, 0..100, worked out in bands. float32 (height, width)."""
    found = np.empty(rgb.shape[:2], np.float32)
    for top, bottom in each_band(len(rgb)):
        found[top:bottom] = lab_of(rgb[top:bottom])[..., 0]
    return found


def colour_in(rgb: Picture) -> bool:
    """Whether any pixel is not grey."""
    return bool((rgb[..., 0] != rgb[..., 1]).any() or (rgb[..., 1] != rgb[..., 2]).any())


def without_colour(rgb: Picture) -> Picture:
    """Pixels that are grey but for rounding, as grey: all channels are green's."""
    return np.repeat(rgb[..., 1:2], 3, axis=-1)
