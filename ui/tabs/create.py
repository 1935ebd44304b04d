"""The Create tab: decide on the left, see the picture on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from i18n import say
from providers.schema import Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.prompts.quick_line import Line, merge, read_line
from studio.request import UserRequest, read_request
from studio.routing import AUTO
from studio.session import Session
from ui.context import AppContext
from ui.controls import (
    EXACT_SIZES,
    model_choices,
    params_of,
    settings_of,
    updates,
)
from ui.earlier import Earlier, build_earlier, wire_earlier
from ui.line import LineBox, Taking, build_line, model_of, no_line, place, wire_line
from ui.listeners import LATEST, QUIET, anew, by_hand
from ui.making import Maker, look_ahead_at
from ui.money import verb
from ui.stage import Action, Names, Stage, Update, build_action, build_stage
from ui.translating import build_translating, may_translate, wire_translating

NAMES = Names()
TASK = Task.TEXT_TO_IMAGE
FOLDED = ("exact", *TASKS[TASK].folded)


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides. Names are those of the form."""

    prompt: gr.Textbox
    translate: gr.Checkbox
    model: gr.Dropdown
    shape: gr.Radio
    resolution: gr.Radio
    num_images: gr.Radio
    exact: gr.Dropdown
    seed: gr.Textbox
    negative_prompt: gr.Textbox
    num_inference_steps: gr.Textbox
    guidance_scale: gr.Textbox
    quality: gr.Radio
    output_format: gr.Radio

    def all(self) -> list[Any]:
        """Every control, in order."""
        return list(vars(self).values())


@dataclass(frozen=True)
class CreateTab:
    """The tab's parts, for the other tabs to act on. `more`: where controls are folded."""

    inputs: Inputs
    line: LineBox
    earlier: Earlier
    more: gr.Accordion
    action: Action
    stage: Stage

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in vars(self.inputs).items()}


def build_create(context: AppContext, spend: gr.HTML) -> CreateTab:
    """Lay the tab out and wire it."""
    with gr.Row(elem_id="create", elem_classes="workbench"):
        with gr.Column(min_width=320, **NAMES("decide")):
            inputs, line, earlier, more, action = _decide()
        with gr.Column(min_width=320, **NAMES("see")):
            stage = build_stage(NAMES, action.go, spend)
    tab = CreateTab(inputs, line, earlier, more, action, stage)
    _wire(context, tab)
    return tab


def _decide() -> tuple[Inputs, LineBox, Earlier, gr.Accordion, Action]:
    """What a person decides, most important first; the rest is folded."""
    prompt = gr.Textbox(
        label=say("create.prompt"),
        placeholder=say("create.prompt.hint"),
        lines=4,
        max_lines=12,
        elem_id="prompt",
        autofocus=True,
    )
    line, translating = build_line(NAMES), build_translating(NAMES)
    earlier = build_earlier(NAMES)
    model = gr.Dropdown(
        [(say("who.auto"), AUTO)], value=AUTO, label=say("create.model"), elem_id="model"
    )
    who = gr.HTML(**NAMES("who"))
    shape = gr.Radio([], value=None, label=say("create.shape"), elem_id="shape", visible=False)
    with gr.Row(elem_classes="pair"):
        resolution = gr.Radio([], label=say("create.resolution"), elem_id="resolution")
        num_images = gr.Radio([1], value=1, label=say("create.num_images"), elem_id="num-images")
    more, folded = _more()
    action = build_action(NAMES, who, verb(TASK), translating)
    inputs = Inputs(prompt, translating.first, model, shape, resolution, num_images, *folded)
    return inputs, line, earlier, more, action


def _more() -> tuple[gr.Accordion, tuple[Any, ...]]:
    """The controls few people need."""
    with gr.Accordion(say("create.more"), open=False, elem_id="more") as more:
        exact = gr.Dropdown(
            [(say("create.preset.none"), ""), *((s.replace("x", " × "), s) for s in EXACT_SIZES)],
            value="",
            allow_custom_value=True,
            label=say("create.preset"),
            info=say("create.preset.hint"),
            elem_id="exact",
        )
        negative = gr.Textbox(label=say("create.negative_prompt"), lines=2, elem_id="negative")
        seed = _number_box("seed", info=say("create.seed.hint"))
        with gr.Row(elem_classes="pair"):
            steps = _number_box("num_inference_steps")
            guidance = _number_box("guidance_scale")
        quality = gr.Radio([], label=say("create.quality"), elem_id="quality")
        output = gr.Radio([], label=say("create.output_format"), elem_id="format")
    return more, (exact, seed, negative, steps, guidance, quality, output)


