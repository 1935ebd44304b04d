"""The Face swap tab: whose face, in which picture, with whose consent."""

from __future__ import annotations

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
from ui.form import build_controls, model_box
from ui.forms.action import build_action, look_ahead_at
from ui.forms.controls import Form, settings_of, settled
from ui.forms.face_box import FaceBox, build_face_box, look
from ui.forms.task_tab import Parts, Taken, TaskTab
from ui.forms.uploads import read_pictures
from ui.listeners import LATEST
from ui.money import verb
from ui.names import Names, Update

NAMES = Names("swap")
IDS = {"output_format": "format"}
# What the price is told for before the pictures are there.
STANDING = InputPicture("", b"", "image/jpeg", 1024, 1024)


class SwapTab(TaskTab):
    """What is special: two pictures with faces in them, and a consent."""

    task = Task.FACE_SWAP
    words = ""
    pictures = ("source", "target")
    apart = ("source_face", "target_face")

    def __init__(self, context: AppContext, parts: Parts, *boxes: FaceBox) -> None:
        super().__init__(context, parts)
        self.boxes = boxes

    async def take(self, form: Form) -> Taken:
        """Its pictures are read where their faces are looked for."""
        return Taken()

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed."""
        form, session = self.form(data), data[self.context.session]
        session.consent = bool(form["consent"])
        check_consent(self.task, session)
        return str(form["model"] or AUTO), await self._asked(form, session, keys)

    async def follow(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The controls, the button and the lines about who answers; the button is closed while a
        picture cannot be used."""
        session, form = data[self.context.session], self.form(data)
        keys = self.context.keys(session, request, token)
        update = self._fitted(form, keys, Taken())
        form = settled(form, self.controls, update)
        name = str(form["model"] or AUTO)
        asked, wrong = await self._seen(form, session, keys)

        action, context = self.action, self.context
        read = _asked_or_raise(name, asked, wrong)
        ahead = await look_ahead_at(context, self.task, action, name, read, session, keys)
        if wrong:
            ahead[action.go] = gr.update(value=verb(self.task), interactive=False)
            return update | ahead
        policy = Policy(session.limits.max_price, session.limits.patience)
        try:
            candidate = await context.studio.choose(self.task, name, asked, keys, policy)
        except StudioError:  # told already
            return update | ahead
        ahead[action.who] += _licence(candidate)
        ahead[action.hint] += _leaves(candidate, asked, session)
        return update | ahead

    def watch_pictures(self) -> None:
        """Look for faces as soon as a picture is there."""
        for name, box in zip(self.pictures, self.boxes, strict=True):
            finder = Finder(self.context, box)
            sent, found = {box.picture, self.context.session}, [box.found, box.face]
            looked = self.controls[name].change(finder.find, sent, found, **LATEST)
            looked.then(*self.listener, **LATEST)

    async def _seen(
        self, form: Form, session: Session, keys: Keyring
    ) -> tuple[UserRequest, StudioError | None]:
        """What the form asks as far as it is filled in, and what is wrong with it."""
        asked = read_request("", self._settings(form, keys), (STANDING, STANDING), self.task)
        try:
            if form["source"] and form["target"]:
                return await self._asked(form, session, keys), None
            if value := form["source"] or form["target"]:  # with itself, for want of the other
                (taken,) = await read_pictures(value, self.context.studio.folder)
                await ask_swap(taken, taken, known=session.cache.faces)
        except InvalidInput as error:
            return asked, error
        return asked, None

    async def _asked(self, form: Form, session: Session, keys: Keyring) -> UserRequest:
        """What the form asks. Raises `InvalidInput` for what is missing or without a face."""
        for name in self.pictures:
            if not form[name]:
                raise InvalidInput(say(f"swap.missing.{name}"), field=name)
        folder, settings = self.context.studio.folder, self._settings(form, keys)
        (source,) = await read_pictures(form["source"], folder)
        (target,) = await read_pictures(form["target"], folder)
        numbers = form["source_face"], form["target_face"]
        return await ask_swap(source, target, *numbers, settings, session.cache.faces)

    def _settings(self, form: Form, keys: Keyring) -> dict[str, Any]:
        """The settings that the chosen model has."""
        return settings_of({name: form[name] for name in self.folded}, self.params(form, keys))


class Finder:
    """Tells which faces are in the picture of one box."""

    def __init__(self, context: AppContext, box: FaceBox) -> None:
        self.context, self.box = context, box

    async def find(self, data: Update, request: gr.Request) -> Update:
        """Look for faces; nothing leaves the machine."""
        session, box = data[self.context.session], self.box
        self.context.meet(session, request)
        return await look(box, data[box.picture], self.context.studio.folder, session.cache.faces)


def build_swap(context: AppContext) -> SwapTab:
    """Lay it out, the pictures first; what few people need is folded."""
    row = TASKS[Task.FACE_SWAP]
    with gr.Column(**NAMES("decide")):
        source = build_face_box(NAMES, "source", say("swap.source"))
        target = build_face_box(NAMES, "target", say("swap.target"))
        consent = gr.Checkbox(False, label=say("swap.consent"), **NAMES("consent"))
        model, who = model_box(NAMES), gr.HTML(**NAMES("who"))
        with gr.Accordion(say("swap.more"), open=False, **NAMES("more")) as more:
            folded = build_controls(NAMES, row.folded, {}, IDS, shown=True)
        action = build_action(NAMES, who, verb(row.task))
    pictures = {"source": source.picture, "target": target.picture}
    faces = {"source_face": source.face, "target_face": target.face}
    controls = pictures | faces | {"consent": consent, "model": model} | folded
    return SwapTab(context, Parts(controls, action, more), source, target)


async def _asked_or_raise(
    name: str, asked: UserRequest, wrong: StudioError | None
) -> tuple[str, UserRequest]:
    """Who is asked and what, unless something is wrong with it."""
    if wrong:
        raise wrong
    return name, asked


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
