"""From a written text to Create or Edit: it becomes the prompt there, on the press of a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from studio.prompts.quick_line import Line
from studio.session import Session
from ui.context import AppContext
from ui.forms.task_tab import TaskTab
from ui.listeners import LATEST, QUIET, RAW
from ui.names import Update
from ui.scripts import call


@dataclass(frozen=True)
class UseText:
    """One way on from a text."""

    context: AppContext
    tabs: gr.Tabs
    # What is pressed.
    button: gr.Button
    # Where the text stands.
    box: gr.Textbox
    # The tab that it goes to, with its id.
    tab_id: str
    tab: TaskTab

    async def use(self, data: Update) -> Any:
        """Put the text into the prompt, and go to its tab. What stood there is kept among the
        earlier prompts."""
        prompt = self.tab.controls[self.tab.words]
        session: Session = data[self.context.session]
        text = str(data[self.box] or "").strip()
        if not text:
            gr.Warning(say("write.use.none"))
            return gr.skip()
        session.note(str(data[prompt] or "").strip())
        return {
            prompt: Line(text).bare,
            self.tabs: gr.Tabs(selected=self.tab_id),
        }

    def wire(self) -> None:
        """Connect the button."""
        prompt = self.tab.controls[self.tab.words]
        sent = {self.box, prompt, self.context.session}
        used = self.button.click(self.use, sent, [self.tabs, prompt], **RAW)
        ready = call("focus", f"#{prompt.elem_id} textarea", 200)
        used.then(*self.tab.listener, **LATEST).then(None, js=ready, **QUIET)