def _number_box(name: str, info: str | None = None) -> gr.Textbox:
    """A box for a number that may stay blank; gr.Number would turn blank into 0."""
    return gr.Textbox(
        label=say(f"create.{name}"),
        info=info,
        lines=1,
        max_lines=1,
        elem_id=name.replace("_", "-"),
        html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
    )


def _wire(context: AppContext, tab: CreateTab) -> None:
    """Connect the controls, the button and the stage."""
    ins, action = tab.inputs, tab.action
    everything = {*ins.all(), context.session}

    async def read(data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        form = tab.form(data)
        return _asked(form, read_line(form["prompt"], TASK, keys), keys)

    async def look_ahead(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        return await foresee(context, tab, tab.form(data), data[context.session], keys)

    async def follow_model(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        return refit(tab, tab.form(data), keys) | {tab.line.moved: anew()}

    async def take(data: Update, keys: Keyring) -> Update:
        return obey(tab, data, keys)

    watched = [control for control in ins.all() if control is not ins.prompt]
    refits = [ins.model.input, ins.resolution.input]
    others = [each for each in watched if each not in (ins.model, ins.resolution)]
    gr.on(
        [*by_hand(*others), tab.line.moved.change, ins.prompt.blur, tab.line.peek.click],
        look_ahead,
        everything,
        action.all(),
        **LATEST,
    )
    gr.on(refits, follow_model, everything, [*watched, tab.line.moved], **LATEST)
    look = (look_ahead, everything, action.all())
    changed = (*ins.all(), *tab.line.parts(), tab.more)
    taking = Taking(ins.prompt, tab.line, take, frozenset({*everything, tab.line.about}), changed)
    form = tuple(ins.all())
    parts = action.translating
    maker = Maker(context, TASK, tab.stage, form, ins.model, read, taking, parts)
    if parts:
        wire_translating(context, TASK, parts, read, everything, look)
    renew = tab.stage.again.click(blank_seed, None, ins.seed, **QUIET)
    ended = maker.wire(action.go.click, renew.then)
    for event in ended:
        event.then(*look, **LATEST)
    wire_line(context, taking)
    wire_earlier(context, tab.earlier, ins.prompt, look, *(event.then for event in ended))


async def foresee(
    context: AppContext, tab: CreateTab, form: dict[str, Any], session: Session, keys: Keyring
) -> Update:
    """The button and the lines about who answers, for the form as it stands."""
    line = read_line(form["prompt"], TASK, keys)

    async def read() -> tuple[str, UserRequest]:
        return _asked(form, replace(line, prompt=line.prompt.strip() or "…"), keys)

    name = model_of(line, form, TASK, keys)
    return await look_ahead_at(context, TASK, tab.action, name, read(), session, keys)


def _asked(form: dict[str, Any], line: Line, keys: Keyring) -> tuple[str, UserRequest]:
    """Who is asked and what, by the form and the line in it."""
    model = model_of(line, form, TASK, keys)
    settings = merge(line, settings_of(form, params_of(model, keys)))
    return model, read_request(
        line.prompt, settings, notes=line.notes, translate=may_translate(line, form)
    )


def obey(tab: CreateTab, data: Update, keys: Keyring) -> Update:
    """Put the line that was typed into the controls."""
    form = tab.form(data)
    line = read_line(form["prompt"], TASK, keys)
    if no_line(form, "prompt", line):
        return tab.line.past(data, form["prompt"])
    placed = place(
        line, "prompt", form, lambda each: params_of(str(each["model"] or AUTO), keys), TASK, keys
    )
    fitted = {"model": gr.update(choices=model_choices(keys))}
    fitted |= updates(params_of(str(placed.form["model"] or AUTO), keys), placed.form)
    unfold = {tab.more: gr.update(open=True)} if {*placed.changed} & {*FOLDED} else {}
    set_ = {getattr(tab.inputs, name): up for name, up in placed.updates(fitted).items()}
    return set_ | unfold | tab.line.told(placed)


def refit(tab: CreateTab, form: dict[str, Any], keys: Keyring) -> Update:
    """Show what the chosen model has; keep what is still legal, the prompt always."""
    fitted = updates(params_of(str(form["model"] or AUTO), keys), form)
    models = gr.update(choices=model_choices(keys))
    return {tab.inputs.model: models} | {
        getattr(tab.inputs, name): update for name, update in fitted.items()
    }


def blank_seed() -> str:
    """The seed's box, emptied: a new one will be drawn."""
    return ""
