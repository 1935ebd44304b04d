"""This session's jobs and results, of every tool, newest first: the strip under the stage.

A press of a button is an item: waiting, running, failed, stopped or of unknown outcome. Once it is
done, its results stand in its place, and they alone are kept (in the session's history). Choosing
one shows it on the stage.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any, Final
from urllib.parse import quote

import gradio as gr

from errors import Cancelled, StudioError, UnknownOutcome
from i18n import say
from providers.schema import Running, Task
from studio.jobs.job import Job, State
from studio.results.receipts import Receipt
from studio.session import Session
from ui.results.recovery import WayOut

# Items that failed or were stopped, which nobody has to keep for ever.
MOST_FAILED: Final = 20
TITLE_LETTERS: Final = 80
SECOND: Final = len("2026-11-30T12:00:00")


@dataclass(eq=False)
class Item:
    """One press of a tool's button, or of "Check again", from then to its end."""

    task: Task
    # Such as the beginning of the prompt.
    title: str
    # The tool and what its form held, to be pressed again; none where that cannot be.
    press: Any = None
    # The request's id in the studio, by which it can be stopped.
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    # The latest one, once there is one.
    job: Job | None = None
    # What ended it, where that was a failure.
    error: StudioError | None = None
    # What can be done about that.
    way: WayOut = field(default_factory=WayOut)
    # The ids of its results so far.
    made: list[str] = field(default_factory=list)
    # HTML under its result: what else is to be known of the whole request.
    note: str = ""
    ended: bool = False
    # Whether its last step was drawn on the stage.
    on_stage: bool = False

    @property
    def state(self) -> str:
        """One of waiting, running, stopped, unknown, failed, done."""
        if not self.ended:
            waits = self.job is None or self.job.state is State.PRICED
            return "waiting" if waits else "running"
        if self.error is None:
            return "done" if self.made else "failed"
        if isinstance(self.error, Cancelled):
            return "stopped"
        return "unknown" if self.way.job_id or isinstance(self.error, UnknownOutcome) else "failed"

    def follow(self, job: Job) -> None:
        """Note where its job stands."""
        self.job = job
        if job.receipt and job.id not in self.made:
            self.made.append(job.id)

    def fail(self, error: StudioError, way: WayOut) -> None:
        """Note what ended it."""
        self.error, self.way = error, way

    def resume(self) -> None:
        """It runs again."""
        self.error, self.ended = None, False


@dataclass(eq=False)
class Strip:
    """What the page shows of one session."""

    items: list[Item] = field(default_factory=list)
    # The key of what stands on the stage: an item's id, or that of a result with a picture's place.
    chosen: str = ""
    # What became of written texts under their reader's hands, by the id of a result or an item.
    drafts: dict[str, Any] = field(default_factory=dict)

    def add(self, item: Item) -> Item:
        """Add an item and choose it."""
        self.items.append(item)
        self.chosen = item.id
        failed = [each for each in self.items if each.ended and not each.made]
        for old in failed[:-MOST_FAILED]:
            self.items.remove(old)
        return item

    def item(self) -> Item | None:
        """The chosen item, None where a result is chosen, or nothing."""
        return next((each for each in self.items if each.id == self.chosen), None)

    def maker(self, receipt_id: str) -> Item | None:
        """The item that a result came of."""
        return next((each for each in self.items if receipt_id in each.made), None)

    def running(self) -> list[Item]:
        """Those that have not ended."""
        return [each for each in self.items if not each.ended]

    def end(self, item: Item) -> None:
        """An item is over. Its result takes its place, on the stage as well."""
        item.ended = True
        if self.chosen == item.id and item.made and item.error is None:
            self.chosen = key_of(item.made[-1])


def strip_of(session: Session) -> Strip:
    """The strip of a session."""
    if session.page is None:
        session.page = Strip()
    strip: Strip = session.page
    return strip


def key_of(receipt_id: str, place: int = 0) -> str:
    """The key of a result's picture."""
    return f"{receipt_id}.{place}"


