"""The sharp lights of the sky: the sun's and the moon's disc, and stars."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np

from engines.sketch.canvas import Field, Plane, mix, paint, scale, shine, smoothstep
from engines.sketch.noise import fbm
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue
from engines.sketch.sky import clear_at


def paint_lights(canvas: Plane, cover: Plane, plan: Plan) -> None:
    """Stars when it is dark, then the moon or the sun, dimmed by the clouds before them."""
    dark = plan.hour is Cue.NIGHT or Cue.STARS in plan.cues
    if dark and plan.clouds < 0.7 and Cue.STARS not in plan.cues.avoided:
        _stars(canvas, cover, plan)
    if plan.moon:
        _moon(canvas, cover, plan)
    elif plan.sun:
        _sun(canvas, cover, plan)


def _disc(plan: Plan, radius: float) -> tuple[Plane, Plane, int, int]:
    """Offsets in radii from the light's middle for a square about it, and its top and left."""
    x, y = plan.frame.px(plan.light_x), plan.frame.py(plan.light_y)
    reach = ceil(radius * 1.15) + 1
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    right, bottom = min(plan.frame.width, int(x) + reach), min(plan.frame.height, int(y) + reach)
    dx = (np.arange(left, max(left, right), dtype=np.float32) + 0.5 - x) / radius
    dy = (np.arange(top, max(top, bottom), dtype=np.float32) + 0.5 - y) / radius
    return dx[None, :].astype(np.float32), dy[:, None].astype(np.float32), top, left


def _edge(distance: Field, radius: float) -> Plane:
    """1 inside a disc of radius 1, 0 outside, one pixel soft."""
    return np.asarray(
        np.clip((1 - distance) * np.float32(radius) + np.float32(0.5), 0, 1), dtype=np.float32
    )


def _behind(cover: Plane, plan: Plan) -> np.float32:
    return np.float32(0.25 + 0.75 * clear_at(cover, plan.light_x, plan.light_y))


def _sun(canvas: Plane, cover: Plane, plan: Plan) -> None:
    low = plan.hour in (Cue.SUNSET, Cue.SUNRISE, Cue.DUSK)
    radius = plan.frame.unit * plan.dice.between("sun size", 0.055, 0.085) * (1.0 if low else 0.72)
    dx, dy, top, left = _disc(plan, radius)
    mask = _edge(np.sqrt(dx * dx + dy * dy), radius) * _behind(cover, plan)
    paint(canvas, mask, mix(plan.palette.sun, (1.0, 1.0, 1.0), 0.15), top, left)


def _moon(canvas: Plane, cover: Plane, plan: Plan) -> None:
    """A full moon with its dark seas, or a crescent, by chance."""
    radius = plan.frame.unit * plan.dice.between("moon size", 0.055, 0.085)
    dx, dy, top, left = _disc(plan, radius)
    distance = np.sqrt(dx * dx + dy * dy)
    mask = _edge(distance, radius)
    if not mask.size:
        return
    if plan.dice.chance("crescent", 0.35):
        shadow = np.sqrt((dx - np.float32(0.42)) ** 2 + (dy + np.float32(0.16)) ** 2)
        mask *= 1 - _edge(shadow / np.float32(0.94), radius * 0.94)
    seas = fbm(plan.dice.stream("moon seas"), mask.shape[1], mask.shape[0], 3.2, 3.2, 4)
    tone = (
        np.float32(1)
        - np.float32(0.17) * smoothstep(-0.1, 0.75, seas)
        - np.float32(0.10) * distance**2
    )
    warm = mix(plan.palette.sun, (1.0, 0.97, 0.88), 0.5)
    colour = np.stack([np.float32(warm[c]) * tone for c in range(3)]).astype(np.float32)
    paint(canvas, mask * _behind(cover, plan), colour, top, left)


def _stars(canvas: Plane, cover: Plane, plan: Plan) -> None:
    """Many faint stars, a few bright ones, none before clouds and fewer towards the horizon."""
    frame, rng = plan.frame, plan.dice.stream("stars")
    count = int((900 if Cue.STARS in plan.cues else 420) * min(frame.span, 8))
    for _ in range(count):
        x, y, faint, hue = (float(value) for value in rng.random(4))
        y *= plan.horizon
        brightness = (
            (0.16 + 0.84 * faint**7)
            * clear_at(cover, x, y)
            * min(1.0, 1.6 - 1.5 * y / plan.horizon)
        )
        if brightness > 0.04:
            radius = max(0.55, frame.unit * (0.0007 + 0.0011 * faint**9))
            _dot(canvas, frame.px(x), frame.py(y), radius, brightness, hue)


def _dot(canvas: Plane, x: float, y: float, radius: float, brightness: float, hue: float) -> None:
    """A round point of light of a radius in pixels; hue 0 is bluish, 1 yellowish."""
    height, width = canvas.shape[1:]
    reach = int(radius * 3) + 1
    left, right = max(0, int(x) - reach), min(width, int(x) + reach + 1)
    top, bottom = max(0, int(y) - reach), min(height, int(y) + reach + 1)
    if right <= left or bottom <= top:
        return
    dx = np.arange(left, right, dtype=np.float32) + np.float32(0.5 - x)
    dy = np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - y)
    near = (dx[None, :] ** 2 + dy[:, None] ** 2) / np.float32(radius * radius)
    light = np.float32(brightness) / (1 + near * near)
    colour = mix((0.8, 0.88, 1.0), (1.0, 0.93, 0.8), hue)
    shine(
        canvas, light.astype(np.float32), scale(colour, min(1.0, 0.6 + sqrt(brightness))), top, left
    )
