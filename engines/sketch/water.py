"""Water: the sky and shore upside down in it, broken by waves, and the light's path on it."""

from __future__ import annotations

import numpy as np

from engines.sketch.canvas import Plane, Polygon, mix, paint, resize, shine, smoothstep, stamp
from engines.sketch.noise import fbm, line, warp_rows
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue


def paint_water(canvas: Plane, plan: Plan) -> None:
    """Fill everything below the horizon with water that mirrors what is above."""
    top = plan.row(plan.horizon)
    rows = plan.frame.height - top
    if rows < 2:
        return
    waves = _waves(plan, rows)
    near = ((np.arange(rows, dtype=np.float32) + 0.5) / np.float32(rows))[:, None]
    _mirror(canvas, plan, top, waves, near)
    crests = np.clip(waves, 0, 1) * (near * np.float32(0.16) + np.float32(0.03))
    paint(canvas, crests, mix(plan.palette.lower, plan.palette.horizon, 0.5), top)
    troughs = np.clip(-waves, 0, 1) * (near * np.float32(0.30))
    paint(canvas, troughs, mix(plan.palette.zenith, plan.palette.shadow, 0.45), top)
    if plan.sun or plan.moon:
        _path_of_light(canvas, plan, top, waves, near)


def _waves(plan: Plan, rows: int) -> Plane:
    """Waves seen in perspective, about -1..1: thin lines far away, broad ones at hand."""
    calm = 0.6 if plan.water in (Cue.LAKE, Cue.RIVER) else 1.0
    rng = plan.dice.stream("waves")
    field = fbm(rng, min(plan.frame.width, 1024), 512, 7 * plan.frame.span, 60, 3, 0.6)
    t = (np.arange(rows, dtype=np.float32) + 0.5) / np.float32(rows)
    far = np.float32(1.09) / (t + np.float32(0.09)) - 1
    seen = warp_rows(field, 511 * (1 - far / np.float32(1.09 / 0.09 - 1)))
    # Lines closer than pixels would shimmer: still the last strip below the horizon.
    seen *= np.float32(calm) * smoothstep(-0.02, 0.12, t)[:, None]
    return resize(seen.astype(np.float32), plan.frame.width, rows)


def _mirror(canvas: Plane, plan: Plan, top: int, waves: Plane, near: Plane) -> None:
    """Copy what is above the horizon downwards, shifted by waves and darker near the eye."""
    rows, width = waves.shape
    down = np.arange(rows, dtype=np.float32)[:, None]
    # The view is lower on the water than the shore is high, so reflections are a little long.
    sway = waves * (near * np.float32(0.10 * plan.frame.rise) + np.float32(0.004 * plan.frame.rise))
    source = (
        np.float32(top - 1)
        - down * np.float32(0.92) * np.float32(min(1.0, top / rows / 0.92))
        + sway
    )
    index = (
        np.clip(source, 0, top - 1).astype(np.intp) if top > 0 else np.zeros(source.shape, np.intp)
    )
    index *= width
    index += np.arange(width, dtype=np.intp)[None, :]
    deep = mix(plan.palette.zenith, plan.palette.shadow, 0.35)
    share = near * np.float32(0.42) + np.float32(0.10)
    for channel in range(3):
        seen = np.take(canvas[channel].reshape(-1), index)
        seen += (np.float32(deep[channel]) - seen) * share
        canvas[channel, top:] = seen


def _path_of_light(canvas: Plane, plan: Plan, top: int, waves: Plane, near: Plane) -> None:
    """Glints below the sun or moon, spreading towards the viewer."""
    x = plan.frame.xs()[None, :] - np.float32((plan.light_x - 0.5) * plan.frame.span)
    wide = np.float32(0.035) + near * np.float32(0.17)
    off = x / wide
    fall = 1 / (1 + off * off)
    rng = plan.dice.stream("glints")
    rows, width = waves.shape
    t = (np.arange(rows, dtype=np.float32) + 0.5) / np.float32(rows)
    field = fbm(rng, min(width, 1024), 512, 16 * plan.frame.span, 90, 2, 0.7)
    far = np.float32(1.09) / (t + np.float32(0.09)) - 1
    glints = resize(warp_rows(field, 511 * (1 - far / np.float32(1.09 / 0.09 - 1))), width, rows)
    light = (
        fall
        * fall
        * smoothstep(
            0.0,
            0.42,
            glints * np.float32(0.8)
            + waves * np.float32(0.35)
            + fall * np.float32(0.3)
            - np.float32(0.14),
        )
    )
    high = 0.85 if plan.clouds < 0.7 else 0.25
    shine(canvas, light.astype(np.float32) * np.float32(high), plan.palette.sun, top)


