"""The sky: colour from zenith to horizon, the glow of the light, clouds, aurora and stars.

Everything soft is painted on a plane of at most 1,024 pixels a side and enlarged, which the eye
cannot tell from the real thing and which costs the same for every size. What is sharp (discs,
stars) is painted afterwards on the picture itself.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from engines.sketch.canvas import (
    Colour,
    Frame,
    Plane,
    mix,
    paint,
    resize,
    scale,
    shine,
    smoothstep,
)
from engines.sketch.noise import fbm, line, warp_rows
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue

SOFT_SIDE = 1024


def paint_sky(plan: Plan) -> tuple[Plane, Plane]:
    """The whole picture as sky, (3, height, width), and where clouds hide what is behind them.

    The second plane (0..1) is small; see `clear_at`.
    """
    frame = plan.frame
    shrink = min(1.0, SOFT_SIDE / max(frame.width, frame.height))
    small = Frame(max(8, round(frame.width * shrink)), max(8, round(frame.height * shrink)))
    soft = _gradient(plan, small)
    _glow(soft, plan, small)
    if Cue.STARS in plan.cues and plan.hour in (Cue.NIGHT, Cue.DUSK):
        _milky_way(soft, plan, small)
    if Cue.AURORA in plan.cues:
        _aurora(soft, plan, small)
    cover = (
        _clouds(soft, plan, small)
        if plan.clouds > 0
        else np.zeros((small.height, small.width), np.float32)
    )
    canvas = np.empty((3, frame.height, frame.width), np.float32)
    for channel in range(3):
        canvas[channel] = resize(soft[channel], frame.width, frame.height)
    return canvas, cover


def clear_at(cover: Plane, x: float, y: float) -> float:
    """How clear of clouds the sky is at fractions of the width and height, 0..1."""
    rows, columns = cover.shape
    row = min(rows - 1, max(0, int(y * rows)))
    return float(1 - cover[row, min(columns - 1, max(0, int(x * columns)))])


def _gradient(plan: Plan, small: Frame) -> Plane:
    """Four colours from zenith to horizon, and the horizon's below it."""
    palette = plan.palette
    stops = (palette.zenith, palette.upper, palette.lower, palette.horizon)
    y = (np.arange(small.height) + 0.5) / small.height / plan.horizon
    t = np.clip(y, 0, 1)
    # The low band is the one people look at, so the last two colours share the lower half.
    where = (0.0, 0.38, 0.76, 1.0)
    rows = [np.interp(t, where, [stop[channel] for stop in stops]) for channel in range(3)]
    column = np.stack(rows).astype(np.float32)
    return np.repeat(column[:, :, None], small.width, axis=2)


def _distance2(plan: Plan, small: Frame, x: float, y: float, stretch: float = 1.0) -> Plane:
    """Squared distance of each pixel, in units, from a point; stretch > 1 widens circles."""
    columns = (small.xs() - np.float32((x - 0.5) * small.span)) / np.float32(stretch)
    rows = ((np.arange(small.height, dtype=np.float32) + 0.5) - small.py(y)) / np.float32(
        small.unit
    )
    return np.asarray(rows[:, None] ** 2 + columns[None, :] ** 2, dtype=np.float32)


def _glow(soft: Plane, plan: Plan, small: Frame) -> None:
    """Light around the sun or moon: a wide wash, a halo, and brightness along the horizon."""
    palette, low = plan.palette, plan.hour in (Cue.SUNSET, Cue.SUNRISE, Cue.DUSK)
    covered = 0.35 if plan.clouds > 0.7 else 1.0
    if plan.sun or plan.moon or low:
        near = _distance2(
            plan, small, plan.light_x, plan.light_y if plan.sun or plan.moon else plan.horizon, 1.25
        )
        wash = np.float32(0.09) / (np.float32(0.09) + near)
        tone = mix(palette.horizon, palette.sun, 0.35)
        strength = (0.62 if low else 0.42 if plan.moon else 0.5) * covered
        paint(soft, wash * wash * np.float32(strength), tone)
        halo = np.float32(0.010) / (np.float32(0.010) + near)
        shine(soft, halo * np.float32(0.5 * covered), palette.sun)
    if low:
        band = _distance2(plan, small, plan.light_x, plan.horizon, 6.0)
        shine(
            soft,
            np.float32(0.012) / (np.float32(0.012) + band) * np.float32(0.35 * covered),
            palette.horizon,
        )


