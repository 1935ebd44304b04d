"""The Edit tab: pictures and an instruction on the left, before and after on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from engines.edit import abilities
from engines.edit.abilities import EXAMPLES
from errors import InvalidInput
from i18n import say
from providers.catalogue import MODELS, provider_of
from providers.inputs import MOST_PICTURES, InputPicture
from providers.schema import Model, Param, Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.quick_line import Line, merge, read_line
from studio.request import UserRequest, read_request
from studio.routing import AUTO
from studio.session import Session
from studio.uploads import UploadedPicture
from ui.action import Action, tell_ahead
from ui.context import AppContext
from ui.controls import (
    model_choices,
    params_of,
    settings_of,
    settled,
    shape_choices,
    updates,
)
from ui.earlier import Earlier, wire_earlier
from ui.gradio_fixes.places import upload_folder
from ui.line import LineBox, Taking, model_of, no_line, place, wire_line
from ui.listeners import LATEST, anew, by_hand
from ui.names import Update
from ui.pictures import Pictures, settle, sort_out, wire_pictures
from ui.preview import preview
from ui.runner import Tool
from ui.stage import Stage
from ui.tabs.edit_form import FOLDED, NAMES, Inputs, build_form
from ui.translating import may_translate, wire_translating
from ui.uploads import read_pictures

TASK = Task.IMAGE_EDIT
# Before there is a picture, price and recipient are told as for one of about this size; before
# there are words, as for some that everybody understands.
STAND_IN = InputPicture("", b"", "image/png", 1024, 1024)
FIRST, FEW = 2, 3  # which abilities are shown at once


@dataclass(frozen=True)
class EditTab:
    """The tab's parts. `can`: what Easel's own editor understands, where it would answer. `more`:
    where controls are folded."""

    inputs: Inputs
    line: LineBox
    earlier: Earlier
    pictures: Pictures
    can: gr.HTML
    more: gr.Accordion
    action: Action

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in vars(self.inputs).items()}

    def everything(self, context: AppContext) -> set[Any]:
        """What an event that looks at the form brings along."""
        states = {self.pictures.chosen, self.pictures.told}
        return {*self.inputs.all(), context.session, *states}

    def ahead(self) -> list[Any]:
        """What changes when the form is looked at."""
        return [*self.action.all(), self.can]


def build_edit() -> EditTab:
    """Lay the tab out."""
    with gr.Column(**NAMES("decide")):
        return EditTab(*build_form())


def wire_edit(context: AppContext, stage: Stage, tab: EditTab) -> list[Any]:
    """Connect the controls, the pictures, the button and the stage. Returns the events after which
    a job has ended."""
    ins, everything = tab.inputs, tab.everything(context)

    async def read(data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        form = tab.form(data)
        line = read_line(form["prompt"], TASK, keys)
        return _asked(form, line, keys, await read_pictures(form["pictures"], _uploads()))

    async def read_ahead(data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        form = tab.form(data)
        taken, _, _ = await sort_out(form["pictures"], _uploads())
        line = read_line(form["prompt"], TASK, keys)
        return _asked(form, line, keys, taken or (STAND_IN,))

    async def look_ahead(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        form = tab.form(data)
        taken, _, _ = await sort_out(form["pictures"], _uploads())
        return await foresee(context, tab, form, taken, data[context.session], keys)

    async def take_stock(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        form = tab.form(data)
        taken, paths, refused = await sort_out(form["pictures"], _uploads())
        ahead = await foresee(context, tab, form, taken, data[context.session], keys)
        return settle(tab.pictures, data, paths, refused) | ahead

    async def follow_model(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        return refit(tab, tab.form(data), keys) | {tab.line.moved: anew()}

    async def take(data: Update, keys: Keyring) -> Update:
        return obey(tab, data, keys)

    # A blank prompt changes nothing of what is told, and telling it at every letter costs.
    watched = [each for each in ins.all() if each not in (ins.prompt, ins.pictures)]
    stock = [*tab.pictures.all(), *tab.ahead()]
    for event in wire_pictures(tab.pictures):
        event.then(take_stock, everything, stock, **LATEST)
    ins.pictures.change(take_stock, everything, stock, **LATEST)
    refits = [ins.model.input, ins.resolution.input]
    others = [each for each in watched if each not in (ins.model, ins.resolution)]
    moments = [*by_hand(*others), tab.line.moved.change, ins.prompt.blur, tab.line.peek.click]
    gr.on(moments, look_ahead, everything, tab.ahead(), **LATEST)
    gr.on(refits, follow_model, everything, [*watched, tab.more, tab.line.moved], **LATEST)
    look = (look_ahead, everything, tab.ahead())
    changed = (*watched, ins.prompt, *tab.line.parts(), tab.more)
    taking = Taking(ins.prompt, tab.line, take, frozenset({*everything, tab.line.about}), changed)
    form = tuple(ins.all())
    parts = tab.action.translating
    go = tab.action.go
    tool = Tool(context, stage, TASK, go, form, ins.model, read, ins.seed, taking, parts)
    if parts:
        wire_translating(context, TASK, parts, read_ahead, everything, look)
    ended = tool.wire()
    for event in ended:
        event.then(*look, **LATEST)
    wire_line(context, taking)
    wire_earlier(context, tab.earlier, ins.prompt, look, *(event.then for event in ended))
    return ended


async def refresh_edit(context: AppContext, tab: EditTab, data: Update, keys: Keyring) -> Update:
    """The tab as the keys and the session now stand."""
    session, form = data[context.session], tab.form(data)
    taken, _, _ = await sort_out(form["pictures"], _uploads())
    fitted = refit(tab, form, keys)
    form = settled(form, vars(tab.inputs), fitted)
    ahead = await foresee(context, tab, form, taken, session, keys)
    return fitted | ahead


def refreshed_edit(tab: EditTab) -> list[Any]:
    """What `refresh_edit` changes."""
    return [*tab.inputs.all()[2:], tab.more, *tab.ahead()]


async def foresee(
    context: AppContext,
    tab: EditTab,
    form: dict[str, Any],
    taken: list[UploadedPicture],
    session: Session,
    keys: Keyring,
) -> Update:
    """The button, the lines about who answers and what leaves, for the form as it stands."""
    line = read_line(form["prompt"], TASK, keys)

    async def read() -> tuple[str, UserRequest]:
        usual = EXAMPLES["join" if len(taken) > 1 else "grey"][0]
        worded = replace(line, prompt=line.prompt.strip() or usual)
        return _asked(form, worded, keys, taken or (STAND_IN,))

    policy = Policy(session.limits.max_price, session.limits.patience)
    name = model_of(line, form, TASK, keys)
    ahead = await preview(context.studio, TASK, name, read(), keys, policy, session)
    return tell_ahead(tab.action, ahead) | {tab.can: can(ahead.model)}


def can(model: Model | None) -> str:
    """What Easel's own editor understands, with examples, where it is the one who would answer."""
    if model is None or provider_of(model).needs_key:
        return ""
    every = abilities()
    few = "".join(f"<li>{escape(each)}</li>" for each in every[FIRST : FIRST + FEW])
    rest = [*every[:FIRST], *every[FIRST + FEW :]]
    more = "".join(f"<li>{escape(each)}</li>" for each in rest)
    return (
        f'<div class="hint can"><p>{say("edit.can.title")}</p><ul>{few}</ul>'
        f"<details><summary>{say('edit.can.more')}</summary><ul>{more}</ul></details></div>"
    )


