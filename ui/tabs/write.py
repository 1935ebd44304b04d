"""The Write tab: an idea on the left, the detailed prompt that was made of it on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from i18n import say
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.writing import read_writing
from studio.request import UserRequest
from studio.routing import AUTO
from ui.context import AppContext
from ui.controls import model_choices
from ui.listeners import LATEST, QUIET
from ui.making import tell_ahead
from ui.preview import preview
from ui.stage import Action, Update
from ui.tabs.write_cards import composer_note
from ui.tabs.write_form import NAMES, Inputs, build_form
from ui.tabs.write_run import TASK, Writer
from ui.tabs.write_stage import TextStage, build_text_stage, show_nothing
from ui.uploads import files_of, read_pictures

# Before there is an idea, price and recipient are told as for one that says nothing.
STAND_IN = "…"
COPY = """async () => {
  const box = document.querySelector('#write-text textarea');
  try { await navigator.clipboard.writeText(box.value); }
  catch { box.select(); document.execCommand('copy'); }
  return [];
}"""


@dataclass(frozen=True)
class WriteTab:
    """The tab's parts, for the other tabs to act on."""

    context: AppContext
    inputs: Inputs
    action: Action
    stage: TextStage

    @property
    def sent(self) -> set[Any]:
        """What an event that looks at the form brings along."""
        return {*self.inputs.all(), self.context.session}

    @property
    def followed(self) -> list[Any]:
        """What changes with the form."""
        return [self.inputs.model, *self.action.all()]

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in vars(self.inputs).items()}

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed."""
        return await self._read(self.form(data))

    async def follow(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The models within reach, the price and the lines about who answers."""
        session, form = data[self.context.session], self.form(data)
        keys = self.context.keys(session, request, token)
        if not str(form["idea"] or "").strip() and not any(files_of(form["picture"])):
            form["idea"] = STAND_IN
        policy = Policy(session.limits.max_price, session.limits.patience)
        name = str(form["model"] or AUTO)
        ahead = await preview(self.context.studio, TASK, name, self._read(form), keys, policy)
        if ahead.model:
            ahead = replace(ahead, hint=ahead.hint + composer_note(ahead.model.id))
        choices = {self.inputs.model: gr.update(choices=model_choices(keys, TASK))}
        return choices | tell_ahead(self.context, self.action, ahead, session)

    async def _read(self, form: dict[str, Any]) -> tuple[str, UserRequest]:
        pictures = await read_pictures(form["picture"], self.context.studio.folder)
        user_request = read_writing(
            form["idea"],
            pictures,
            language=form["language"],
            target_model=form["target"],
            style=form["style"],
            length=form["length"],
        )
        return str(form["model"] or AUTO), user_request


def build_write(context: AppContext, spend: gr.HTML) -> WriteTab:
    """Lay the tab out and wire it."""
    with gr.Row(elem_id="write", elem_classes="workbench"):
        with gr.Column(min_width=320, **NAMES("decide")):
            inputs, action = build_form()
        with gr.Column(min_width=320, **NAMES("see")):
            stage = build_text_stage(NAMES, action.go, spend)
    tab = WriteTab(context, inputs, action, stage)
    _wire(tab)
    return tab


def _wire(tab: WriteTab) -> None:
    """Connect the controls, the button and the stage."""
    ins, stage = tab.inputs, tab.stage
    look = (tab.follow, tab.sent, tab.followed)
    gr.on([each.change for each in ins.all()], *look, **LATEST)
    writer = Writer(tab.context, stage, tuple(ins.all()), ins.model, tab.read)
    for event in writer.wire():
        event.then(*look, **LATEST)
    stage.copy.click(copied, None, None, js=COPY, **QUIET)


async def copied() -> None:
    """Say that it was done."""
    gr.Info(say("write.copied"), duration=3)


def wire_forgotten(tab: WriteTab, *moments: Any) -> None:
    """Take the text off the stage once its result was deleted. `moments`: when to look."""

    async def clear(data: Update) -> Any:
        shown, session = data[tab.stage.shown], data[tab.context.session]
        kept = [receipt["id"] for receipt in session.results.history]
        return show_nothing(tab.stage) if shown.job and shown.job not in kept else gr.skip()

    sent = {tab.stage.shown, tab.context.session}
    for moment in moments:
        moment(clear, sent, tab.stage.all(), **LATEST)
