"""The one place where results stand, of every tool, and the strip of the session under it.

What stands on the stage is what is chosen in the strip: a job that runs or failed, or a result.
`show` draws it from the session alone, so every handler that may change it ends with that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import gradio as gr

from i18n import say
from providers.catalogue import MODELS
from providers.schema import Task
from studio.results.image_files import size_of
from studio.results.receipts import Receipt
from studio.session import Session
from ui.names import Names, Update
from ui.results import cards
from ui.strip import Item, address_of, chosen_result, drawn, key_of, strip_of

NAMES: Final = Names()
# What is chosen there is told to the server; see `ui/static/choose.js`.
CHOOSE: Final = "easel.choose(element, trigger, watch)"
# What is meant to stay as it was but for what was asked.
COMPARED: Final = (Task.IMAGE_EDIT, Task.RETOUCH)
# Where the picture on the stage can go: the names of the buttons.
ONWARD: Final = ("edit", "retouch", "upscale", "text", "source", "target")


@dataclass(frozen=True)
class ResultView:
    """How the jobs of one task stand on the stage where they end in something else than a
    picture. Its parts are built inside the stage (`Stage.views_box`)."""

    task: Task
    # What is shown and hidden as a whole.
    box: gr.Column
    # What `show` changes.
    parts: tuple[Any, ...]
    # The parts for a job that has not ended well (a receipt is None) or for a result.
    show: Callable[[Session, Item | None, Receipt | None], Update]


@dataclass(frozen=True)
class Stage:
    """Every part of the stage."""

    # A running job, a failure, or what to do first.
    card: gr.HTML
    stop: gr.Button
    stop_all: gr.Button
    # The two ways out of an unknown outcome.
    check: gr.Button
    elsewhere: gr.Button
    # The picture, with the others of its request.
    gallery: gr.HTML
    # The picture beside the one that it was made from.
    slider: gr.ImageSlider
    caption: gr.HTML
    actions: gr.Row
    download: gr.DownloadButton
    again: gr.Button
    compare: gr.Button
    # What hands the picture to a tool, by names of `ONWARD`.
    onward: dict[str, gr.Button]
    # What changed, told and drawn; and the rest put back as it was.
    changes: gr.Column
    told: gr.HTML
    map: gr.Image
    keep: gr.Button
    # Where tools put their own views of results.
    views_box: gr.Column
    receipt_box: gr.Accordion
    receipt: gr.HTML
    film: gr.HTML
    spend: gr.HTML
    views: list[ResultView] = field(default_factory=list)

    def around(self) -> list[Any]:
        """What the function `around` changes."""
        return [self.film, self.spend, self.stop, self.stop_all]

    def shown(self) -> list[Any]:
        """What `show` changes."""
        own = [
            self.card, self.check, self.elsewhere, self.gallery,
            self.slider, self.caption, self.actions, self.download, self.again, self.compare,
            self.changes, self.receipt_box, self.receipt, *self.around(),
        ]  # fmt: skip
        return [*own, *(part for view in self.views for part in (view.box, *view.parts))]


def build_stage(spend: gr.HTML) -> Stage:
    """Lay out the picture's place, the line under it, the next steps, and the strip."""
    with gr.Column(**NAMES("stage-box")):
        card = gr.HTML(cards.empty(), **NAMES("stage"))
        with gr.Row(**NAMES("stops")):
            stop = _hidden("create.stop", "stop", variant="stop")
            stop_all = _hidden("stage.stop_all", "stop-all", variant="stop")
        with gr.Row(**NAMES("ways")):
            check, elsewhere = _hidden("way.check", "check"), _hidden("way.check", "elsewhere")
        gallery = gr.HTML(visible=False, js_on_load=CHOOSE, **NAMES("gallery"))
        slider = gr.ImageSlider(
            label=say("create.before_after"),
            type="filepath",
            interactive=False,
            visible=False,
            buttons=["fullscreen"],
            max_height=760,
            **NAMES("slider"),
        )
        caption = gr.HTML(visible=False, **NAMES("caption"))
        with gr.Row(visible=False, **NAMES("actions")) as actions:
            download = gr.DownloadButton(
                say("create.download"), variant="primary", size="md", **NAMES("download")
            )
            again = gr.Button(say("create.again"), size="md", **NAMES("again"))
            compare = _hidden("changes.show", "compare")
            onward = {
                name: gr.Button(say(f"result.{name}"), size="md", **NAMES(f"{name}-this"))
                for name in ONWARD
            }
        changes = _build_changes()
        with gr.Column(visible=True, **NAMES("views")) as views:
            pass
        with gr.Accordion(
            say("create.receipt"), open=False, visible=False, **NAMES("receipt")
        ) as box:
            receipt = gr.HTML(**NAMES("receipt-table"))
    strip = gr.HTML(visible=False, js_on_load=CHOOSE, **NAMES("film"))
    return Stage(
        card, stop, stop_all, check, elsewhere, gallery, slider, caption, actions, download, again,
        compare, onward, *changes, views, box, receipt, strip, spend,
    )  # fmt: skip


def _hidden(label: str, name: str, variant: Any = "secondary") -> gr.Button:
    """A button that shows itself when it is of use."""
    return gr.Button(say(label), variant=variant, visible=False, size="md", **NAMES(name))


