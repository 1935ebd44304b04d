"""What a person could see between two pictures: bounds that hold on every processor.

ncnn, OpenCV, numpy and Pillow add in another order on another processor, and so give single values
one or two levels off, anywhere. Nobody sees that. A drift of the whole picture and a patch, an
edge or a seam that is off by more than a few levels, everybody does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRIFT: Final = 0.25  # levels of 255, in the mean over the picture
PLAIN_TO_SEE: Final = 4  # levels that a single value may be off without being noticed
FEW: Final = 0.0005  # share of values that may be further off than that
NEAR: Final = 2  # pixels on each side of an edge that count as lying on it


def apart(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """How far apart each value is, in levels."""
    first, second = (np.asarray(each, np.float64) for each in (one, other))
    assert first.shape == second.shape
    return np.abs(first - second)


def same_to_the_eye(
    one: ArrayLike,
    other: ArrayLike,
    drift: float = DRIFT,
    plain: float = PLAIN_TO_SEE,
    few: float = FEW,
) -> bool:
    """Whether nobody could tell two pictures (or parts of them) from one another."""
    found = apart(one, other)
    return bool(found.mean() <= drift and (found > plain).mean() <= few)


def on_and_off(
    one: ArrayLike, other: ArrayLike, rows: Iterable[int], columns: Iterable[int]
) -> tuple[float, float]:
    """How far two pictures are apart in the mean along the edges of tiles, and elsewhere.

    `rows`, `columns`: the first row or column of each tile but the first.
    """
    found = apart(one, other)
    edges = np.zeros(found.shape[:2], np.bool_)
    for row in rows:
        edges[row - NEAR : row + NEAR] = True
    for column in columns:
        edges[:, column - NEAR : column + NEAR] = True
    assert edges.any() and not edges.all()
    return float(found[edges].mean()), float(found[~edges].mean())
