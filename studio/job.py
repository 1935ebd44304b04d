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
from decimal import Decimal
from enum import StrEnum
from time import monotonic
from typing import Any

from errors import StudioError
from providers.schema import GenerationRequest, Handle, Queued, Running
from studio.keys import Key
from studio.request import UserRequest
from studio.results.image_files import StoredPicture
from studio.results.receipts import Attempt, Receipt, TranslatedBy


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
    """What was asked, of whom, at what price, and what became of it.

    Changed in place by `studio.lifecycle`, ended by `studio.service`. `progress` is the latest word
    from the line here or from the provider. `closed` is set when nothing more will be written to
    the job, the provider's answer to a cancellation included. `receipt` is filled when it is
    completed. `text`: what is written, so far or in full, where the answer is a text; it stays
    when the line is cut. `findings`: what that text was held against. `leads_to`: the job that this
    one is a step towards, for which the limits must leave room; `translated_by`: who translated
    the prompt that was sent, as receipts tell it. `drawn`: US dollars that a job without a price of
    its own draws from the operator's credit at the serving provider, 0 where nobody knows. `most`:
    the dearest it can come to, where that is more than its price. `caller`, `browser`: digests by
    which whoever made it is known again after a restart, "" for none; `forgotten`: it was made
    before one, so that its words are not known any more. `let_go`: the app is being stopped, and
    the job goes on at its provider.
    """

    user_request: UserRequest
    request: GenerationRequest
    key: Key
    price: Decimal | None
    warnings: list[str] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: State = State.PRICED
    moments: list[tuple[State, datetime]] = field(default_factory=list)
    progress: Queued | Running = field(default_factory=Queued)
    upstream_id: str = ""
    handle: Handle | None = None
    order: str = ""
    attempts: list[Attempt] = field(default_factory=list)
    seed: int | None = None
    charged: Decimal | None = None
    stored: list[StoredPicture] = field(default_factory=list)
    text: str = ""
    findings: dict[str, Any] = field(default_factory=dict)
    leads_to: Job | None = None
    translated_by: TranslatedBy | None = None
    drawn: Decimal = Decimal(0)
    most: Decimal | None = None
    caller: str = field(default="", repr=False)
    browser: str = field(default="", repr=False)
    forgotten: bool = False
    let_go: bool = False
    error: StudioError | None = None
    cancellation: str = ""
    receipt: Receipt | None = field(default=None, repr=False)
    seconds: float = 0.0
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    _start: float = field(default_factory=monotonic)

    changed: Callable[[Job], None] = field(default=lambda job: None, repr=False)

    def enter(self, state: State) -> None:
        """Move on, note the moment, and tell whoever keeps the job."""
        self.state = state
        self.moments.append((state, datetime.now(UTC)))
        self.seconds = self.elapsed
        self.changed(self)

    @property
    def reserved(self) -> Decimal | None:
        """US dollars that count until it is known what it cost; None for a price nobody knows."""
        return None if self.price is None else max(self.price, self.most or self.price)

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
