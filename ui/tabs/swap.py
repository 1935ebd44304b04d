"""The Face swap tab: whose face, in which picture, with whose consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from providers.catalogue import provider_of
from providers.inputs import InputPicture
from providers.schema import Task
from providers.tasks import TASKS
from studio.consent import check_consent
from studio.face_swap import ask_swap
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest, read_request
from studio.routing import AUTO, Candidate
from studio.session import Session
from ui.context import AppContext
from ui.controls import model_choices, params_of, settings_of, updates
from ui.face_box import FaceBox, build_face_box, look
from ui.listeners import LATEST, by_hand
from ui.making import Maker, look_ahead_at
from ui.money import verb
from ui.stage import Action, Names, Stage, Update, build_action, build_stage
from ui.strip import film
from ui.uploads import read_pictures

NAMES = Names("swap")
TASK = Task.FACE_SWAP
RARE = TASKS[TASK].folded
# What the price is told for before the pictures are there.
STANDING = InputPicture("", b"", "image/jpeg", 1024, 1024)


@dataclass(frozen=True)
class Inputs:
    """The controls, in the order a person decides."""

    source: FaceBox
    target: FaceBox
    consent: gr.Checkbox
    model: gr.Dropdown
    num_images: gr.Radio
    seed: gr.Textbox
    output_format: gr.Radio

    def named(self) -> dict[str, Any]:
        """Every control that holds a value, by the name its value has in the form."""
        rest = {name: getattr(self, name) for name in ("consent", "model", *RARE)}
        source, target = self.source, self.target
        pictures = {"source": source.picture, "target": target.picture}
        return {**pictures, "source_face": source.face, "target_face": target.face, **rest}


@dataclass(frozen=True)
class SwapTab:
    """The tab's parts."""

    inputs: Inputs
    action: Action
    stage: Stage

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in self.inputs.named().items()}


def build_swap(context: AppContext, spend: gr.HTML, *refits: Callable[..., Any]) -> SwapTab:
    """Lay the tab out and wire it. `refits`: what changes which models can be asked, such as the
    tab being opened."""
    with gr.Row(elem_id="swap", elem_classes="workbench"):
        with gr.Column(min_width=320, **NAMES("decide")):
            inputs, action = _decide()
        with gr.Column(min_width=320, **NAMES("see")):
            stage = build_stage(NAMES, action.go, spend, say("swap.empty.hint"))
            stage.again.visible = False  # most models here have no seed
    tab = SwapTab(inputs, action, stage)
    _wire(context, tab, refits)
    return tab


def _decide() -> tuple[Inputs, Action]:
    """What a person decides, the pictures first; the rest is folded."""
    source = build_face_box(NAMES, "source", say("swap.source"))
    target = build_face_box(NAMES, "target", say("swap.target"))
    consent = gr.Checkbox(False, label=say("swap.consent"), **NAMES("consent"))
    model = gr.Dropdown(
        [(say("who.auto"), AUTO)], value=AUTO, label=say("create.model"), **NAMES("model")
    )
    who = gr.HTML(**NAMES("who"))
    with gr.Accordion(say("swap.more"), open=False, **NAMES("more")):
        count = gr.Radio([1], value=1, label=say("create.num_images"), **NAMES("num-images"))
        seed = gr.Textbox(
            label=say("create.seed"),
            info=say("create.seed.hint"),
            lines=1,
            max_lines=1,
            html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            **NAMES("seed"),
        )
        output = gr.Radio([], label=say("create.output_format"), **NAMES("format"))
    action = build_action(NAMES, who, verb(TASK))
    return Inputs(source, target, consent, model, count, seed, output), action


