"""From a written text to Create or Edit: it becomes the prompt there, on the press of a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from studio.prompts.quick_line import Line
from studio.session import Session
from ui.context import AppContext
from ui.listeners import QUIET, RAW, anew
from ui.names import Update
from ui.scripts import call
from ui.tabs.create import CreateTab
from ui.tabs.edit import EditTab


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
    tab: CreateTab | EditTab

    async def use(self, data: Update) -> Any:
        """Put the text into the prompt, and go to its tab. What stood there is kept among the
        earlier prompts."""
        prompt = self.tab.inputs.prompt
        session: Session = data[self.context.session]
        text = str(data[self.box] or "").strip()
        if not text:
            gr.Warning(say("write.use.none"))
            return gr.skip()
        session.note(str(data[prompt] or "").strip())
        return {
            prompt: Line(text).bare,
            self.tabs: gr.Tabs(selected=self.tab_id),
            self.tab.line.moved: anew(),  # price and recipient follow
        }

    def wire(self) -> None:
        """Connect the button."""
        prompt = self.tab.inputs.prompt
        sent, changed = {self.box, prompt, self.context.session}, [self.tabs, prompt]
        used = self.button.click(self.use, sent, [*changed, self.tab.line.moved], **RAW)
        ready = call("focus", f"#{prompt.elem_id} textarea", 200)
        used.then(None, js=ready, **QUIET)
