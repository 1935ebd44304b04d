"""The quick line: settings written behind the prompt, and how they stand beside other settings.

`a fox | model=flux | size=1024x1024 | n=2`: its grammar is in `quick_line_grammar`.
What the line says counts, whatever else was set; where that differs, a note says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from i18n import say
from providers.catalogue import ALIASES, MODELS, models_for
from providers.inputs import InputPicture
from providers.params import NAMED_RATIOS, RESOLUTION, SHAPES, SIDES
from providers.schema import Task
from studio.keys import Keyring
from studio.prompts.quick_line_grammar import QuickLine, parse, write
from studio.prompts.quick_line_names import MODEL, TRANSLATE, model_names, squeeze
from studio.prompts.quick_line_values import TRANSLATE_VALUES
from studio.request import UserRequest, read_request
from studio.routing import AUTO, obstacle
from studio.uploads import UploadedPicture


@dataclass(frozen=True, slots=True)
class Line:
    """What was written: the bare prompt; the model by its id, or as it was typed where nobody
    knows it, or ""; settings by their names in Easel; what could not be used, in words; whether the
    prompt may be translated, None where that is not said."""

    prompt: str
    model: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    translate: bool | None = None

    @property
    def bare(self) -> str:
        """The prompt as it is written where no setting is meant: it is read as itself again."""
        return write(QuickLine(self.prompt))

    @property
    def says(self) -> bool:
        """Whether anything but a prompt was written."""
        return bool(self.model or self.settings or self.notes) or self.translate is not None


def read_line(text: object, task: Task, keys: Keyring) -> Line:
    """What a prompt's box, or a parameter of the API, says. Never raises."""
    read = parse(
        "" if text is None else str(text),
        lambda name: _model(name, task, keys),
        lambda name: _model(name, task, keys) in (*MODELS, *ALIASES, AUTO),
    )
    settings = dict(read.settings)
    model = settings.pop(MODEL, "")
    translate = TRANSLATE_VALUES.get(settings.get(TRANSLATE, "").strip().lower())
    if translate is not None:
        del settings[TRANSLATE]
    # A caption has settings of its own, and no line.
    rows = [row for row in MODELS.values() if row.task is not Task.TEXT_OVERLAY]
    known = {param.name for row in rows for param in row.params}
    unused = [f"{name}={settings.pop(name)}" for name in [*settings] if name not in known]
    notes = (*_left_out(read.lead), *_unused([*read.unknown, *unused]))
    return Line(read.prompt, model, settings, notes, translate)


def ask_by_line(
    line: Line,
    model: str,
    settings: Mapping[str, Any],
    usual: Mapping[str, Any],
    task: Task,
    pictures: Sequence[UploadedPicture | InputPicture] = (),
) -> tuple[str, UserRequest]:
    """Who is asked and what, by a line and the parameters of a call. What a parameter said
    otherwise is told. `usual`: the parameters' own values, which say nothing. Raises
    `InvalidInput` as `read_request` does."""
    notes = (*line.notes, *differences(line, model, settings, usual))
    said, may = merge(line, settings), line.translate is not False
    user_request = read_request(line.prompt, said, pictures, task, notes=notes, translate=may)
    return line.model or model, user_request


def merge(line: Line, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Other settings with the line's in their place. An exact size and a shape by its name
    exclude each other; the line's is kept."""
    left = {name: value for name, value in settings.items() if name not in _replaced(line)}
    return left | dict(line.settings)


def differences(
    line: Line, model: str, settings: Mapping[str, Any], usual: Mapping[str, Any]
) -> tuple[str, ...]:
    """What was set besides and is not done, because the line says otherwise. `usual`: the values
    that say nothing, by name."""
    set_ = {name: value for name, value in settings.items() if _is_set(value, usual.get(name))}
    said: dict[str, str] = {**dict.fromkeys(_replaced(line), ""), **line.settings}
    if line.model and model.strip().lower() not in ("", AUTO):
        set_[MODEL], said[MODEL] = model, line.model
    return tuple(
        say("line.instead", name=name, value=value, line=said[name])
        if said[name]
        else say("line.replaced", name=name, value=value)
        for name, value in set_.items()
        if name in said and not _same(value, said[name])
    )


def _model(name: str, task: Task, keys: Keyring) -> str:
    """The id or short name of a model of this task, by any of its names, one with a key first;
    the name itself where no model goes by it, to be refused by name."""
    small = name.strip().lower()
    ids = ALIASES.get(small, (small,))
    if small == AUTO or any(MODELS[each].task is task for each in ids if each in MODELS):
        return small
    wanted = squeeze(name)
    rows = [
        row
        for row in models_for(task)
        if wanted in model_names([(row.id, row.endpoint, row.title)])
    ]
    ready = [row for row in rows if not obstacle(row, keys)]
    return next((row.id for row in [*ready, *rows]), name.strip())


def _unused(parts: list[str]) -> tuple[str, ...]:
    """One sentence that names every part of the line that was not used."""
    named = ", ".join(f"“{part[:60]}”" for part in parts)
    return (say("line.unused", parts=named),) if parts else ()


def _left_out(lead: str) -> tuple[str, ...]:
    return (say("line.lead", lead=lead),) if lead else ()


def _replaced(line: Line) -> tuple[str, ...]:
    """The settings that what the line says leaves no place for."""
    if any(side in line.settings for side in SIDES):
        return tuple(name for name in (RESOLUTION,) if name not in line.settings)
    return SIDES if any(name in line.settings for name in SHAPES) else ()


def _is_set(value: Any, usual: Any) -> bool:
    blank = value is None or not str(value).strip()
    return not blank and (usual is None or not _same(value, usual))


def _same(one: Any, other: Any) -> bool:
    """Whether two values mean the same, however they are written."""
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        texts = [str(each).strip().lower() for each in (one, other)]
        return len({NAMED_RATIOS.get(text, text) for text in texts}) == 1
