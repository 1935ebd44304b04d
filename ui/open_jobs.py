"""Jobs with an unknown outcome, as the History tab lists them, and the note after a restart.

A job is open when it is not known what became of it, or its result could not be fetched. The way
on is to ask its provider again, which never pays twice.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import gradio as gr

from errors import StudioError
from i18n import say
from studio.results.receipts import Record
from studio.results.uncollected import new_ticket
from studio.service import Studio
from studio.session import Session
from studio.storage.journal import digest
from ui import cards
from ui.context import AppContext
from ui.money import dollars
from ui.names import Update

# The browser's store is closed to other sites anyway; a secret made at each start would only make
# the token unreadable after a restart, when it is wanted.
SHARED: Final = "easel"
MOST_TOKEN: Final = 100  # characters; a longer one is none of ours


@dataclass(frozen=True)
class OpenJobs:
    """The list, and what can be done with the chosen one."""

    box: gr.Column
    # The jobs to choose from.
    found: gr.Radio
    # What became of the last check.
    told: gr.HTML
    check: gr.Button
    # Takes the job off the list.
    drop: gr.Button

    def all(self) -> list[Any]:
        """Every part that changes."""
        return [self.box, self.found, self.told, self.check, self.drop]


@dataclass(frozen=True)
class Restarted:
    """The line above the tabs about jobs from before a restart."""

    row: gr.Row
    told: gr.HTML
    # Goes to the history.
    show: gr.Button
    # What the browser keeps to be known again by.
    token: gr.BrowserState


def build_open_jobs() -> OpenJobs:
    """Lay the list out, hidden until there is a job."""
    with gr.Column(visible=False, elem_id="open-jobs") as box:
        found = gr.Radio([], label=say("open.title"), info=say("open.hint"), elem_id="open-list")
        told = gr.HTML(visible=False, elem_id="open-told")
        with gr.Row():
            check = gr.Button(say("way.check"), variant="primary", elem_id="open-check", size="md")
            drop = gr.Button(say("open.drop"), elem_id="open-drop", size="md")
    return OpenJobs(box, found, told, check, drop)


def build_restarted() -> Restarted:
    """Lay the line out, hidden until there is something to tell."""
    with gr.Row(visible=False, elem_id="restarted") as row:
        told = gr.HTML()
        show = gr.Button(say("open.show"), elem_id="restarted-show", size="sm", scale=0)
    token = gr.BrowserState("", storage_key="easel-browser", secret=SHARED)
    return Restarted(row, told, show, token)


def listing(jobs: OpenJobs, studio: Studio, session: Session) -> Update:
    """The list as the session now stands, its first job chosen."""
    records = studio.open_jobs(session)
    rows = [(_line(each), each["id"]) for each in records]
    return {
        jobs.box: gr.update(visible=bool(rows)),
        jobs.found: gr.update(choices=rows, value=rows[0][1] if rows else None),
        jobs.told: gr.update(value="", visible=False),
        jobs.check: gr.update(interactive=bool(rows)),
        jobs.drop: gr.update(interactive=bool(rows)),
    }


async def welcome(
    context: AppContext, session: Session, token: Any, request: gr.Request
) -> tuple[str, Any, str]:
    """The browser's token, made when it has none; whether the line is shown, and its words."""
    known = token if isinstance(token, str) and 0 < len(token) <= MOST_TOKEN else new_ticket()
    session.visitor.browser = digest(known)
    context.meet(session, request)
    count = len(context.studio.recall(session)) or len(context.studio.open_jobs(session))
    text = say("open.restarted.one") if count == 1 else say("open.restarted", count=count)
    return known, gr.update(visible=bool(count)), cards.note(text)


async def check_one(
    context: AppContext,
    jobs: OpenJobs,
    data: Update,
    request: gr.Request,
    token: gr.OAuthToken | None,
) -> AsyncGenerator[Update, None]:
    """Ask after the chosen job, showing where it stands; nothing is submitted."""
    session, job_id = data[context.session], str(data[jobs.found] or "")
    busy = {jobs.check: gr.update(interactive=False), jobs.drop: gr.update(interactive=False)}
    yield busy | {jobs.told: gr.update(value=cards.starting(), visible=True)}
    told = cards.note(say("open.fetched"))
    try:
        keys = context.keys(session, request, token)
        async with aclosing(context.studio.check(session, job_id, keys)) as steps:
            async for job in steps:
                yield {jobs.told: gr.update(value=cards.running(job), visible=True)}
    except StudioError as error:
        told = cards.failed(error, "unknown")
    after = listing(jobs, context.studio, session)
    still = {jobs.box: gr.update(visible=True), jobs.told: gr.update(value=told, visible=True)}
    yield after | still


def _line(record: Record) -> str:
    """Who has it since when and for how much, then what is known."""
    at = datetime.fromisoformat(record["created"]).astimezone()
    price = record["price"]
    most = price["usd"] if price["usd"] is not None else price["at_most"]
    parts = [f"{record['title']} · {record['provider']}", f"{at:%d %b %H:%M}"]
    parts += [say("open.price", price=dollars(most))] if most is not None else []
    prompt = " ".join(str(record["asked"].get("prompt") or "").split())[:80]
    message = record["error"]["message"] if record["error"] else ""
    return "\n".join(filter(None, [" · ".join(parts), prompt, message]))
