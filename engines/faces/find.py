"""Every face in a picture, with its landmarks."""

from __future__ import annotations

from typing import Final

import numpy as np

from engines.faces.detect import Candidate, candidates, overlap
from engines.faces.face import LEFT_EYE, RIGHT_EYE, Face, Points
from engines.faces.mesh import landmarks
from engines.nets import Picture

# The mesh's flag (a logit): faces of the trials gave 9 and more, a cheetah 3, a cat's head -8.
FLAG: Final = 6.0
# Under this many pixels between the cheeks the landmarks are guesswork.
SMALLEST: Final = 12
SAME: Final = 0.35


def find_faces(rgb: Picture) -> tuple[Face, ...]:
    """Every face in the picture, from left to right, then from top to bottom.

    rgb: uint8 (height, width, 3), upright. Faces under about 1/75 of the longer side or 12 px
    are not found, nor is the back of a head; profiles only at times. Cartoons and animals are
    turned away by the mesh's own flag. Raises ValueError for anything but a colour picture.
    """
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
        raise ValueError(f"a uint8 picture (height, width, 3) is wanted, not {rgb.shape}")
    kept: list[Face] = []
    for each in candidates(rgb):
        face = _meet(rgb, each)
        if face and all(overlap(_bounds(face), _bounds(other)) < SAME for other in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda face: (face.box[0], face.box[1])))


def _meet(rgb: Picture, candidate: Candidate) -> Face | None:
    """The face at that place, or none if the mesh does not see one there."""
    points, flag = landmarks(rgb, candidate.points[:2].ravel(), *candidate.points[2:4])
    if flag < FLAG:
        return None
    # Once more around the landmarks themselves: the detector's box is loose.
    box = np.concatenate([points.min(0), points.max(0)])
    eyes = points[list(RIGHT_EYE)].mean(0), points[list(LEFT_EYE)].mean(0)
    points, flag = landmarks(rgb, box, *eyes)
    high, wide = rgb.shape[:2]
    left, top = np.floor(points.min(0)).astype(int).clip(0, (wide - 1, high - 1))
    right, bottom = np.ceil(points.max(0)).astype(int).clip((left + 1, top + 1), (wide, high))
    face = Face((int(left), int(top), int(right), int(bottom)), candidate.score, points)
    return face if flag >= FLAG and face.size >= SMALLEST else None


def _bounds(face: Face) -> Points:
    return np.array(face.box, np.float32)
