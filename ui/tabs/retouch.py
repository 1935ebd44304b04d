"""The Retouch tab: a portrait, what kind of retouching, how strongly, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import gradio as gr

from i18n import say
from providers.catalogue import provider_of
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.routing import AUTO
from ui.context import AppContext
from ui.controls import Form, radio_update
from ui.earlier import Earlier, build_earlier
from ui.line import LineBox, build_line
from ui.money import verb
from ui.picture_tab import PictureTab, model_box, reads_words
from ui.setting_controls import setting_control
from ui.stage import Action, Names, Update, build_action, build_stage
from ui.translating import build_translating
from ui.uploads import one_picture

NAMES = Names("retouch")
MODES: Final = ("soft", "enhance")
USUAL_STRENGTH: Final = 0.6
RARE: Final = TASKS[Task.RETOUCH].folded


def build_retouch(context: AppContext, spend: gr.HTML) -> PictureTab:
    """Lay the tab out and wire it."""
    with gr.Row(elem_classes="workbench", elem_id="retouch"):
        with gr.Column(min_width=320, **NAMES("decide")):
            controls, line, earlier, more, action = _decide()
        with gr.Column(min_width=320, **NAMES("see")):
            stage = build_stage(NAMES, action.go, spend)
    parts = (more, action, stage, line, earlier)
    tab = PictureTab(context, Task.RETOUCH, controls, ("mode",), _fit, RARE, *parts)
    tab.wire(controls["model"], controls["seed"])
    return tab


def _decide() -> tuple[dict[str, Any], LineBox, Earlier, gr.Accordion, Action]:
    """What a person decides, most important first; the rest is folded."""
    picture = one_picture(NAMES, "picture", say("retouch.picture"))
    mode = gr.Radio(
        _modes(MODES),
        value=MODES[0],
        label=say("retouch.mode"),
        info=say("retouch.mode.hint"),
        **NAMES("mode"),
    )
    strength = gr.Slider(
        0, 1, USUAL_STRENGTH, step=0.05, label=say("retouch.strength"), buttons=[],
        **NAMES("strength"),
    )  # fmt: skip
    wish = gr.Textbox(
        label=say("retouch.wish"),
        placeholder=say("retouch.wish.hint"),
        lines=2,
        max_lines=6,
        **NAMES("wish"),
    )
    line, translating = build_line(NAMES), build_translating(NAMES)
    earlier = build_earlier(NAMES)
    model = model_box(NAMES)
    who = gr.HTML(**NAMES("who"))
    with gr.Accordion(say("picture.more"), open=False, visible=False, **NAMES("more")) as more:
        rare = {name: setting_control(NAMES, name) for name in RARE}
    action = build_action(NAMES, who, verb(Task.RETOUCH), translating)
    first = {"picture": picture, "mode": mode, "strength": strength, "wish": wish}
    first["translate"] = translating.first
    return {**first, "model": model, **rare}, line, earlier, more, action


def _fit(
    form: Form,
    params: Mapping[str, Param],
    rows: Sequence[Model],
    size: tuple[int, int] | None,
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
