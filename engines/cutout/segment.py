"""Which pixels belong to a person, by MediaPipe's selfie segmentation and the picture's edges."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image

from engines.bands import each_band, enlarged, pixels_of
from engines.guided import coefficients
from engines.nets import Net, Picture, Plane
from engines.opencv import cv2

SIDE: Final = 256
# Above the first a pixel counts as a person's; under the share nobody is there.
SURE: Final = 0.6
CERTAIN: Final = 0.9
PERSON_SHARE: Final = 0.01
# The edge is looked for on a copy with this longest side; from there its rule is enlarged.
WORKING: Final = 1024
RADIUS: Final = 0.012
EDGE: Final = 0.05
# The net's doubts: under the first nothing is a person's, over the second all is.
DOUBT: Final = (0.3, 0.8)
# A person in a corner of the picture is looked at again, with this margin around.
CLOSER: Final = 0.12

_NET: Final = Net("selfie_segmentation.tflite", ("activation_10",))


def cut_out(rgb: Picture) -> Plane:
    """How much of each pixel is a person: float32 (height, width), 0 nothing to 1 all.

    `levels` does the same to a large picture, with little memory.

    rgb: uint8 (height, width, 3), upright. Made for one person in front of the camera: hair and
    shoulders come out well; of groups and of people far away parts may be lost, what a hand holds
    mostly is. Ask person_share whether anybody was found. Raises ValueError for anything but a
    colour picture.
    """
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
        raise ValueError(f"a uint8 picture (height, width, 3) is wanted, not {rgb.shape}")
    high, wide = rgb.shape[:2]
    shrink = min(1.0, WORKING / max(high, wide))
    size = (max(1, round(wide * shrink)), max(1, round(high * shrink)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    return _share(_rule(small), rgb, high, 0)


def levels(image: Image.Image) -> Picture:
    """The same of an RGB or RGBA picture as uint8 (height, width), 0 nothing to 255 all.

    It is worked out band by band: 1 byte a pixel, and no copy of the picture.
    """
    wide, high = image.size
    shrink = min(1.0, WORKING / max(high, wide))
    size = (max(1, round(wide * shrink)), max(1, round(high * shrink)))
    # Each channel by itself, or transparent pixels would count less.
    parts = [image.getchannel(each).resize(size, Image.Resampling.BOX) for each in "RGB"]
    rule = _rule(np.asarray(Image.merge("RGB", parts)))
    found = np.empty((high, wide), np.uint8)
    for top, bottom in each_band(high):
        rgb = np.ascontiguousarray(pixels_of(image, top, bottom)[..., :3])
        found[top:bottom] = np.rint(_share(rule, rgb, high, top) * 255)
    return found


def _rule(small: Picture) -> tuple[Plane, Plane]:
    """Gain and offset, at the size of a small copy, that make a mask of a picture's grey."""
    rough, guide = _rough(small), _grey(small)
    radius = max(2, round(max(guide.shape) * RADIUS))
    return coefficients(guide, rough, radius, EDGE, np.ones_like(guide))


def _share(rule: tuple[Plane, Plane], rgb: Picture, high: int, top: int) -> Plane:
    """The mask of some rows of a picture `high` pixels high; `top`: the first of them."""
    full, bottom = (high, rgb.shape[1]), top + len(rgb)
    gain, offset = (enlarged(each, full, top, bottom) for each in rule)
    mask = gain * _grey(rgb) + offset
    low, most = DOUBT
    return np.asarray(np.clip((mask - low) / (most - low), 0, 1), np.float32)


def person_share(mask: Plane) -> float:
    """The share of the picture that cut_out takes for a person's, 0..1; under PERSON_SHARE, nobody.

    A small share is to be believed, a large one less so: the net was shown people only, and takes
    a cat or a tower in the middle of a picture for one.
    """
    return float((mask > SURE).mean())


def _rough(rgb: Picture) -> Plane:
    """The net's answer in the picture's size; asked again for the part where somebody is."""
    first = _ask(rgb)
    rows, columns = (np.flatnonzero((first > 0.5).any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return first
    high, wide = first.shape
    more = CLOSER * max(np.ptp(rows), np.ptp(columns))
    top, left = max(0, int(rows[0] - more)), max(0, int(columns[0] - more))
    bottom, right = min(high, int(rows[-1] + more) + 1), min(wide, int(columns[-1] + more) + 1)
    if (bottom - top) * (right - left) > 0.6 * high * wide:
        return first
    near = _ask(rgb[top:bottom, left:right])
    # Where the closer look is vague, there is nobody and it has only made a blot larger.
    if (near > CERTAIN).sum() < 0.5 * (near > 0.5).sum():
        return first
    closer = np.zeros_like(first)
    closer[top:bottom, left:right] = near
    return closer


def _ask(rgb: Picture) -> Plane:
    square = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    (answer,) = _NET.ask(np.asarray(square, np.uint8), 1 / 255, 0)
    return np.asarray(cv2.resize(answer.reshape(SIDE, SIDE), rgb.shape[1::-1]), np.float32)


def _grey(rgb: Picture) -> Plane:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
