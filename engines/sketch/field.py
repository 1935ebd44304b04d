"""Open ground up to the horizon: meadow, wheat or snow, flowers, a road, grass at our feet."""

from __future__ import annotations

import numpy as np

from engines.sketch.canvas import (
    Colour,
    Plane,
    Polygon,
    disc,
    mix,
    resize,
    scale,
    shine,
    smoothstep,
    stamp,
)
from engines.sketch.noise import fbm, line, warp_rows
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue
from engines.sketch.water import paint_river, winding

PETALS: tuple[Colour, ...] = (
    (0.90, 0.20, 0.16),
    (0.98, 0.80, 0.22),
    (0.97, 0.95, 0.92),
    (0.62, 0.42, 0.82),
    (0.95, 0.55, 0.66),
)
PETAL_OF = {Cue.RED: 0, Cue.GOLD: 1, Cue.PURPLE: 3, Cue.PINK: 4}


def paint_field(canvas: Plane, plan: Plan) -> None:
    """Grass from the horizon to the viewer, with what grows and leads through it."""
    _ground(canvas, plan)
    if plan.water is Cue.RIVER:
        paint_river(canvas, plan)
    if Cue.ROAD in plan.cues:
        paint_road(canvas, plan)
    if Cue.FLOWERS in plan.cues and not plan.snowy:
        _flowers(canvas, plan)


def _ground(canvas: Plane, plan: Plan) -> None:
    frame, rng = plan.frame, plan.dice.stream("field")
    swell = line(rng, frame.xs(), 0.7, 2) * np.float32(0.012 * frame.rise)
    crest = frame.py(plan.horizon) - swell
    top = max(0, int(crest.min()) - 1)
    rows = frame.height - top
    y = np.arange(top, frame.height, dtype=np.float32)[:, None] + np.float32(0.5)
    mask = np.clip(y - crest[None, :] + np.float32(0.5), 0, 1)
    t = (np.arange(rows, dtype=np.float32) + 0.5) / np.float32(rows)
    tufts = _perspective(
        fbm(rng, min(frame.width, 1024), 512, 9 * frame.span, 70, 4, 0.7), t, frame.width, rows
    )
    broad = _perspective(fbm(rng, 256, 128, 2.0 * frame.span, 9, 3), t, frame.width, rows)
    far, near = _tones(plan)
    near_dark = mix(near, plan.palette.shadow, 0.22 if plan.snowy else 0.55)
    depth = t[:, None]
    fall_off = np.sqrt(depth) * np.float32(0.35) + depth * np.float32(0.65)
    light = np.clip(
        np.float32(0.5)
        + broad * np.float32(0.36)
        + tufts * (np.float32(0.10) + depth * np.float32(0.30)),
        0,
        1,
    )
    for channel in range(3):
        base = far[channel] + (near[channel] - np.float32(far[channel])) * fall_off
        low = (
            far[channel] * np.float32(0.86)
            + (np.float32(near_dark[channel]) - far[channel] * np.float32(0.86)) * fall_off
        )
        tone = low + (base - low) * light
        plane = canvas[channel, top:]
        plane += (tone - plane) * mask
    x = frame.xs()[None, :] - np.float32((plan.light_x - 0.5) * frame.span)
    if plan.sun or plan.moon:
        fall = 1 / (1 + (x / np.float32(0.35)) ** 2) * (1 - depth) ** 2 * np.float32(0.34)
        shine(canvas, (fall * mask).astype(np.float32), plan.palette.sun, top)


def _tones(plan: Plan) -> tuple[Colour, Colour]:
    """The colour of the ground far away and at hand."""
    material = "straw" if Cue.GOLD in plan.cues or plan.season is Cue.AUTUMN else plan.grass
    return plan.lit(material, 0.55), plan.lit(material, 0.0)


def _perspective(field: Plane, t: Plane, width: int, rows: int) -> Plane:
    """A field laid on the ground: its rows crowd towards the horizon (t = 0)."""
    near = 1 - (np.float32(0.12) / (t + np.float32(0.12)) - np.float32(0.107)) / np.float32(0.893)
    seen = warp_rows(field, np.clip(near, 0, 1) * np.float32(field.shape[0] - 1))
    return resize(seen * smoothstep(-0.05, 0.10, t)[:, None], width, rows)


