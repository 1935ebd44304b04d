"""The session's pictures in one row, oldest first."""

from __future__ import annotations

from typing import Any

import gradio as gr

from studio.results.receipts import Receipt
from studio.session import Session


def pictures(session: Session) -> list[tuple[Receipt, int]]:
    """Every picture of the session: its receipt, and its place among that receipt's pictures."""
    return [
        (receipt, place)
        for receipt in session.results.history
        for place in range(len(receipt["images"]))
    ]


def film(session: Session) -> Any:
    """An update for a gallery that shows them all."""
    paths = [receipt["images"][place]["path"] for receipt, place in pictures(session)]
    return gr.update(value=paths, visible=bool(paths))
