"""What every tool's tab does with its form: it follows the model and the pictures, tells the price,
takes a quick line, and becomes a request when the button is pressed.

A tab is a subclass that says what is special about its task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

import gradio as gr

from errors import StudioError
from i18n import say
from providers.catalogue import MODELS, models_for
from providers.inputs import InputPicture
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.quick_line import Line, merge, read_line
from studio.request import UserRequest, read_request
from studio.routing import AUTO, obstacle
from studio.session import Session
from studio.uploads import UploadedPicture
from ui.context import AppContext
from ui.form import control_names, control_updates
from ui.forms.action import Action, tell_ahead
from ui.forms.controls import Form, model_choices, params_of, settings_of, settled
from ui.forms.earlier import Earlier, wire_earlier
from ui.forms.line import LineBox, Taking, model_of, no_line, place
from ui.forms.preview import Preview, about, preview
from ui.forms.translating import TranslateNow, may_translate, tell, wire_translating
from ui.forms.uploads import read_pictures
from ui.listeners import LATEST, Listener, by_hand
from ui.names import Update
from ui.runner import Tool
from ui.stage import Stage

Given = Sequence[UploadedPicture | InputPicture]


@dataclass(frozen=True)
class Taken:
    """A form's pictures as they were taken in, or what is wrong with them."""

    pictures: tuple[UploadedPicture, ...] = ()
    error: StudioError | None = None
    # Where several may be given: the files that were taken, and why the others were not.
    paths: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the first one."""
        return (self.pictures[0].width, self.pictures[0].height) if self.pictures else None


@dataclass(frozen=True)
class Parts:
    """What a tab is made of."""

    # By the names of the form, in the order a person decides.
    controls: Mapping[str, Any]
    action: Action
    # Where the controls that few people need are folded.
    more: gr.Accordion
    # What stands under the box for words, where there is one.
    line: LineBox | None = None
    earlier: Earlier | None = None


class TaskTab:
    """One tool's form on the page."""

    task: ClassVar[Task]
    # The name of the control for words, "" for none; and of those for pictures.
    words: ClassVar[str] = "prompt"
    pictures: ClassVar[tuple[str, ...]] = ()
    # The settings whose controls do not follow the model.
    apart: ClassVar[tuple[str, ...]] = ()
    # The settings that Auto is held to; any other is asked of Auto only where all within reach have
    # it. None: Auto offers what any within reach has.
    held: ClassVar[tuple[str, ...] | None] = None

    def __init__(self, context: AppContext, parts: Parts) -> None:
        self.context = context
        self.controls = parts.controls
        self.action = parts.action
        self.more = parts.more
        self.line = parts.line
        self.earlier = parts.earlier
        self.folded = control_names(TASKS[self.task].folded)

    # What a tab may say otherwise.

    async def take(self, form: Form) -> Taken:
        """The pictures of the form."""
        values = [form[name] for name in self.pictures]
        try:
            return Taken(await read_pictures(values, self.context.studio.folder))
        except StudioError as error:
            return Taken(error=error)

    async def ask(
        self, form: Form, keys: Keyring, line: Line, pictures: Given, session: Session
    ) -> tuple[str, UserRequest]:
        """Who is asked and what, by the form and the line in its words. Raises what is wrong."""
        model = model_of(line, form, self.task, keys)
        settings = merge(line, settings_of(form, self.params({**form, "model": model}, keys)))
        may, notes = may_translate(line, form), line.notes
        return model, read_request(
            line.prompt, settings, pictures, self.task, notes=notes, translate=may
        )

    def stand_in(self, line: Line, taken: Taken) -> tuple[Line, Given]:
        """What the price is told for, where something is not given yet. Blank words change nothing
        of it."""
        prompt = TASKS[self.task].prompt
        words = line.prompt.strip() or ("…" if prompt and not prompt.optional else "")
        return replace(line, prompt=words), taken.pictures

    def fit(
        self, form: Form, params: Mapping[str, Param], rows: Sequence[Model], taken: Taken
    ) -> Update:
        """Updates by name for the controls of its own."""
        return {}

    def waits(self, taken: Taken) -> bool:
        """Whether nothing can be told yet."""
        return bool(self.pictures) and not taken.pictures and not taken.error

    def watch_pictures(self) -> None:
        """Look at the form again when a picture was given or taken away."""
        for name in self.pictures:
            self.controls[name].change(*self.listener, **LATEST)

    def told(self, ahead: Preview, form: Form, taken: Taken) -> Update:
        """What else is told before the press."""
        return {}

    def own(self) -> list[Any]:
        """The parts that it changes besides."""
        return []

    # The same for all.

    @property
    def sent(self) -> set[Any]:
        """What an event brings along."""
        return {*self.controls.values(), self.context.session}

    @property
    def followed(self) -> list[Any]:
        """What changes with the form."""
        return [*self._fitted_controls(), self.more, *self.action.all(), *self.own()]

    @property
    def listener(self) -> Listener:
        """What tells how the form now stands."""
        return self.follow, self.sent, self.followed

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in self.controls.items()}

    def rows(self, form: Form, keys: Keyring) -> list[Model]:
        """The models that may be asked: the one chosen, or for Auto all that have a key and what it
        is held to."""
        name = str(form["model"] or AUTO)
        if name in MODELS:
            return [MODELS[name]]
        rows = [model for model in models_for(self.task) if not obstacle(model, keys)]
        return [row for row in rows if all(_takes(row, form, name) for name in self.held or ())]

    def params(self, form: Form, keys: Keyring) -> dict[str, Param]:
        """The settings in force."""
        params = params_of(str(form["model"] or AUTO), keys, self.task)
        if self.held is None:
            return params
        rows, held = self.rows(form, keys), self.held
        everywhere = (name for name in params if all(row.param(name) for row in rows))
        kept = {*held, *everywhere}
        return {name: param for name, param in params.items() if name in kept}

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed."""
        form = self.form(data)
        taken = await self.take(form)
        if taken.error:
            raise taken.error
        return await self.ask(
            form, keys, self._line(form, keys), taken.pictures, data[self.context.session]
        )

    async def read_ahead(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """The same before it is pressed."""
        form = self.form(data)
        return await self._ahead(form, keys, await self.take(form), data[self.context.session])

    async def follow(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The controls, the price and the lines about who answers, as the form now stands."""
        session, form = data[self.context.session], self.form(data)
        keys = self.context.keys(session, request, token)
        taken = await self.take(form)
        update = self._fitted(form, keys, taken)
        form = settled(form, self.controls, update)
        if self.waits(taken):
            return update | self._waiting(form)
        read = self._ahead(form, keys, taken, session)
        policy = Policy(session.limits.max_price, session.limits.patience)
        name = model_of(self._line(form, keys), form, self.task, keys)
        studio = self.context.studio
        ahead = await preview(studio, self.task, name, read, keys, policy, session)
        return update | tell_ahead(self.action, ahead) | self.told(ahead, form, taken)

    async def obey(self, data: Update, keys: Keyring) -> Update:
        """Put the line that was typed into the controls."""
        form = self.form(data)
        line = self._line(form, keys)
        if self.line is None:
            return {}
        if no_line(form, self.words, line):
            return self.line.past(data, form[self.words])
        placed = place(line, self.words, form, partial(self.params, keys=keys), self.task, keys)
        found = self._fitted(placed.form, keys, await self.take(placed.form))
        names = {name: found.pop(it) for name, it in self.controls.items() if it in found}
        controls = {self.controls[name]: up for name, up in placed.updates(names).items()}
        if {*placed.changed} & {*self.folded}:
            found[self.more] = {**found[self.more], "open": True}
        return controls | found | self.line.noted(placed)

    def wire(self, stage: Stage) -> None:
        """Connect the controls, the button and the stage."""
        apart = (self.words, *self.pictures)
        moments = by_hand(*(each for name, each in self.controls.items() if name not in apart))
        self.watch_pictures()
        taking, parts = self._taking(), self.action.translating
        if taking and self.line:
            moments += [self.line.moved.change, taking.words.blur, self.line.peek.click]
        gr.on(moments, *self.listener, **LATEST)
        if parts:
            now = TranslateNow(self.context, self.task, parts, self.read_ahead)
            wire_translating(now, self.sent, self.listener)
        tool = Tool(
            self.context,
            stage,
            self.task,
            self.action.go,
            form=tuple(self.controls.values()),
            model=self.controls["model"],
            read=self.read,
            seed=self.controls.get("seed"),
            line=taking,
            translating=parts,
        )
        ended = tool.wire()
        for event in ended:
            event.then(*self.listener, **LATEST)
        if taking and self.earlier:
            taking.wire()
            then = [event.then for event in ended]
            wire_earlier(self.context, self.earlier, taking.words, self.listener, *then)

    def _line(self, form: Form, keys: Keyring) -> Line:
        """The line in its words."""
        return read_line(form.get(self.words), self.task, keys)

    async def _ahead(
        self, form: Form, keys: Keyring, taken: Taken, session: Session
    ) -> tuple[str, UserRequest]:
        if taken.error:
            raise taken.error
        line, pictures = self.stand_in(self._line(form, keys), taken)
        return await self.ask(form, keys, line, pictures, session)

    def _fitted_controls(self) -> list[Any]:
        """The controls that follow the model."""
        given = (*self.pictures, "prompt", "translate")
        return [each for name, each in self.controls.items() if name not in given]

    def _fitted(self, form: Form, keys: Keyring, taken: Taken) -> Update:
        """Every control as the model and the pictures have it."""
        params, rows = self.params(form, keys), self.rows(form, keys)
        names = [
            name for name in control_names(TASKS[self.task].settings) if name not in self.apart
        ]
        found = {
            "model": gr.update(choices=model_choices(keys, self.task)),
            **control_updates(names, params, form),
            **self.fit(form, params, rows, taken),
        }
        updates = {self.controls[name]: update for name, update in found.items()}
        some = any(name in params for name in TASKS[self.task].folded)
        return updates | {self.more: gr.update(visible=some)}

    def _taking(self) -> Taking | None:
        """How a line is taken from the box for words, where there is one."""
        if self.line is None:
            return None
        given = [each for name, each in self.controls.items() if name not in self.pictures]
        changed = (*given, self.more, *self.line.parts())
        sent = frozenset({*self.sent, self.line.about})
        words = self.controls[self.words]
        return Taking(self.context, words, self.line, self.obey, sent, changed)

    def _waiting(self, form: Form) -> Update:
        """Before there is a picture."""
        chosen = MODELS.get(str(form["model"]))
        none = tell(self.action.translating, None) if self.action.translating else {}
        return none | {
            self.action.who: "",
            self.action.hint: f'<p class="hint">{say("picture.first")}</p>{about(chosen)}',
            self.action.go: gr.update(value=say(f"button.{self.task}"), interactive=False),
        }


def _takes(model: Model, form: Form, name: str) -> bool:
    """Whether a row has this setting, with the value that the form has for it."""
    param, value = model.param(name), form.get(name)
    return param is not None and (not param.choices or value in (None, "", *param.choices))
