"""What several endpoints take: the settings of a picture, one box each, numbers and the task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from easel.providers.errors import InvalidInput
from easel.providers.schema import Task
from easel.words import say

SETTINGS = (
    "aspect_ratio", "resolution", "width", "height", "num_images", "seed", "negative_prompt",
    "num_inference_steps", "guidance_scale", "quality", "output_format",
)  # fmt: skip
# What a parameter that was left out has all the same.
USUAL = {"aspect_ratio": "1:1", "num_images": 1}


def settings_among(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a picture that an endpoint has among its parameters, given by name."""
    return {name: values[name] for name in SETTINGS if name in values}


def setting_boxes() -> list[Any]:
    """From aspect_ratio to max_price, in the order of the endpoints' parameters."""
    return [
        gr.Textbox("1:1", label="aspect_ratio", visible=False),
        text_box("resolution"),
        number_box("width"),
        number_box("height"),
        gr.Number(1, label="num_images", visible=False),
        number_box("seed"),
        text_box("negative_prompt"),
        number_box("num_inference_steps"),
        number_box("guidance_scale"),
        text_box("quality"),
        text_box("output_format"),
        number_box("max_price"),
    ]


def text_box(label: str) -> gr.Textbox:
    """A text that may stay blank."""
    return gr.Textbox(label=label, value=None, visible=False)


def number_box(label: str) -> gr.Number:
    """A number that may stay blank."""
    return gr.Number(label=label, value=None, visible=False)


def read_task(text: str | None) -> Task | None:
    """The task of that name; None for a blank one. Raises `InvalidInput` listing what there is."""
    name = (text or "").strip().lower()
    if not name:
        return None
    if name not in [str(task) for task in Task]:
        names = ", ".join(Task)
        message = say("api.task.none", name=repr(name[:40]), names=names)
        raise InvalidInput(message, field="task")
    return Task(name)


def read_whole(name: str, value: object, most: int) -> int:
    """A whole number from 1. Raises `InvalidInput` naming it."""
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    if isinstance(value, bool) or number != number // 1 or not 1 <= number <= most:
        message = say("api.whole", name=name, most=most, value=repr(str(value)[:40]))
        raise InvalidInput(message, field=name)
    return int(number)
