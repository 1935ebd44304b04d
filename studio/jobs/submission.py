"""Sends a job's request, once. The sending outlives a cancellation, to learn the job's id."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from errors import UnknownOutcome
from i18n import say
from providers.http.client import Access
from providers.schema import Done, Handle, Provider, Task
from studio.background import spawn
from studio.jobs import timing
from studio.jobs.job import Job, State
from studio.jobs.unexpected_errors import Unexpected


@dataclass
class Submission:
    """One job's request on its way."""

    # The job.
    job: Job
    # Who is asked.
    provider: Provider
    # The way there.
    access: Access
    # Makes whatever is raised a `StudioError`.
    unexpected: Unexpected
    # The sending itself, None before it has begun.
    sending: asyncio.Task[Handle | Done] | None = None

    @property
    def streams(self) -> bool:
        """Whether the answer is a text that comes as it is written."""
        writes = self.job.request.model.task is Task.PROMPT_WRITING
        return self.provider.write is not None and writes

    @property
    def answers_whole(self) -> bool:
        """Whether the request stays open until all is done: there is no id to ask after."""
        return self.streams or self.provider.poll is None

    async def send(self) -> Handle | Done:
        """Send it and wait for the answer. Raises `UnknownOutcome` where none comes in time."""
        self.sending = spawn(self._send())
        seconds = self.job.request.model.seconds
        limit = seconds if self.answers_whole else timing.SUBMIT_SECONDS
        try:
            async with asyncio.timeout(limit):
                return await asyncio.shield(self.sending)
        except TimeoutError as error:
            self.sending.cancel()
            text = say("error.no_answer", who=self.provider.title, seconds=limit)
            raise UnknownOutcome(text, provider=self.provider.name) from error

    async def _send(self) -> Handle | Done:
        with self.unexpected:
            if self.streams:
                return await self._read_along()
            return await self.provider.submit(self.job.request, self.access)

    async def _read_along(self) -> Done:
        """Send the request, and show what is written as it comes."""
        job, write = self.job, self.provider.write
        if write is None:
            raise LookupError(f"{self.provider.name} does not stream")
        try:
            async with aclosing(write(job.request, self.access)) as steps:
                async for step in steps:
                    if isinstance(step, Done):
                        return step
                    if job.state is State.SUBMITTING:
                        job.enter(State.RUNNING)
                    job.progress, job.text = step, step.text
        except UnknownOutcome as error:
            if job.text:
                error.message = say("error.cut.partial", why=error.message, letters=len(job.text))
            raise
        raise LookupError(f"{self.provider.name} streams without an end")
