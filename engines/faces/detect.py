"""Where faces may be: MediaPipe's full-range BlazeFace over the picture at several sizes.

The net looks at 192 px squares. The whole picture is shrunk into one of them, once with a wide
border, because a face that fills the square goes unseen; then larger versions of the picture are
walked over in overlapping squares, so that a small face still has pixels to be known by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from engines.faces.face import Points
from engines.nets import Net, Picture
from engines.opencv import cv2

SIDE: Final = 192
CELLS: Final = 48
# Squares overlap by a quarter: what is larger than that is found whole one version below.
STEP: Final = 144
# Long sides of the versions. In the largest a face of about 1/75 of the picture has 16 px.
VERSIONS: Final = (80, 192, 384, 768, 1152)
SURE: Final = 0.5
SAME: Final = 0.3

_NET: Final = Net(
    "face_detection_full_range.tflite",
    ("reshaped_classifier_face_4", "reshaped_regressor_face_4"),
)
_GRID: Final = (
    np.stack(np.meshgrid(np.arange(CELLS), np.arange(CELLS)), -1).reshape(-1, 1, 2)
    + np.float32(0.5)
) * np.float32(SIDE / CELLS)


@dataclass(frozen=True, eq=False)
class Candidate:
    """A place that looks like a face.

    score: 0..1. points: (8, 2) in picture pixels: the box's upper left and lower right corner,
    right eye, left eye, nose, mouth, right ear, left ear.
    """

    score: float
    points: Points


def candidates(rgb: Picture) -> list[Candidate]:
    """Every place that looks like a face, the likeliest first; each place once."""
    found = [each for square in _squares(rgb) for each in _look(*square)]
    found.sort(key=lambda each: -each.score)
    kept: list[Candidate] = []
    for each in found:
        corners = each.points[:2].ravel()
        if all(overlap(corners, other.points[:2].ravel()) < SAME for other in kept):
            kept.append(each)
    return kept


def overlap(one: Points, other: Points) -> float:
    """Intersection over union of two boxes (left, top, right, bottom), 0..1."""
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    shared = float(np.prod(sides.clip(0)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2]))
    return shared / max(both - shared, 1e-6)


def _squares(rgb: Picture) -> Iterator[tuple[Picture, float, float, float]]:
    """Squares for the net, with their left and top and the scale to the picture's pixels."""
    high, wide = rgb.shape[:2]
    longest = max(high, wide)
    for version in VERSIONS:
        if version > longest and version > SIDE:
            return
        size = (max(1, round(wide * version / longest)), max(1, round(high * version / longest)))
        shrunk = cv2.resize(
            rgb, size, interpolation=cv2.INTER_AREA if version < longest else cv2.INTER_LINEAR
        )
        for top in _starts(size[1]):
            for left in _starts(size[0]):
                part = shrunk[top : top + SIDE, left : left + SIDE]
                down, across = (SIDE - part.shape[0]) // 2, (SIDE - part.shape[1]) // 2
                square = np.zeros((SIDE, SIDE, 3), np.uint8)
                square[down : down + part.shape[0], across : across + part.shape[1]] = part
                yield square, left - across, top - down, longest / version


def _starts(length: int) -> list[int]:
    """Where squares begin along a side: evenly, the last one flush with the end."""
    count = max(1, -(-(length - SIDE) // STEP) + 1)
    return [round(i * max(0, length - SIDE) / max(1, count - 1)) for i in range(count)]


def _look(square: Picture, left: float, top: float, scale: float) -> Iterator[Candidate]:
    classes, boxes = _NET.ask(square, 2 / 255, -1)
    logits = classes.reshape(-1)
    sure = np.flatnonzero(logits > np.log(SURE / (1 - SURE)))
    raw = boxes.reshape(-1, 8, 2)[sure]
    # The first pair is the middle, the second the size; the rest are points. Offsets from a cell.
    points = raw + _GRID[sure]
    half = raw[:, 1] / 2
    points[:, 0], points[:, 1] = points[:, 0] - half, points[:, 0] + half
    for score, place in zip(logits[sure], points, strict=True):
        yield Candidate(
            float(1 / (1 + np.exp(-np.float64(score)))),
            ((place + np.array((left, top), np.float32)) * np.float32(scale)).astype(np.float32),
        )
