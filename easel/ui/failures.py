"""From our errors to gradio's: the one place where a failure becomes what a caller sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from easel.providers.errors import StudioError


@contextmanager
def as_gradio() -> Iterator[None]:
    """Raise a `StudioError` as gr.Error: its sentence, its kind as the title, no traceback."""
    try:
        yield
    except StudioError as error:
        raise gr.Error(
            str(error), title=error.kind, print_exception=False, duration=None
        ) from error
