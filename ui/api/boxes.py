"""The components that stand for what endpoints take and give back; none is ever seen.

What an endpoint takes is read from its handler's own signature, and nowhere said again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from inspect import Parameter, signature
from types import NoneType
from typing import Annotated, Any, Final, get_args, get_type_hints

import gradio as gr

from ui.api.docs import describe

# One file as gradio's upload gives it, a list of such files, and any JSON.
Upload = Annotated[dict[str, Any], partial(gr.Image, type="filepath")]
Uploads = Annotated[list[Any], partial(gr.Gallery, type="filepath")]
Json = Annotated[Any, gr.JSON]

KINDS: Final[Mapping[Any, Callable[..., Any]]] = {
    str: gr.Textbox,
    int: gr.Number,
    float: gr.Number,
    bool: gr.Checkbox,
}
# What gradio fills in by itself.
INJECTED: Final = ("request", "token", "progress")


class Boxes:
    """One component for each name, kind and default, however many endpoints share it: every page
    is sent all of them. `session`: what stands for a handler's parameter of that name."""

    def __init__(self, session: gr.State) -> None:
        self._session = session
        self._made: dict[object, Any] = {}
        self._trigger = gr.Button(visible=False)

    def __call__(self, kind: Callable[..., Any], name: str, **rest: Any) -> Any:
        """The component of that name. A `value` is the default and makes a parameter optional."""
        key = (kind, name, *sorted(rest.items()))
        if key not in self._made:
            self._made[key] = kind(label=name, visible=False, **rest)
        return self._made[key]

    def endpoint(self, api_name: str, handler: Any, gives: Any, **rest: Any) -> None:
        """Register a handler under a name, with a description of each parameter."""
        describe(handler)
        self._trigger.click(handler, self._taken_by(handler), gives, api_name=api_name, **rest)

    def _taken_by(self, handler: Any) -> list[Any]:
        """A component for each parameter of a handler, in their order."""
        kinds = get_type_hints(handler, include_extras=True)
        return [
            self._session if each.name == "session" else self._taken_as(each, kinds[each.name])
            for each in signature(handler).parameters.values()
            if each.name not in INJECTED
        ]

    def _taken_as(self, parameter: Parameter, kind: Any) -> Any:
        """The component for one parameter. A default of None needs no value of its own."""
        plain = parameter.default in (Parameter.empty, None)
        value = {} if plain else {"value": parameter.default}
        return self(_component(kind), parameter.name, **value)


def _component(kind: Any) -> Callable[..., Any]:
    """What makes the component for an annotation: of "Upload | None" that of `Upload`."""
    if NoneType in get_args(kind):
        kind = next(each for each in get_args(kind) if each is not NoneType)
    return KINDS[kind] if kind in KINDS else get_args(kind)[1]
