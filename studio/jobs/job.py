"""One job and where it stands.

PRICED -> SUBMITTING -> ACCEPTED -> RUNNING -> FETCHING -> COMPLETED
   |          |             \\__________\\__________\\____-> FAILED | CANCELLED
   |          +-> NOT_ACCEPTED   proof that nothing was created
   |          +-> UNKNOWN        the line was cut after sending
   +-> CANCELLED                 while it waited in line here; nothing was sent
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic

from errors import StudioError
from providers.schema import GenerationRequest, Queued, Running
from studio.jobs.parts import JobMoney, JobOrigin, JobOwner, JobResult, UpstreamJob
from studio.keys import Key
from studio.request import UserRequest
from studio.results.receipts import Receipt


class State(StrEnum):
    """The stations of a job; the last five end it."""

    PRICED = "priced"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    RUNNING = "running"
    FETCHING = "fetching"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN = "unknown"


ENDED = frozenset(
    {State.COMPLETED, State.FAILED, State.CANCELLED, State.NOT_ACCEPTED, State.UNKNOWN}
)


@dataclass(eq=False)
class Job:
    """What was asked, of whom, at what price, and what became of it. Changed in place by
    `studio.lifecycle`, ended by `studio.runner`."""

    # What the user asked.
    user_request: UserRequest
    # The same as it is sent to one model.
    request: GenerationRequest
    # The key it is sent with.
    key: Key
    # What it costs.
    money: JobMoney
    # What the user should know about the result.
    warnings: list[str] = field(default_factory=list)
    # Random; whoever knows it may ask after the job.
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    # When it was made.
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    # Where it stands.
    state: State = State.PRICED
    # The states it went through, each with its time.
    moments: list[tuple[State, datetime]] = field(default_factory=list)
    # The latest from the line here or from the provider.
    progress: Queued | Running = field(default_factory=Queued)
    # What is written, so far or in full, where the answer is a text; it stays when the line is cut.
    text: str = ""
    # What it has made.
    result: JobResult = field(default_factory=JobResult)
    # The job as its provider knows it.
    upstream: UpstreamJob = field(default_factory=UpstreamJob)
    # The request it is part of.
    origin: JobOrigin = field(default_factory=JobOrigin)
    # The job that this one is a step towards, for which the limits must leave room.
    leads_to: Job | None = None
    # Who may have it again after a restart.
    owner: JobOwner = field(default_factory=JobOwner, repr=False)
    # Whether it was made before a restart, so that its words are not known any more.
    forgotten: bool = False
    # Whether the app is being stopped, and the job goes on at its provider.
    let_go: bool = False
    # What ended it, None where nothing went wrong.
    error: StudioError | None = None
    # Its receipt once it is completed.
    receipt: Receipt | None = field(default=None, repr=False)
    # Seconds from its beginning to its latest state.
    seconds: float = 0.0
    # Set when nothing more will be written to it, the answer to a cancellation included.
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    # Called at every new state, to keep the job.
    changed: Callable[[Job], None] = field(default=lambda job: None, repr=False)
    # When it began, on the monotonic clock.
    _start: float = field(default_factory=monotonic)

    def enter(self, state: State) -> None:
        """Move on, note the moment, and tell whoever keeps the job."""
        self.state = state
        self.moments.append((state, datetime.now(UTC)))
        self.seconds = self.elapsed
        self.changed(self)

    @property
    def request_id(self) -> str:
        """The id of the request it belongs to; a translation belongs to the picture's."""
        return self.leads_to.origin.order if self.leads_to else self.origin.order

    @property
    def submitted(self) -> datetime | None:
        """When the request was sent, None while it was not."""
        return next((at for state, at in self.moments if state is State.SUBMITTING), None)

    @property
    def elapsed(self) -> float:
        """Seconds since the job was made."""
        return monotonic() - self._start

    @property
    def may_be_charged(self) -> bool:
        """Whether the provider may ask for money: anything but proof that nothing was created."""
        if self.state in (State.PRICED, State.NOT_ACCEPTED):
            return False
        if self.error is not None and self.error.created is False:
            return False  # stopped on its way, and then not accepted
        return State.SUBMITTING in [state for state, _ in self.moments]