def paint_road(canvas: Plane, plan: Plan) -> None:
    """A road that winds from the horizon to the viewer, with a dashed middle line."""
    edge = winding(plan, "road", 0.008, 0.42)
    half = len(edge) // 2
    left, right = list(edge[:half]), list(edge[half:])[::-1]
    wet = 0.45 if Cue.RAIN in plan.cues or Cue.STORM in plan.cues else 0.16
    tone = mix(plan.lit("asphalt", 0.1), plan.palette.horizon, wet)
    verge = [(x - max(1.0, (r - x) * 0.07), y) for (x, y), (r, _) in zip(left, right, strict=True)]
    far_verge = [
        (x + max(1.0, (x - r) * 0.07), y) for (x, y), (r, _) in zip(right, left, strict=True)
    ]
    stamp(
        canvas, [verge + far_verge[::-1]], mix(plan.lit("earth", 0.1), plan.lit("straw", 0.1), 0.35)
    )
    stamp(canvas, [edge], tone)
    dashes: list[Polygon] = []
    for start in range(20, half - 6, 10):
        points = [
            ((a[0] + b[0]) / 2, a[1], (b[0] - a[0]) * 0.016)
            for a, b in zip(left[start : start + 6], right[start : start + 6], strict=True)
        ]
        dashes.append(
            [(x - w, y) for x, y, w in points] + [(x + w, y) for x, y, w in reversed(points)]
        )
    stamp(canvas, dashes, plan.lit("wall", 0.05), 0.85)
    if plan.snowy:
        stamp(canvas, [edge], plan.lit("snow", 0.1), 0.45)


def _flowers(canvas: Plane, plan: Plan) -> None:
    """Blossoms scattered over the ground, dots far away and petals near."""
    frame, rng = plan.frame, plan.dice.stream("flowers")
    named = [index for cue, index in PETAL_OF.items() if cue in plan.cues]
    first = named[0] if named else plan.dice.pick("petals", range(len(PETALS)))
    second = first if named else (first + 2) % len(PETALS)
    kinds = [PETALS[first], PETALS[first], PETALS[second]]
    groups: list[list[Polygon]] = [[] for _ in kinds]
    hearts: list[Polygon] = []
    stems: list[Polygon] = []
    for _ in range(int(420 * min(frame.span, 8))):
        x, far, kind, size = (float(v) for v in rng.random(4))
        t = 0.03 + 0.97 * far**1.8
        r = frame.unit * (0.0016 + 0.014 * t**1.6) * (0.7 + 0.6 * size)
        px, py = frame.px(x), frame.py(plan.horizon + t * (1.01 - plan.horizon))
        groups[int(kind * len(kinds))] += _blossom(px, py, r)
        if t > 0.45:
            hearts.append(disc(px, py - r * 0.1, r * 0.3, r * 0.25, 8))
            stems.append([(px - r * 0.08, py), (px + r * 0.08, py), (px + r * 0.2, py + r * 4.5)])
    stamp(canvas, stems, mix(plan.lit("forest", 0.0), plan.palette.shadow, 0.3), 0.8)
    for colour, petals in zip(kinds, groups, strict=True):
        stamp(canvas, petals, mix(scale(colour, plan.palette.light), plan.palette.shadow, 0.12))
    stamp(canvas, hearts, mix(plan.palette.shadow, (0.9, 0.7, 0.2), 0.45))


def _blossom(x: float, y: float, r: float) -> list[Polygon]:
    if r < 3:
        return [disc(x, y, r, r * 0.75, 8)]
    around = ((-0.55, 0.05), (0.55, 0.05), (0.0, -0.45), (-0.3, 0.4), (0.3, 0.4))
    return [disc(x + dx * r, y + dy * r * 0.8, r * 0.52, r * 0.45, 10) for dx, dy in around]


def paint_grass(canvas: Plane, plan: Plan) -> None:
    """Blades of grass along the lower edge, dark against the light."""
    frame, rng = plan.frame, plan.dice.stream("grass")
    _, near = _tones(plan)
    for tone, tall, density in (
        (mix(near, plan.palette.shadow, 0.25), 0.050, 170),
        (mix(near, plan.palette.shadow, 0.6), 0.036, 150),
    ):
        blades: list[Polygon] = []
        for _ in range(int(density * min(frame.span, 12))):
            x, lean, high, wide = (float(v) for v in rng.random(4))
            foot, h = frame.px(x), frame.rise * tall * (0.35 + high)
            half = frame.unit * (0.0012 + 0.0016 * wide)
            bend = (lean - 0.5) * h * 0.8
            y = frame.height + 1
            blades.append(
                [
                    (foot - half, y),
                    (foot - half * 0.5 + bend * 0.3, y - h * 0.6),
                    (foot + bend, y - h),
                    (foot + half * 0.7 + bend * 0.3, y - h * 0.6),
                    (foot + half, y),
                ]
            )
        stamp(canvas, blades, tone, 0.9)
