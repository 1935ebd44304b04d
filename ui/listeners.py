"""How the page's own listeners are registered: never as endpoints, without a spinner."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import gradio as gr

QUIET: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "show_progress_on": [],
}
# The form comes raw: gradio's own check of choices knows only those of the first page load.
RAW: dict[str, Any] = {"preprocess": False, **QUIET}
# Gradio drops what comes while an earlier call of the same listener is under way, `then` included.
# Not where the page is told how things now stand: there the last one is done when that is over.
LATEST: dict[str, Any] = {"trigger_mode": "always_last", **RAW}
# Nor where somebody chose one of several, or saved what he typed: `always_last` would give the
# earlier choice again, and save what the earlier answer had put into the boxes.
EACH: dict[str, Any] = {"trigger_mode": "multiple", **RAW}
# What is called, what it is given of the page, and what it may change.
Listener = tuple[Any, Any, Any]

_MOVES = count(1)


def anew() -> int:
    """A value that no State has had yet. Where a handler sets many controls, it sets a State with
    them, and what is to follow listens to that and to the hand (`by_hand`) instead of to each
    control's `change`, which would come once for every one of them."""
    return next(_MOVES)


def in_turn(line: str) -> dict[str, Any]:
    """For listeners that stand in one line, because a later one needs what an earlier one kept in
    a State: what is done to a picture and which was chosen. Gradio's queue takes up in any order
    what does not stand in one line. What stands in it must be quick: it is one line for all."""
    return {"concurrency_id": line, "concurrency_limit": 1}


def by_hand(*controls: Any) -> list[Callable[..., Any]]:
    """The events that come when somebody changes one of these controls.

    Of a Textbox it is `change`: in gradio 6.31 its `input` comes with pressed keys alone, not with
    what is pasted, deleted or dictated. Of a Slider it is `release`, too: the button that sets it
    back makes no `input`.
    """
    found: list[Callable[..., Any]] = []
    for each in controls:
        found.append(each.change if isinstance(each, gr.Textbox) else each.input)
        found += [each.release] if isinstance(each, gr.Slider) else []
    return found
