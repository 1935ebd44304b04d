"""The texts of the History tab: prompts that were written in this session, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from i18n import say
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.names import Update

BEGINNING: Final = 160  # characters in the list


@dataclass(frozen=True)
class HistoryTexts:
    """The list, and the chosen one's whole text with what can be done with it."""

    box: gr.Column
    # The texts to choose from.
    found: gr.Radio
    # The whole of the chosen one.
    text: gr.Textbox
    actions: gr.Row
    # Use it in Create, in Edit.
    create: gr.Button
    edit: gr.Button

    def all(self) -> list[Any]:
        """Every part that changes."""
        return [self.box, self.found, self.text, self.actions]


def build_history_texts() -> HistoryTexts:
    """Lay it out, hidden until there is a text."""
    with gr.Column(visible=False, elem_id="history-texts-box") as box:
        found = gr.Radio([], label=say("history.texts"), elem_id="history-texts")
        text = gr.Textbox(
            label=say("write.text"),
            lines=4,
            max_lines=16,
            interactive=False,
            visible=False,
            elem_id="history-text",
        )
        with gr.Row(visible=False, elem_id="history-text-actions") as actions:
            create = gr.Button(say("write.use.create"), elem_id="history-use-create", size="md")
            edit = gr.Button(say("write.use.edit"), elem_id="history-use-edit", size="md")
    return HistoryTexts(box, found, text, actions, create, edit)


def written(session: Session) -> list[Receipt]:
    """The receipts of texts, newest first."""
    return [
        each for each in reversed(session.results.history) if each["text"] and not each["images"]
    ]


def listing(texts: HistoryTexts, session: Session) -> Update:
    """The list as the session now stands, nothing chosen."""
    rows = [(_line(each), each["id"]) for each in written(session)]
    return {
        texts.box: gr.update(visible=bool(rows)),
        texts.found: gr.update(choices=rows, value=None),
        texts.text: gr.update(value="", visible=False),
        texts.actions: gr.update(visible=False),
    }


def opened(texts: HistoryTexts, receipt: Receipt) -> Update:
    """The whole text of one of them."""
    return {
        texts.text: gr.update(value=receipt["text"], visible=True),
        texts.actions: gr.update(visible=True),
    }


def _line(receipt: Receipt) -> str:
    """How it begins, then who wrote it at what price."""
    text = " ".join(receipt["text"].split())
    begun = text if len(text) <= BEGINNING else f"{text[:BEGINNING].rstrip()}…"
    return f"{begun}\n{receipt['title']} · {receipt['provider']} · {cards.price(receipt)}"
