"""The small things a scene is about: lighthouse, sailboat, birds, house."""

from __future__ import annotations

from engines.sketch.canvas import Plane, Point, Polygon, disc, mix, stamp
from engines.sketch.lighthouse import paint_lighthouse
from engines.sketch.plan import Plan
from engines.sketch.plants import paint_tree
from engines.sketch.prompt.cue import Cue


def paint_features(canvas: Plane, plan: Plan) -> None:
    """Everything small that the words name, each in its own place."""
    frame = plan.frame
    if Cue.SAILBOAT in plan.cues and plan.water is not None:
        paint_sailboat(canvas, plan)
    if Cue.LIGHTHOUSE in plan.cues:
        paint_lighthouse(canvas, plan)
    ashore = min(0.90, plan.horizon + 0.20)
    side, pair = plan.away, Cue.HOUSE in plan.cues and Cue.TREE in plan.cues
    outward = 1 if side > 0.5 else -1
    if Cue.HOUSE in plan.cues and Cue.CITY not in plan.cues:
        x = frame.px(side) - (0.20 * outward * frame.unit if pair else 0.0)
        paint_house(canvas, plan, (x, frame.py(ashore - 0.06)), 0.15 * frame.unit)
    if Cue.TREE in plan.cues:
        x = frame.px(side) + (0.08 * outward * frame.unit if pair else 0.0)
        paint_tree(canvas, plan, (x, frame.py(ashore)), 0.46 * frame.unit)
    if Cue.BIRDS in plan.cues:
        paint_birds(canvas, plan)


def paint_birds(canvas: Plane, plan: Plan) -> None:
    """A loose flock, wings up and down."""
    frame, rng = plan.frame, plan.dice.stream("birds")
    cx, cy = plan.away, plan.horizon * plan.dice.between("flock", 0.32, 0.5)
    wings: list[Polygon] = []
    for _ in range(11):
        dx, dy, size, beat = (float(v) for v in rng.random(4))
        x = frame.px(cx) + (dx - 0.5) * 0.42 * frame.unit
        y = frame.py(cy) + (dy - 0.5) * 0.20 * frame.unit
        wings += _bird(x, y, frame.unit * (0.013 + 0.017 * size), 0.25 + 0.5 * beat)
    stamp(canvas, wings, mix(plan.palette.shadow, plan.palette.zenith, 0.15), 0.92)


def _bird(x: float, y: float, wing: float, lift: float) -> list[Polygon]:
    thick = wing * 0.16
    shape: list[Polygon] = []
    for side in (-1, 1):
        elbow = (x + side * wing * 0.5, y - wing * lift)
        tip = (x + side * wing, y - wing * (lift * 0.55))
        shape.append(
            [(x, y - thick * 0.4), elbow, tip, (elbow[0], elbow[1] + thick), (x, y + thick)]
        )
    return shape


def paint_sailboat(canvas: Plane, plan: Plan) -> None:
    """A boat under sail with its reflection."""
    frame = plan.frame
    x, level = frame.px(plan.away + plan.dice.between("boat", -0.05, 0.05)), plan.horizon + 0.09
    if Cue.LIGHTHOUSE in plan.cues:
        x = frame.px(1 - plan.away) * 0.5 + frame.width * 0.25
    y, size = frame.py(level), 0.20 * frame.unit
    sail = mix(plan.lit("wall", 0.05), plan.palette.cloud_lit, 0.3)
    shade = mix(sail, plan.palette.shadow, 0.35)
    hull = mix(plan.lit("roof", 0.05), plan.palette.shadow, 0.55)
    parts = (
        ([(0.03, -0.13), (0.03, -1.0), (0.40, -0.16)], sail),
        ([(-0.01, -0.15), (-0.01, -0.92), (-0.30, -0.19)], shade),
        ([(0.0, -0.05), (0.0, -1.04), (0.022, -1.04), (0.022, -0.05)], hull),
        ([(-0.42, -0.11), (0.46, -0.13), (0.34, 0.0), (-0.32, 0.0)], hull),
    )
    for shape, colour in parts:
        _reflection(
            canvas, plan, [(x + px * size, y - py * size * 0.8) for px, py in shape], colour
        )
    for shape, colour in parts:
        stamp(canvas, [[(x + px * size, y + py * size) for px, py in shape]], colour)
    stamp(
        canvas, [disc(x, y + size * 0.012, size * 0.46, size * 0.022)], plan.lit("snow", 0.3), 0.35
    )


