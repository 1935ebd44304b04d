"""What every endpoint that makes pictures answers: how far it is, then files and receipt."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import gradio as gr

from providers.schema import Queued, Running
from studio.job import Job, State
from studio.results.receipts import Receipt
from studio.runner import HEARTBEAT_SECONDS
from ui import cards
from ui.api.boxes import Boxes
from ui.export import public, root_of

# Pictures come as gradio's file data, so that nothing is decoded before the studio has looked.
PAID: dict[str, Any] = {
    "concurrency_limit": None,
    "preprocess": False,
    "show_progress": "hidden",
}


def answer_boxes(boxes: Boxes) -> list[Any]:
    """The components that stand for the answer."""
    return [boxes(gr.Gallery, "pictures"), boxes(gr.JSON, "receipt")]


async def answers(
    jobs: AsyncGenerator[Job, None], progress: gr.Progress, request: gr.Request
) -> AsyncGenerator[Any, None]:
    """While jobs run a job's id and state whenever it is at another station: whoever knows the id
    can ask for the job although this app, or the line to it, breaks down. Nothing now and then, so
    that a caller who has gone is noticed. Then the pictures' paths and the receipt, of several jobs
    the last one's with all in it."""
    made: dict[str, Receipt] = {}
    told_of: tuple[str, str] = ("", "")
    silence = Silence()
    async with aclosing(jobs):
        async for job in jobs:
            tell(progress, job)
            if job.receipt:
                made[job.id] = job.receipt
            now = (job.id, str(job.state))
            news = now != told_of and job.state not in (State.PRICED, State.COMPLETED)
            told_of = now
            if news:
                yield gr.skip(), dict(zip(("id", "state"), now, strict=True))
            elif silence.is_long():
                yield gr.skip()
    root = root_of(request)
    told = [public(receipt, root) for receipt in made.values()]
    series = {"series": told} if len(told) > 1 else {}
    paths = [image["path"] for receipt in made.values() for image in receipt["images"]]
    yield paths, {**told[-1], **series}


@dataclass
class Silence:
    """How long a caller has been told nothing. What is told while a job runs is nothing new to an
    endpoint's caller, who is sent every step as an event of its own."""

    said: float = -inf

    def is_long(self) -> bool:
        """Whether it is time for a step; that counts as said."""
        if monotonic() - self.said < HEARTBEAT_SECONDS:
            return False
        self.said = monotonic()
        return True


def tell(progress: gr.Progress, job: Job) -> None:
    """The job's stage for gradio's own progress reports."""
    where = job.progress
    if isinstance(where, Queued) and where.position:
        progress((0, where.position), desc=cards.stage(job), unit="ahead")
    else:
        fraction = where.fraction if isinstance(where, Running) else None
        progress(fraction or 0, desc=cards.stage(job))
