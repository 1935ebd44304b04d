"""A skyline: hazy blocks far away, towers with lit windows nearer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from engines.sketch.canvas import Colour, Plane, mix, paint, scale, shine
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue
from engines.sketch.weather import paint_mist

LAMPS: tuple[Colour, ...] = (
    (1.0, 0.84, 0.52),
    (1.0, 0.92, 0.74),
    (1.0, 0.74, 0.42),
    (0.80, 0.90, 1.0),
)


@dataclass(frozen=True)
class Row:
    """One row of buildings: where it stands, how tall (rises), how far, and its windows."""

    base: float
    low: float
    tall: float
    distance: float
    windows: float


def _near_rows(h: float) -> tuple[Row, ...]:
    return (
        Row(h + 0.02, 0.10, 0.30, 0.70, 0.0),
        Row(h + 0.09, 0.10, 0.40, 0.40, 0.55),
        Row(h + 0.20, 0.08, 0.34, 0.16, 0.9),
        Row(h + 0.36, 0.06, 0.26, 0.0, 1.0),
    )


def _far_rows(h: float) -> tuple[Row, ...]:
    return (
        Row(h, 0.05, 0.20, 0.72, 0.0),
        Row(h, 0.05, 0.30, 0.40, 0.75),
        Row(h, 0.03, 0.15, 0.22, 1.0),
    )


def paint_city(canvas: Plane, plan: Plan, *, end: float, near: bool) -> None:
    """Rows of towers from far to near down to `end`; far away they stand on the horizon."""
    rows = _near_rows(plan.horizon) if near else _far_rows(plan.horizon)
    bottom = min(plan.frame.height, round(plan.frame.py(end)))
    for index, row in enumerate(rows):
        _row(canvas, plan, row, plan.dice.stream(f"city {index}"), bottom)
        if near and index < 3:
            # Air between the rows, lit from the streets; without it a city is wallpaper.
            paint_mist(canvas, plan, row.base + 0.13, 0.20, 0.62 - 0.12 * index)


def _row(canvas: Plane, plan: Plan, row: Row, rng: Generator, bottom: int) -> None:
    frame = plan.frame
    x = -frame.span / 2 - 0.05
    # Towers gather about the middle of town, which stands away from the light.
    centre = (0.5 - plan.light_x) * frame.span * 0.8
    while x < frame.span / 2:
        wide = 0.035 + 0.055 * float(rng.random())
        near_centre = 1 / (1 + ((x - centre) / 0.42) ** 2)
        tall = row.low + (row.tall - row.low) * float(rng.random()) ** 1.6 * (
            0.3 + 0.7 * near_centre
        )
        roof = float(rng.random())
        left = frame.width / 2 + x * frame.unit
        top = frame.py(row.base) - tall * frame.rise
        _building(canvas, plan, row, rng, (left, left + wide * frame.unit, top), bottom, roof)
        x += wide * (0.94 + 0.25 * float(rng.random()))


def _building(
    canvas: Plane,
    plan: Plan,
    row: Row,
    rng: Generator,
    box: tuple[float, float, float],
    bottom: int,
    roof: float,
) -> None:
    """One tower: body, a step or a mast on top, a darker side away from the light, windows."""
    left, right, top = box
    wide, unit = right - left, plan.frame.unit
    tone = scale(plan.lit("tower", row.distance), 0.86 + 0.28 * float(rng.random()))
    step = 0.0
    if roof > 0.55:
        step = (0.010 + 0.022 * float(rng.random())) * unit
        _block(canvas, left + wide * 0.2, right - wide * 0.2, top - step, bottom, tone)
    if roof > 0.86:
        mast = max(0.8, wide * 0.045)
        high = 0.06 * unit * (0.6 + float(rng.random()))
        _block(
            canvas,
            left + wide / 2 - mast / 2,
            left + wide / 2 + mast / 2,
            top - step - high,
            bottom,
            tone,
        )
    _block(canvas, left, right, top, bottom, tone)
    dark = mix(tone, plan.palette.shadow, 0.28)
    split = left + wide * (0.62 if plan.light_x < 0.5 else 0.38)
    edges = (split, right) if plan.light_x < 0.5 else (left, split)
    _block(canvas, *edges, top, bottom, dark)
    if row.windows:
        _windows(canvas, plan, row, rng, (left, right, top), bottom)


def _block(
    canvas: Plane, left: float, right: float, top: float, bottom: float, colour: Colour
) -> None:
    """An upright rectangle with exact coverage at its edges."""
    height, width = canvas.shape[1:]
    x0, x1 = max(0, int(left)), min(width, int(right) + 1)
    y0, y1 = max(0, int(top)), min(height, int(bottom) + 1)
    if x1 <= x0 or y1 <= y0:
        return
    columns = np.arange(x0, x1, dtype=np.float32)
    rows = np.arange(y0, y1, dtype=np.float32)
    across = np.clip(np.minimum(columns + 1, right) - np.maximum(columns, left), 0, 1)
    down = np.clip(np.minimum(rows + 1, bottom) - np.maximum(rows, top), 0, 1)
    paint(canvas, (down[:, None] * across[None, :]).astype(np.float32), colour, y0, x0)


def _windows(
    canvas: Plane,
    plan: Plan,
    row: Row,
    rng: Generator,
    box: tuple[float, float, float],
    bottom: int,
) -> None:
    """A grid of windows: lamps when it is dark, panes that mirror the sky by day."""
    left, right, top = box
    unit, lamps = plan.frame.unit, plan.dark or plan.hour is Cue.SUNSET
    cell = unit * (0.0105 + 0.003 * float(rng.random()))
    columns = max(2, int((right - left) / cell))
    pitch = (right - left) / columns
    floors = max(1, int((bottom - top) / (cell * 1.45)))
    busy = (0.16 + 0.30 * float(rng.random())) * (1.0 if plan.dark else 0.5)
    lit = rng.random((floors + 2, columns), dtype=np.float32)
    lamp = LAMPS[int(float(rng.random()) * len(LAMPS))]
    x0, x1 = max(0, int(left)), min(canvas.shape[2], int(right))
    y0, y1 = max(0, int(top)), min(canvas.shape[1], bottom)
    if x1 <= x0 or y1 <= y0:
        return
    column, across = _cells(np.arange(x0, x1, dtype=np.float32), left, pitch, 0.52)
    floor, down = _cells(np.arange(y0, y1, dtype=np.float32), top + cell * 0.6, cell * 1.45, 0.5)
    inside = down[:, None] * across[None, :]
    glow = lit[np.clip(floor, 0, floors + 1)][:, np.clip(column, 0, columns - 1)]
    if lamps:
        bright = np.where(glow < busy, 0.55 + 0.45 * glow / busy, 0.03)
        shine(canvas, (inside * bright * row.windows).astype(np.float32), lamp, y0, x0)
    else:
        pane = mix(plan.palette.upper, plan.palette.shadow, 0.45)
        paint(canvas, (inside * (0.30 + 0.3 * glow) * row.windows).astype(np.float32), pane, y0, x0)


def _cells(
    pixels: Plane, start: float, pitch: float, share: float
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Plane]:
    """Which cell each pixel lies in, and how much of the pixel the cell's window covers."""
    edges = (np.append(pixels, pixels[-1] + 1).astype(np.float64) - start) / pitch
    whole = np.floor(edges)
    filled = whole * share + np.clip(edges - whole - (1 - share) / 2, 0, share)
    cover = np.diff(filled) * pitch
    index = np.floor((edges[:-1] + edges[1:]) / 2).astype(np.int64)
    cover[index < 0] = 0
    return index, np.clip(cover, 0, 1).astype(np.float32)
