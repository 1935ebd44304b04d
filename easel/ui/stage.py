"""The right-hand side of a tab: the picture's place, its line and receipt, the film strip.

Every tab that makes pictures has one of its own; what stands here shows a session's results and
nothing that belongs to one task.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from easel.providers.errors import StudioError
from easel.studio.service import Studio
from easel.studio.session import Session
from easel.ui import cards
from easel.ui.recovery import WayOut
from easel.ui.strip import film, pictures
from easel.words import say

Update = dict[Any, Any]


@dataclass(frozen=True)
class Action:
    """What stands under the controls: who answers, the button, what is told before the click."""

    who: gr.HTML
    go: gr.Button
    hint: gr.HTML

    def all(self) -> list[Any]:
        """The parts that follow every control."""
        return [self.who, self.hint, self.go]


@dataclass(frozen=True)
class Stage:
    """What changes on the screen when a job runs and ends."""

    go: gr.Button
    stop: gr.Button
    check: gr.Button
    elsewhere: gr.Button
    way: gr.State
    card: gr.HTML
    gallery: gr.Gallery
    caption: gr.HTML
    actions: gr.Row
    download: gr.DownloadButton
    again: gr.Button
    receipt_box: gr.Accordion
    receipt: gr.HTML
    film: gr.Gallery
    spend: gr.HTML

    def all(self) -> list[Any]:
        """Every part."""
        return [*vars(self).values()]

    def shown(self) -> list[Any]:
        """What `show_picture` changes."""
        return [
            self.card, self.gallery, self.caption, self.actions, self.download,
            self.receipt_box, self.receipt,
        ]  # fmt: skip


class Names:
    """Ids and classes of a tab's parts: the first tab's ids are plain, the others' have the tab's
    name before them."""

    def __init__(self, tab: str = "") -> None:
        self._tab = tab

    def __call__(self, name: str) -> dict[str, Any]:
        """For a component of that name."""
        full = f"{self._tab}-{name}" if self._tab else name
        return {"elem_id": full, "elem_classes": [f"at-{name}"]}


def build_action(names: Names, who: gr.HTML, label: str) -> Action:
    """The one button and the line under it; `who` stands further up, beside the model."""
    go = gr.Button(label, variant="primary", **names("go"))
    return Action(who, go, gr.HTML(**names("hint")))


def build_stage(names: Names, go: gr.Button, spend: gr.HTML) -> Stage:
    """Lay out the picture's place, the line under it, the next steps, the film strip."""
    with gr.Column(**names("stage-box")):
        card = gr.HTML(cards.empty(), **names("stage"))
        stop = gr.Button(say("create.stop"), variant="stop", visible=False, **names("stop"))
        with gr.Row(**names("ways")):
            check = gr.Button(say("way.check"), visible=False, size="md", **names("check"))
            elsewhere = gr.Button(visible=False, size="md", **names("elsewhere"))
        gallery = gr.Gallery(
            show_label=False,
            visible=False,
            columns=2,
            object_fit="contain",
            preview=True,
            buttons=["fullscreen"],
            interactive=False,
            **names("gallery"),
        )
        caption = gr.HTML(visible=False, **names("caption"))
        with gr.Row(visible=False, **names("actions")) as actions:
            download = gr.DownloadButton(
                say("create.download"), variant="primary", size="md", **names("download")
            )
            again = gr.Button(say("create.again"), size="md", **names("again"))
        with gr.Accordion(
            say("create.receipt"), open=False, visible=False, **names("receipt")
        ) as box:
            receipt = gr.HTML(**names("receipt-table"))
    strip = gr.Gallery(
        label=say("create.film"),
        visible=False,
        columns=20,
        rows=1,
        height=112,
        object_fit="cover",
        allow_preview=False,
        buttons=[],
        interactive=False,
        **names("film"),
    )
    return Stage(
        go, stop, check, elsewhere, gr.State(WayOut()), card, gallery, caption, actions, download,
        again, box, receipt, strip, spend,
    )  # fmt: skip


def clear_stage(stage: Stage) -> Update:
    """The picture's place made free for a running job; the last picture is in the film strip."""
    place = [
        stage.gallery, stage.caption, stage.actions, stage.receipt_box, stage.check,
        stage.elsewhere,
    ]  # fmt: skip
    return {part: gr.update(visible=False) for part in place} | {
        stage.go: gr.update(interactive=False),
        stage.stop: gr.update(visible=True),
        stage.card: gr.update(value=cards.starting(), visible=True),
    }


def show_card(stage: Stage, card: str) -> Update:
    """A card in the picture's place."""
    return {stage.card: gr.update(value=card, visible=True)}


def show_failure(stage: Stage, error: StudioError, way: WayOut) -> Update:
    """What went wrong in the picture's place, and the ways out of it."""
    return show_card(stage, cards.failed(error, way.basis)) | {
        stage.way: way,
        stage.check: gr.update(visible=bool(way.job_id)),
        stage.elsewhere: gr.update(value=way.label, visible=bool(way.model)),
    }


def show_job(stage: Stage, session: Session, job_id: str) -> Update:
    """The first picture of a job that is in the history."""
    strip = pictures(session)
    places = [at for at, (receipt, _) in enumerate(strip) if receipt["id"] == job_id]
    if not places:
        return show_card(stage, cards.told(say("way.still_open")))
    return show_picture(stage, session, places[0])


def show_picture(stage: Stage, session: Session, index: int) -> Update:
    """The picture at that place of the film strip, with its line and its receipt."""
    receipt, place = pictures(session)[index]
    paths = [image["path"] for image in receipt["images"]]
    return {
        stage.card: gr.update(visible=False),
        stage.gallery: gr.update(value=paths, selected_index=place, visible=True),
        stage.caption: gr.update(value=cards.caption(receipt), visible=True),
        stage.actions: gr.update(visible=True),
        stage.download: gr.update(value=paths[place]),
        stage.receipt_box: gr.update(visible=True),
        stage.receipt: cards.receipt_table(receipt),
    }


def show_last(studio: Studio, stage: Stage, session: Session) -> Update:
    """What stands in the picture's place after something was deleted: the last picture left,
    or the empty card; a running job is left alone."""
    if studio.running(session):
        return {}
    if pictures(session):
        return show_picture(stage, session, len(pictures(session)) - 1)
    place = [stage.gallery, stage.caption, stage.actions, stage.receipt_box]
    hidden = {part: gr.update(visible=False) for part in place}
    return hidden | show_card(stage, cards.empty())


def rest(stage: Stage, session: Session) -> Update:
    """What changes whenever a job has ended."""
    return {
        stage.go: gr.update(interactive=True),
        stage.stop: gr.update(visible=False),
        stage.spend: cards.spend(session),
        stage.film: film(session),
    }


def picture_named(session: Session, chosen: Any) -> str | None:
    """The session's own path of a picture that the page names, None when it has no such one."""
    named = str(chosen["image"]["path"]) if isinstance(chosen, dict) else ""
    paths = (receipt["images"][place]["path"] for receipt, place in pictures(session))
    return next((path for path in paths if path == named), None)