def _reflection(
    canvas: Plane, plan: Plan, shape: Polygon, colour: tuple[float, float, float]
) -> None:
    """A shape's mirror image, cut into trembling slices."""
    rng = plan.dice.stream("boat reflection")
    top, bottom = min(p[1] for p in shape), max(p[1] for p in shape)
    slices, unit = 26, plan.frame.unit
    levels = [top + (bottom - top) * i / slices for i in range(slices + 1)]
    for index in range(slices):
        shift = (float(rng.random()) - 0.5) * unit * 0.007 * (1 + index / 6)
        ends = [_crossing(shape, (levels[index] + levels[index + 1]) / 2)]
        for left, right in ends:
            if right > left:
                bar = [
                    (left + shift, levels[index]),
                    (right + shift, levels[index]),
                    (right + shift, levels[index + 1]),
                    (left + shift, levels[index + 1]),
                ]
                stamp(
                    canvas, [bar], mix(colour, plan.palette.upper, 0.3), 0.62 * (1 - index / slices)
                )


def _crossing(shape: Polygon, y: float) -> Point:
    """Where a level line enters and leaves a convex shape."""
    hits = []
    for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y0 - y) * (y1 - y) < 0:
            hits.append(x0 + (x1 - x0) * (y - y0) / (y1 - y0))
    return (min(hits), max(hits)) if hits else (0.0, 0.0)


def paint_house(canvas: Plane, plan: Plan, foot: Point, size: float) -> None:
    """A small house with a gable, a chimney and, in the evening, a lit window."""
    x, y = foot
    wall, roof = plan.lit("wall", 0.05), plan.lit("roof", 0.05)
    side = mix(wall, plan.palette.shadow, 0.35)

    def at(*points: Point) -> Polygon:
        return [(x + px * size, y + py * size) for px, py in points]

    stamp(canvas, [disc(x + size * 0.3, y, size * 1.0, size * 0.06)], plan.palette.shadow, 0.35)
    stamp(
        canvas,
        [at((0.62, -1.12), (0.76, -1.12), (0.76, -0.6), (0.62, -0.6))],
        mix(roof, plan.palette.shadow, 0.4),
    )
    stamp(canvas, [at((-0.45, 0), (-0.45, -0.55), (0, -0.98), (0.42, -0.55), (0.42, 0))], wall)
    stamp(canvas, [at((0.42, 0), (0.42, -0.55), (1.08, -0.55), (1.08, 0))], side)
    top = plan.lit("snow", 0.05) if plan.snowy else roof
    stamp(canvas, [at((-0.02, -1.02), (0.86, -1.02), (1.18, -0.50), (0.40, -0.50))], top)
    stamp(
        canvas,
        [at((-0.55, -0.48), (0, -1.04), (0.02, -0.94), (-0.48, -0.44))],
        mix(top, plan.palette.shadow, 0.25),
    )
    glass = (
        (1.0, 0.82, 0.45)
        if plan.dark or plan.hour in (Cue.SUNSET,)
        else mix(plan.palette.upper, plan.palette.shadow, 0.4)
    )
    for px in (-0.30, 0.56, 0.82):
        stamp(canvas, [at((px, -0.40), (px + 0.15, -0.40), (px + 0.15, -0.20), (px, -0.20))], glass)
    stamp(
        canvas,
        [at((0.05, 0), (0.05, -0.36), (0.22, -0.36), (0.22, 0))],
        mix(roof, plan.palette.shadow, 0.5),
    )
