"""The Edit tab: one picture or several, and what is to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.catalogue import MODELS, provider_of
from providers.inputs import MOST_PICTURES, InputPicture
from providers.schema import Model, Param, Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.prompts.plain_editor import abilities_shown, example
from studio.prompts.quick_line import Line
from studio.request import UserRequest
from studio.session import Session
from ui.context import AppContext
from ui.form import build_controls, build_words, model_box
from ui.forms.action import build_action
from ui.forms.controls import Form, shape_choices
from ui.forms.line import model_of
from ui.forms.pictures import Pictures, build_pictures, settle, sort_out, wire_pictures
from ui.forms.preview import Preview
from ui.forms.task_tab import Given, Parts, Taken, TaskTab
from ui.forms.uploads import read_pictures
from ui.listeners import LATEST
from ui.money import verb
from ui.names import Names, Update

NAMES = Names("edit")
IDS = {"output_format": "format"}
# Before there is a picture, price and recipient are told as for one of about this size.
STAND_IN = InputPicture("", b"", "image/png", 1024, 1024)


class EditTab(TaskTab):
    """What is special: pictures in an order, and an editor of our own that understands few words.
    `can`: what that one understands, where it would answer."""

    task = Task.IMAGE_EDIT
    pictures = ("pictures",)

    def __init__(self, context: AppContext, parts: Parts, pictures: Pictures, can: gr.HTML) -> None:
        super().__init__(context, parts)
        self.gallery = pictures
        self.can = can

    @property
    def sent(self) -> set[Any]:
        """What an event brings along."""
        return {*super().sent, self.gallery.chosen, self.gallery.told}

    def own(self) -> list[Any]:
        """The parts that it changes besides."""
        return [self.can]

    async def take(self, form: Form) -> Taken:
        """The pictures that can be taken, and why the others cannot."""
        folder = self.context.studio.folder
        taken, paths, refused = await sort_out(form["pictures"], folder)
        return Taken(tuple(taken), None, tuple(paths), tuple(refused))

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what when the button is pressed; a picture that cannot be taken is not
        left out in silence."""
        form = self.form(data)
        taken = await read_pictures(form["pictures"], self.context.studio.folder)
        line, session = self._line(form, keys), data[self.context.session]
        return await self.ask(form, keys, line, taken, session)

    async def ask(
        self, form: Form, keys: Keyring, line: Line, pictures: Given, session: Session
    ) -> tuple[str, UserRequest]:
        """Who is asked and what. Raises `InvalidInput` for what no model at all could do."""
        if not pictures:
            raise InvalidInput(say("edit.none"), field="pictures", advice=say("edit.none.advice"))
        most = _most(model_of(line, form, self.task, keys))
        if len(pictures) > most:
            count = len(pictures)
            advice = say("edit.many.advice", count=count - most)
            told = say("edit.many", count=count, most=most)
            raise InvalidInput(told, field="pictures", advice=advice)
        return await super().ask(form, keys, line, pictures, session)

    def stand_in(self, line: Line, taken: Taken) -> tuple[Line, Given]:
        """Without words, some that everybody understands; without a picture, one of usual size."""
        words = example(len(taken.pictures))
        line = replace(line, prompt=line.prompt.strip() or words)
        return line, taken.pictures or (STAND_IN,)

    def waits(self, taken: Taken) -> bool:
        """What it costs is told before there is a picture."""
        return False

    def fit(
        self, form: Form, params: Mapping[str, Param], rows: Sequence[Model], taken: Taken
    ) -> Update:
        """Its shapes begin with that of the picture."""
        return {"shape": _shapes(params, form)}

    def told(self, ahead: Preview, form: Form, taken: Taken) -> Update:
        """What Easel's own editor understands, where it would answer."""
        return {self.can: can(ahead.model)}

    async def take_stock(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """After the pictures have changed."""
        update = await self.follow(data, request, token)
        taken = await self.take(self.form(data))
        return settle(self.gallery, data, [*taken.paths], [*taken.refused]) | update

    def watch_pictures(self) -> None:
        """Those that cannot be taken are left out, and it is said why."""
        stock = [*self.gallery.all(), *self.followed]
        for event in wire_pictures(self.gallery):
            event.then(self.take_stock, self.sent, stock, **LATEST)
        self.gallery.gallery.change(self.take_stock, self.sent, stock, **LATEST)


def build_edit(context: AppContext) -> EditTab:
    """Lay it out, in the order a person decides; what few people need is folded."""
    row = TASKS[Task.IMAGE_EDIT]
    with gr.Column(**NAMES("decide")):
        pictures = build_pictures(NAMES, say("edit.pictures"))
        label, hint = say("edit.prompt"), say("edit.prompt.hint")
        words = build_words(NAMES, "prompt", label, hint, lines=3, max_lines=12)
        can_do = gr.HTML(**NAMES("can"))
        model, who = model_box(NAMES), gr.HTML(**NAMES("who"))
        own = {"shape": _shape}
        fields = build_controls(NAMES, row.fields, own, IDS, shown=False)
        with gr.Accordion(say("edit.more"), open=False, **NAMES("more")) as more:
            folded = build_controls(NAMES, row.folded, own, IDS, shown=True)
        action = build_action(NAMES, who, verb(row.task), words.translating)
    first = {"pictures": pictures.gallery, "prompt": words.box}
    rest = {"translate": words.translating.first, "model": model}
    controls = first | rest | fields | folded
    parts = Parts(controls, action, more, words.line, words.earlier)
    return EditTab(context, parts, pictures, can_do)


def can(model: Model | None) -> str:
    """What Easel's own editor understands, with examples, where it is the one who would answer."""
    if model is None or provider_of(model).needs_key:
        return ""
    shown, folded = abilities_shown()
    few = "".join(f"<li>{escape(each)}</li>" for each in shown)
    more = "".join(f"<li>{escape(each)}</li>" for each in folded)
    return (
        f'<div class="hint can"><p>{say("edit.can.title")}</p><ul>{few}</ul>'
        f"<details><summary>{say('edit.can.more')}</summary><ul>{more}</ul></details></div>"
    )


def _shape(look: dict[str, Any]) -> gr.Dropdown:
    return gr.Dropdown([(say("edit.shape.same"), "")], value="", **look | {"visible": True})


def _shapes(params: Mapping[str, Param], form: Form) -> Any:
    """As the picture, which is what a blank means unless the model has a default of its own."""
    ratio = params.get("aspect_ratio")
    if ratio is None:
        return gr.update(visible=False)
    default = str(ratio.default or "")
    told = say("edit.shape.default", ratio=default) if default else say("edit.shape.same")
    named = [(" · ".join(label.split("\n")), each) for label, each in shape_choices(params, form)]
    choices = [(told, ""), *named]
    kept = form["shape"] if form["shape"] in [each for _, each in choices] else ""
    new = {} if kept == form["shape"] else {"value": kept}
    return gr.update(choices=choices, visible=True, **new)


def _most(name: str) -> int:
    """How many pictures a model takes; for Auto, how many Easel takes at all."""
    model = MODELS.get(name)
    return min(model.most_pictures, MOST_PICTURES) if model else MOST_PICTURES
