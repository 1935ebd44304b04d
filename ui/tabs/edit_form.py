"""What a person decides in the Edit tab, most important first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from providers.schema import Task
from providers.tasks import TASKS
from studio.routing import AUTO
from ui.controls import EXACT_SIZES
from ui.earlier import Earlier, build_earlier
from ui.line import LineBox, build_line
from ui.money import verb
from ui.pictures import Pictures, build_pictures
from ui.stage import Action, Names, build_action
from ui.translating import build_translating

NAMES = Names("edit")


# The params whose controls are folded; where a model has none of them, there is nothing to unfold.
FOLDED = TASKS[Task.IMAGE_EDIT].folded


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides. Names are those of the form."""

    pictures: gr.Gallery
    prompt: gr.Textbox
    translate: gr.Checkbox
    model: gr.Dropdown
    shape: gr.Dropdown
    resolution: gr.Radio
    num_images: gr.Radio
    exact: gr.Dropdown
    seed: gr.Textbox
    num_inference_steps: gr.Textbox
    guidance_scale: gr.Textbox
    quality: gr.Radio
    output_format: gr.Radio

    def all(self) -> list[Any]:
        """Every control, in order."""
        return list(vars(self).values())


def build_form() -> tuple[Inputs, LineBox, Earlier, Pictures, gr.HTML, gr.Accordion, Action]:
    """The controls; what few people need is folded."""
    pictures = build_pictures(NAMES, say("edit.pictures"))
    prompt = gr.Textbox(
        label=say("edit.prompt"),
        placeholder=say("edit.prompt.hint"),
        lines=3,
        max_lines=12,
        **NAMES("prompt"),
    )
    line, translating = build_line(NAMES), build_translating(NAMES)
    earlier = build_earlier(NAMES)
    can = gr.HTML(**NAMES("can"))
    model = gr.Dropdown(
        [(say("who.auto"), AUTO)], value=AUTO, label=say("create.model"), **NAMES("model")
    )
    who = gr.HTML(**NAMES("who"))
    shape = gr.Dropdown(
        [(say("edit.shape.same"), "")], value="", label=say("create.shape"), **NAMES("shape")
    )
    with gr.Row(elem_classes="pair"):
        resolution = gr.Radio(
            [], label=say("create.resolution"), visible=False, **NAMES("resolution")
        )
        num_images = gr.Radio(
            [1], value=1, label=say("create.num_images"), visible=False, **NAMES("num-images")
        )
    folded, more = _more()
    action = build_action(NAMES, who, verb(Task.IMAGE_EDIT), translating)
    first = (pictures.gallery, prompt, translating.first)
    inputs = Inputs(*first, model, shape, resolution, num_images, *more)
    return inputs, line, earlier, pictures, can, folded, action


def _more() -> tuple[gr.Accordion, tuple[Any, ...]]:
    """The controls few people need."""
    with gr.Accordion(say("edit.more"), open=False, **NAMES("more")) as folded:
        exact = gr.Dropdown(
            [(say("create.preset.none"), ""), *((s.replace("x", " × "), s) for s in EXACT_SIZES)],
            value="",
            allow_custom_value=True,
            label=say("create.preset"),
            info=say("create.preset.hint"),
            **NAMES("exact"),
        )
        seed = _number_box("seed", info=say("create.seed.hint"))
        with gr.Row(elem_classes="pair"):
            steps = _number_box("num_inference_steps")
            guidance = _number_box("guidance_scale")
        quality = gr.Radio([], label=say("create.quality"), **NAMES("quality"))
        output = gr.Radio([], label=say("create.output_format"), **NAMES("format"))
    return folded, (exact, seed, steps, guidance, quality, output)


def _number_box(name: str, info: str | None = None) -> gr.Textbox:
    """A box for a number that may stay blank; gr.Number would turn blank into 0."""
    return gr.Textbox(
        label=say(f"create.{name}"),
        info=info,
        lines=1,
        max_lines=1,
        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
        **NAMES(name.replace("_", "-")),
    )
