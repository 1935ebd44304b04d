"""Stops a job at its provider, by a task of its own: a cancelled one must not await the network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from errors import Cancelled, StudioError, UnknownOutcome
from i18n import say
from providers.schema import Handle, Provider
from studio.jobs import timing
from studio.jobs.finder import JobFinder
from studio.jobs.job import Job, State
from studio.jobs.submission import Submission
from studio.results.sanitizing import sendable


@dataclass
class Withdrawal:
    """One job that is no longer wanted."""

    # The job.
    job: Job
    # Who works on it.
    provider: Provider
    # Its request, which may still be on its way.
    submission: Submission
    # Learns the job's id.
    finder: JobFinder

    async def run(self) -> None:
        """Stop the job and note the provider's answer, or note that it has no such call."""
        job = self.job
        self.submission.access.stop.set()
        if job.state is State.UNKNOWN:  # only looked for: there is nothing to stop
            job.enter(State.UNKNOWN)
            return
        if job.state is not State.PRICED:  # stands until the provider answers, if it ever does
            job.upstream.cancellation = _until_answered(self.provider, self.submission.streams)
        unsent = False
        try:
            await self._learn_id()
            await self._cancel()
        except StudioError as error:
            unsent = job.upstream.handle is None and error.created is False
            key = "note.stop.never" if unsent else "note.stop.failed"
            job.upstream.cancellation = say(key, who=self.provider.title, why=error.message)
        except TimeoutError:
            pass  # what stands says it
        finally:
            job.error = Cancelled(
                say("error.stopped"),
                provider=self.provider.name,
                upstream_id=job.upstream.id,
                created=False if unsent else None,
            )
            job.enter(State.CANCELLED)

    async def _learn_id(self) -> None:
        """When the request is still on its way, wait for the answer, which names the job."""
        sending = self.submission.sending
        if sending is None or self.job.upstream.handle is not None:
            return
        if self.submission.answers_whole:
            sending.cancel()
            return
        async with asyncio.timeout(timing.WITHDRAW_SECONDS):
            try:
                answer = await sending
            except UnknownOutcome as unknown:
                await self.finder.adopt(unknown)
                return
        if isinstance(answer, Handle):
            await self.finder.accept(answer)

    async def _cancel(self) -> None:
        job, cancel = self.job, self.provider.cancel
        if job.upstream.handle is None or cancel is None:
            return
        access = self.submission.access
        async with asyncio.timeout(timing.WITHDRAW_SECONDS):
            with self.submission.unexpected:
                answer = await cancel(job.request, job.upstream.handle, access)
                job.upstream.cancellation = sendable(answer)


def _until_answered(provider: Provider, streams: bool) -> str:
    """What is known of a job that was stopped, until its provider answers."""
    if streams:
        return say("note.stop.hung_up", who=provider.title)
    if not provider.needs_key:
        return say("note.stop.here")
    return say("note.stop.unsure" if provider.cancel else "note.stop.not", who=provider.title)
