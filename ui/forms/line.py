"""The quick line on the page: what was typed behind the prompt becomes the controls.

That happens when the box is left or the button pressed, never while somebody types. Meanwhile
only the price on the button follows what is typed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.catalogue import MODELS
from providers.params import SHAPES, SIDES
from providers.schema import Param, Task, Value
from providers.sizes import parse_ratio
from studio.keys import Keyring
from studio.prompts.quick_line import Line, read_line
from studio.request import allowed_in_words
from studio.routing import AUTO, resolve
from studio.values import read_setting, read_settings
from ui.context import AppContext
from ui.forms.controls import Form
from ui.listeners import LATEST, anew
from ui.names import Names, Update

ParamsOf = Callable[[Form], Mapping[str, Param]]


@dataclass(frozen=True)
class LineBox:
    """What stands under a prompt's box. `note`: what of a line was not used, `about`: the prompt
    that was in it, which the note is about. `peek`: pressed by the page itself
    (`static/line_price.js`) to have the price told while a line is typed. `moved`: has another
    value whenever something else than a hand has set the tab's controls."""

    note: gr.HTML
    about: gr.State
    peek: gr.Button
    moved: gr.State

    def parts(self) -> tuple[Any, ...]:
        """What changes when a line is taken."""
        return self.note, self.about, self.moved

    def noted(self, placed: Placed) -> Update:
        """What could not be, under the box."""
        return {self.note: placed.note, self.about: placed.bare, self.moved: anew()}

    def past(self, data: Update, prompt: Any) -> Update:
        """The note taken away, once the box holds another prompt."""
        same = data[self.about] == str(prompt or "")
        return {self.note: gr.skip() if same else ""}


@dataclass(frozen=True)
class Placed:
    """A form as a line wants it, which controls that changes, what could not be, in words, and
    the bare prompt."""

    form: dict[str, Any]
    changed: tuple[str, ...]
    notes: tuple[str, ...]
    bare: str

    @property
    def note(self) -> str:
        """What could not be, as HTML."""
        return "".join(f'<p class="warning">{escape(text)}</p>' for text in self.notes)

    def updates(self, fitted: Mapping[str, Any]) -> dict[str, Any]:
        """The controls' updates with the line's values in them."""
        own = {name: gr.update(value=self.form[name]) for name in self.changed}
        return {**fitted, **{name: {**fitted.get(name, {}), **own[name]} for name in own}}


def build_line(names: Names) -> LineBox:
    """Lay it out."""
    peek = gr.Button(visible="hidden", **names("peek"))
    return LineBox(gr.HTML(**names("line")), gr.State(""), peek, gr.State(0))


@dataclass(frozen=True)
class Taking:
    """How one tab takes a line from its prompt's box into its controls."""

    context: AppContext
    # The prompt's box.
    words: gr.Textbox
    box: LineBox
    # Puts the line into the controls.
    obey: Callable[[Update, Keyring], Awaitable[Update]]
    # What that is given of the page, and what it may change.
    sent: frozenset[Any]
    changed: tuple[Any, ...]

    async def take(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """Take the line that was typed."""
        return await self.obey(data, self.context.keys(data[self.context.session], request, token))

    def wire(self) -> None:
        """Take the line when the box is left. That the price follows is the tab's own concern: what
        tells it must be one listener, or an old answer could overtake a new one."""
        self.words.blur(self.take, set(self.sent), list(self.changed), **LATEST)


def model_of(line: Line, form: Form, task: Task, keys: Keyring) -> str:
    """The id of the model in force: the line's before the control's. A name nobody knows stays,
    to be refused by name."""
    if not line.model:
        return str(form["model"] or AUTO)
    return _known(line.model, task, keys) or line.model


def place(
    line: Line, words: str, form: Form, params_of: ParamsOf, task: Task, keys: Keyring
) -> Placed:
    """Put what a line says into the form. `words`: the name of the prompt's control. What the
    model does not take, or no control holds, is left out and told."""
    notes = [*line.notes]
    changed: dict[str, Any] = {words: line.bare} if line.bare != form[words] else {}
    if line.translate is not None and "translate" in form:
        changed["translate"] = line.translate
    if line.model:
        model = _known(line.model, task, keys)
        changed |= {"model": model} if model else {}
        notes += [] if model else [say("line.model", name=line.model[:60])]
    params = params_of({**form, **changed})
    values: dict[str, Value] = {}
    for name, text in line.settings.items():
        try:
            values[name] = _taken(name, text, params.get(name), {**form, **changed}["model"])
        except InvalidInput as error:
            notes.append(error.message)
    for name, value in _by_control(values, form).items():
        if name in form:
            changed[name] = _as_in(form[name], value)
        else:
            notes.append(say("line.no_control", name=name, value=value))
    return Placed({**form, **changed}, tuple(changed), tuple(dict.fromkeys(notes)), line.bare)


def typed_line(words: Any, task: Task, keys: Keyring) -> bool:
    """Whether a prompt's box holds settings that the controls do not show yet."""
    line = read_line(words, task, keys)
    return bool(line.model or line.settings) or line.translate is not None


def _known(name: str, task: Task, keys: Keyring) -> str:
    """The id of a model by a name of the API, "" where there is none."""
    if name == AUTO:
        return AUTO
    try:
        return resolve(name, task, keys).id
    except InvalidInput:
        return ""


def _taken(name: str, text: str, param: Param | None, model: Any) -> Value:
    """A value that the param takes. Raises `InvalidInput` with why it does not."""
    title = MODELS[model].title if model in MODELS else say("who.auto")
    if param is None and model in MODELS:
        raise InvalidInput(say("line.lacks", who=title, name=name, value=text), field=name)
    if param is None:
        raise InvalidInput(say("line.lacks.all", name=name, value=text), field=name)
    value = read_setting(name, text)
    if not read_settings(name, text):
        return ""  # any seed
    if not param.within(value):
        given = {"name": name, "model": title, "allowed": allowed_in_words(param)}
        raise InvalidInput(say("studio.param.bounds", value=text[:60], **given), field=name)
    return value


def _by_control(values: Mapping[str, Value], form: Form) -> dict[str, Value]:
    """Settings by the control that holds them: sizes are one box, a shape has another name."""
    placed = {name: value for name, value in values.items() if name not in (*SIDES, "aspect_ratio")}
    if "aspect_ratio" in values:
        placed["shape"] = values["aspect_ratio"]
    if any(side in values for side in SIDES):
        ratio = parse_ratio(str(values.get("aspect_ratio") or form.get("shape") or "")) or 1
        width = values.get("width") or round(int(values["height"]) * ratio)
        height = values.get("height") or round(int(width) / ratio)
        placed["exact"] = f"{width}x{height}"
    elif form.get("exact") and any(name in values for name in SHAPES):
        placed["exact"] = ""
    return placed


def _as_in(control: Any, value: Value) -> Any:
    """A value as the control holds its own: a number, or a text."""
    if isinstance(control, int | float) and not isinstance(control, bool):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def no_line(form: Form, words: str, line: Line) -> bool:
    """Whether there is nothing to put anywhere: the box holds a bare prompt."""
    return not line.says and line.bare == str(form[words] or "")
