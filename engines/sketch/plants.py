"""Trees: fir woods behind fir woods, round autumn crowns, and one tree that stands alone."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
from numpy.random import Generator

from engines.sketch.canvas import (
    Colour,
    Plane,
    Point,
    Polygon,
    disc,
    mix,
    scale,
    smoothstep,
    stamp,
)
from engines.sketch.noise import line
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue
from engines.sketch.weather import paint_mist


def paint_forest(canvas: Plane, plan: Plan, *, end: float, near: bool) -> None:
    """Rows of trees from far to near, with mist between; far ones stand along the horizon."""
    h = plan.horizon
    # base (fraction of height), tree height (rises), trees per unit, distance
    rows = (
        (
            (h + 0.01, 0.085, 52, 0.72),
            (h + 0.09, 0.15, 32, 0.50),
            (h + 0.22, 0.24, 19, 0.25),
            (h + 0.40, 0.36, 11, 0.0),
        )
        if near
        else ((h - 0.004, 0.075, 60, 0.55), (h + 0.004, 0.065, 44, 0.30))
    )
    for index, (base, tall, density, distance) in enumerate(rows):
        if Cue.MOUNTAINS in plan.cues and near and index < 1:
            continue
        _wood(canvas, plan, f"wood {index}", (base, tall, density), distance, end)
        if near and index < 3:
            paint_mist(canvas, plan, base + 0.02, 0.11, 0.55 - 0.12 * index)


def _wood(
    canvas: Plane,
    plan: Plan,
    part: str,
    shape: tuple[float, float, float],
    distance: float,
    end: float,
) -> None:
    base, tall, density = shape
    frame, rng = plan.frame, plan.dice.stream(part)
    count = int(frame.span * density) + 4
    spots = (
        np.arange(count, dtype=np.float32) - count / 2 + rng.random(count, dtype=np.float32) * 1.2
    ) / np.float32(density)
    ground = frame.py(base) - line(rng, spots, 1.6, 2) * np.float32(0.16 * tall * frame.rise)
    autumn, bottom = plan.season in (Cue.AUTUMN, Cue.SPRING), frame.py(end)
    trees: list[Polygon] = []
    crowns: list[list[Polygon]] = [[], [], []]
    sunlit: list[list[Polygon]] = [[], [], []]
    toward = 1 if plan.light_x > 0.5 else -1
    for x, y in zip(spots.tolist(), ground.tolist(), strict=True):
        high = tall * frame.rise * (0.5 + 0.62 * float(rng.random()))
        foot = (frame.width / 2 + x * frame.unit, y)
        if autumn and rng.random() < 0.75:
            kind, radius = int(rng.random() * 3), high * 0.34
            crowns[kind] += _crown(rng, (foot[0], y - high * 0.45), radius, 12)
            side = foot[0] + toward * radius * 0.28
            sunlit[kind] += _crown(rng, (side, y - high * 0.45 - radius * 0.3), radius * 0.5, 9)
        else:
            trees.append(_fir(rng, foot, high))
    xs = [frame.width / 2 + x * frame.unit for x in spots.tolist()]
    trees.append([(xs[0], bottom), *zip(xs, ground.tolist(), strict=True), (xs[-1], bottom)])
    body = _foliage(plan, distance)
    stamp(canvas, trees, _rows(plan, body, plan.palette.haze, base, distance))
    for tone, group, lit in zip(_autumn(plan, distance), crowns, sunlit, strict=True):
        stamp(canvas, group, tone)
        stamp(canvas, lit, mix(tone, plan.palette.sun, 0.22), 0.55)
    if plan.snowy:
        _snow_on(canvas, plan, trees, toward, distance)


def _snow_on(canvas: Plane, plan: Plan, trees: list[Polygon], toward: int, distance: float) -> None:
    """Snow on the boughs, more on the side of the light, and on the ground (the last polygon)."""
    caps = [_snowed(tree, 0.18 * toward) for tree in trees[:-1]]
    stamp(canvas, caps, plan.lit("snow", distance), 0.85)
    stamp(canvas, trees[-1:], plan.lit("snow", distance * 0.8))


def _foliage(plan: Plan, distance: float) -> Colour:
    tone = plan.lit("forest", distance)
    return mix(tone, plan.lit("rock", distance), 0.25) if plan.snowy else tone


def _autumn(plan: Plan, distance: float) -> tuple[Colour, Colour, Colour]:
    """Three leaf colours: russet, ochre and red; in spring fresh greens and blossom."""
    if plan.season is Cue.SPRING:
        bloom = mix(plan.lit("spring", distance), (0.96, 0.70, 0.78), 0.55 * (1 - distance))
        return plan.lit("spring", distance), scale(plan.lit("spring", distance), 0.85), bloom
    russet = plan.lit("foliage", distance)
    return (
        russet,
        plan.lit("autumn", distance),
        mix(russet, (0.62, 0.12, 0.10), 0.4 * (1 - distance)),
    )


def _rows(plan: Plan, near: Colour, air: Colour, base: float, distance: float) -> Plane:
    """A colour per row that melts into the air below the foot of a wood; (3, height, 1)."""
    y = (np.arange(plan.frame.height, dtype=np.float32) + 0.5) / np.float32(plan.frame.height)
    t = smoothstep(base - 0.03, base + 0.16, y) * np.float32(0.75 * distance + 0.05)
    return np.stack([near[c] + (np.float32(air[c]) - near[c]) * t for c in range(3)])[
        :, :, None
    ].astype(np.float32)


def _fir(rng: Generator, foot: Point, high: float) -> Polygon:
    """The outline of a fir from its tip down its right side and up its left."""
    x, y = foot
    tiers, wide = 7, high * (0.17 + 0.06 * float(rng.random()))
    right: list[Point] = []
    left: list[Point] = []
    for tier in range(1, tiers + 1):
        t = tier / tiers
        level = y - high * (1 - 0.93 * t)
        for side, points in ((1, right), (-1, left)):
            reach = wide * t * (0.8 + 0.4 * float(rng.random()))
            points.append((x + side * reach, level + high * 0.012))
            points.append((x + side * reach * 0.52, level - high * 0.008))
    trunk = high * 0.018
    return [
        (x, y - high),
        *right,
        (x + trunk, y - high * 0.06),
        (x + trunk, y + 2),
        (x - trunk, y + 2),
        (x - trunk, y - high * 0.06),
        *left[::-1],
    ]


def _snowed(tree: Polygon, toward: float) -> Polygon:
    """The part of a fir that snow covers: a slimmer tree, moved a little to the light, no trunk."""
    middle, tip = tree[0]
    boughs = [*tree[:15], *tree[19:]]
    high = tree[14][1] - tip
    return [
        (
            middle + (x - middle) * 0.55 + toward * 0.42 * abs(x - middle),
            y - 0.022 * high * (y > tip),
        )
        for x, y in boughs
    ]


def _crown(rng: Generator, middle: Point, radius: float, leaves: int) -> list[Polygon]:
    """A round crown: clumps of leaves about a middle point."""
    clumps = [disc(*middle, radius * 0.8, radius)]
    for _ in range(leaves):
        dx, dy, size = (float(v) for v in rng.random(3))
        r = radius * (0.30 + 0.25 * size)
        clumps.append(
            disc(
                middle[0] + (dx - 0.5) * 1.5 * radius,
                middle[1] + (dy - 0.5) * 1.7 * radius,
                r,
                r * 0.92,
            )
        )
    return clumps


def paint_tree(canvas: Plane, plan: Plan, foot: Point, high: float) -> None:
    """One big tree at a foot point (pixels) of a height (pixels), bare in winter."""
    rng = plan.dice.stream("tree")
    bark = mix(plan.lit("earth", 0.0), plan.palette.shadow, 0.55)
    stamp(canvas, [disc(foot[0], foot[1], high * 0.34, high * 0.022)], plan.palette.shadow, 0.38)
    wood: list[Polygon] = []
    lean = -pi / 2 + (float(rng.random()) - 0.5) * 0.10
    _branch(rng, foot, lean, high * 0.27, high * 0.062, (0, 7 if plan.snowy else 4), wood)
    stamp(canvas, wood, bark)
    if plan.snowy:
        return
    leaf = plan.lit("foliage" if plan.season is Cue.AUTUMN else "forest", 0.0)
    if plan.season is Cue.SPRING:
        leaf = mix(plan.lit("wall", 0.0), (0.95, 0.62, 0.74), 0.6)
    toward = 1 if plan.light_x > foot[0] / plan.frame.width else -1
    middle = (foot[0], foot[1] - high * 0.66)
    deep, bright = mix(leaf, plan.palette.shadow, 0.42), mix(leaf, plan.palette.sun, 0.30)
    for level in range(5):
        tone = mix(deep, bright, level / 4)
        stamp(canvas, _leaves(rng, middle, high, toward, level), tone, 1.0 if level == 0 else 0.85)


def _leaves(rng: Generator, middle: Point, high: float, toward: int, level: int) -> list[Polygon]:
    """One layer of clumps of leaves; each lighter layer (0..4) is smaller, finer and nearer the
    light, which models the crown as something round."""
    clumps: list[Polygon] = []
    room = 1 - 0.13 * level
    for _ in range(34 + 26 * level):
        turn, out, size = (float(v) for v in rng.random(3))
        far = out**0.5 * room
        x = middle[0] + high * (cos(2 * pi * turn) * 0.36 * far + toward * 0.035 * level)
        y = middle[1] + high * (sin(2 * pi * turn) * 0.25 * far - 0.026 * level)
        r = high * (0.072 - 0.0125 * level) * (0.55 + 0.6 * size)
        clumps.append(disc(x, y, r * 1.1, r, 14))
        for _ in range(4):
            dx, dy = (float(v) - 0.5 for v in rng.random(2))
            clumps.append(disc(x + dx * 2.4 * r, y + dy * 2.2 * r, r * 0.34, r * 0.28, 8))
    return clumps


def _branch(
    rng: Generator,
    start: Point,
    angle: float,
    length: float,
    thick: float,
    depths: tuple[int, int],
    wood: list[Polygon],
) -> None:
    """Grow a branch, and from its end the next ones; depths: this one's and the last one's."""
    depth, deepest = depths
    end = (start[0] + cos(angle) * length, start[1] + sin(angle) * length)
    nx, ny = -sin(angle) * thick / 2, cos(angle) * thick / 2
    flare = 1.5 if depth == 0 else 1.0
    wood.append([
        (start[0] + nx * flare, start[1] + ny * flare), (end[0] + nx * 0.7, end[1] + ny * 0.7),
        (end[0] - nx * 0.7, end[1] - ny * 0.7), (start[0] - nx * flare, start[1] - ny * flare),
    ])  # fmt: skip
    if depth >= deepest:
        return
    for side in (-1, 1):
        turn = side * (0.26 + 0.34 * float(rng.random()))
        shorter = length * (0.66 + 0.18 * float(rng.random()))
        _branch(rng, end, angle + turn, shorter, thick * 0.66, (depth + 1, deepest), wood)
