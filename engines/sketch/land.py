"""Mountains, hills and dunes: ridges behind ridges, each paler and bluer the farther it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.random import Generator

from engines.sketch.canvas import Colour, Frame, Plane, mix, resize, scale, smoothstep
from engines.sketch.noise import fbm, line
from engines.sketch.plan import Plan
from engines.sketch.prompt.cue import Cue
from engines.sketch.weather import paint_mist

# Ridges are shaded on a plane of at most this width and enlarged: rock is not that sharp.
SHADE_SIDE = 1024


@dataclass(frozen=True)
class Style:
    """How the ridges of one kind of land look. Heights are in rises, widths in units."""

    material: str
    height: float
    width: float
    rough: float
    octaves: int
    peaked: bool
    relief: float
    count: int


STYLES: Final[dict[Cue | None, Style]] = {
    Cue.MOUNTAINS: Style("rock", 0.34, 0.42, 0.13, 7, True, 0.62, 5),
    Cue.HILLS: Style("grass", 0.13, 0.75, 1.0, 3, False, 0.30, 5),
    Cue.DESERT: Style("sand", 0.16, 0.85, 0.04, 3, True, 0.75, 4),
    None: Style("rock", 0.17, 0.65, 1.0, 2, False, 0.25, 7),
}


def paint_ridges(canvas: Plane, plan: Plan, land: Cue | None, *, end: float, near: bool) -> None:
    """Ridges of a land from far to near; the near ones reach down to `end` (fraction of height).

    Far ridges all stand at the horizon; near ones step down the picture towards the viewer.
    """
    style = STYLES[land]
    count = style.count if near else 3
    for index in range(count):
        t = index / (count - 1)
        drop = (t**1.25) * (0.93 - plan.horizon) if near else 0.015 * t
        tall = style.height * ((1 - 0.35 * t) if near else (1 - 0.62 * t))
        distance = (0.80 if near else 0.72) * (1 - t) ** 1.1 + (0.0 if near else 0.26)
        _ridge(
            canvas, plan, style, f"{land} ridge {index}", plan.horizon + drop, tall, distance, end
        )
        if near and index < count - 1 and Cue.FOG in plan.cues:
            paint_mist(canvas, plan, plan.horizon + drop + 0.05, 0.13, 0.42)


def _ridge(
    canvas: Plane,
    plan: Plan,
    style: Style,
    part: str,
    base: float,
    tall: float,
    distance: float,
    end: float,
) -> None:
    frame, rng = plan.frame, plan.dice.stream(part)
    seed_x = frame.xs()
    height, side = _profile(rng, seed_x, style)
    crest = frame.py(base) - height * np.float32(tall * frame.rise)
    bottom = min(frame.height, round(frame.py(end)))
    top = max(0, int(crest.min()) - 1)
    if top >= bottom:
        return
    rows = np.arange(top, bottom, dtype=np.float32)[:, None] + np.float32(0.5)
    mask = np.clip(rows - crest[None, :] + np.float32(0.5), 0, 1)
    shade, snow = _relief(plan, style, part, (crest, side), (top, bottom), tall)
    foot = smoothstep(
        0.25,
        1.25,
        (rows - np.float32(frame.py(base - tall))) / np.float32(tall * frame.rise * 1.35),
    )
    _lay(canvas, plan, style, mask, (shade, snow, foot), distance, top)


def _profile(rng: Generator, x: Plane, style: Style) -> tuple[Plane, Plane]:
    """The height of a ridge over x (0..1) and which way the slope faces (-1 left, 1 right)."""
    offset = np.float32(rng.random() * 400 - 200)
    rough = line(rng, x + offset, 2.2 / style.width, style.octaves, 0.52)
    crags = line(rng, x + offset, 5 / style.width, 2)
    if not style.peaked:
        low = line(rng, x + offset, 1 / style.width, style.octaves, 0.38)
        side = np.gradient(low) if len(low) > 1 else low
        steep = np.clip(-side * np.float32(len(x) / (x[-1] - x[0] + 1e-3) * 0.3), -1, 1)
        return np.float32(0.5) + low * np.float32(0.5), steep.astype(np.float32)
    height, facing = np.zeros_like(x), np.zeros_like(x)
    at = float(x[0]) - style.width
    while at < x[-1] + style.width:
        wide, tall = style.width * (0.75 + 0.6 * rng.random()), 0.42 + 0.58 * rng.random()
        off = (x - np.float32(at)) / np.float32(wide)
        if style.material == "sand":
            # The wind builds a long back and leaves a short, steep lee.
            off = np.where(off < 0, off * np.float32(0.7), off * np.float32(1.5))
        rise = np.clip(1 - np.abs(off), 0, 1)
        rise = np.float32(tall) * rise * np.sqrt(np.sqrt(rise))
        higher = rise > height
        height = np.where(higher, rise, height)
        facing = np.where(higher, np.clip(off * 40, -1, 1), facing)
        at += style.width * (0.55 + 0.75 * rng.random())
    if style.material == "rock":
        facing = np.clip(
            facing * np.float32(0.75) + np.sign(np.gradient(crags)) * np.float32(-0.35), -1, 1
        )
    return (height + rough * np.float32(style.rough)).astype(np.float32), facing.astype(np.float32)


def _relief(
    plan: Plan,
    style: Style,
    part: str,
    lines: tuple[Plane, Plane],
    rows: tuple[int, int],
    tall: float,
) -> tuple[Plane, Plane | None]:
    """Light on the slopes (0 in shadow .. 1 lit) and lying snow (0..1), for a range of rows.

    `lines` are the crest (pixels) and the way its slope faces (-1..1), one value per column.
    """
    frame, rng = plan.frame, plan.dice.stream(f"{part} relief")
    top, high = rows[0], rows[1] - rows[0]
    shrink = min(1.0, SHADE_SIDE / max(frame.width, high))
    small = Frame(max(4, round(frame.width * shrink)), max(4, round(high * shrink)))
    at = ((np.arange(small.width) + 0.5) / small.width * frame.width).astype(np.int64)
    crest, side = (values[np.minimum(at, frame.width - 1)] for values in lines)
    y = top + (np.arange(small.height, dtype=np.float32) + 0.5) * np.float32(high / small.height)
    depth = (y[:, None] - crest[None, :]) / np.float32(tall * frame.rise)
    fine, octaves = (2.0, 2) if style.material == "sand" else (8.0, 5)
    cells = fine * frame.span, fine * high / frame.unit
    wander = fbm(rng, small.width, small.height, *cells, octaves, 0.55)
    shade = _light(plan, style, depth, wander, side, frame.unit * shrink)
    if style.material == "sand":
        shade = np.clip(shade + _ripples(plan, part, small, depth), 0, 1)
    snow = _snow(plan, style, small, rng, depth, wander, y)
    shape = frame.width, high
    return resize(shade, *shape), None if snow is None else resize(snow, *shape)


def _light(
    plan: Plan, style: Style, depth: Plane, wander: Plane, side: Plane, unit: float
) -> Plane:
    """How lit the slopes are: one face bright and one dark on either side of each ridge line."""
    toward = np.float32(1 if plan.light_x > 0.5 else -1)
    # A ridge line runs down from each summit, leaning from the light and wandering as it falls.
    reach = np.clip(depth, 0, 1) * np.float32(0.07 * unit)
    lean = np.clip(depth, 0, 1.5) * (toward * np.float32(0.10 * unit))
    columns = np.arange(len(side), dtype=np.float32)[None, :] + wander * reach + lean
    faces = side[np.clip(columns, 0, len(side) - 1).astype(np.int64)]
    strength = np.float32(0.42) - np.float32(0.30) * smoothstep(0.35, 1.15, depth)
    grain = np.float32(0.05 if style.material == "sand" else 0.18)
    shade = np.clip(np.float32(0.5) + toward * faces * strength + wander * grain, 0, 1)
    return np.asarray(shade, dtype=np.float32)


def _ripples(plan: Plan, part: str, small: Frame, depth: Plane) -> Plane:
    """Fine wind lines on sand."""
    rng = plan.dice.stream(f"{part} ripples")
    lines = fbm(rng, small.width, small.height, 5 * plan.frame.span, 70, 2, 0.6)
    return np.asarray(lines * np.float32(0.10) * smoothstep(0.05, 0.5, depth), dtype=np.float32)


def _snow(
    plan: Plan,
    style: Style,
    small: Frame,
    rng: Generator,
    depth: Plane,
    wander: Plane,
    y: Plane,
) -> Plane | None:
    """Snow on summits, down to a ragged line; everywhere in winter, except on steep rock."""
    if style.material not in ("rock", "grass") or (style.material == "grass" and not plan.snowy):
        return None
    if plan.snowy:
        return smoothstep(-1.4, -0.9, wander)
    if Cue.MOUNTAINS not in plan.cues or Cue.SUMMER in plan.cues:
        return None
    fringe = fbm(rng, small.width, small.height, 26 * plan.frame.span, 6, 4, 0.6)
    ceiling = np.float32(plan.frame.py(plan.horizon) - 0.19 * plan.frame.rise)
    level = (ceiling - y[:, None]) / np.float32(0.1 * plan.frame.rise) + fringe * np.float32(0.55)
    return smoothstep(-0.05, 0.12, level - np.clip(depth, 0, 1) * np.float32(0.6))


def _lay(
    canvas: Plane,
    plan: Plan,
    style: Style,
    mask: Plane,
    planes: tuple[Plane, Plane | None, Plane],
    distance: float,
    top: int,
) -> None:
    """Colour a ridge from its shadow to its light, with snow on it and haze at its foot."""
    shade, snow, foot = planes
    material = plan.grass if style.material == "grass" else style.material
    body, white = plan.lit(material, distance), plan.lit("snow", distance * 0.8)
    dark, bright = _contrast(plan, body, style.relief * (1 - 0.55 * distance))
    snow_dark, snow_bright = mix(white, plan.palette.shadow, 0.30 * (1 - distance)), white
    air = plan.palette.haze
    thick = (0.20 + 0.45 * distance) * (1.5 if Cue.FOG in plan.cues else 1.0)
    for channel in range(3):
        tone = shade * np.float32(bright[channel] - dark[channel]) + np.float32(dark[channel])
        if snow is not None:
            cap = shade * np.float32(snow_bright[channel] - snow_dark[channel]) + np.float32(
                snow_dark[channel]
            )
            tone += (cap - tone) * snow
        tone += (np.float32(air[channel]) - tone) * (foot * np.float32(min(0.95, thick)))
        plane = canvas[channel, top : top + mask.shape[0]]
        tone -= plane
        tone *= mask
        plane += tone


def _contrast(plan: Plan, body: Colour, relief: float) -> tuple[Colour, Colour]:
    """The shadowed and the lit side of a colour; the lit side takes on the colour of the light."""
    warm = mix(
        body, plan.palette.sun if plan.sun or plan.moon else plan.palette.cloud_lit, 0.34 * relief
    )
    return scale(body, 1 - 0.5 * relief), scale(warm, 1 + 0.18 * relief)