def paint_beach(canvas: Plane, plan: Plan) -> None:
    """Sand in the foreground with a wet edge and foam, slanting across the picture."""
    frame, rng = plan.frame, plan.dice.stream("beach")
    x = frame.xs()
    lean = (plan.dice.between("beach lean", 0.06, 0.13)) * (1 if plan.light_x < 0.5 else -1)
    edge = frame.py(0.84) - (x / np.float32(frame.span)) * np.float32(lean * 2 * frame.rise)
    edge = edge + line(rng, x, 2.4, 3) * np.float32(0.018 * frame.rise)
    top = max(0, int(edge.min() - 0.08 * frame.rise))
    rows = frame.height - top
    depth = np.arange(rows, dtype=np.float32)[:, None] + np.float32(top + 0.5) - edge[None, :]
    sand, wet = plan.lit("beach", 0.08), mix(plan.lit("beach", 0.08), plan.palette.lower, 0.35)
    grains = fbm(plan.dice.stream("sand"), frame.width, rows, 30 * frame.span, 30, 3, 0.8)
    paint(canvas, np.clip(depth + 0.5, 0, 1), mix(wet, plan.palette.shadow, 0.25), top)
    dry = smoothstep(
        0.03 * frame.rise, 0.10 * frame.rise, depth + grains * np.float32(0.008 * frame.rise)
    )
    paint(canvas, dry, sand, top)
    paint(
        canvas,
        np.clip(grains, 0, 1) * dry * np.float32(0.18),
        mix(sand, plan.palette.shadow, 0.5),
        top,
    )
    white = plan.lit("snow", 0.1)
    for shift, wide, strength in (
        (-0.002, 0.010, 0.95),
        (-0.045, 0.006, 0.55),
        (-0.075, 0.004, 0.35),
    ):
        off = np.abs(
            depth - np.float32(shift * frame.rise) + grains * np.float32(0.008 * frame.rise)
        )
        foam = np.clip(1 - off / np.float32(max(1.0, wide * frame.rise)), 0, 1) * np.float32(
            strength
        )
        paint(canvas, foam.astype(np.float32), white, top)


def paint_river(canvas: Plane, plan: Plan) -> None:
    """A river that winds from the horizon to the viewer, the colour of the sky above it."""
    frame = plan.frame
    bank = winding(plan, "river", 0.010, 0.30)
    y = (np.arange(frame.height, dtype=np.float32) / np.float32(frame.height))[None, :, None]
    t = np.clip((y - plan.horizon) / (1 - plan.horizon), 0, 1)
    ends = plan.palette.horizon, mix(plan.palette.upper, plan.palette.zenith, 0.3)
    colour = np.concatenate([ends[0][c] + (ends[1][c] - ends[0][c]) * t for c in range(3)])
    rim = [(px, py - max(1.0, 0.006 * frame.rise)) for px, py in bank]
    stamp(canvas, [rim], mix(plan.lit("earth", 0.2), plan.palette.shadow, 0.35), 0.6)
    stamp(canvas, [bank], colour.astype(np.float32))


def winding(plan: Plan, part: str, far: float, near: float) -> Polygon:
    """The outline, in pixels, of a strip in perspective that winds down from the horizon;
    its widths at the horizon and at the bottom are in units."""
    frame, steps = plan.frame, 160
    t = (np.arange(steps, dtype=np.float32) / np.float32(steps - 1)) ** 2
    sway = line(plan.dice.stream(part), np.sqrt(t), 2.6, 2) - line(
        plan.dice.stream(part), np.zeros(1, np.float32), 2.6, 2
    )
    goal = (plan.light_x - 0.5) * 0.55 * frame.span
    middle = (
        goal * (1 - t) + sway * (0.06 + 0.42 * t) + plan.dice.between(f"{part} end", -0.2, 0.2) * t
    )
    half = (
        (far + (near - far) * t)
        / 2
        * (1 + 0.15 * line(plan.dice.stream(f"{part} bank"), np.sqrt(t), 6, 2))
    )
    row = frame.py(plan.horizon) + t * frame.py(1.02 - plan.horizon)
    columns = frame.width / 2 + np.stack([middle - half, (middle + half)]) * frame.unit
    left = [(float(x), float(y)) for x, y in zip(columns[0], row, strict=True)]
    right = [(float(x), float(y)) for x, y in zip(columns[1], row, strict=True)]
    return left + right[::-1]
