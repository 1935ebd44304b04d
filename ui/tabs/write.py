"""The Write tab: an idea, of which a language model makes a detailed prompt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import gradio as gr

from i18n import say
from providers.catalogue import models_for, provider_of
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.writing import AUTO as AS_IDEA
from studio.prompts.writing import (
    DEFAULT_LENGTH,
    PICTURED,
    language_names,
    read_writing,
    style_names,
)
from studio.request import UserRequest
from studio.retired_models import retired
from studio.routing import AUTO
from ui.context import AppContext
from ui.form import model_box
from ui.forms.action import Action, build_action, tell_ahead
from ui.forms.controls import model_choices
from ui.forms.preview import preview
from ui.forms.uploads import files_of, one_picture, read_pictures
from ui.listeners import LATEST
from ui.money import verb
from ui.names import Names, Update
from ui.runner import Tool
from ui.stage import Stage
from ui.tabs.write_cards import composer_note
from ui.tabs.write_view import TASK, TextView

NAMES: Final = Names("write")
# Before there is an idea, price and recipient are told as for one that says nothing.
STAND_IN: Final = "…"
# Least characters.
LENGTHS: Final = {"short": 400, "usual": DEFAULT_LENGTH, "long": 1800}


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides. Names are those of the form."""

    idea: gr.Textbox
    # To be described, or built on.
    picture: gr.Image
    style: gr.Radio
    # The least number of characters.
    length: gr.Radio
    # The model that the prompt is for.
    target: gr.Dropdown
    language: gr.Dropdown
    # The model that writes it.
    model: gr.Dropdown

    def all(self) -> list[Any]:
        """Every control, in order."""
        return list(vars(self).values())


@dataclass(frozen=True)
class WriteTab:
    """The tab's parts."""

    context: AppContext
    inputs: Inputs
    action: Action

    @property
    def sent(self) -> set[Any]:
        """What an event that looks at the form brings along."""
        return {*self.inputs.all(), self.context.session}

    @property
    def followed(self) -> list[Any]:
        """What changes with the form."""
        return [self.inputs.model, *self.action.all()]

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed."""
        return await self._read(self._form(data))

    async def follow(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The models that can be asked, the price and the lines about who answers."""
        session, form = data[self.context.session], self._form(data)
        keys = self.context.keys(session, request, token)
        if not str(form["idea"] or "").strip() and not any(files_of(form["picture"])):
            form["idea"] = STAND_IN
        policy = Policy(session.limits.max_price, session.limits.patience)
        name = str(form["model"] or AUTO)
        ahead = await preview(self.context.studio, TASK, name, self._read(form), keys, policy)
        if ahead.model:
            ahead = replace(ahead, hint=ahead.hint + composer_note(ahead.model.id))
        choices = {self.inputs.model: gr.update(choices=model_choices(keys, TASK))}
        return choices | tell_ahead(self.action, ahead)

    def wire(self, stage: Stage, view: TextView) -> None:
        """Connect the controls, the button and the text on the stage."""
        ins, look = self.inputs, (self.follow, self.sent, self.followed)
        gr.on([each.change for each in ins.all()], *look, **LATEST)
        tool = Tool(
            self.context, stage, TASK, self.action.go, tuple(ins.all()), ins.model, self.read,
            title=ins.idea,
        )  # fmt: skip
        for event in (*tool.wire(), *view.wire(stage)):
            event.then(*look, **LATEST)

    def _form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in vars(self.inputs).items()}

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


def build_write(context: AppContext) -> WriteTab:
    """Lay the tab out."""
    with gr.Column(**NAMES("decide")):
        idea = gr.Textbox(
            label=say("write.idea"),
            placeholder=say("write.idea.hint"),
            lines=4,
            max_lines=12,
            **NAMES("idea"),
        )
        with gr.Accordion(say("write.picture.fold"), open=False, **NAMES("more")):
            picture = one_picture(NAMES, "picture", say("write.picture"))
            gr.HTML(f'<p class="hint">{say("write.picture.hint")}</p>')
        style = gr.Radio(style_choices(), value="", label=say("write.style"), **NAMES("style"))
        length = gr.Radio(
            length_choices(), value=DEFAULT_LENGTH, label=say("write.length"), **NAMES("length")
        )
        with gr.Row(elem_classes="pair"):
            target = gr.Dropdown(
                target_choices(), value="", label=say("write.target"), **NAMES("target")
            )
            language = gr.Dropdown(
                language_choices(), value=AS_IDEA, label=say("write.language"), **NAMES("language")
            )
        model = model_box(NAMES)
        action = build_action(NAMES, gr.HTML(**NAMES("who")), verb(TASK))
    return WriteTab(context, Inputs(idea, picture, style, length, target, language, model), action)


def length_choices() -> list[tuple[str, int]]:
    """Each length by its name and its least characters."""
    return [
        (say(f"write.length.{name}", least=f"{least:,}"), least) for name, least in LENGTHS.items()
    ]


def style_choices() -> list[tuple[str, str]]:
    """The idea's own, then the presets by their names."""
    return [(say("write.style.own"), ""), *style_names()]


def target_choices() -> list[tuple[str, str]]:
    """No model in particular, then every one that makes or changes pictures."""
    rows = [row for task in PICTURED for row in models_for(task) if not retired(row)]
    titled = [(f"{row.title} · {provider_of(row).title}", row.id) for row in rows]
    return [(say("write.target.any"), ""), *titled]


def language_choices() -> list[tuple[str, str]]:
    """The idea's own, then the languages by their English names."""
    return [(say("write.language.own"), AS_IDEA), *language_names()]
