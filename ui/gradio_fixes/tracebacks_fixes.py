"""Has gradio log what it would print."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from gradio import queueing, route_utils, routes

log = logging.getLogger("easel")


class _TracebackToLog:
    """Stands for the module `traceback` in gradio's: its tracebacks become lines of our log."""

    @staticmethod
    def print_exc() -> None:
        """Log the exception being handled."""
        log.error("A call failed.", exc_info=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


def log_tracebacks() -> None:
    """Put it in the place of the module in gradio's own.

    Why: `traceback.print_exc()` writes the exception's message with it, and that repeats what was
    asked (pydantic's do); nothing bounds how often. Can go when gradio logs through `logging`.
    """
    for module in (queueing, routes, route_utils):
        module.traceback = _TracebackToLog()
