"""The right-hand side of a tab: the picture's place, its line and receipt, the film strip.

Every tab that makes pictures has one of its own; what stands here shows a session's results and
nothing that belongs to one task.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.catalogue import MODELS
from providers.schema import Task
from studio.results.image_files import size_of
from studio.results.receipts import Receipt
from studio.service import Studio
from studio.session import Session
from ui import cards
from ui.recovery import WayOut
from ui.strip import film, pictures
from ui.translating import Translating

Update = dict[Any, Any]
# What is meant to stay as it was but for what was asked.
COMPARED = (Task.IMAGE_EDIT, Task.RETOUCH)


@dataclass(frozen=True)
class Action:
    """What stands under the controls: who answers, the button, what is told before the click;
    and, under the prompt, what is told of its translation, where that may be needed."""

    who: gr.HTML
    go: gr.Button
    hint: gr.HTML
    translating: Translating | None = None

    def all(self) -> list[Any]:
        """The parts that follow every control."""
        more = self.translating.shown() if self.translating else []
        return [self.who, self.hint, self.go, *more]


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
    slider: gr.ImageSlider
    caption: gr.HTML
    actions: gr.Row
    download: gr.DownloadButton
    again: gr.Button
    edit: gr.Button
    compare: gr.Button
    changes: gr.Column
    told: gr.HTML
    map: gr.Image
    keep: gr.Button
    upscale: gr.Button
    retouch: gr.Button
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
            self.card, self.gallery, self.slider, self.caption, self.actions, self.download,
            self.again, self.compare, self.changes, self.receipt_box, self.receipt,
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


def build_action(
    names: Names, who: gr.HTML, label: str, translating: Translating | None = None
) -> Action:
    """The one button and the line under it; `who` and `translating` stand further up."""
    go = gr.Button(label, variant="primary", **names("go"))
    return Action(who, go, gr.HTML(**names("hint")), translating)


def build_stage(names: Names, go: gr.Button, spend: gr.HTML, hint: str = "") -> Stage:
    """Lay out the picture's place, the line under it, the next steps, the film strip.

    `hint`: what to do first, shown while the place is empty.
    """
    with gr.Column(**names("stage-box")):
        card = gr.HTML(cards.empty(hint), **names("stage"))
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
        slider = gr.ImageSlider(
            label=say("create.before_after"),
            type="filepath",
            interactive=False,
            visible=False,
            buttons=["fullscreen"],
            max_height=760,
            **names("slider"),
        )
        caption = gr.HTML(visible=False, **names("caption"))
        with gr.Row(visible=False, **names("actions")) as actions:
            download = gr.DownloadButton(
                say("create.download"), variant="primary", size="md", **names("download")
            )
            again = gr.Button(say("create.again"), size="md", **names("again"))
            edit = gr.Button(say("result.edit"), size="md", **names("edit-this"))
            compare = gr.Button(say("changes.show"), size="md", visible=False, **names("compare"))
            upscale = gr.Button(say("result.upscale"), size="md", **names("upscale-this"))
            retouch = gr.Button(say("result.retouch"), size="md", **names("retouch-this"))
        changes = _build_changes(names)
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
        go, stop, check, elsewhere, gr.State(WayOut()), card, gallery, slider, caption, actions,
        download, again, edit, compare, *changes, upscale, retouch, box, receipt, strip, spend,
    )  # fmt: skip


def _build_changes(names: Names) -> tuple[gr.Column, gr.HTML, gr.Image, gr.Button]:
    """Where it is told what an edit changed, closed until that is asked for."""
    with gr.Column(visible=False, **names("changes")) as box:
        told = gr.HTML(**names("told"))
        changed = gr.Image(
            show_label=False,
            type="filepath",
            interactive=False,
            visible=False,
            buttons=["fullscreen"],
            **names("map"),
        )
        keep = gr.Button(say("changes.keep"), size="md", visible=False, **names("keep"))
    return box, told, changed, keep


def show_running(stage: Stage, card: str) -> Update:
    """Where a running job stands, in a place made free for it; the last picture is in the strip.

    All of it every time: a busy page may take two updates as one and keep only the later.
    """
    place = [
        stage.gallery, stage.slider, stage.caption, stage.actions, stage.changes,
        stage.receipt_box, stage.check, stage.elsewhere,
    ]  # fmt: skip
    return {part: gr.update(visible=False) for part in place} | {
        stage.go: gr.update(interactive=False),
        stage.stop: gr.update(visible=True),
        stage.card: gr.update(value=card, visible=True),
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
    before = session.results.before.get(receipt["id"])
    pair = (str(before), paths[place]) if before and len(paths) == 1 else None
    seed = MODELS[receipt["model"]].param("seed")
    size = size_of(before) if before else None
    return {
        stage.card: gr.update(visible=False),
        stage.gallery: gr.update(value=paths, selected_index=place, visible=pair is None),
        stage.slider: gr.update(value=pair, visible=pair is not None),
        stage.caption: gr.update(value=cards.caption(receipt, size), visible=True),
        stage.actions: gr.update(visible=True),
        stage.download: gr.update(value=paths[place]),
        stage.again: gr.update(visible=seed is not None),
        stage.compare: gr.update(visible=bool(before) and receipt["task"] in COMPARED),
        stage.changes: gr.update(visible=False),
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
    place = [
        stage.gallery, stage.slider, stage.caption, stage.actions, stage.changes, stage.receipt_box,
    ]  # fmt: skip
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
    found = result_named(session, chosen.get("image") if isinstance(chosen, dict) else None)
    return str(found[0]["images"][found[1]]["path"]) if found else None


def result_named(session: Session, file: Any) -> tuple[Receipt, int] | None:
    """The result a page's file belongs to, and which of its pictures; None when there is none."""
    named = file.get("path") if isinstance(file, dict) else None
    for receipt, place in pictures(session):
        if receipt["images"][place]["path"] == named:
            return receipt, place
    return None
