"""Imports gradio without the half of it that is of no use to a running app.

Nothing of gradio may be imported here at the top.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def import_gradio() -> None:
    """Import gradio, unless something has done so before."""
    with _no_stubs():
        import gradio  # noqa: F401


@contextmanager
def _no_stubs() -> Iterator[None]:
    """Spare the editor's stubs.

    Why: gradio, as it is imported, parses the source of each of its components and brings a .pyi
    beside it up to date, within site-packages: a quarter of its start. It asks for the source file
    first, and does without where there is none (gradio/component_meta.py). Can go when gradio ships
    its stubs.
    """
    real = inspect.getfile

    def getfile(thing: Any) -> str:
        if inspect.isclass(thing) and thing.__module__.startswith("gradio."):
            raise OSError("not needed")
        return real(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = real
