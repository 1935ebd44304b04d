"""What is between the eye and the scene: fog, rain, snowflakes, lightning."""

from __future__ import annotations

import numpy as np

from engines.sketch.canvas import (
    Plane,
    Polygon,
    disc,
    mix,
    paint,
    resize,
    shine,
    smoothstep,
    stamp,
)
from engines.sketch.noise import fbm
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue


def paint_lightning(canvas: Plane, plan: Plan) -> None:
    """A forked bolt from the clouds to the horizon; painted before the land it strikes behind."""
    frame, rng = plan.frame, plan.dice.stream("bolt")
    x, y = frame.px(plan.light_x), frame.py(plan.horizon * 0.12)
    bolts: list[Polygon] = []
    goal, steps = frame.py(plan.horizon + 0.02), 26
    for step in range(steps):
        t = step / steps
        nx = x + (float(rng.random()) - 0.5) * 0.075 * frame.unit
        ny = y + (goal - y) / (steps - step)
        half = max(0.7, frame.unit * 0.0032 * (1 - 0.5 * t))
        bolts.append([(x - half, y), (x + half, y), (nx + half, ny), (nx - half, ny)])
        if rng.random() < 0.22:
            side = 1 if rng.random() < 0.5 else -1
            ex, ey = (
                nx + side * (0.04 + 0.09 * float(rng.random())) * frame.unit,
                ny + 0.07 * frame.unit,
            )
            bolts.append([(nx - half * 0.6, ny), (nx + half * 0.6, ny), (ex, ey)])
        x, y = nx, ny
    dx = (frame.xs() - np.float32((plan.light_x - 0.5) * frame.span))[None, :]
    dy = ((np.arange(frame.height, dtype=np.float32) - goal * 0.45) / np.float32(frame.unit))[
        :, None
    ]
    glow = np.float32(0.03) / (np.float32(0.03) + dx * dx + dy * dy * np.float32(0.25))
    shine(canvas, glow * np.float32(0.5), (0.72, 0.74, 1.0))
    stamp(canvas, bolts, (0.97, 0.96, 1.0))


def paint_weather(canvas: Plane, plan: Plan) -> None:
    """Fog first, then what falls through it."""
    if Cue.FOG in plan.cues:
        _fog(canvas, plan)
    if Cue.RAIN in plan.cues or (Cue.STORM in plan.cues and Cue.SNOW not in plan.cues):
        _rain(canvas, plan)
    if Cue.SNOW in plan.cues:
        _snow(canvas, plan)


def _fog(canvas: Plane, plan: Plan) -> None:
    """Banks of fog, thickest about the horizon."""
    frame = plan.frame
    shrink = min(1.0, 512 / max(frame.width, frame.height))
    w, h = max(8, round(frame.width * shrink)), max(8, round(frame.height * shrink))
    banks = fbm(plan.dice.stream("fog"), w, h, 1.6 * frame.span, 7, 4)
    y = ((np.arange(h, dtype=np.float32) + 0.5) / h)[:, None]
    level = smoothstep(plan.horizon - 0.34, plan.horizon + 0.02, y) * (
        1 - np.float32(0.72) * smoothstep(plan.horizon + 0.06, 1.02, y)
    )
    mask = np.clip(level * (np.float32(0.60) + banks * np.float32(0.36)), 0, 0.93)
    paint(
        canvas,
        resize(mask.astype(np.float32), frame.width, frame.height),
        mix(plan.palette.haze, (1.0, 1.0, 1.0), 0.06),
    )


def _rain(canvas: Plane, plan: Plan) -> None:
    """Slanting streaks at three distances."""
    frame, rng = plan.frame, plan.dice.stream("rain")
    heavy = 1.4 if Cue.STORM in plan.cues else 1.0
    slant = plan.dice.between("slant", 0.10, 0.28) * plan.dice.pick("slant side", (-1, 1))
    for length, half, density, strength in (
        (0.035, 0.0006, 800, 0.16),
        (0.065, 0.0009, 380, 0.22),
        (0.12, 0.0011, 80, 0.18),
    ):
        streaks: list[Polygon] = []
        for _ in range(int(density * heavy * min(frame.span, 8))):
            u, v, s = (float(value) for value in rng.random(3))
            x, y, long = (
                frame.px(u * 1.2 - 0.1),
                frame.py(v * 1.1 - 0.1),
                length * frame.rise * (0.6 + 0.8 * s),
            )
            wide = max(0.4, half * frame.unit)
            streaks.append(
                [
                    (x - wide, y),
                    (x + wide, y),
                    (x + wide + slant * long, y + long),
                    (x - wide + slant * long, y + long),
                ]
            )
        stamp(canvas, streaks, mix(plan.palette.horizon, (0.9, 0.94, 1.0), 0.6), strength)


def _snow(canvas: Plane, plan: Plan) -> None:
    """Flakes at three distances; the near ones are large and out of focus."""
    frame, rng = plan.frame, plan.dice.stream("flakes")
    for radius, density, strength in ((0.0016, 620, 0.6), (0.0032, 260, 0.75), (0.0075, 48, 0.42)):
        flakes: list[Polygon] = []
        for _ in range(int(density * min(frame.span, 8))):
            u, v, s = (float(value) for value in rng.random(3))
            r = max(0.5, radius * frame.unit * (0.6 + 0.8 * s))
            flakes.append(disc(frame.px(u), frame.py(v), r, r, 10 if radius < 0.003 else 16))
        stamp(canvas, flakes, (0.98, 0.985, 1.0), strength)


def paint_vignette(canvas: Plane, plan: Plan) -> None:
    """Dim the corners, so that the eye stays in the picture."""
    frame = plan.frame
    x = (frame.xs() / np.float32(frame.span * 0.5)) ** 2
    y = ((np.arange(frame.height, dtype=np.float32) + 0.5) / np.float32(frame.height) * 2 - 1) ** 2
    deep = np.float32(0.26 if Cue.DARK in plan.cues else 0.15)
    fall = 1 - deep * np.clip(
        x[None, :] * np.float32(0.55) + y[:, None] * np.float32(0.55) - np.float32(0.2), 0, 1
    )
    for channel in range(3):
        canvas[channel] *= fall


def paint_mist(canvas: Plane, plan: Plan, middle: float, wide: float, strength: float) -> None:
    """A level band of mist."""
    top = max(0, round(plan.frame.py(middle - wide)))
    bottom = min(plan.frame.height, round(plan.frame.py(middle + wide)))
    if bottom <= top:
        return
    y = (np.arange(top, bottom, dtype=np.float32) + 0.5) / np.float32(plan.frame.height)
    off = np.abs(y - np.float32(middle)) / np.float32(wide)
    mask = smoothstep(1.0, 0.0, off) * np.float32(strength * (1.5 if Cue.FOG in plan.cues else 0.7))
    paint(
        canvas,
        np.broadcast_to(np.minimum(mask, 0.95)[:, None], (bottom - top, plan.frame.width)),
        plan.palette.haze,
        top,
    )
