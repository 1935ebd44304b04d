"""The right-hand side of the Write tab: the text as it comes, then to be read, changed, used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.brief import Brief
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.recovery import WayOut
from ui.stage import Names, Update
from ui.tabs import write_cards


@dataclass(frozen=True)
class Shown:
    """The text that stands there. `idea`: what it was written from; `other`: what one click puts
    in its place; `job`: the id of the result, "" where the text never was finished; `model`: who
    wrote it, and by which `brief`."""

    idea: str = ""
    other: str = ""
    job: str = ""
    model: str = ""
    brief: Brief | None = None


@dataclass(frozen=True)
class TextStage:
    """What changes on the screen when a text is written. `shown` holds a `Shown`."""

    go: gr.Button
    stop: gr.Button
    check: gr.Button
    elsewhere: gr.Button
    way: gr.State
    card: gr.HTML
    stream: gr.HTML
    text: gr.Textbox
    actions: gr.Row
    create: gr.Button
    edit: gr.Button
    copy: gr.Button
    mine: gr.Button
    clashes: gr.HTML
    repair: gr.Button
    advice: gr.HTML
    found: gr.HTML
    caption: gr.HTML
    receipt_box: gr.Accordion
    receipt: gr.HTML
    shown: gr.State
    spend: gr.HTML

    def all(self) -> list[Any]:
        """Every part."""
        return [*vars(self).values()]

    def result(self) -> list[Any]:
        """What belongs to a text that is there, and goes while another one is written."""
        return [
            self.text, self.actions, self.clashes, self.repair, self.advice, self.found,
            self.caption, self.receipt_box,
        ]  # fmt: skip


def build_text_stage(names: Names, go: gr.Button, spend: gr.HTML) -> TextStage:
    """Lay it out: the card, the text, what is to be known of it, the receipt."""
    with gr.Column(**names("stage-box")):
        card = gr.HTML(nothing_yet(), **names("stage"))
        stop = gr.Button(say("create.stop"), variant="stop", visible=False, **names("stop"))
        with gr.Row(**names("ways")):
            check = gr.Button(say("way.check"), visible=False, size="md", **names("check"))
            elsewhere = gr.Button(visible=False, size="md", **names("elsewhere"))
        stream = gr.HTML(visible=False, **names("stream"))
        text = gr.Textbox(
            label=say("write.text"), lines=6, max_lines=24, visible=False, **names("text")
        )
        with gr.Row(visible=False, **names("actions")) as actions:
            create = gr.Button(say("write.use.create"), variant="primary", **names("use-create"))
            edit = gr.Button(say("write.use.edit"), **names("use-edit"))
            copy = gr.Button(say("write.copy"), **names("copy"))
            mine = gr.Button(say("write.mine"), **names("mine"))
        clashes = gr.HTML(visible=False, **names("clashes"))
        repair = gr.Button(visible=False, **names("repair"))
        advice = gr.HTML(visible=False, **names("advice"))
        found = gr.HTML(visible=False, **names("found"))
        caption = gr.HTML(visible=False, **names("caption"))
        with gr.Accordion(
            say("create.receipt"), open=False, visible=False, **names("receipt")
        ) as box:
            receipt = gr.HTML(**names("receipt-table"))
    return TextStage(
        go, stop, check, elsewhere, gr.State(WayOut()), card, stream, text, actions, create, edit,
        copy, mine, clashes, repair, advice, found, caption, box, receipt, gr.State(Shown()), spend,
    )  # fmt: skip


def nothing_yet() -> str:
    """Before the first text."""
    return cards.empty(say("write.empty.hint"), say("write.empty"))


def show_writing(stage: TextStage, card: str, text: str = "") -> Update:
    """Where a running job stands, and what is written so far.

    All of it every time: a busy page may take two updates as one and keep only the later.
    """
    place = [*stage.result(), stage.check, stage.elsewhere]
    return {part: gr.update(visible=False) for part in place} | {
        stage.go: gr.update(interactive=False),
        stage.stop: gr.update(visible=True),
        stage.card: gr.update(value=card, visible=True),
        stage.stream: gr.update(value=write_cards.written_so_far(text), visible=bool(text)),
    }


def show_text(stage: TextStage, shown: Shown, receipt: Receipt) -> Update:
    """A finished text with all that is to be known of it, but for the way to a repair."""
    return _text(stage, shown, receipt["text"]) | {
        stage.card: gr.update(visible=False),
        stage.caption: gr.update(value=write_cards.caption(receipt), visible=True),
        stage.receipt_box: gr.update(visible=True),
        stage.receipt: cards.receipt_table(receipt),
    }


def show_cut(stage: TextStage, shown: Shown, text: str, error: StudioError, way: WayOut) -> Update:
    """What went wrong, the ways out of it, and what was written until then."""
    failed = {
        stage.card: gr.update(value=cards.failed(error, way.basis), visible=True),
        stage.way: way,
        stage.check: gr.update(visible=bool(way.job_id)),
        stage.elsewhere: gr.update(value=way.label, visible=bool(way.model)),
        stage.stream: gr.update(visible=False),
    }
    return failed | (_text(stage, shown, text) if text.strip() else {})


def show_nothing(stage: TextStage) -> Update:
    """The place as it was at first, after its text was deleted."""
    hidden = {part: gr.update(visible=False) for part in (*stage.result(), stage.stream)}
    return hidden | {
        stage.card: gr.update(value=nothing_yet(), visible=True),
        stage.shown: Shown(),
    }


def turned(stage: TextStage, shown: Shown, text: str) -> Update:
    """The other text in the box's place: the user's own idea for the written one, or back."""
    now = replace(shown, other=text)
    return _text(stage, now, shown.other)


def _text(stage: TextStage, shown: Shown, text: str) -> Update:
    """A text in the box, and what can be done with it."""
    own = text.strip() == shown.idea.strip()
    return {
        stage.stream: gr.update(visible=False),
        stage.text: gr.update(value=text, visible=True),
        stage.actions: gr.update(visible=True),
        stage.mine: gr.update(
            value=say("write.theirs") if own else say("write.mine"), visible=bool(shown.idea)
        ),
        stage.shown: shown,
        **show_found(stage, shown, text),
    }


def show_found(stage: TextStage, shown: Shown, text: str) -> Update:
    """What is to be known of a text as it now stands."""
    return {
        stage.clashes: gr.update(value=write_cards.clashes(shown.idea, text), visible=True),
        stage.found: gr.update(value=write_cards.found(shown.idea, text), visible=True),
    }


def rest(stage: TextStage, session: Session) -> Update:
    """What changes whenever a job has ended."""
    return {
        stage.go: gr.update(interactive=True),
        stage.stop: gr.update(visible=False),
        stage.spend: cards.spend(session),
    }