def _build_changes() -> tuple[gr.Column, gr.HTML, gr.Image, gr.Button]:
    """Where it is told what an edit changed, closed until that is asked for."""
    with gr.Column(visible=False, **NAMES("changes")) as box:
        told = gr.HTML(**NAMES("told"))
        changed = gr.Image(
            show_label=False,
            type="filepath",
            interactive=False,
            visible=False,
            buttons=["fullscreen"],
            **NAMES("map"),
        )
        keep = _hidden("changes.keep", "keep")
    return box, told, changed, keep


def show(stage: Stage, session: Session) -> Update:
    """The stage and the strip as the session now stands.

    All of it every time: a busy page may take two updates as one and keep only the later.
    """
    item, result = strip_of(session).item(), chosen_result(session)
    receipt = result[0] if result else None
    if result and result[0]["images"]:
        drawn_now = _picture(session, *result)
    elif receipt:
        drawn_now = _text(receipt)
    else:
        drawn_now = {"card": gr.update(value=_card(item), visible=True)}
    found = _nothing() | drawn_now | _ways(item)
    own = {getattr(stage, name): update for name, update in found.items()}
    return own | _views(stage, session, item, receipt) | around(stage, session)


def around(stage: Stage, session: Session) -> Update:
    """What changes with every step of any job: the strip, what was spent, and what can be
    stopped."""
    stops = {getattr(stage, name): update for name, update in _stops(session).items()}
    return {stage.film: drawn(session), stage.spend: cards.spend(session)} | stops


def _nothing() -> Update:
    """Every part of a result hidden."""
    parts = (
        "card", "gallery", "slider", "caption", "actions", "again", "compare", "changes",
        "receipt_box",
    )  # fmt: skip
    return {name: gr.update(visible=False) for name in parts}


def _card(item: Item | None) -> str:
    """What stands in the picture's place while there is none."""
    if item is None:
        return cards.empty()
    if not item.ended:
        return cards.running(item.job) if item.job else cards.starting()
    if item.error is not None:
        return cards.failed(item.error, item.way.basis)
    return cards.told(say("way.still_open")) if item.way.job_id else cards.broken()


def _ways(item: Item | None) -> Update:
    """The ways out of an outcome that nobody knows."""
    open_ = item is not None and item.ended
    job_id = item.way.job_id if item and open_ else ""
    elsewhere = bool(item and open_ and item.way.model and item.press)
    return {
        "check": gr.update(visible=bool(job_id)),
        "elsewhere": gr.update(value=item.way.label if item else "", visible=elsewhere),
    }


def _stops(session: Session) -> Update:
    """Stop for the job that is shown; for all, where there are others."""
    strip = strip_of(session)
    running = strip.running()
    here = strip.item() in running
    return {
        "stop": gr.update(visible=here),
        "stop_all": gr.update(visible=len(running) > int(here)),
    }


def _picture(session: Session, receipt: Receipt, place: int) -> Update:
    """A picture, with its line and its receipt."""
    paths = [image["path"] for image in receipt["images"]]
    before = session.results.before.get(receipt["id"])
    pair = (str(before), paths[place]) if before and len(paths) == 1 else None
    maker = strip_of(session).maker(receipt["id"])
    seeds = MODELS[receipt["model"]].param("seed") is not None
    note = maker.note if maker else ""
    size = size_of(before) if before else None
    whole = "" if pair else _gallery(receipt, place)
    return {
        "gallery": gr.update(value=whole, visible=pair is None),
        "slider": gr.update(value=pair, visible=pair is not None),
        "caption": gr.update(value=cards.caption(receipt, size) + note, visible=True),
        "actions": gr.update(visible=True),
        "download": gr.update(value=paths[place]),
        "again": gr.update(visible=bool(maker and maker.press and seeds)),
        "compare": gr.update(visible=bool(before) and receipt["task"] in COMPARED),
        **_receipt(receipt),
    }


def _text(receipt: Receipt) -> Update:
    """What is the same for every text; the rest is its task's own view."""
    return {"caption": gr.update(visible=False), **_receipt(receipt)}


def _receipt(receipt: Receipt) -> Update:
    return {"receipt_box": gr.update(visible=True), "receipt": cards.receipt_table(receipt)}


def _gallery(receipt: Receipt, place: int) -> str:
    """One picture large, and the others of its request to choose from."""
    words = str(receipt["asked"].get("prompt") or receipt["title"])
    paths = [image["path"] for image in receipt["images"]]
    image = f'<img class="whole" src="{address_of(paths[place])}" alt="{escape(words)}">'
    look = say("stage.full")
    full = (
        f'<button type="button" class="full" aria-label="{look}" title="{look}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/></svg></button>'
    )
    figure = f'<figure class="picture">{image}{full}</figure>'
    if len(paths) < 2:
        return figure
    small = "".join(
        f'<button type="button" class="thumbnail" data-item="{key_of(receipt["id"], at)}"'
        f' aria-pressed="{str(at == place).lower()}"'
        f' aria-label="{say("strip.picture", number=at + 1, of=len(paths))}">'
        f'<img src="{address_of(path)}" alt=""></button>'
        for at, path in enumerate(paths)
    )
    return f'{figure}<div class="thumbnails">{small}</div>'


def _views(stage: Stage, session: Session, item: Item | None, receipt: Receipt | None) -> Update:
    """The view of the task that is shown; the others are hidden."""
    task = str(item.task) if item else receipt["task"] if receipt else ""
    found: Update = {}
    for view in stage.views:
        here = task == str(view.task)
        found |= view.show(session, item, receipt) if here else {}
        found[view.box] = gr.update(visible=here)
    return found
