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
from ui.tabs.create import CreateTab, foresee
from ui.tabs.edit import EditTab, refresh_edit, refreshed_edit
from ui.tabs.history import HistoryTab
from ui.tabs.write import WriteTab


def wire_texts(
    context: AppContext,
    tabs: gr.Tabs,
    create: CreateTab,
    edit: EditTab,
    write: WriteTab,
    history: HistoryTab,
) -> None:
    """Connect "Use in Create" and "Use in Edit" of the Write tab and of the history."""
    look_at_create, look_at_edit = (
        _create_looked_at(context, create),
        _edit_looked_at(context, edit),
    )
    for stands in (write.stage, history.texts):
        click, box = stands.create.click, stands.text
        _wire_one(context, (tabs, "create"), click, box, create.inputs.prompt, look_at_create)
        click = stands.edit.click
        _wire_one(context, (tabs, "edit"), click, box, edit.inputs.prompt, look_at_edit)


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


def _create_looked_at(context: AppContext, tab: CreateTab) -> Listener:
    """Price and recipient for the prompt that now stands in Create."""

    async def look(data: Update, request: gr.Request, token: gr.OAuthToken | None = None) -> Update:
        session = data[context.session]
        keys = context.keys(session, request, token)
        return await foresee(context, tab, tab.form(data), session, keys)

    return look, {*tab.inputs.all(), context.session}, tab.action.all()


def _edit_looked_at(context: AppContext, tab: EditTab) -> Listener:
    """The same for Edit."""

    async def look(data: Update, request: gr.Request, token: gr.OAuthToken | None = None) -> Update:
        keys = context.keys(data[context.session], request, token)
        return await refresh_edit(context, tab, data, keys)

    return look, tab.everything(context), refreshed_edit(tab)
