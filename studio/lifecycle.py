"""A job's life at a provider: submitted once, asked after by its id, its pictures fetched.

A cut line while asking or fetching is mended by asking again for the same job until the model's
deadline, never by a second submission. A cancelled job is withdrawn at the provider in a task of
its own, because a cancelled task must not await the network.
"""

from __future__ import annotations

import asyncio
from collections import deque

from errors import StudioError, UnknownOutcome
from i18n import say
from providers.http.client import Access
from providers.schema import Done, Handle, Provider
from studio.background import spawn
from studio.jobs.finder import JobFinder
from studio.jobs.job import Job, State
from studio.jobs.polling import Poller
from studio.jobs.submission import Submission
from studio.jobs.unexpected_errors import Unexpected
from studio.jobs.withdrawal import Withdrawal
from studio.results.fetching import Fetcher
from studio.results.outputs import keep_pictures, keep_text
from studio.results.sanitizing import sendable
from studio.runner import LISTENER_GONE
from studio.storage.journal import Journal


class Lifecycle:
    """Takes one job from PRICED to its end, once. `known`: the ids of jobs that are known already,
    which no other job may adopt. `journal`: where a paid job is written down before it is sent, and
    again when it has an id."""

    def __init__(
        self,
        job: Job,
        provider: Provider,
        access: Access,
        fetcher: Fetcher,
        known: deque[str] | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._job = job
        self._provider = provider
        self._access = access
        self._fetcher = fetcher
        self._journal = journal if provider.needs_key else None
        self._unexpected = Unexpected(job, provider, access)
        self._submission = Submission(job, provider, access, self._unexpected)
        ids = deque[str]() if known is None else known
        self._finder = JobFinder(job, provider, access, ids, self._journal)

    async def run(self, resumed: bool = False) -> None:
        """Take the job to its end. `resumed`: it was submitted before, and is only asked after: by
        its id, or by looking for it where the id is unknown and the provider can be searched.
        Raises the `StudioError` that ended the job, if one did."""
        withdrawn = False
        try:
            with self._unexpected:
                answer = await (self._finder.recover() if resumed else self._submit())
                if isinstance(answer, Handle):
                    poller = Poller(self._job, self._provider, self._access, self._unexpected)
                    answer = await poller.until_done(answer)
                await self._finish(answer)
        except asyncio.CancelledError as stop:
            if resumed and stop.args == (LISTENER_GONE,):
                self._stay_open()
                raise
            if self._job.let_go and self._job.state is not State.PRICED:
                self._let_go()
                raise
            withdrawn = True
            spawn(self._withdraw())
            raise
        except StudioError as error:
            self._fail(error)
            raise
        finally:
            if not withdrawn:
                await self._close()

    async def _submit(self) -> Handle | Done:
        """Send the request once, written down first where it is paid. Raises `StorageFailed` where
        it cannot be."""
        if self._journal:
            await self._journal.intend(self._job)
        self._job.enter(State.SUBMITTING)
        try:
            answer = await self._submission.send()
        except UnknownOutcome as unknown:
            return await self._finder.adopt(unknown)
        if isinstance(answer, Handle):
            await self._finder.accept(answer)
        return answer

    async def _finish(self, done: Done) -> None:
        """Keep the text, or fetch the pictures; complete the job."""
        job = self._job
        job.upstream.id = done.upstream_id or job.upstream.id
        if done.text:
            keep_text(job, done)
        else:
            job.enter(State.FETCHING)
            await keep_pictures(job, done, self._fetcher)
        job.enter(State.COMPLETED)

    def _fail(self, error: StudioError) -> None:
        """Write the end down: what is known of the job decides what it is called."""
        job = self._job
        accepted = job.upstream.handle is not None or job.state is State.FETCHING
        if accepted:
            error.created = True
        error.provider = error.provider or self._provider.name
        error.upstream_id = error.upstream_id or job.upstream.id
        error.job_id = error.job_id or job.id
        error.message = sendable(error.message)
        job.error = error
        if accepted or error.created:
            job.enter(State.FAILED)
        elif error.created is False:
            job.enter(State.NOT_ACCEPTED)
        else:
            job.enter(State.UNKNOWN if isinstance(error, UnknownOutcome) else State.FAILED)

    def _stay_open(self) -> None:
        """Whoever asked after the job has gone, which is no wish to stop it: it is paid for, may be
        done, and can be asked after again."""
        text = say("studio.check.left", who=self._provider.title)
        self._fail(UnknownOutcome(text, provider=self._provider.name))

    def _let_go(self) -> None:
        """The app is being stopped, which is nobody's wish to stop the job: it goes on at its
        provider, and can be asked after when the app is back."""
        self._access.stop.set()
        if self._submission.sending is not None:
            self._submission.sending.cancel()
        text = say("studio.let_go", who=self._provider.title)
        advice = say("journal.advice") if self._journal else say("studio.let_go.here")
        self._fail(UnknownOutcome(text, provider=self._provider.name, advice=advice))

    async def _withdraw(self) -> None:
        try:
            await Withdrawal(self._job, self._provider, self._submission, self._finder).run()
        finally:
            await self._close()

    async def _close(self) -> None:
        await self._access.aclose()
        self._job.closed.set()