def _cloud_field(rng: Generator, plan: Plan, small: Frame, across: float) -> Plane:
    """A field of clouds seen from below: large overhead, thin and close together far away."""
    down = 6.0
    field = fbm(rng, small.width, 256, across * small.span, down, 6, 0.52)
    y = (np.arange(small.height, dtype=np.float32) + 0.5) / small.height / np.float32(plan.horizon)
    depth = np.float32(1) / (np.clip(np.float32(1.12) - y, 0.12, 2))
    rows = (depth - depth[0]) / (1 / 0.12 - depth[0])
    return warp_rows(field, np.sqrt(rows) * 255)


def _clouds(soft: Plane, plan: Plan, small: Frame) -> Plane:
    """Clouds, bright where they face the light, and their cover (0..1)."""
    rng = plan.dice.stream("clouds")
    field = _cloud_field(rng, plan, small, plan.dice.between("cloud width", 1.9, 2.7))
    edge = 0.95 - 1.55 * plan.clouds
    heavy = plan.clouds > 0.7
    cover = smoothstep(edge, edge + (0.9 if heavy else 0.75), field)
    # Thickness rising towards the light means the near side is lit; compare with a shifted copy.
    toward = 1 if plan.light_x > 0.5 else -1
    shift = max(1, round(small.unit * 0.012))
    away = np.roll(np.roll(field, -toward * shift, axis=1), shift, axis=0)
    facing = np.clip(np.float32(0.5) + (field - away) * np.float32(1.5), 0, 1)
    thick = smoothstep(edge + 0.3, edge + 1.5, field)
    bright = np.clip(facing * np.float32(0.75) + np.float32(0.42) - thick * np.float32(0.45), 0, 1)
    lit, shade = plan.palette.cloud_lit, plan.palette.cloud_shade
    colour = np.stack([shade[c] + (np.float32(lit[c]) - shade[c]) * bright for c in range(3)])
    y = (np.arange(small.height, dtype=np.float32) + 0.5) / small.height / np.float32(plan.horizon)
    cover *= (1 - np.float32(0.75) * smoothstep(0.72, 1.02, y))[:, None]
    paint(soft, cover * np.float32(0.97 if heavy else 0.88), colour.astype(np.float32))
    return np.asarray(cover, dtype=np.float32)


def _milky_way(soft: Plane, plan: Plan, small: Frame) -> None:
    """A pale, grainy band across the sky."""
    rng = plan.dice.stream("milky way")
    lean = plan.dice.between("milky lean", 0.5, 1.1) * plan.dice.pick("milky side", (-1, 1))
    y = (np.arange(small.height, dtype=np.float32)[:, None] / small.height - 0.3) * np.float32(lean)
    across = (
        small.xs()[None, :] * np.float32(0.7)
        + y
        - np.float32(plan.dice.between("milky x", -0.2, 0.2))
    )
    mist = fbm(rng, small.width, small.height, 5 * small.span, 5, 6, 0.62)
    band = np.float32(0.018) / (np.float32(0.018) + across * across)
    light = band * band * np.clip(np.float32(0.42) + mist * np.float32(0.55), 0, 1)
    shine(
        soft,
        light.astype(np.float32) * np.float32(0.55),
        mix(plan.palette.horizon, (0.86, 0.86, 1.0), 0.6),
    )


AURORA = ((0.35, 1.0, 0.62), (0.22, 0.85, 0.85), (0.66, 0.36, 0.98))


def _aurora(soft: Plane, plan: Plan, small: Frame) -> None:
    """Curtains of light: a sharp lower hem, rays fading upward from green to violet."""
    x = small.xs()
    y = ((np.arange(small.height, dtype=np.float32) + 0.5) / small.height)[:, None]
    for curtain in range(3):
        rng = plan.dice.stream(f"aurora {curtain}")
        base = plan.horizon * (0.40 + 0.17 * curtain) + line(rng, x, 0.9, 3) * np.float32(0.11)
        rays = np.clip(np.float32(0.55) + line(rng, x, 9, 4, 0.75) * np.float32(0.6), 0.05, 1)
        strength = np.clip(np.float32(0.55) + line(rng, x, 1.1, 2) * np.float32(0.8), 0, 1)
        tall = np.float32(0.10) + np.float32(0.16) * rays
        up = (base[None, :] - y) / tall[None, :]
        light = (
            np.where(up > 0, 1 / (1 + up * up * 1.6), 1 / (1 + (up * 9) ** 2))
            * (rays * strength)[None, :]
        )
        light = (light * 0.95).astype(np.float32)
        high = np.clip(up * np.float32(0.5), 0, 1)
        green, _, violet = AURORA
        near: Colour = green if curtain != 1 else AURORA[1]
        shine(soft, light * (1 - high), near)
        shine(soft, light * high * np.float32(0.9), scale(violet, 0.9))
