"""Natural irregularity: smooth random fields and lines at any resolution.

Fields are drawn on a coarse grid whose size depends on the picture's shape and not on its
pixels, then enlarged; so the same clouds come back at every size.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.random import PCG64, Generator

from engines.sketch.canvas import Field, Plane, resize


def fbm(
    rng: Generator,
    width: int,
    height: int,
    across: float,
    down: float,
    octaves: int,
    gain: float = 0.5,
) -> Plane:
    """A cloudy field (height, width), about -1..1, with so many cells across and down."""
    field = np.zeros((height, width), np.float32)
    weight, total = 1.0, 0.0
    # Each octave has its own numbers, or one more row in the first would change all the others.
    for number in rng.random(octaves).tolist():
        own = Generator(PCG64(int(number * 2**53)))
        grid = own.random((ceil(down) + 3, ceil(across) + 3), dtype=np.float32) * 2 - 1
        field += np.float32(weight) * resize(grid, width, height, (1, 1, 1 + across, 1 + down))
        total += weight
        weight *= gain
        across, down = across * 2, down * 2
        # Cells finer than a pixel would only be averaged away.
        if across > width and down > height:
            break
    # Sums of octaves crowd around zero; spread them so that thresholds mean the same for all.
    return field * np.float32(1.6 / total)


def line(rng: Generator, x: Field, frequency: float, octaves: int, gain: float = 0.5) -> Plane:
    """A random line over x (in units), about -1..1, with `frequency` bumps per unit."""
    out = np.zeros_like(x)
    weight, total = 1.0, 0.0
    for _ in range(octaves):
        # 1,024 values wrap around: a 64:1 panorama repeats far out of sight of itself.
        values = rng.random(1024, dtype=np.float32) * 2 - 1
        at = x * np.float32(frequency) + np.float32(512)
        cell = np.floor(at)
        t = at - cell
        t = t * t * (3 - 2 * t)
        index = cell.astype(np.int64)
        out += np.float32(weight) * (
            values[index % 1024] * (1 - t) + values[(index + 1) % 1024] * t
        )
        total += weight
        weight *= gain
        frequency *= 2.03
    return out * np.float32(1.4 / total)


def warp_rows(field: Plane, rows: Plane) -> Plane:
    """The field resampled at fractional row numbers, for perspective; shape (len(rows), width)."""
    at = np.clip(rows, 0, field.shape[0] - 1.001)
    first = at.astype(np.int64)
    share = (at - first).astype(np.float32)[:, None]
    return np.asarray(field[first] * (1 - share) + field[first + 1] * share, dtype=np.float32)
