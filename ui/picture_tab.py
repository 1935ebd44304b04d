"""What the tabs that start from one picture share: the form's way to what is asked, and the
controls that follow the model and the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from providers.catalogue import MODELS, models_for
from providers.schema import Model, Param, Task
from studio.keys import Keyring
from studio.prompts.quick_line import merge, read_line
from studio.request import UserRequest, read_request
from studio.routing import AUTO, obstacle
from studio.uploads import UploadedPicture
from ui.context import AppContext
from ui.controls import (
    Form,
    model_choices,
    params_of,
    settled,
)
from ui.earlier import Earlier, wire_earlier
from ui.line import LineBox, Taking, model_of, no_line, place, wire_line
from ui.listeners import LATEST, QUIET, by_hand
from ui.making import Maker, look_ahead_at
from ui.preview import about
from ui.setting_controls import setting_update
from ui.stage import Action, Names, Stage, Update
from ui.strip import film
from ui.tabs.create import blank_seed
from ui.translating import may_translate, tell, wire_translating
from ui.uploads import read_pictures

# What a tab's own controls are given to show: the form, the params in force, the rows within
# reach, and the picture's width and height where there is one.
Fit = Callable[[Form, Mapping[str, Param], Sequence[Model], "tuple[int, int] | None"], Update]


@dataclass(frozen=True)
class PictureTab:
    """One tab. `controls`: by the names of the form; among them "picture" and "model". `always`:
    the params that Auto is held to; any other is asked of Auto only where all within reach have
    it. `fit`: updates by name for the tab's own controls. `rare`: the names of the others, which
    `more` holds. `line`, `earlier`: what stands under the box for a wish, where there is one."""

    context: AppContext
    task: Task
    controls: Mapping[str, Any]
    always: tuple[str, ...]
    fit: Fit
    rare: tuple[str, ...]
    more: gr.Accordion
    action: Action
    stage: Stage
    line: LineBox | None = None
    earlier: Earlier | None = None

    @property
    def picture(self) -> Any:
        """Where the picture is given."""
        return self.controls["picture"]

    @property
    def sent(self) -> set[Any]:
        """What an event brings along."""
        return {*self.controls.values(), self.context.session}

    @property
    def followed(self) -> list[Any]:
        """What changes with the form."""
        fitted = [each for name, each in self.controls.items() if name != "picture"]
        return [*fitted, self.more, *self.action.all(), self.stage.film]

    def form(self, data: Update) -> dict[str, Any]:
        """The values of the controls by name."""
        return {name: data[control] for name, control in self.controls.items()}

    def within_reach(self, form: Form, keys: Keyring) -> list[Model]:
        """The rows that may be asked: the one chosen, or for Auto all that have a key and what it
        is held to."""
        name = str(form["model"] or AUTO)
        if name in MODELS:
            return [MODELS[name]]
        rows = [model for model in models_for(self.task) if not obstacle(model, keys)]
        return [model for model in rows if all(_takes(model, form, each) for each in self.always)]

    def params(self, form: Form, keys: Keyring) -> dict[str, Param]:
        """The params in force."""
        found = params_of(str(form["model"] or AUTO), keys, self.task)
        rows = self.within_reach(form, keys)
        return {
            name: param
            for name, param in found.items()
            if name in self.always or all(row.param(name) for row in rows)
        }

    def ask(
        self, form: Form, keys: Keyring, pictures: Sequence[UploadedPicture]
    ) -> tuple[str, UserRequest]:
        """Who is asked and what of these pictures, by the form and a line in its wish."""
        if not pictures:
            raise InvalidInput(say("picture.missing"), field="picture")
        line = read_line(form.get("wish"), self.task, keys)
        model = model_of(line, form, self.task, keys)
        form = {**form, "model": model}
        names = self.params(form, keys)
        settings = {name: form[name] for name in names if name in form}
        words = line.prompt if reads_words(self.within_reach(form, keys)) else ""
        merged = merge(line, settings)
        may = may_translate(line, form)
        return model, read_request(
            words, merged, pictures, self.task, notes=line.notes, translate=may
        )

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed."""
        form = self.form(data)
        pictures = await read_pictures(form["picture"], self.context.studio.folder)
        return self.ask(form, keys, pictures)

    async def follow(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The controls, the price and the lines about who answers, as the form now stands."""
        session, form = data[self.context.session], self.form(data)
        keys = self.context.keys(session, request, token)
        pictures, wrong = await self._taken(form)
        size = (pictures[0].width, pictures[0].height) if pictures else None
        update = self._fitted(form, keys, size) | {self.stage.film: film(session)}
        form = settled(form, self.controls, update)
        if not pictures and not wrong:
            return update | self._waiting(form)

        async def read() -> tuple[str, UserRequest]:
            if wrong:
                raise wrong
            return self.ask(form, keys, pictures)

        name = str(form["model"] or "")
        return update | await look_ahead_at(
            self.context, self.task, self.action, name, read(), session, keys
        )

    async def obey(self, data: Update, keys: Keyring) -> Update:
        """Put the line that was typed into the controls."""
        form = self.form(data)
        line = read_line(form.get("wish"), self.task, keys)
        if self.line is None:
            return {}
        if no_line(form, "wish", line):
            return self.line.past(data, form["wish"])
        placed = place(line, "wish", form, partial(self.params, keys=keys), self.task, keys)
        pictures, _ = await self._taken(placed.form)
        size = (pictures[0].width, pictures[0].height) if pictures else None
        found = self._fitted(placed.form, keys, size)
        names = {name: found.pop(it) for name, it in self.controls.items() if it in found}
        controls = {self.controls[name]: up for name, up in placed.updates(names).items()}
        if {*placed.changed} & {*self.rare}:
            found[self.more] = {**found[self.more], "open": True}
        return controls | found | self.line.told(placed)

    def wire(self, model: Any, seed: Any) -> Maker:
        """Connect the controls, the button and the stage."""
        form = tuple(self.controls.values())
        taking = self._taking()
        parts = self.action.translating
        maker = Maker(self.context, self.task, self.stage, form, model, self.read, taking, parts)
        hands = by_hand(*(each for each in form if each is not self.picture))
        moved = [self.line.moved.change] if self.line else []
        changes = [self.picture.change, *hands, *moved]
        ahead = (self.follow, self.sent, self.followed)
        if parts:
            wire_translating(self.context, self.task, parts, self.read, self.sent, ahead)
        gr.on(changes, *ahead, **LATEST)
        renew = self.stage.again.click(blank_seed, None, seed, **QUIET)
        ended = maker.wire(self.action.go.click, renew.then)
        for event in ended:
            event.then(*ahead, **LATEST)
        if taking and self.earlier:
            wire_line(self.context, taking)
            then = [event.then for event in ended]
            wire_earlier(self.context, self.earlier, taking.words, ahead, *then)
        return maker

    def _taking(self) -> Taking | None:
        """How a line is taken from the box for a wish, where there is one."""
        if self.line is None:
            return None
        fitted = [each for name, each in self.controls.items() if name != "picture"]
        changed = (*fitted, self.more, *self.line.parts())
        sent = frozenset({*self.sent, self.line.about})
        return Taking(self.controls["wish"], self.line, self.obey, sent, changed)

    async def _taken(self, form: Form) -> tuple[tuple[UploadedPicture, ...], StudioError | None]:
        """The picture as it was taken in, or what is wrong with it."""
        try:
            return await read_pictures(form["picture"], self.context.studio.folder), None
        except StudioError as error:
            return (), error

    def _fitted(self, form: Form, keys: Keyring, size: tuple[int, int] | None) -> Update:
        """Every control but the picture, as the model and the picture have it."""
        params, rows = self.params(form, keys), self.within_reach(form, keys)
        found = {
            "model": gr.update(choices=model_choices(keys, self.task)),
            **{name: setting_update(name, params, form) for name in self.rare},
            **self.fit(form, params, rows, size),
        }
        updates = {self.controls[name]: update for name, update in found.items()}
        return updates | {self.more: gr.update(visible=any(name in params for name in self.rare))}

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
    """Whether a row has this param, with the value that the form has for it."""
    param, value = model.param(name), form.get(name)
    return param is not None and (not param.choices or value in (None, "", *param.choices))


def reads_words(rows: Sequence[Model]) -> bool:
    """Whether any of the rows reads words of the user."""
    return any(row.words != "none" for row in rows)


def model_box(names: Names) -> gr.Dropdown:
    """Who is asked."""
    auto = [(say("who.auto"), AUTO)]
    return gr.Dropdown(auto, value=AUTO, label=say("create.model"), **names("model"))
