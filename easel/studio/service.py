"""The studio: one object that runs jobs, knows what runs, and cleans up after sessions."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from easel.providers.catalogue import PROVIDERS, provider_of
from easel.providers.client import open_access
from easel.providers.errors import Cancelled
from easel.providers.schema import Model, Queued, Task
from easel.settings import Settings
from easel.studio.ask import Asked
from easel.studio.gate import Gate
from easel.studio.job import ENDED, Job, State
from easel.studio.keys import Key, Keyring
from easel.studio.life import Life, spawn
from easel.studio.receipts import write_receipt
from easel.studio.routing import AUTO, Candidate, automatic, pinned
from easel.studio.session import Session
from easel.words import say

BEAT = 0.5
SERVES_SECONDS = 10.0
STOP_SECONDS = 3.0


@dataclass(frozen=True, eq=False)
class _Running:
    """A job on its way. `over` is set when its task has ended and its end is written down."""

    job: Job
    session: Session
    task: asyncio.Task[None]
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Studio:
    """Everything between a button and a provider, for all sessions of this process.

    `folder` is where results are written: a folder the web server may serve from.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self._gate = Gate(settings.max_workers)
        self._memory: dict[Any, Any] = {}
        self._running: list[_Running] = []

    def keyring(
        self, session: Session, headers: Mapping[str, str] | None = None, signed_in: str = ""
    ) -> Keyring:
        """The keys a call may use. `headers`: the request's, in any case."""
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        ours = {it.key_header.lower() for it in PROVIDERS if it.key_header}
        return Keyring(
            headers={name: value for name, value in lower.items() if name in ours},
            typed=session.keys,
            signed_in=signed_in,
            operator=self.settings.keys,
        )

    async def choose(self, task: Task, name: str, asked: Asked, keys: Keyring) -> Candidate:
        """The model that will be asked: the one named, or the first that Auto finds."""
        if name.strip().lower() in ("", AUTO):
            return await automatic(task, asked, keys, self.serves)
        return await pinned(name.strip(), task, asked, keys, self.serves)

    async def serves(self, model: Model, key: Key) -> str:
        """Why a model cannot be had right now, or "" when it can. Asks the network if it must."""
        provider = provider_of(model)
        if provider.serves is None:
            return ""
        access = open_access(provider, key.value, self.settings.bases, self._memory)
        try:
            async with asyncio.timeout(SERVES_SECONDS):
                return await provider.serves(model, access)
        except TimeoutError:
            return say("studio.serves.late", provider=provider.title, model=model.id)
        finally:
            await access.aclose()

    async def run(
        self, task: Task, name: str, asked: Asked, session: Session, keys: Keyring
    ) -> AsyncGenerator[Job, None]:
        """Choose a model and live the job, yielding it about twice a second until it ends.

        The last job yielded is COMPLETED, its receipt in it and in the session's history. Raises
        `StudioError` when it ends otherwise. Closing this generator cancels the job.
        """
        candidate = await self.choose(task, name, asked, keys)
        job = Job(asked, candidate.checked.request, candidate.key, candidate.price)
        job.warnings += candidate.checked.warnings
        async with contextlib.aclosing(self._live(job, session)) as steps:
            async for step in steps:
                yield step

    async def _live(self, job: Job, session: Session) -> AsyncGenerator[Job, None]:
        """Run the job in a task of its own, so that a consumer gone at any moment is noticed."""
        running = self._start(job, session)
        try:
            while not running.over.is_set():
                yield job
                await _soon(running.over, BEAT)
            if job.state is not State.COMPLETED:
                await self._tell_end(running)
            yield job
        finally:
            running.task.cancel()

    def _start(self, job: Job, session: Session) -> _Running:
        """Reserve the money and set the job going; `_ended` hears of its end in any case, even
        when it is cancelled before its first step."""
        session.reserve(job, self.settings.budget)
        running = _Running(job, session, spawn(self._work(job)))
        self._running.append(running)
        running.task.add_done_callback(lambda _: self._ended(running))
        return running

    async def _work(self, job: Job) -> None:
        """Wait for a place, live the job."""
        provider = provider_of(job.request.model)
        async with self._gate.place(job.key.value, lambda ahead: _line_up(job, ahead)):
            access = open_access(provider, job.key.value, self.settings.bases, self._memory)
            trusted = self.settings.trusted_hosts
            await Life(job, provider, access, self.folder, trusted).run()

    def _ended(self, running: _Running) -> None:
        """Write the receipt of a job that is done; see to it that its money is counted."""
        job, session, task = running.job, running.session, running.task
        self._running.remove(running)
        failure = None if task.cancelled() else task.exception()
        if job.state is State.COMPLETED:
            job.receipt = write_receipt(job, provider_of(job.request.model))
            session.remember(job.receipt, self.settings.history_limit)
        elif job.state is State.PRICED:  # it never left the line here, so nothing was sent
            job.enter(State.CANCELLED)
        elif failure and job.state not in ENDED:  # our own mistake, after something was sent
            job.enter(State.UNKNOWN)
        running.over.set()
        if job.state in ENDED:
            job.closed.set()
            session.settle(job, self.settings.budget)
        else:
            spawn(self._settle(job, session))

    async def _settle(self, job: Job, session: Session) -> None:
        """Count the money when the provider has answered the cancellation."""
        await job.closed.wait()
        session.settle(job, self.settings.budget)

    async def _tell_end(self, running: _Running) -> None:
        """Raise what ended a job that made no picture."""
        job = running.job
        if running.task.cancelled():
            await _soon(job.closed, STOP_SECONDS)
            raise Cancelled(
                say("studio.stopped"),
                provider=job.request.model.provider,
                upstream_id=job.upstream_id,
                advice=job.cancellation or say("studio.stopped.unsent"),
            )
        running.task.result()

    async def stop(self, session: Session) -> list[Job]:
        """Cancel what this session runs; wait a moment for the providers' answers."""
        stopped = self._cancel(session)
        await asyncio.gather(*(_soon(job.closed, STOP_SECONDS) for job in stopped))
        return stopped

    def leave(self, session: Session) -> None:
        """The visitor is gone: cancel what runs, at the provider too."""
        self._cancel(session)

    async def end(self, session: Session) -> None:
        """The visitor will not come back: cancel what runs, then forget everything of his."""
        await self.stop(session)
        session.end()

    def running(self, session: Session) -> list[Job]:
        """The jobs of a session that have not ended."""
        return [running.job for running in self._running if running.session is session]

    def _cancel(self, session: Session) -> list[Job]:
        """Tell the jobs of a session to stop, and which they are."""
        found = [running for running in self._running if running.session is session]
        for running in found:
            running.task.cancel()
        return [running.job for running in found]


async def _soon(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but not longer than so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _line_up(job: Job, ahead: int) -> None:
    job.progress = Queued(ahead, say("studio.waiting"))