def chosen_result(session: Session) -> tuple[Receipt, int] | None:
    """The result on the stage and which of its pictures; None where none is there."""
    chosen = strip_of(session).chosen
    for receipt in session.results.history:
        for place in range(max(1, len(receipt["images"]))):
            if key_of(receipt["id"], place) == chosen:
                return receipt, place
    return None


def choose_last(session: Session) -> None:
    """Choose what was made last where nothing that is still there is chosen."""
    strip = strip_of(session)
    there = {receipt["id"] for receipt in session.results.history} | {
        item.id for item in strip.items
    }
    strip.drafts = {key: draft for key, draft in strip.drafts.items() if key in there}
    if strip.item() is None and chosen_result(session) is None:
        strip.chosen = key_of(session.results.history[-1]["id"]) if session.results.history else ""


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


def address_of(path: Any) -> str:
    """Where the page finds a file of the session."""
    return f"gradio_api/file={quote(str(path))}"


def drawn(session: Session) -> Any:
    """An update for the strip."""
    strip = strip_of(session)
    entries = sorted(_entries(session, strip), key=lambda entry: entry[0], reverse=True)
    if not entries:
        return gr.update(value="", visible=False)
    note = f'<span class="hint">{say("strip.note")}</span>'
    title = f'<div class="strip-title"><h2>{say("create.film")}</h2>{note}</div>'
    tiles = "".join(tile for _, tile in entries)
    running = len(strip.running())
    html = f'{title}<div class="strip" role="group" data-running="{running}">{tiles}</div>'
    return gr.update(value=html, visible=True)


def _entries(session: Session, strip: Strip) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each with what it is sorted by: the second it was begun, then its place in the list."""
    for at, receipt in enumerate(session.results.history):
        for place in range(max(1, len(receipt["images"]))):
            order = (receipt["created"][:SECOND], 0, at, -place)
            yield order, _result_tile(receipt, place, strip.chosen)
    for at, item in enumerate(strip.items):
        if not item.ended or item.error is not None or not item.made:
            yield (item.created.isoformat()[:SECOND], 1, at, 0), _item_tile(item, strip.chosen)


def _result_tile(receipt: Receipt, place: int, chosen: str) -> str:
    words = receipt["asked"].get("prompt") or receipt["title"]
    images = receipt["images"]
    number = say("strip.picture", number=place + 1, of=len(images)) if len(images) > 1 else ""
    told = " · ".join(filter(None, [say("strip.done"), number, str(words)[:TITLE_LETTERS]]))
    if images:
        body = f'<img src="{address_of(images[place]["path"])}" alt="" loading="lazy">'
        key = key_of(receipt["id"], place)
        return _tile(key, "picture", told, body, chosen, images[place]["path"])
    body = f"<span>{escape(receipt['text'][:TITLE_LETTERS])}</span>"
    return _tile(key_of(receipt["id"]), "text", told, body, chosen, receipt["id"])


def _item_tile(item: Item, chosen: str) -> str:
    state = say(f"strip.{item.state}")
    progress = item.job.progress if item.job else None
    fraction = progress.fraction if isinstance(progress, Running) else None
    known = "" if fraction is None else f' value="{fraction:.2f}"'
    bar = f'<progress max="1"{known} aria-hidden="true"></progress>' * (not item.ended)
    body = f"{bar}<b>{escape(state)}</b><span>{escape(item.title)}</span>"
    return _tile(item.id, item.state, f"{state} · {item.title}", body, chosen)


def _tile(key: str, kind: str, told: str, body: str, chosen: str, result: str = "") -> str:
    """`result`: what is lost with the page, by a name of its own."""
    pressed = str(key == chosen).lower()
    saving = f' data-result="{escape(result)}"' if result else ""
    told = escape(told)
    return (
        f'<button type="button" class="tile {kind}" data-item="{key}"{saving}'
        f' aria-pressed="{pressed}" aria-label="{told}" title="{told}">{body}</button>'
    )
