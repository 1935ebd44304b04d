"""A task's row becomes its controls, and they follow the model: what it lacks is not shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from i18n import say
from providers.params import PARAMS
from providers.schema import Param
from studio.routing import AUTO
from ui.controls import (
    EXACT_SIZES,
    Form,
    count_choices,
    radio_update,
    shape_choices,
)
from ui.earlier import Earlier, build_earlier
from ui.line import LineBox, build_line
from ui.names import Names
from ui.setting_controls import setting_control, setting_update
from ui.translating import Translating, build_translating

# Where a control is called otherwise than its setting: sizes are one box, a shape has a name of its
# own. The height stands in the box of the width.
CONTROL_OF: Final = {"aspect_ratio": "shape", "width": "exact", "height": "exact"}
# Controls that stand beside each other.
PAIRS: Final = (("resolution", "num_images"), ("num_inference_steps", "guidance_scale"))
# What a tab builds itself: by the control's name, from the arguments that all share.
Builders = Mapping[str, Callable[[dict[str, Any]], Any]]


def control_names(settings: Sequence[str]) -> tuple[str, ...]:
    """The names of the controls for these settings, in order."""
    return tuple(dict.fromkeys(CONTROL_OF.get(name, name) for name in settings))


def build_controls(
    names: Names, settings: Sequence[str], own: Builders, ids: Mapping[str, str], shown: bool
) -> dict[str, Any]:
    """The controls for these settings, by name. `ids`: where the id is not the name; `shown`:
    whether they are seen before it is known what the model has."""
    wanted = control_names(settings)
    built: dict[str, Any] = {}
    for name in wanted:
        if name in built:
            continue
        pair = next((each for each in PAIRS if name in each and {*each} <= {*wanted}), ())
        if pair:
            with gr.Row(elem_classes="pair"):
                built |= {each: _build(names, each, own, ids, shown) for each in pair}
        else:
            built[name] = _build(names, name, own, ids, shown)
    return built


def _build(names: Names, name: str, own: Builders, ids: Mapping[str, str], shown: bool) -> Any:
    look = {"visible": shown, **names(ids.get(name, name.replace("_", "-")))}
    look["label"] = (
        say("create.preset")
        if name == "exact"
        else PARAMS["aspect_ratio" if name == "shape" else name].label
    )
    if name in own:
        return own[name](look)
    if name == "exact":
        sizes = [(size.replace("x", " × "), size) for size in EXACT_SIZES]
        choices, info = [(say("create.preset.none"), ""), *sizes], say("create.preset.hint")
        return gr.Dropdown(choices, value="", allow_custom_value=True, info=info, **look)
    if name == "num_images":
        return gr.Radio([1], value=1, **look)
    control = setting_control(lambda _: names(ids.get(name, name.replace("_", "-"))), name)
    control.visible = shown
    return control


def model_box(names: Names) -> gr.Dropdown:
    """Who is asked."""
    auto = [(say("who.auto"), AUTO)]
    return gr.Dropdown(auto, value=AUTO, label=say("create.model"), **names("model"))


def control_updates(
    controls: Sequence[str], params: Mapping[str, Param], form: Form
) -> dict[str, Any]:
    """One update for each of these controls; what is still legal is kept."""
    return {name: _update(name, params, form) for name in controls}


def _update(name: str, params: Mapping[str, Param], form: Form) -> Any:
    value = form.get(name)
    if name == "shape":
        return radio_update(shape_choices(params, form), value, "1:1")
    if name == "exact":
        return gr.update(visible="width" in params)
    if name == "num_images":
        return radio_update(count_choices(params.get(name), value), value, 1)
    return setting_update(name, params, form)


@dataclass(frozen=True)
class Words:
    """The box for words and what stands under it."""

    box: gr.Textbox
    line: LineBox
    translating: Translating
    earlier: Earlier


def build_words(names: Names, name: str, label: str, hint: str, **look: Any) -> Words:
    """Lay them out."""
    box = gr.Textbox(label=label, placeholder=hint, **look, **names(name))
    return Words(box, build_line(names), build_translating(names), build_earlier(names))