def refit(tab: EditTab, form: dict[str, Any], keys: Keyring) -> Update:
    """Show what the chosen model has; keep what is still legal, the prompt always."""
    params = params_of(str(form["model"] or AUTO), keys, TASK)
    fitted = updates(params, form) | {"shape": _shapes(params, form)}
    models = gr.update(choices=model_choices(keys, TASK))
    more = gr.update(visible=any(name in params for name in FOLDED))
    return {tab.inputs.model: models, tab.more: more} | {
        getattr(tab.inputs, name): update
        for name, update in fitted.items()
        if hasattr(tab.inputs, name)
    }


def _shapes(params: dict[str, Param], form: dict[str, Any]) -> Any:
    """As the picture, which is what a blank means unless the model has a default of its own."""
    ratio = params.get("aspect_ratio")
    if ratio is None:
        return gr.update(visible=False)
    usual = str(ratio.default or "")
    told = say("edit.shape.default", ratio=usual) if usual else say("edit.shape.same")
    named = [(" · ".join(label.split("\n")), each) for label, each in shape_choices(params, form)]
    choices = [(told, ""), *named]
    kept = form["shape"] if form["shape"] in [each for _, each in choices] else ""
    new = {} if kept == form["shape"] else {"value": kept}
    return gr.update(choices=choices, visible=True, **new)


def obey(tab: EditTab, data: Update, keys: Keyring) -> Update:
    """Put the line that was typed into the controls."""
    form = tab.form(data)
    line = read_line(form["prompt"], TASK, keys)
    if no_line(form, "prompt", line):
        return tab.line.past(data, form["prompt"])
    placed = place(
        line,
        "prompt",
        form,
        lambda each: params_of(str(each["model"] or AUTO), keys, TASK),
        TASK,
        keys,
    )
    fitted, controls = refit(tab, placed.form, keys), vars(tab.inputs)
    if {*placed.changed} & {*FOLDED, "exact"}:
        fitted[tab.more] = {**fitted[tab.more], "open": True}
    named = {name: fitted.pop(it) for name, it in controls.items() if it in fitted}
    set_ = {controls[name]: update for name, update in placed.updates(named).items()}
    return set_ | fitted | tab.line.told(placed)


def _asked(
    form: dict[str, Any],
    line: Line,
    keys: Keyring,
    pictures: tuple[UploadedPicture | InputPicture, ...] | list[UploadedPicture],
) -> tuple[str, UserRequest]:
    """Who is asked and what, by the form and the line in it. Raises `InvalidInput` for what no
    model at all could do."""
    model = model_of(line, form, TASK, keys)
    if not pictures:
        raise InvalidInput(say("edit.none"), field="pictures", advice=say("edit.none.advice"))
    most = _most(model)
    if len(pictures) > most:
        told = say("edit.many", count=len(pictures), most=most)
        advice = say("edit.many.advice", count=len(pictures) - most)
        raise InvalidInput(told, field="pictures", advice=advice)
    settings = merge(line, settings_of(form, params_of(model, keys, TASK)))
    may = may_translate(line, form)
    notes = line.notes
    return model, read_request(line.prompt, settings, pictures, TASK, notes=notes, translate=may)


def _most(name: str) -> int:
    """How many pictures a model takes; for Auto, how many Easel takes at all."""
    model = MODELS.get(name)
    return min(model.most_pictures, MOST_PICTURES) if model else MOST_PICTURES


def _uploads() -> Path:
    return upload_folder()
