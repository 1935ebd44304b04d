"""The components that stand for what endpoints take and give back; none is ever seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr


class Boxes:
    """One component for each name, kind and default, however many endpoints share it: every page
    is sent all of them."""

    def __init__(self) -> None:
        self._made: dict[object, Any] = {}
        self._trigger = gr.Button(visible=False)

    def __call__(self, kind: Callable[..., Any], name: str, **rest: Any) -> Any:
        """The component of that name. A `value` is the default and makes a parameter optional."""
        key = (kind, name, *sorted(rest.items()))
        if key not in self._made:
            self._made[key] = kind(label=name, visible=False, **rest)
        return self._made[key]

    def text(self, name: str) -> Any:
        """A text that may stay blank."""
        return self(gr.Textbox, name, value=None)

    def number(self, name: str) -> Any:
        """A number that may stay blank."""
        return self(gr.Number, name, value=None)

    def endpoint(self, handler: Any, takes: Any, gives: Any, **rest: Any) -> None:
        """Register a handler under `api_name`."""
        self._trigger.click(handler, takes, gives, **rest)
