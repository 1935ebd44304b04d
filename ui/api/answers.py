"""What every endpoint that has a job done answers: how far it is, then the result and receipt."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import Any

import gradio as gr

from providers.schema import Queued, Running, Task
from studio.jobs.job import Job, State
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.results.receipts import Receipt
from studio.runner import HEARTBEAT_SECONDS
from studio.session import Session
from studio.values import read_price
from ui.context import AppContext
from ui.results import cards
from ui.results.export import public, root_of


@dataclass(frozen=True)
class Call:
    """One call of an endpoint."""

    context: AppContext
    session: Session
    # The keys it may use.
    keys: Keyring
    request: gr.Request
    # Told of each stage.
    progress: gr.Progress

    async def run(
        self, task: Task, model: Any, user_request: UserRequest, max_price: Any = None
    ) -> AsyncGenerator[Any, None]:
        """Have it done. While jobs run a job's id and state whenever it is at another station:
        whoever knows the id can ask for the job although this app, or the line to it, breaks down;
        of a text what is written so far. Nothing now and then, so that a caller who has gone is
        noticed. Then the pictures' paths, or the text, and the receipt, of several jobs the last
        one's with all in it."""
        policy = Policy(max_price=read_price(max_price), patience=self.session.limits.patience)
        jobs = self.context.studio.run(
            task, str(model or ""), user_request, self.session, self.keys, policy
        )
        answer, silence = Answer(is_text=task is Task.PROMPT_WRITING), Silence()
        async with aclosing(jobs):
            async for job in jobs:
                tell(self.progress, job)
                if (step := answer.step(job)) is not None:
                    yield step
                elif silence.is_long():
                    yield gr.skip()
        yield answer.whole(root_of(self.request))


@dataclass
class Answer:
    """What has been answered so far."""

    # Whether a text is made, not pictures.
    is_text: bool
    # The text as it was last told.
    text: str = ""
    # The id and state of the job as they were last told.
    station: tuple[str, str] = ("", "")
    # The receipts by the ids of their jobs.
    receipts: dict[str, Receipt] = field(default_factory=dict)

    def step(self, job: Job) -> tuple[Any, Any] | None:
        """What is new about a job for its caller."""
        if job.receipt:
            self.receipts[job.id] = job.receipt
        if self.is_text:
            before, self.text = self.text, job.text
            return None if before == job.text else (job.text or gr.skip(), gr.skip())
        before_station, self.station = self.station, (job.id, str(job.state))
        if self.station == before_station or job.state in (State.PRICED, State.COMPLETED):
            return None
        return gr.skip(), dict(zip(("id", "state"), self.station, strict=True))

    def whole(self, root: str) -> tuple[Any, Any]:
        """The result and the receipt. `root`: the app's own address, for the pictures."""
        receipts = [public(receipt, root) for receipt in self.receipts.values()]
        series = {"series": receipts} if len(receipts) > 1 else {}
        if self.is_text:
            return self.text, receipts[-1]
        paths = [image["path"] for made in self.receipts.values() for image in made["images"]]
        return paths, {**receipts[-1], **series}


@dataclass
class Silence:
    """How long a caller has been told nothing. What is told while a job runs is nothing new to an
    endpoint's caller, who is sent every step as an event of its own."""

    last: float = -inf

    def is_long(self) -> bool:
        """Whether it is time for a step; that counts as one."""
        if monotonic() - self.last < HEARTBEAT_SECONDS:
            return False
        self.last = monotonic()
        return True


def tell(progress: gr.Progress, job: Job) -> None:
    """The job's stage for gradio's own progress reports."""
    where = job.progress
    if isinstance(where, Queued) and where.position:
        progress((0, where.position), desc=cards.stage(job), unit="ahead")
    else:
        fraction = where.fraction if isinstance(where, Running) else None
        progress(fraction or 0, desc=cards.stage(job))
