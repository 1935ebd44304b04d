"""Knows a job by its id at the provider, and finds it where the answer that names it was lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass

from errors import StorageFailed, StudioError, UnknownOutcome
from i18n import say
from providers.http.client import Access
from providers.schema import Handle, Provider, Queued
from studio.jobs import timing
from studio.jobs.job import Job, State
from studio.storage.journal import Journal


@dataclass
class JobFinder:
    """Finds one job at one provider."""

    # The job.
    job: Job
    # Who has it.
    provider: Provider
    # The way there.
    access: Access
    # The ids of jobs that are known already, which no other job may adopt.
    known: deque[str]
    # Where a paid job's id is written down, None for a job of this machine.
    journal: Journal | None

    async def accept(self, handle: Handle) -> None:
        """The job exists: its id is written down before anything else happens. A disk that is
        full by now is no reason to stop waiting for what is paid."""
        job = self.job
        job.upstream.handle, job.upstream.id = handle, handle.id
        self.known.append(handle.id)
        job.enter(State.ACCEPTED)
        job.progress = Queued(message="accepted")
        if self.journal:
            with contextlib.suppress(StorageFailed):
                await self.journal.accepted(job)

    async def adopt(self, unknown: UnknownOutcome) -> Handle:
        """The job behind a submission that was never answered, where the provider can be
        searched for it. Raises the unknown outcome when it is not found."""
        find, since = self.provider.find, self.job.submitted
        if find is None or since is None:
            raise unknown
        for pause in timing.FIND_PAUSES:
            await asyncio.sleep(pause)
            with contextlib.suppress(StudioError, TimeoutError):
                async with asyncio.timeout(timing.ONE_POLL):
                    handle = await find(self.job.request, since, self.access)
                if handle is not None and handle.id not in self.known:
                    await self.accept(handle)
                    self.job.warnings.append(say("note.adopted", who=self.provider.title))
                    return handle
        raise unknown

    async def recover(self) -> Handle:
        """The handle of a job submitted before: known, or found by a search."""
        job = self.job
        if job.upstream.handle is not None:
            await self.accept(job.upstream.handle)
            return job.upstream.handle
        text = say("error.no_search", who=self.provider.title)
        unknown = UnknownOutcome(text, provider=self.provider.name)
        if job.forgotten and "seed" not in job.request.settings:
            raise unknown  # another's job of the same model would look the same
        return await self.adopt(unknown)
