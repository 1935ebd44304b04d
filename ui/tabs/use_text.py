"""From a written text to Create or Edit: it becomes the prompt there, on the press of a button."""

from __future__ import annotations

from typing import Any

import gradio as gr

from i18n import say
from studio.prompts.quick_line import Line
from studio.session import Session
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW, Listener
from ui.names import Update
from ui.scripts import call
from ui.tabs.history import HistoryTab
from ui.tabs.write import WriteTab
from ui.task_tab import TaskTab


def wire_texts(
    context: AppContext,
    tabs: gr.Tabs,
    create: TaskTab,
    edit: TaskTab,
    write: WriteTab,
    history: HistoryTab,
) -> None:
    """Connect "Use in Create" and "Use in Edit" of the Write tab and of the history."""
    for stands in (write.stage, history.texts):
        click, box = stands.create.click, stands.text
        _wire_one(context, (tabs, "create"), click, box, create.controls["prompt"], create.listener)
        click = stands.edit.click
        _wire_one(context, (tabs, "edit"), click, box, edit.controls["prompt"], edit.listener)


def _wire_one(
    context: AppContext,
    place: tuple[gr.Tabs, str],
    press: Any,
    box: gr.Textbox,
    prompt: gr.Textbox,
    look: Listener,
) -> None:
    """From a box to a prompt. What stood in the prompt is kept among the earlier ones."""
    tabs, name = place

    async def use(data: Update) -> Any:
        session: Session = data[context.session]
        text = str(data[box] or "").strip()
        if not text:
            gr.Warning(say("write.use.none"))
            return gr.skip()
        session.note(str(data[prompt] or "").strip())
        return {prompt: Line(text).bare, tabs: gr.Tabs(selected=name)}

    used = press(use, {box, prompt, context.session}, [tabs, prompt], **RAW)
    ready = call("focus", f"#{prompt.elem_id} textarea", 200)
    used.then(*look, **LATEST).then(None, js=ready, **QUIET)