def _wire(context: AppContext, tab: SwapTab, refits: tuple[Callable[..., Any], ...]) -> None:
    """Connect the boxes, the controls, the button and the stage."""
    ins, action, stage = tab.inputs, tab.action, tab.stage
    controls = tuple(ins.named().values())
    everything = {*controls, context.session}
    rare = [getattr(ins, name) for name in RARE]

    async def read(data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        form, session = tab.form(data), data[context.session]
        session.consent = bool(form["consent"])
        check_consent(TASK, session)
        return str(form["model"] or AUTO), await _asked(context, form, session, keys)

    async def look_ahead(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        session = data[context.session]
        return await foresee(
            context, tab, tab.form(data), session, context.keys(session, request, token)
        )

    async def refit(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        session = data[context.session]
        keys, form = context.keys(session, request, token), tab.form(data)
        fitted = updates(params_of(str(form["model"] or AUTO), keys, TASK), form)
        models = gr.update(choices=model_choices(keys, TASK))
        rest = {getattr(ins, name): fitted[name] for name in RARE}
        return {ins.model: models, stage.film: film(session), **rest}

    fitted = [ins.model, stage.film, *rare]
    moments = (*refits, ins.model.input)
    refitted = [moment(refit, everything, fitted, **LATEST) for moment in moments]
    watched = [ins.source.face, ins.target.face, *rare]
    gr.on(by_hand(*watched), look_ahead, everything, action.all(), **LATEST)
    looked = [_look_at(context, box) for box in (ins.source, ins.target)]
    maker = Maker(context, TASK, stage, controls, ins.model, read)
    for event in (*refitted, *looked, *maker.wire(action.go.click)):
        event.then(look_ahead, everything, action.all(), **LATEST)


def _look_at(context: AppContext, box: FaceBox) -> Any:
    """Look for faces as soon as a picture is there; the event after which that is done."""

    async def found(data: Update, request: gr.Request) -> Update:
        session = data[context.session]
        context.meet(session, request)
        return await look(box, data[box.picture], context.studio.folder, session.cache.faces)

    return box.picture.change(
        found, {box.picture, context.session}, [box.found, box.face], **LATEST
    )


async def foresee(
    context: AppContext, tab: SwapTab, form: dict[str, Any], session: Session, keys: Keyring
) -> Update:
    """The button and the lines about who answers; closed while a picture cannot be used."""
    wrong: StudioError | None = None
    user_request = UserRequest("")
    try:
        if form["source"] and form["target"]:
            user_request = await _asked(context, form, session, keys)
        else:
            user_request = read_request("", _settings(form, keys), (STANDING, STANDING), TASK)
            await _check_alone(context, form, session)
    except InvalidInput as error:
        wrong = error

    name, action = str(form["model"] or AUTO), tab.action

    async def read() -> tuple[str, UserRequest]:
        if wrong:
            raise wrong
        return name, user_request

    ahead = await look_ahead_at(context, TASK, action, name, read(), session, keys)
    if wrong:
        return ahead | {action.go: gr.update(value=verb(TASK), interactive=False)}
    policy = Policy(session.limits.max_price, session.limits.patience)
    try:
        candidate = await context.studio.choose(TASK, name, user_request, keys, policy)
    except StudioError:  # told already
        return ahead
    ahead[action.who] += _licence(candidate)
    ahead[action.hint] += _leaves(candidate, user_request, session)
    return ahead


async def _asked(
    context: AppContext, form: dict[str, Any], session: Session, keys: Keyring
) -> UserRequest:
    """What the form asks. Raises `InvalidInput` for what is missing or without a face."""
    for name in ("source", "target"):
        if not form[name]:
            raise InvalidInput(say(f"swap.missing.{name}"), field=name)
    folder, settings = context.studio.folder, _settings(form, keys)
    (source,) = await read_pictures(form["source"], folder)
    (target,) = await read_pictures(form["target"], folder)
    numbers = form["source_face"], form["target_face"]
    return await ask_swap(source, target, *numbers, settings, session.cache.faces)


async def _check_alone(context: AppContext, form: dict[str, Any], session: Session) -> None:
    """Whether the one picture that is there can be used; with itself, for want of the other."""
    if value := form["source"] or form["target"]:
        (taken,) = await read_pictures(value, context.studio.folder)
        await ask_swap(taken, taken, known=session.cache.faces)


def _settings(form: dict[str, Any], keys: Keyring) -> dict[str, Any]:
    """The rare controls that the chosen model has."""
    params = params_of(str(form["model"] or AUTO), keys, TASK)
    return settings_of({name: form[name] for name in RARE}, params)


def _licence(candidate: Candidate) -> str:
    """What the model's makers allow, and what is known of how it works."""
    model = candidate.model
    return _note(say("swap.licence", licence=model.licence)) + _note(model.notes)


def _leaves(candidate: Candidate, user_request: UserRequest, session: Session) -> str:
    """That only the face's part of the source leaves, where faces can be found here."""
    provider = provider_of(candidate.model)
    if not provider.needs_key or not user_request.originals:
        return ""
    return _note(
        say("swap.leaves" if session.cache.faces else "swap.leaves.whole", who=provider.title)
    )


def _note(text: str) -> str:
    return f'<p class="hint">{escape(text)}</p>' if text else ""
