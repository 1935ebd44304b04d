"""What several endpoints take: the settings of a picture, one box each, numbers and the task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.values import is_blank, shown
from ui.api.boxes import Boxes

SETTINGS = (
    "aspect_ratio", "resolution", "width", "height", "num_images", "seed", "negative_prompt",
    "num_inference_steps", "guidance_scale", "quality", "output_format",
)  # fmt: skip
# What a parameter that was left out has all the same.
USUAL = {"aspect_ratio": "1:1", "num_images": 1}


def settings_among(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a picture that an endpoint has among its parameters, given by name."""
    return {name: values[name] for name in SETTINGS if name in values}


def setting_boxes(boxes: Boxes) -> list[Any]:
    """From aspect_ratio to max_price, in the order of the endpoints' parameters."""
    return [
        boxes(gr.Textbox, "aspect_ratio", value="1:1"),
        boxes.text("resolution"),
        boxes.number("width"),
        boxes.number("height"),
        boxes(gr.Number, "num_images", value=1),
        boxes.number("seed"),
        boxes.text("negative_prompt"),
        boxes.number("num_inference_steps"),
        boxes.number("guidance_scale"),
        boxes.text("quality"),
        boxes.text("output_format"),
        boxes.number("max_price"),
    ]


def read_task(text: str | None) -> Task | None:
    """The task of that name; None for a blank one. Raises `InvalidInput` listing what there is."""
    if is_blank(text):
        return None
    name = re.sub(r"[\s_]+", "-", str(text).strip().lower())
    if name not in [str(task) for task in Task]:
        names = ", ".join(Task)
        message = say("api.task.none", name=repr(str(text).strip().lower()[:40]), names=names)
        raise InvalidInput(message, field="task")
    return Task(name)


def read_whole(name: str, value: object, most: int) -> int:
    """A whole number from 1. Raises `InvalidInput` naming it."""
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    if isinstance(value, bool) or not (1 <= number <= most and number.is_integer()):
        message = say("api.whole", name=name, most=most, value=shown(value))
        raise InvalidInput(message, field=name)
    return int(number)
