"""What an endpoint asks beyond the words and numbers it is given; /estimate asks the same."""

from __future__ import annotations

from typing import Any

from errors import InvalidInput
from i18n import say
from providers.schema import Model, Task
from studio.keys import Keyring
from studio.routing import is_auto, resolve
from studio.values import is_blank, read_setting

MODES = ("soft", "enhance")
USUAL_SCALE = 2


def named(task: Task, model: Any, keys: Keyring) -> Model | None:
    """The row a caller named; None for Auto. Raises `InvalidInput` listing what there is."""
    name = str(model or "").strip()
    return None if is_auto(name) else resolve(name, task, keys)


def mode_of(mode: Any, strength: Any) -> dict[str, Any]:
    """The settings that stand for a mode of retouching; it decides who is asked. Raises
    `InvalidInput` for one that does not exist."""
    wanted = MODES[0] if is_blank(mode) else str(mode).strip().lower()
    if wanted not in MODES:
        told = {"value": repr(wanted[:40]), "names": ", ".join(MODES)}
        raise InvalidInput(say("api.mode", **told), field="mode")
    return {"mode": wanted, "strength": strength}


def scale_of(scale: Any, row: Model | None) -> Any:
    """The scale to ask for: none of a named model that always decides itself, unless another
    than the usual one is wanted, which it then refuses."""
    if is_blank(scale):
        return None
    scale = read_setting("scale", scale)
    decides = row is not None and row.param("scale") is None
    return None if decides and scale == USUAL_SCALE else scale
