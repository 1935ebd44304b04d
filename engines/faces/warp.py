"""Bending one face into the shape of another, triangle by triangle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engines.faces.face import Points
from engines.nets import Picture
from engines.opencv import cv2


def bend(rgb: Picture, source: Points, target: Points, shape: tuple[int, int]) -> Picture:
    """The picture bent so that its source points come to lie on the target points.

    source, target: (n, 2) in pixels of the picture and of the result, whose height and width
    shape gives. Outside the target points' hull the result is black.
    """
    triangles = _triangles(target)
    owner = np.full(shape, -1, np.int32)
    for number, corners in enumerate(target[triangles].round().astype(np.int32)):
        cv2.fillConvexPoly(owner, corners, number)
    back = _affine(target[triangles], source[triangles])
    rows, columns = np.nonzero(owner >= 0)
    steps = back[owner[rows, columns]]
    across = np.full(shape, -10, np.float32)
    down = across.copy()
    across[rows, columns] = steps[:, 0, 0] * columns + steps[:, 0, 1] * rows + steps[:, 0, 2]
    down[rows, columns] = steps[:, 1, 0] * columns + steps[:, 1, 1] * rows + steps[:, 1, 2]
    bent = cv2.remap(rgb, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    bent[owner < 0] = 0
    return np.asarray(bent, np.uint8)


def _triangles(points: Points) -> NDArray[np.int64]:
    """Delaunay triangles over the points, as three indices each."""
    low, high = np.floor(points.min(0)) - 2, np.ceil(points.max(0)) + 2
    plane = cv2.Subdiv2D((int(low[0]), int(low[1]), *(int(side) for side in high - low)))
    # Points that fall together have one vertex; the first of them stands for all.
    owner: dict[int, int] = {}
    for index, (x, y) in enumerate(points.tolist()):
        owner.setdefault(plane.insert((x, y)), index)
    corners = np.asarray(plane.getTriangleList(), np.float32).reshape(-1, 3, 2)
    inside = ((corners >= low) & (corners <= high)).all(axis=(1, 2))
    seen = points[list(owner.values())]
    numbers = np.array(list(owner.values()))
    far = np.abs(corners[inside][:, :, None, :] - seen).sum(axis=3)
    return np.asarray(numbers[far.argmin(axis=2)], np.int64)


def _affine(source: Points, target: Points) -> Points:
    """For each pair of triangles (n, 3, 2), the (2, 3) map that takes one to the other."""
    corners = np.concatenate([source, np.ones((*source.shape[:2], 1))], axis=2)
    # Triangles without an area cover no pixel: any map will do for them.
    return np.asarray((np.linalg.pinv(corners) @ target).transpose(0, 2, 1), np.float32)
