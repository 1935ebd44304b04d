"""The Create tab: a picture from words."""

from __future__ import annotations

from typing import Any

import gradio as gr

from i18n import say
from providers.schema import Task
from providers.tasks import TASKS
from ui.context import AppContext
from ui.form import build_controls, build_words, model_box
from ui.forms.action import build_action
from ui.forms.task_tab import Parts, TaskTab
from ui.money import verb
from ui.names import Names

NAMES = Names()
IDS = {"negative_prompt": "negative", "output_format": "format"}


class CreateTab(TaskTab):
    """What is special: nothing but its words."""

    task = Task.TEXT_TO_IMAGE


def build_create(context: AppContext) -> CreateTab:
    """Lay it out, in the order a person decides; what few people need is folded."""
    row = TASKS[Task.TEXT_TO_IMAGE]
    with gr.Column(**NAMES("decide")):
        label, hint = say("create.prompt"), say("create.prompt.hint")
        words = build_words(NAMES, "prompt", label, hint, lines=4, max_lines=12, autofocus=True)
        model, who = model_box(NAMES), gr.HTML(**NAMES("who"))
        own = {"shape": _shape}
        fields = build_controls(NAMES, row.fields, own, IDS, shown=True)
        with gr.Accordion(say("create.more"), open=False, **NAMES("more")) as more:
            folded = build_controls(NAMES, row.folded, own, IDS, shown=True)
        action = build_action(NAMES, who, verb(row.task), words.translating)
    first = {"prompt": words.box, "translate": words.translating.first, "model": model}
    parts = Parts(first | fields | folded, action, more, words.line, words.earlier)
    return CreateTab(context, parts)


def _shape(look: dict[str, Any]) -> gr.Radio:
    return gr.Radio([], value=None, **look | {"visible": False})
