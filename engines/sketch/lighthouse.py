"""A lighthouse on its headland, with its beam when it is dark."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from engines.sketch.canvas import Plane, Point, Polygon, mix, shine, smoothstep, stamp
from engines.sketch.noise import line
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue


def paint_lighthouse(canvas: Plane, plan: Plan) -> None:
    """A banded tower on a rock, and its beam when it is dark."""
    frame = plan.frame
    x, unit = frame.px(plan.away), frame.unit
    base = frame.py(plan.horizon + (0.06 if plan.water else 0.16))
    tall = 0.40 * unit
    _rock(canvas, plan, x, base)
    lamp = (x, base - tall * 0.945)
    if (
        plan.hour in (Cue.NIGHT, Cue.DUSK, Cue.SUNSET)
        or Cue.FOG in plan.cues
        or Cue.STORM in plan.cues
    ):
        _beam(canvas, plan, lamp)
    _tower(canvas, plan, x, base, tall)


def _tower(canvas: Plane, plan: Plan, x: float, base: float, tall: float) -> None:
    """White and red bands, shaded away from the light, a gallery, a lamp and a roof."""
    white, red = plan.lit("wall", 0.0), plan.lit("roof", 0.0)
    dark = mix(red, plan.palette.shadow, 0.6)
    foot, neck, bands = 0.105, 0.067, 5
    # height and half width below, the same above (shares of the whole), colour
    pieces = [
        (0.84 * i / bands, foot + (neck - foot) * i / bands,
         0.84 * (i + 1) / bands, foot + (neck - foot) * (i + 1) / bands, red if i % 2 else white)
        for i in range(bands)
    ] + [
        (0.840, 0.088, 0.868, 0.088, dark),
        (0.868, 0.046, 0.965, 0.046, (1.0, 0.93, 0.66)),
        (0.965, 0.062, 1.050, 0.006, dark),
        (0.868, 0.005, 0.965, 0.005, dark),
    ]  # fmt: skip
    for low, low_half, high, high_half, colour in pieces:
        ends = (low, tall * low_half), (high, tall * high_half)
        stamp(canvas, [_trapezium(x, base, tall, *ends)], colour)
    side = tall if plan.light_x < 0.5 else -tall
    shade = [(foot * 0.25, 0.0), (foot, 0.0), (neck, 0.84), (neck * 0.25, 0.84)]
    stamp(
        canvas, [[(x + px * side, base - py * tall) for px, py in shade]], plan.palette.shadow, 0.32
    )


def _trapezium(x: float, base: float, tall: float, low: Point, high: Point) -> Polygon:
    """A piece of a tower between two (height as a share, half width in pixels)."""
    y0, y1 = base - tall * low[0], base - tall * high[0]
    return [(x - low[1], y0), (x + low[1], y0), (x + high[1], y1), (x - high[1], y1)]


def _rock(canvas: Plane, plan: Plan, x: float, base: float) -> None:
    """A headland that comes in from the picture's side, higher inland, and ends in the water."""
    unit, rng = plan.frame.unit, plan.dice.stream("rock")
    out = 1 if x < plan.frame.width / 2 else -1
    steps = np.linspace(0, 1, 90, dtype=np.float32)
    tip, back = x + out * 0.26 * unit, (-2.0 if out > 0 else plan.frame.width + 2.0)
    columns = tip + (np.float32(back) - tip) * steps
    inland = (
        np.abs(columns - np.float32(x))
        / np.float32(unit)
        * np.where(steps > abs(x - tip) / abs(back - tip), 1, 0)
    )
    cliff = smoothstep(0.0, 0.22 * unit, np.abs(columns - np.float32(tip))) * np.float32(
        0.075 * unit
    )
    rugged = line(rng, steps, 14, 5) * np.clip(
        np.abs(columns - np.float32(x)) / np.float32(0.06 * unit), 0.1, 1
    )
    top = (
        np.float32(base + 0.075 * unit)
        - cliff
        - rugged * np.float32(0.011 * unit)
        - inland * np.float32(0.10 * unit)
    )
    shore = base + (0.078 + 0.05 * steps + line(rng, steps, 22, 3) * 0.006) * unit
    top = np.minimum(top, shore)
    crest = [(float(px), float(py)) for px, py in zip(columns, top, strict=True)]
    foot = [(float(px), float(py)) for px, py in zip(columns, shore, strict=True)]
    tone = mix(plan.lit("rock", 0.0), plan.palette.shadow, 0.40)
    stamp(
        canvas,
        [[(px, py + 0.012 * unit) for px, py in foot] + foot[::-1]],
        plan.lit("snow", 0.25),
        0.5,
    )
    stamp(canvas, [crest + foot[::-1]], tone)
    cracks = [_crack(rng, crest, foot, index, unit) for index in range(3, 84, 3)]
    stamp(canvas, cracks, mix(tone, plan.palette.shadow, 0.55), 0.7)
    turf = [(px, py + (0.010 + 0.006 * float(rng.random())) * unit) for px, py in crest[6:]]
    stamp(canvas, [crest[6:] + turf[::-1]], mix(plan.lit(plan.grass, 0.05), tone, 0.25), 0.9)


def _crack(rng: Generator, crest: Polygon, foot: Polygon, index: int, unit: float) -> Polygon:
    """The shaded side of one boulder of the cliff."""
    (x, high), (_, low) = crest[index], foot[index]
    y = high + (low - high) * (0.15 + 0.5 * float(rng.random()))
    wide = unit * (0.008 + 0.022 * float(rng.random()))
    return [(x, y), (x + wide, y + (low - y) * 0.5), (x + wide * 0.6, low), (x - wide * 0.5, low)]


def _beam(canvas: Plane, plan: Plan, lamp: Point) -> None:
    """Two cones of light from the lamp, and the lamp's glow."""
    frame = plan.frame
    x = (np.arange(frame.width, dtype=np.float32) + 0.5 - np.float32(lamp[0])) / np.float32(
        frame.unit
    )
    bottom = min(frame.height, int(lamp[1] + 0.5 * frame.unit))
    y = (np.arange(bottom, dtype=np.float32) + 0.5 - np.float32(lamp[1])) / np.float32(frame.unit)
    away_x = np.abs(x)[None, :]
    off = (y[:, None] + away_x * np.float32(0.10)) / (
        np.float32(0.008) + away_x * np.float32(0.085)
    )
    light = np.float32(0.55) / (1 + off**4) / (1 + away_x * np.float32(1.6))
    near = x[None, :] ** 2 + y[:, None] ** 2
    light += np.float32(0.0022) / (np.float32(0.0022) + near)
    shine(canvas, np.minimum(light, 1).astype(np.float32), (1.0, 0.92, 0.66))
