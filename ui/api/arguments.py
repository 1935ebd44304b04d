"""Reads the arguments of endpoints, and what is asked for by those left out."""

from __future__ import annotations

import re
from inspect import signature
from typing import Any, Final

from errors import InvalidInput
from i18n import say
from providers.params import MODE, PARAMS, SCALE
from providers.schema import Model, Task
from studio.keys import Keyring
from studio.routing import is_auto, resolve
from studio.values import is_blank, read_setting, shown

USUAL_SCALE: Final = 2


def settings_among(values: dict[str, Any]) -> dict[str, Any]:
    """The settings that a handler has among its arguments: `settings_among(locals())`."""
    return {name: value for name, value in values.items() if name in PARAMS}


def defaults_of(handler: Any) -> dict[str, Any]:
    """The settings that are as they are when an argument is left out: they say nothing."""
    parameters = signature(handler).parameters.values()
    return settings_among(
        {each.name: each.default for each in parameters if each.default is not None}
    )


def named(task: Task, model: Any, keys: Keyring) -> Model | None:
    """The row a caller named; None for Auto. Raises `InvalidInput` listing what there is."""
    name = str(model or "").strip()
    return None if is_auto(name) else resolve(name, task, keys)


def read_mode(mode: Any) -> str:
    """The mode of retouching, which decides who is asked. Raises `InvalidInput` for one that does
    not exist."""
    modes = [str(each) for each in PARAMS[MODE].choices]
    wanted = modes[0] if is_blank(mode) else str(mode).strip().lower()
    if wanted not in modes:
        given = {"value": repr(wanted[:40]), "names": ", ".join(modes)}
        raise InvalidInput(say("api.mode", **given), field=MODE)
    return wanted


def read_scale(scale: Any, row: Model | None) -> Any:
    """The scale to ask for: none of a named model that always decides itself, unless another
    than the usual one is wanted, which it then refuses."""
    if is_blank(scale):
        return None
    scale = read_setting(SCALE, scale)
    decides = row is not None and row.param(SCALE) is None
    return None if decides and scale == USUAL_SCALE else scale


def read_task(text: str | None) -> Task | None:
    """The task of that name; None for a blank one. Raises `InvalidInput` listing what there is."""
    if is_blank(text):
        return None
    name = re.sub(r"[\s_]+", "-", str(text).strip().lower())
    if name not in [str(task) for task in Task]:
        names = ", ".join(Task)
        message = say("api.task.none", name=repr(str(text).strip().lower()[:40]), names=names)
        raise InvalidInput(message, field="task")
    return Task(name)


def read_whole(name: str, value: object, most: int) -> int:
    """A whole number from 1. Raises `InvalidInput` naming it."""
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    if isinstance(value, bool) or not (1 <= number <= most and number.is_integer()):
        message = say("api.whole", name=name, most=most, value=shown(value))
        raise InvalidInput(message, field=name)
    return int(number)
