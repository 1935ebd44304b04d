"""Counts a job's money everywhere it counts: before it is sent, and when it has ended."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from errors import (
    Cancelled,
    InvalidInput,
    MissingKey,
    OverBudget,
    Refused,
    StorageFailed,
    StudioError,
)
from i18n import say
from studio.background import spawn
from studio.health import Health
from studio.jobs.job import Job, State
from studio.money.quota import Quota
from studio.session import Session
from studio.statistics import Statistics

# Ends that say nothing of the provider's health.
NOT_THE_PROVIDERS_FAULT = (Cancelled, InvalidInput, MissingKey, OverBudget, Refused, StorageFailed)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The books of the process: money, statistics and the providers' health."""

    # US dollars a session may spend on the operator's keys, None for any.
    budget: Decimal | None
    # What all may spend on those keys a day.
    quota: Quota
    # Which keys and providers are resting after a failure.
    health: Health
    # How each model has done.
    statistics: Statistics
    # Looks up what a job without a price of its own draws from the operator's credit.
    drawn: Callable[[Job], Coroutine[Any, Any, Decimal]]

    async def admit(self, job: Job, session: Session) -> None:
        """Count the job's money everywhere it counts; the one way to a paid request. The day's sum
        of the operator's money is written down before this returns, and so before anything is sent.
        Raises what forbids the job; nothing of it is counted then."""
        stops, address = session.stops, session.visitor.address
        if self.quota.counts(job) and not job.money.price:
            job.money.drawn = await self.drawn(job)
        self._reserve(job, session)
        try:
            await self.quota.reserve(job, address)
            if session.has_stopped(
                stops, job.request_id
            ):  # told to stop while this was written down
                raise Cancelled(say("studio.stopped"), advice=say("studio.stopped.unsent"))
        except BaseException as error:
            session.spend.release(job)
            if session.shared is not None:
                session.shared.release(job)
            if not isinstance(error, OverBudget | StorageFailed):
                spawn(self.quota.settle(job))  # it may have been written down all the same
            raise

    def settle(self, job: Job, session: Session) -> None:
        """Count what a job that has ended cost, how its model did, and the provider's health."""
        paid = session.spend.settle(job)
        if session.shared is not None:
            session.shared.settle(job)
        spawn(self.quota.settle(job))
        self.statistics.add(job, paid)
        session.statistics.add(job, paid)
        provider = job.request.model.provider
        if job.state is State.COMPLETED:
            self.health.succeeded(provider, job.key)
        elif job.error is not None and not isinstance(job.error, NOT_THE_PROVIDERS_FAULT):
            self.health.failed(provider, job.key, job.error)

    def _reserve(self, job: Job, session: Session) -> None:
        """Count the job's money in its session, and with those who share a budget."""
        session.spend.reserve(job, self.budget, session.limits.cap)
        if session.shared is None:
            return
        try:
            session.shared.reserve(job, self.budget)
        except StudioError:
            session.spend.release(job)
            raise
