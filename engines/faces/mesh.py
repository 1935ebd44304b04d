"""The 468 landmarks of a face, by MediaPipe's face mesh, and whether it is a face at all."""

from __future__ import annotations

from typing import Final

import numpy as np

from engines.faces.face import Points
from engines.nets import Net, Picture
from engines.opencv import cv2

SIDE: Final = 192
# The net was trained on squares half as large again as the face.
MARGIN: Final = 1.5

_NET: Final = Net("face_landmark.tflite", ("conv2d_21", "conv2d_31"))


def landmarks(
    rgb: Picture, box: Points, right_eye: Points, left_eye: Points
) -> tuple[Points, float]:
    """Landmarks (468, 2) in picture pixels of what is in the box, and the net's face flag.

    The square is turned so that the eyes lie level. The flag is a logit: above 0 it is rather a
    face than not.
    """
    middle = (box[:2] + box[2:]) / 2
    side = max(float((box[2:] - box[:2]).max()) * MARGIN, 2.0)
    across, down = left_eye - right_eye
    turn = np.arctan2(down, across)
    along = np.array((np.cos(turn), np.sin(turn)), np.float32) * np.float32(side / SIDE)
    # From the square's pixels to the picture's: turned, scaled, then moved.
    to_picture = np.array(
        [[along[0], -along[1], 0], [along[1], along[0], 0]],
        np.float32,
    )
    to_picture[:, 2] = middle - to_picture[:, :2] @ np.array((SIDE / 2, SIDE / 2), np.float32)
    square = _cut(rgb, to_picture, side)
    raw, flag = _NET.ask(square, 1 / 255, 0)
    points = raw.reshape(468, 3)[:, :2]
    return points @ to_picture[:, :2].T + to_picture[:, 2], float(flag.reshape(-1)[0])


def _cut(rgb: Picture, to_picture: Points, side: float) -> Picture:
    """The square as the net wants it. Large faces are shrunk first, or their pores would alias."""
    times = max(1, int(side / SIDE))
    reach = side * 0.75
    middle = to_picture @ np.array((SIDE / 2, SIDE / 2, 1), np.float32)
    high, wide = rgb.shape[:2]
    left, top = (max(0, int(value - reach)) for value in middle)
    right, bottom = min(wide, int(middle[0] + reach) + 1), min(high, int(middle[1] + reach) + 1)
    if right - left < 1 or bottom - top < 1:
        return np.zeros((SIDE, SIDE, 3), np.uint8)
    part = rgb[top:bottom, left:right]
    size = (max(1, (right - left) // times), max(1, (bottom - top) // times))
    shrunk = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    scale = np.array((size[0] / (right - left), size[1] / (bottom - top)), np.float32)
    inside = to_picture.copy()
    inside[:, 2] -= np.array((left, top), np.float32)
    inside *= scale[:, None]
    return np.asarray(
        cv2.warpAffine(shrunk, inside, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP),
        np.uint8,
    )
