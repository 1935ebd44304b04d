"""Asks after a job until it is done: a cut line is mended by asking again for the same job."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from errors import NotAvailable, RateLimited, StudioError, TimedOut, UnknownOutcome
from i18n import say
from providers.http.client import Access
from providers.schema import Done, Handle, Provider, Queued, Running
from studio.jobs import timing
from studio.jobs.job import Job, State
from studio.jobs.unexpected_errors import Unexpected, UnreadableAnswer
from studio.results.sanitizing import sendable

LOOKS = 3  # at an answer that cannot be read, one after the other, before that is reported


@dataclass
class Poller:
    """Asks one provider after one job."""

    # The job, whose progress is noted.
    job: Job
    # Who works on it.
    provider: Provider
    # The way there.
    access: Access
    # Makes whatever is raised a `StudioError`.
    unexpected: Unexpected
    # How many questions in a row failed.
    _trouble: int = 0
    # How many answers in a row could not be read.
    _unread: int = 0

    async def until_done(self, handle: Handle) -> Done:
        """Ask until it is done, for as long as the model may take. Raises `TimedOut`."""
        limit = self.job.request.model.seconds
        try:
            async with asyncio.timeout(limit):
                return await self._poll(handle)
        except TimeoutError as error:
            text = say("error.not_done", who=self.provider.title, seconds=limit)
            raise TimedOut(text, provider=self.provider.name) from error

    async def _poll(self, handle: Handle) -> Done:
        pause = timing.FIRST_POLL
        while True:
            await asyncio.sleep(pause)
            try:
                progress = await self._ask(handle)
            except (NotAvailable, RateLimited, UnknownOutcome, TimeoutError) as error:
                pause = self._pause_after(error)
                continue
            except UnreadableAnswer:
                self._unread += 1
                if self._unread == LOOKS:
                    raise
                continue
            self._trouble = 0
            pause = min(max(pause, timing.FIRST_POLL) * 1.25, timing.SLOWEST_POLL)
            if isinstance(progress, Done):
                return progress
            self._note(progress)

    async def _ask(self, handle: Handle) -> Queued | Running | Done:
        poll = self.provider.poll
        if poll is None:
            raise LookupError(f"{self.provider.name} hands out handles and has no poll")
        async with asyncio.timeout(timing.ONE_POLL):
            with self.unexpected:
                return await poll(self.job.request, handle, self.access)

    def _pause_after(self, error: Exception) -> float:
        """As long as the provider asks for, else longer with each failure."""
        wanted = getattr(error, "retry_after", None) or timing.FIRST_TROUBLE * 2.0**self._trouble
        self._trouble = min(self._trouble + 1, 10)
        return min(wanted, timing.LONGEST_PAUSE)

    def _note(self, progress: Queued | Running) -> None:
        """Write down how far the job is; letters that cannot be sent to a browser are replaced.
        Raises when the provider goes on naming a state that is not known here."""
        unknown = "" if isinstance(progress, Queued) else progress.unknown
        self._unread = self._unread + 1 if unknown else 0
        if self._unread == LOOKS:
            raise self._unknown_status(unknown)
        progress = replace(progress, message=sendable(progress.message))
        if isinstance(progress, Running):
            if self.job.state is State.ACCEPTED:
                self.job.enter(State.RUNNING)
            progress = replace(progress, text=sendable(progress.text))
            self.job.text = progress.text or self.job.text
        self.job.progress = progress

    def _unknown_status(self, word: str) -> StudioError:
        title = self.provider.title
        text = say("error.unknown_status", who=title, word=sendable(word), looks=LOOKS)
        advice = say("error.unknown_status.advice")
        return TimedOut(text, provider=self.provider.name, advice=advice)
