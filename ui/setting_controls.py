"""The control of a setting, by its kind, and what becomes of it when the model changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from i18n import say
from providers.param import Param
from providers.params import PARAMS
from ui.controls import Form, number_update, radio_update, with_default


def setting_control(names: Callable[[str], Mapping[str, Any]], name: str) -> Any:
    """The control, with the id that `names` gives it, hidden until `setting_update` shows it."""
    param = PARAMS[name]
    look = {"label": param.label, "visible": False, **names(name.replace("_", "-"))}
    if param.kind == "boolean" or param.choices:
        return gr.Radio([], **look)
    if param.kind == "choice":  # each model has names of its own, and many
        return gr.Dropdown([(say("create.default"), "")], value="", **look)
    if param.kind == "text":
        return gr.Textbox(lines=2, **look)
    info = None if param.random_value is None else say("create.seed.hint")
    plain = gr.InputHTMLAttributes(autocomplete="off")
    return gr.Textbox(lines=1, max_lines=1, info=info, html_attributes=plain, **look)


def setting_update(name: str, params: Mapping[str, Param], form: Form) -> Any:
    """Its update: what the model lacks is not shown."""
    param, general = params.get(name), PARAMS[name]
    if general.kind == "boolean":
        return radio_update(_flag_choices(param), form.get(name), "")
    if general.kind == "choice":
        return radio_update(with_default(param), form.get(name), "")
    if general.kind == "text" or general.random_value is not None:
        return gr.update(visible=param is not None)
    return number_update(param, form)


def _flag_choices(param: Param | None) -> list[tuple[str, str]]:
    if param is None:
        return []
    words = (("create.default", ""), ("create.yes", "true"), ("create.no", "false"))
    return [(say(key), value) for key, value in words]
