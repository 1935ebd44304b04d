"""How the page's own listeners are registered: never as endpoints, without a spinner."""

from __future__ import annotations

from typing import Any

QUIET: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "show_progress_on": [],
}
# The form comes raw: gradio's own check of choices knows only those of the first page load.
RAW: dict[str, Any] = {"preprocess": False, **QUIET}
# What is called, what it is given of the page, and what it may change.
Listener = tuple[Any, Any, Any]
