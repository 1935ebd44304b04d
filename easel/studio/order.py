"""One request of a user: models asked in turn, as far as it is safe and allowed."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from time import monotonic
from typing import TYPE_CHECKING, Any

from easel.providers.catalogue import provider_of
from easel.providers.errors import (
    Cancelled,
    InvalidInput,
    NotAvailable,
    OverBudget,
    RateLimited,
    StudioError,
)
from easel.studio.ask import Asked
from easel.studio.carry import fitted
from easel.studio.health import FOR_EVER
from easel.studio.job import Job
from easel.studio.receipts import attempt
from easel.studio.routing import Candidate, Plan
from easel.studio.running import BEAT
from easel.studio.session import Session
from easel.studio.terms import Terms, may_go_on
from easel.words import say

if TYPE_CHECKING:
    from easel.studio.service import Studio


@dataclass
class Order:
    """`tries` lists every candidate passed over or asked so far, as receipts show it."""

    studio: Studio
    plan: Plan
    asked: Asked
    terms: Terms
    tries: list[dict[str, Any]] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    _last: StudioError | None = None

    async def first(self) -> Candidate:
        """The candidate that would be asked first now. Raises why there is none."""
        for candidate in self.plan.candidates:
            if await self._fit(candidate, None):
                return candidate
        raise self._nobody()

    async def run(self, session: Session) -> AsyncGenerator[Job, None]:
        """Ask one candidate after the other. Yields the job that lives; raises the error that
        ended the request."""
        ceiling: Decimal | None = None
        stops = session.stops
        for candidate in self.plan.candidates:
            if not await self._fit(candidate, ceiling):
                continue
            ceiling = self.terms.ceiling(candidate.price) if ceiling is None else ceiling
            for again in (True, False):
                if session.stops != stops:
                    raise Cancelled(say("studio.stopped"), advice=say("studio.stopped.unsent"))
                try:
                    job = await self._job(candidate)
                except InvalidInput as error:  # a picture that this model cannot be given
                    if self.plan.pinned:
                        raise
                    self._skip(candidate, error.message)
                    break
                try:
                    async with contextlib.aclosing(self.studio.live(job, session)) as steps:
                        async for step in steps:
                            yield step
                    return
                except StudioError as error:
                    error.job_id = job.id if job.moments else ""  # refused here, it is no job
                    self._note(job, error)
                    if self.plan.pinned or not may_go_on(error):
                        raise
                    if not (again and self._patient(error)):
                        break
                    pause = getattr(error, "retry_after", None) or 0.0
                async for _ in _beats(pause):  # so that a consumer who is gone is noticed
                    yield job
                    if session.stops != stops:
                        break
        raise self._nobody()

    async def _job(self, candidate: Candidate) -> Job:
        """The job for one candidate, its pictures as this model takes them."""
        request, changes = await fitted(candidate.checked.request, self.asked.originals)
        job = Job(self.asked, request, candidate.key, candidate.price)
        job.warnings += (*candidate.checked.warnings, *changes)
        job.order, job.attempts = self.id, list(self.tries)
        return job

    async def _fit(self, candidate: Candidate, ceiling: Decimal | None) -> bool:
        """Whether a candidate may be asked now; if not, the reason is noted."""
        if self.plan.pinned:
            self._check_price(candidate)
            reason = await self.studio.serves(candidate.model, candidate.key)
            if reason:
                raise NotAvailable(reason, provider=candidate.model.provider, created=False)
            return True
        reason = self._too_dear(candidate, ceiling) or self._resting(candidate)
        if not reason:
            try:
                reason = await self.studio.serves(candidate.model, candidate.key)
            except StudioError as error:
                reason = str(error)
        if reason:
            self._skip(candidate, reason)
        return not reason

    def _check_price(self, candidate: Candidate) -> None:
        """Hold a named model to the price the user set for it."""
        most, price = self.terms.max_price, candidate.price
        if most is None or (price is not None and price <= most):
            return
        key = "studio.price.too_much" if price is not None else "studio.price.unknowable"
        text = say(key, model=candidate.model.id, price=price, most=most)
        raise OverBudget(text, provider=candidate.model.provider)

    def _too_dear(self, candidate: Candidate, ceiling: Decimal | None) -> str:
        most = self.terms.max_price if ceiling is None else ceiling
        if most is None:
            return ""
        if candidate.price is None:
            return say("studio.skip.unsure", most=most)
        return say("studio.skip.dear", price=candidate.price, most=most) * (candidate.price > most)

    def _resting(self, candidate: Candidate) -> str:
        record = self.studio.health.resting(candidate.model.provider, candidate.key)
        if record is None:
            return ""
        if record.resting_until == FOR_EVER:
            return say("studio.skip.refused", why=record.last_error)
        until = datetime.fromtimestamp(record.resting_until).astimezone()
        return say("studio.skip.resting", why=record.last_error, until=f"{until:%H:%M:%S}")

    def _patient(self, error: StudioError) -> bool:
        wait = error.retry_after if isinstance(error, RateLimited) else None
        return wait is not None and wait <= self.terms.patience

    def _note(self, job: Job, error: StudioError) -> None:
        job.error = job.error or error
        self._last = error
        self.tries.append(attempt(job))

    def _skip(self, candidate: Candidate, reason: str) -> None:
        model = candidate.model.id
        self.tries.append({"model": model, "outcome": "skipped", "message": reason})

    def _nobody(self) -> StudioError:
        """Nobody is left: the last failure where somebody was asked, else why nobody was."""
        if self._last is not None:
            return self._last
        lines = [
            f"{provider_of(each.model).title}: {tried['message']}"
            for each, tried in zip(self.plan.candidates, self.tries, strict=False)
        ]
        reasons = " ".join(dict.fromkeys(lines))
        return InvalidInput(say("studio.nobody", reasons=reasons).strip(), field="max_price")


async def _beats(seconds: float) -> AsyncIterator[None]:
    """So many seconds, in beats."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        yield
        await asyncio.sleep(min(BEAT, left))
