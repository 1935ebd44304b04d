"""One sketch from words to pixels: the order in which things are painted."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from PIL import Image

from engines.sketch.canvas import Frame, Plane
from engines.sketch.city import paint_city
from engines.sketch.dice import Dice
from engines.sketch.features import paint_features
from engines.sketch.field import paint_field, paint_grass, paint_road
from engines.sketch.label import draw_label
from engines.sketch.land import paint_ridges
from engines.sketch.lights import paint_lights
from engines.sketch.plan import Plan, make_plan
from engines.sketch.plants import paint_forest
from engines.sketch.prompt.cue import Cue
from engines.sketch.prompt.cues import read_cues
from engines.sketch.sky import paint_sky
from engines.sketch.water import paint_beach, paint_water
from engines.sketch.weather import paint_lightning, paint_vignette, paint_weather

SMALLEST, LARGEST = 64, 4096


def draw(prompt: str, seed: int, width: int, height: int, negative_prompt: str = "") -> Image.Image:
    """Draw a placeholder landscape guided by the words of a prompt, labelled as such on its face.

    The same prompt, seed and size give the same picture. Prompts may be English, Russian or
    Ukrainian; words of the negative prompt are left out of the picture. Width and height are
    64..4096 pixels; the picture is RGB. Raises ValueError for another size.
    """
    picture = draw_unlabelled(prompt, seed, width, height, negative_prompt)
    draw_label(picture)
    return picture


def draw_unlabelled(
    prompt: str, seed: int, width: int, height: int, negative_prompt: str = ""
) -> Image.Image:
    """The scene of `draw` before its label; only for what puts a label on it, and for tests."""
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise ValueError(
            f"A sketch is {SMALLEST} to {LARGEST} pixels a side; {width} x {height} was asked for."
        )
    dice = Dice.of(prompt, seed)
    plan = make_plan(Frame(width, height), read_cues(prompt, negative_prompt), dice)
    return _to_image(_paint(plan), dice.stream("grain"))


def _paint(plan: Plan) -> Plane:
    """Paint from the sky to the eye."""
    canvas, cover = paint_sky(plan)
    paint_lights(canvas, cover, plan)
    if Cue.STORM in plan.cues:
        paint_lightning(canvas, plan)
    _paint_lands(canvas, plan)
    paint_features(canvas, plan)
    if plan.lands[-1:] == (Cue.FIELD,) and plan.water in (None, Cue.RIVER):
        paint_grass(canvas, plan)
    paint_weather(canvas, plan)
    paint_vignette(canvas, plan)
    return canvas


def _paint_lands(canvas: Plane, plan: Plan) -> None:
    """Lands from far to near; before water they all stand on its far shore."""
    across = plan.water in (Cue.SEA, Cue.LAKE, Cue.BEACH)
    lands: tuple[Cue | None, ...] = plan.lands if plan.lands or plan.water else (None,)
    for land in lands:
        near = not across and land is lands[-1]
        end = plan.horizon if across else 1.0
        if land is Cue.CITY:
            paint_city(canvas, plan, end=end, near=near)
        elif land is Cue.FOREST:
            paint_forest(canvas, plan, end=end, near=near)
        elif land is Cue.FIELD:
            if not across:
                if lands == (Cue.FIELD,) and Cue.HILLS not in plan.cues.avoided:
                    paint_ridges(canvas, plan, Cue.HILLS, end=end, near=False)
                paint_field(canvas, plan)
        else:
            paint_ridges(canvas, plan, land, end=end, near=near)
    if across:
        paint_water(canvas, plan)
    if plan.water is Cue.BEACH:
        paint_beach(canvas, plan)
    if Cue.ROAD in plan.cues and not across and Cue.FIELD not in plan.lands:
        paint_road(canvas, plan)


def _to_image(canvas: Plane, rng: Generator) -> Image.Image:
    """Canvas to 8-bit RGB, with fine grain: like print, and gradients do not band."""
    height, width = canvas.shape[1:]
    grain = rng.random((height, width), dtype=np.float32)
    grain -= np.float32(0.5)
    grain *= np.float32(6.0)
    grain += np.float32(0.5)
    pixels = np.empty((height, width, 3), np.uint8)
    for channel in range(3):
        plane = canvas[channel]
        plane *= np.float32(255)
        plane += grain
        np.clip(plane, 0, 255, out=plane)
        pixels[:, :, channel] = plane
    return Image.fromarray(pixels)
