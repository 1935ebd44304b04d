"""The Retouch tab: a portrait, what kind of retouching, how strongly, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.catalogue import provider_of
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.prompts.quick_line import Line
from studio.request import UserRequest
from studio.routing import AUTO
from studio.session import Session
from ui.context import AppContext
from ui.form import build_controls, build_words, model_box
from ui.forms.action import build_action
from ui.forms.controls import Form, radio_update
from ui.forms.line import model_of
from ui.forms.task_tab import Given, Parts, Taken, TaskTab
from ui.forms.uploads import one_picture
from ui.money import verb
from ui.names import Names, Update

NAMES = Names("retouch")
MODES: Final = ("soft", "enhance")
USUAL_STRENGTH: Final = 0.6


class RetouchTab(TaskTab):
    """What is special: two modes, and a wish that few models read."""

    task = Task.RETOUCH
    words = "wish"
    pictures = ("picture",)
    held = ("mode",)

    async def ask(
        self, form: Form, keys: Keyring, line: Line, pictures: Given, session: Session
    ) -> tuple[str, UserRequest]:
        """Who is asked and what; words that nobody within reach reads are left out."""
        if not pictures:
            raise InvalidInput(say("picture.missing"), field="picture")
        rows = self.rows({**form, "model": model_of(line, form, self.task, keys)}, keys)
        line = line if reads_words(rows) else replace(line, prompt="")
        return await super().ask(form, keys, line, pictures, session)

    def fit(
        self, form: Form, params: Mapping[str, Param], rows: Sequence[Model], taken: Taken
    ) -> Update:
        """The modes this model has, the strength where it can be set, the wish where it is read."""
        pinned = str(form["model"] or AUTO) != AUTO
        mode = params.get("mode")
        legal = [each for each in MODES if not pinned or (mode and each in mode.choices)]
        promised = not pinned or _keeps_promises(rows[0])
        modes = radio_update(_modes(legal, promised), form.get("mode"), MODES[0])
        return {
            "mode": modes | {"visible": True},
            "strength": gr.update(visible="strength" in params),
            "wish": _wish(rows, pinned),
        }


def build_retouch(context: AppContext) -> RetouchTab:
    """Lay it out, in the order a person decides; what few people need is folded."""
    row = TASKS[Task.RETOUCH]
    with gr.Column(**NAMES("decide")):
        picture = one_picture(NAMES, "picture", say("retouch.picture"))
        own = {"mode": _mode, "strength": _strength}
        fields = build_controls(NAMES, row.fields, own, {}, shown=True)
        label, hint = say("retouch.wish"), say("retouch.wish.hint")
        words = build_words(NAMES, "wish", label, hint, lines=2, max_lines=6)
        model, who = model_box(NAMES), gr.HTML(**NAMES("who"))
        with gr.Accordion(say("picture.more"), open=False, visible=False, **NAMES("more")) as more:
            folded = build_controls(NAMES, row.folded, own, {}, shown=False)
        action = build_action(NAMES, who, verb(row.task), words.translating)
    rest = {"wish": words.box, "translate": words.translating.first, "model": model}
    controls = {"picture": picture} | fields | rest | folded
    return RetouchTab(context, Parts(controls, action, more, words.line, words.earlier))


def reads_words(rows: Sequence[Model]) -> bool:
    """Whether any of the rows reads words of the user."""
    return any(row.words != "none" for row in rows)


def _mode(look: dict[str, Any]) -> gr.Radio:
    own = {"label": say("retouch.mode"), "info": say("retouch.mode.hint")}
    return gr.Radio(_modes(MODES), value=MODES[0], **look | own)


def _strength(look: dict[str, Any]) -> gr.Slider:
    label = {"label": say("retouch.strength")}
    return gr.Slider(0, 1, USUAL_STRENGTH, step=0.05, buttons=[], **look | label)


def _wish(rows: Sequence[Model], pinned: bool) -> Any:
    """The box for a wish: closed, with the reason, where nobody reads words."""
    if reads_words(rows):
        return gr.update(interactive=True, info=say("retouch.wish.read"))
    told = say("retouch.wish.nobody")
    if pinned:
        told = say("retouch.wish.unread", model=rows[0].title)
    return gr.update(interactive=False, info=told)


def _keeps_promises(model: Model) -> bool:
    """Whether it is Easel that says what a row leaves alone: in its engine, or in its prompt."""
    return bool(model.guard) or not provider_of(model).needs_key


def _modes(offered: Sequence[str], promised: bool = True) -> list[tuple[str, str]]:
    """Each mode with what it does and what it leaves alone, where that is known."""
    names = {each: say(f"retouch.{each}") for each in offered}
    does = {each: f"\n{say(f'retouch.{each}.does')}" if promised else "" for each in offered}
    return [(names[each] + does[each], each) for each in offered]
