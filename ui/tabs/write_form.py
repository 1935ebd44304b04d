"""The left-hand side of the Write tab: the idea, and how it is to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from engines.language.names import LANGUAGE_NAMES, english_name
from engines.words.compose import style_title, styles
from i18n import say
from providers.catalogue import models_for, provider_of
from providers.schema import Task
from studio.prompts.writing import AUTO, DEFAULT_LENGTH, PICTURED
from studio.retired_models import retired
from ui.money import verb
from ui.picture_tab import model_box
from ui.stage import Action, Names, build_action
from ui.uploads import one_picture

NAMES = Names("write")
# Least characters.
LENGTHS: Final = {"short": 400, "usual": DEFAULT_LENGTH, "long": 1800}
# These first in the list; the others follow by name.
FIRST: Final = ("en", "ru", "uk")


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides. Names are those of the form."""

    idea: gr.Textbox
    picture: gr.Image
    style: gr.Radio
    target: gr.Dropdown
    language: gr.Dropdown
    length: gr.Radio
    model: gr.Dropdown

    def all(self) -> list[Any]:
        """Every control, in order."""
        return list(vars(self).values())


def build_form() -> tuple[Inputs, Action]:
    """Lay it out."""
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
        [
            (say(f"write.length.{name}", least=f"{least:,}"), least)
            for name, least in LENGTHS.items()
        ],
        value=DEFAULT_LENGTH,
        label=say("write.length"),
        **NAMES("length"),
    )
    with gr.Row(elem_classes="pair"):
        target = gr.Dropdown(
            target_choices(), value="", label=say("write.target"), **NAMES("target")
        )
        language = gr.Dropdown(
            language_choices(), value=AUTO, label=say("write.language"), **NAMES("language")
        )
    model = model_box(NAMES)
    who = gr.HTML(**NAMES("who"))
    action = build_action(NAMES, who, verb(Task.PROMPT_WRITING))
    return Inputs(idea, picture, style, target, language, length, model), action


def style_choices() -> list[tuple[str, str]]:
    """The idea's own, then the presets by their names."""
    named = sorted((style_title(name, "en"), name) for name in styles())
    return [(say("write.style.own"), ""), *named]


def target_choices() -> list[tuple[str, str]]:
    """No model in particular, then every one that makes or changes pictures."""
    rows = [row for task in PICTURED for row in models_for(task) if not retired(row)]
    titled = [(f"{row.title} · {provider_of(row).title}", row.id) for row in rows]
    return [(say("write.target.any"), ""), *titled]


def language_choices() -> list[tuple[str, str]]:
    """The idea's own, then the languages by their English names."""
    others = sorted((english_name(code), code) for code in LANGUAGE_NAMES if code not in FIRST)
    return [(say("write.language.own"), AUTO), *((english_name(it), it) for it in FIRST), *others]
