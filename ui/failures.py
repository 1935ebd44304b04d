"""From our errors to gradio's: the one place where a failure becomes what a caller sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from errors import StudioError
from i18n import say


@contextmanager
def as_gradio() -> Iterator[None]:
    """Raise a `StudioError` as gr.Error: its sentence, the job's id where there is a job, its
    kind as the title, no traceback."""
    try:
        yield
    except StudioError as error:
        text = f"{error} {say('error.job', id=error.job_id)}" if error.job_id else str(error)
        raise gr.Error(text, title=error.kind, print_exception=False, duration=None) from error
