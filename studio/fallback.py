"""One request of a user: models asked in turn, as far as it is safe and allowed."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from time import monotonic
from typing import Protocol

from errors import (
    Cancelled,
    InvalidInput,
    NotAvailable,
    OverBudget,
    RateLimited,
    StudioError,
)
from i18n import say
from providers.catalogue import provider_of
from providers.schema import GenerationRequest
from studio.health import FOR_EVER
from studio.jobs.backend import Backend
from studio.jobs.job import Job
from studio.jobs.parts import JobMoney, JobOrigin
from studio.money.pricing import dearest
from studio.policy import Policy, may_fall_back
from studio.request import UserRequest
from studio.results.receipt_writer import attempt
from studio.results.receipts import Attempt
from studio.routing import Candidate, Plan
from studio.runner import POLL_SECONDS, ChangeFilter
from studio.session import Session
from studio.uploads.preparing import fitted


class PromptTranslator(Protocol):
    """Has a prompt translated for a model that does not read its language; `Translator` does."""

    async def join(
        self, candidate: Candidate, user_request: UserRequest, most: Decimal | None
    ) -> Candidate:
        """The candidate with a known translation, with who would translate, or with a warning."""

    def translate(
        self, candidate: Candidate, user_request: UserRequest, job: Job, most: Decimal | None
    ) -> AsyncGenerator[Job, None]:
        """Have the prompt translated for the `job` that waits for it."""

    def done(self, candidate: Candidate, user_request: UserRequest) -> Candidate:
        """The candidate with the translation that was just made."""


@dataclass
class FallbackRun:
    """One request, or one picture of it: its models asked in turn. Amounts are those of the whole
    request."""

    # The parts of the studio it works with.
    backend: Backend
    # Who can be asked, in order.
    plan: Plan
    # What the user asked.
    user_request: UserRequest
    # How dear and how patient it may be.
    policy: Policy
    # Every candidate passed over or asked so far, as receipts show it.
    tries: list[Attempt] = field(default_factory=list)
    # Shared by all jobs of the request; receipts call it `order`.
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    # US dollars Auto may come to at most, None until the first candidate was chosen.
    ceiling: Decimal | None = None
    # Translates the prompt for models that do not read it, None where nothing is translated.
    translator: PromptTranslator | None = None
    # The job that waits for this one, where this one translates for it.
    leads_to: Job | None = None
    _last: StudioError | None = None

    async def first(self) -> Candidate:
        """The candidate that would be asked first now. Raises why there is none."""
        for each in self.plan.candidates:
            if candidate := await self._joined(each):
                return candidate
        raise self._nobody()

    async def run(self, session: Session) -> AsyncGenerator[Job, None]:
        """Ask one candidate after the other. Yields the job that lives; raises the error that
        ended the request."""
        stops, executor = session.stops, self.backend.executor
        for each in self.plan.candidates:
            candidate = await self._joined(each)
            if candidate is None:
                continue
            if self.ceiling is None:
                self.ceiling = self.policy.ceiling(candidate.whole)
            for again in (True, False):
                check_stopped(session, stops, self.id)
                try:
                    job = await self._job(candidate)
                except InvalidInput as error:  # a picture that this model cannot be given
                    if self.plan.pinned:
                        raise
                    self._skip(candidate, error.message)
                    break
                if candidate.translator and self.translator:
                    most = self._most()
                    translating = self.translator.translate(candidate, self.user_request, job, most)
                    async with contextlib.aclosing(translating) as steps:
                        async for step in steps:
                            yield step
                    check_stopped(session, stops, self.id)
                    candidate = self.translator.done(candidate, self.user_request)
                    job = self._worded(job, candidate)
                try:
                    watching = self.backend.runner.watch(job, session, executor.run)
                    async with contextlib.aclosing(watching) as steps:
                        async for step in steps:
                            yield step
                    return
                except StudioError as error:
                    error.job_id = job.id if job.moments else ""  # refused here, it is no job
                    self._note(job, error)
                    if self.plan.pinned or not may_fall_back(error):
                        raise
                    if not (again and self._patient(error)):
                        break
                    pause = getattr(error, "retry_after", None) or 0.0
                news = ChangeFilter()
                async for _ in _beats(pause):  # so that a consumer who is gone is noticed
                    if news.of(job):
                        yield job
                    if session.has_stopped(stops, self.id):
                        break
        raise self._nobody()

    async def _job(self, candidate: Candidate) -> Job:
        """The job for one candidate, its pictures as this model takes them."""
        request, changes = await fitted(candidate.checked.request, self.user_request.originals)
        job = self._new_job(request, candidate, (*candidate.warnings, *changes))
        job.leads_to = self.leads_to
        return job

    def _worded(self, waiting: Job, candidate: Candidate) -> Job:
        """The job that waited for a translation, with the prompt that came of it."""
        request = replace(waiting.request, prompt=candidate.checked.request.prompt)
        return self._new_job(request, candidate, (*candidate.warnings, *waiting.warnings))

    def _new_job(
        self, request: GenerationRequest, candidate: Candidate, warnings: Iterable[str]
    ) -> Job:
        return Job(
            self.user_request,
            request,
            candidate.key,
            JobMoney(candidate.price, most=dearest(request)),
            list(dict.fromkeys(warnings)),
            origin=JobOrigin(self.id, list(self.tries), candidate.translated_by),
        )

    async def _joined(self, candidate: Candidate) -> Candidate | None:
        """A candidate with whoever translates for it, None where it may not be asked now."""
        if self.translator:
            try:
                candidate = await self.translator.join(candidate, self.user_request, self._most())
            except InvalidInput as error:  # too long, once it was translated
                if self.plan.pinned:
                    raise
                self._skip(candidate, error.message)
                return None
        return candidate if await self._fit(candidate) else None

    def _most(self) -> Decimal | None:
        """What the request may cost now, None for anything."""
        return self.policy.max_price if self.ceiling is None else self.ceiling

    async def _fit(self, candidate: Candidate) -> bool:
        """Whether a candidate may be asked now; if not, the reason is noted."""
        if self.plan.pinned:
            self._check_price(candidate)
            reason = await self.backend.executor.serves(candidate.model, candidate.key)
            if reason:
                raise NotAvailable(reason, provider=candidate.model.provider, created=False)
            return True
        reason = self._too_dear(candidate) or self._resting(candidate)
        if not reason:
            try:
                reason = await self.backend.executor.serves(candidate.model, candidate.key)
            except StudioError as error:
                reason = str(error)
        if reason:
            self._skip(candidate, reason)
        return not reason

    def _check_price(self, candidate: Candidate) -> None:
        """Hold a named model to the price the user set for it."""
        most, price = self.policy.max_price, candidate.whole
        if most is None or (price is not None and price <= most):
            return
        key = "studio.price.too_much" if price is not None else "studio.price.unknowable"
        text = say(key, model=candidate.model.id, price=price, most=most)
        raise OverBudget(text, provider=candidate.model.provider)

    def _too_dear(self, candidate: Candidate) -> str:
        most, price = self._most(), candidate.whole
        if most is None:
            return ""
        if price is None:
            return say("studio.skip.unsure", most=most)
        return say("studio.skip.dear", price=price, most=most) * (price > most)

    def _resting(self, candidate: Candidate) -> str:
        record = self.backend.health.resting(candidate.model.provider, candidate.key)
        if record is None:
            return ""
        if record.resting_until == FOR_EVER:
            return say("studio.skip.refused", why=record.last_error)
        until = datetime.fromtimestamp(record.resting_until).astimezone()
        return say("studio.skip.resting", why=record.last_error, until=f"{until:%H:%M:%S}")

    def _patient(self, error: StudioError) -> bool:
        wait = error.retry_after if isinstance(error, RateLimited) else None
        return wait is not None and wait <= self.policy.patience

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


def check_stopped(session: Session, stops: int, request_id: str) -> None:
    """Nothing more is sent once the visitor has stopped what runs, or this request. `stops`: how
    often that had been when the request began. Raises `Cancelled`."""
    if session.has_stopped(stops, request_id):
        raise Cancelled(say("studio.stopped"), advice=say("studio.stopped.unsent"))


async def _beats(seconds: float) -> AsyncIterator[None]:
    """So many seconds, in beats."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        yield
        await asyncio.sleep(min(POLL_SECONDS, left))
