"""The jobs on their way: each in a task of its own, watched, and settled when it has ended."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from errors import (
    Cancelled,
    NotAvailable,
)
from i18n import say
from providers.catalogue import provider_of
from studio.background import spawn
from studio.jobs.job import ENDED, Job, State
from studio.money.accounts import Accounts
from studio.results.receipt_writer import write_receipt
from studio.session import Session
from studio.storage.job_store import JobStore
from studio.storage.journal import Journal
from studio.storage.records import is_open, write_record

# What takes a job to its end.
Work = Callable[[Job], Coroutine[Any, Any, None]]
POLL_SECONDS = 0.5
# A step without news, so that it is noticed when nobody asks for the next one any more.
HEARTBEAT_SECONDS = 5.0
STOP_SECONDS = 3.0
# What a task is cancelled with when its listener has gone, not stopped it.
LISTENER_GONE = "nobody listens any more"


@dataclass(eq=False)
class Running:
    """A job on its way."""

    # The job.
    job: Job
    # Where its end is written down.
    session: Session
    # What takes it to its end.
    task: asyncio.Task[None]
    # Set when its task has ended and its end is written down.
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class ChangeFilter:
    """Whether there is something new about a job, or it is time for a sign of life."""

    _seen: tuple[Any, ...] = ()
    _at: float = 0.0

    def of(self, job: Job) -> bool:
        """Whether to show the job; it counts as shown."""
        seen = (
            job.id,
            job.state,
            job.progress,
            job.text,
            job.upstream.cancellation,
            tuple(job.warnings),
        )
        if seen == self._seen and monotonic() - self._at < HEARTBEAT_SECONDS:
            return False
        self._seen, self._at = seen, monotonic()
        return True


@dataclass(eq=False)
class JobRunner:
    """Where jobs run."""

    # Keeps jobs under their ids.
    store: JobStore
    # Counts their money.
    accounts: Accounts
    # Where a paid job is written down until it is over.
    journal: Journal
    # How many results a session's history holds.
    keep: int
    # Whether the app is being stopped, and takes no new jobs.
    closing: bool = False
    # The jobs on their way.
    _all: list[Running] = field(default_factory=list)

    async def watch(self, job: Job, session: Session, work: Work) -> AsyncGenerator[Job, None]:
        """Run the job in a task of its own, so that a consumer gone at any moment is noticed.

        Yields the job when something about it has changed, at most twice a second, and now and
        then without, until it ends; raises what ended it without pictures. A consumer who has gone
        stops it, unless the visitor wants paid jobs finished.
        """
        running = await self._start(job, session, work)
        news = ChangeFilter()
        try:
            while not running.over.is_set():
                # Completed is told once, with the receipt.
                if job.state is not State.COMPLETED and news.of(job):
                    yield job
                # Not a timeout: one that ends as the listener goes would hide why it was cancelled.
                await asyncio.wait({running.task}, timeout=POLL_SECONDS)
            if job.state is not State.COMPLETED:
                await _tell_end(running)
            yield job
        except BaseException as end:
            gone = isinstance(end, GeneratorExit) or end.args == (LISTENER_GONE,)
            if gone and session.limits.finish_when_gone and _is_paid(job):
                session.visitor.leave()  # a heartbeat may close much later, after the job's end
            else:
                running.task.cancel(LISTENER_GONE if gone else None)
            raise

    def jobs(self, session: Session) -> list[Job]:
        """The jobs of a session that have not ended."""
        return [running.job for running in self._all if running.session is session]

    def runs(self, job_id: str) -> bool:
        """Whether a job of that id is on its way, whoever's it is."""
        return any(running.job.id == job_id for running in self._all)

    def cancel(self, session: Session, why: str | None = None) -> list[Job]:
        """Tell the jobs of a session to stop, and which they are. `why`: GONE where nobody stopped
        them."""
        return self._cancel([each for each in self._all if each.session is session], session, why)

    def cancel_request(self, session: Session, request_id: str) -> list[Job]:
        """Tell the jobs of one request of a session to stop, those that are still to come
        included, or the job of that id."""
        session.stopped.add(request_id)
        running = [
            each
            for each in self._all
            if each.session is session and request_id in (each.job.id, each.job.request_id)
        ]
        for each in running:
            each.task.cancel()
        return [each.job for each in running]

    def cancel_unpaid(self, session: Session) -> list[Job]:
        """The same, sparing the jobs that are at a provider."""
        ours = [each for each in self._all if each.session is session and not _is_paid(each.job)]
        return self._cancel(ours, session)

    async def stop(self, session: Session, request_id: str = "") -> list[Job]:
        """Cancel what a session runs, or one request of it; wait a moment for the providers'
        answers."""
        stopped = self.cancel_request(session, request_id) if request_id else self.cancel(session)
        await asyncio.gather(*(_soon(job.closed, STOP_SECONDS) for job in stopped))
        return stopped

    async def wind_up(self, seconds: float) -> None:
        """Begin nothing new, wait so long for the jobs that have been sent, then let go of what
        is left: it goes on at its provider, and stands in the journal. Those in line go at once."""
        self.closing = True
        self._let_go([each for each in self._all if each.job.state is State.PRICED])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while pending := [each.over for each in self._all]:
                    await asyncio.gather(*(event.wait() for event in pending))
        left = self._all[:]
        self._let_go(left)
        await asyncio.gather(*(_soon(each.over, STOP_SECONDS) for each in left))

    @staticmethod
    def _let_go(pending: list[Running]) -> None:
        for running in pending:
            running.job.let_go = True
            running.task.cancel()

    @property
    def busy(self) -> bool:
        """Whether any job is on its way."""
        return bool(self._all)

    async def all_over(self, session: Session) -> None:
        """Wait until no job of a session runs any more."""
        while pending := [each.over for each in self._all if each.session is session]:
            await asyncio.gather(*(event.wait() for event in pending))

    def hand_over(self, old: Session, new: Session) -> None:
        """Let one session have the records of another's history, and the jobs that still run for
        the other end in it."""
        for receipt in old.results.history:
            if record := self.store.load(old.id, receipt["id"]):
                self.store.save(new.id, record)
        for running in self._all:
            if running.session is old:
                running.session = new
                running.job.changed = lambda job: self._save(job, new)
                self._save(running.job, new)
                new.spend.flying[running.job.id] = old.spend.flying.pop(running.job.id)

    @staticmethod
    def _cancel(pending: list[Running], session: Session, why: str | None = None) -> list[Job]:
        session.stops += 1
        for running in pending:
            running.task.cancel(why)
        return [running.job for running in pending]

    async def _start(self, job: Job, session: Session, work: Work) -> Running:
        """Reserve the money and set the job going; `_ended` hears of its end in any case, even
        when it is cancelled before its first step."""
        job.changed = lambda job: self._save(job, session)
        job.owner.caller, job.owner.browser = session.visitor.caller, session.visitor.browser
        self.check_open()
        await self.accounts.admit(job, session)
        self._save(job, session)
        running = Running(job, session, spawn(work(job)))
        self._all.append(running)
        running.task.add_done_callback(lambda _: self._ended(running))
        return running

    def check_open(self) -> None:
        """Raises `NotAvailable` when the app is being stopped: nothing new is begun."""
        if self.closing:
            advice = say("studio.closing.advice")
            raise NotAvailable(say("studio.closing"), advice=advice, created=False)

    def _ended(self, running: Running) -> None:
        """Write the receipt of a job that is done; see to it that its money is counted."""
        job, session = running.job, running.session
        self._all.remove(running)
        try:
            self._write_end(running)
        finally:  # whatever breaks down over it: nobody may wait for ever, no money stays in flight
            running.over.set()
            if job.state in ENDED:
                job.closed.set()
                self._settle(job, session)
            else:
                spawn(self._settle_later(running))

    def _write_end(self, running: Running) -> None:
        job, session, task = running.job, running.session, running.task
        failure = None if task.cancelled() else task.exception()
        if job.state is State.COMPLETED:
            job.receipt = write_receipt(job, provider_of(job.request.model))
            if not is_aside(job):
                session.results.remember(job.receipt, self.keep)
        elif job.state is State.PRICED:  # it never left the line here, so nothing was sent
            job.enter(State.CANCELLED)
        elif failure and job.state not in ENDED:  # our own mistake, after something was sent
            job.enter(State.UNKNOWN)

    async def _settle_later(self, running: Running) -> None:
        """Count the money when the provider has answered the cancellation."""
        await running.job.closed.wait()
        self._settle(running.job, running.session)

    def _settle(self, job: Job, session: Session) -> None:
        """Count the money, and keep the last record."""
        self.accounts.settle(job, session)
        if _is_paid(job):
            self.journal.settle(job)
            record = write_record(job, provider_of(job.request.model))
            if is_open(record):  # for a caller whose next call is a session of its own
                self.journal.leave(record, job.owner.caller, job.owner.browser)
        job.changed(job)

    def _save(self, job: Job, session: Session) -> None:
        if session.ended:  # a late answer must not be kept for nobody
            return
        self.store.save(session.id, write_record(job, provider_of(job.request.model)))


async def _tell_end(running: Running) -> None:
    """Raise what ended a job that made nothing."""
    job = running.job
    if running.task.cancelled() and job.let_go:
        if job.error is not None and not isinstance(job.error, Cancelled):
            raise job.error
        advice = say("studio.closing.advice")
        raise NotAvailable(say("studio.closing"), advice=advice, created=False)
    if running.task.cancelled():
        await _soon(job.closed, STOP_SECONDS)
        raise Cancelled(
            say("studio.stopped"),
            provider=job.request.model.provider,
            upstream_id=job.upstream.id,
            advice=job.upstream.cancellation or say("studio.stopped.unsent"),
        )
    running.task.result()


def is_aside(job: Job) -> bool:
    """Whether a job is a step towards another: a translation is no result of its own. It is
    counted and recorded all the same."""
    return job.user_request.brief is not None and job.user_request.brief.kind in (
        "translate",
        "wish",
    )


def _is_paid(job: Job) -> bool:
    """Whether a job is at a provider, not on this machine."""
    return provider_of(job.request.model).needs_key


async def _soon(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but not longer than so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
