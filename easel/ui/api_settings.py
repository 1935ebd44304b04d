"""What several endpoints take: the settings of a picture, one box each, and the task."""

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


def settings_among(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a picture among an endpoint's parameters, which are given by name."""
    return {name: values[name] for name in SETTINGS}


def setting_boxes() -> list[Any]:
    """From aspect_ratio to max_price, in the order of the endpoints' parameters."""
    return [
        gr.Textbox("1:1", label="aspect_ratio", visible=False),
        _text("resolution"),
        _number("width"),
        _number("height"),
        gr.Number(1, label="num_images", visible=False),
        _number("seed"),
        _text("negative_prompt"),
        _number("num_inference_steps"),
        _number("guidance_scale"),
        _text("quality"),
        _text("output_format"),
        _number("max_price"),
    ]


def _text(label: str) -> gr.Textbox:
    return gr.Textbox(label=label, value=None, visible=False)


def _number(label: str) -> gr.Number:
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
