"""The studio: one object that runs jobs, knows what runs, and cleans up after sessions."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from easel.providers.catalogue import PROVIDERS, provider_of
from easel.providers.client import open_access
from easel.providers.errors import Cancelled, StudioError
from easel.providers.schema import Model, Queued, Task
from easel.settings import Settings
from easel.studio.ask import Asked
from easel.studio.gate import Gate
from easel.studio.job import Job, State
from easel.studio.keys import Key, Keyring
from easel.studio.life import Life, spawn
from easel.studio.receipts import write_receipt
from easel.studio.routing import AUTO, Candidate, automatic, pinned
from easel.studio.session import Session

BEAT = 0.5
SERVES_SECONDS = 10.0
STOP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    task: asyncio.Task[None]


class Studio:
    """Everything between a button and a provider, for all sessions of this process.

    `folder` is where results are written: a folder the web server may serve from.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self._gate = Gate(settings.max_workers)
        self._memory: dict[Any, Any] = {}
        self._running: dict[str, list[_Running]] = {}

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
            return f"{provider.title} did not say in time who serves {model.id}."
        finally:
            await access.aclose()

    async def run(
        self, task: Task, name: str, asked: Asked, session: Session, keys: Keyring
    ) -> AsyncGenerator[Job, None]:
        """Choose a model and live the job, yielding it about twice a second until it ends.

        The last job yielded is COMPLETED, its receipt in the session's history. Raises
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
        session.reserve(job, self.settings.budget)
        task = spawn(self._work(job, session))
        running = _Running(job, task)
        self._running.setdefault(session.id, []).append(running)
        try:
            while not task.done():
                yield job
                await asyncio.wait({task}, timeout=BEAT)
            if task.cancelled():
                await self._closed(job)
                raise Cancelled(
                    "Stopped.",
                    provider=job.request.model.provider,
                    upstream_id=job.upstream_id,
                    advice=job.cancellation or "Nothing was sent.",
                )
            task.result()
            yield job
        finally:
            task.cancel()
            self._forget(session, running)

    async def _work(self, job: Job, session: Session) -> None:
        """Wait for a place, live the job, write its receipt."""
        provider = provider_of(job.request.model)
        life: Life | None = None
        try:
            async with self._gate.place(job.key.value, lambda ahead: _line_up(job, ahead)):
                access = open_access(provider, job.key.value, self.settings.bases, self._memory)
                life = Life(job, provider, access, self.folder, self.settings.trusted_hosts)
                await life.run()
            session.remember(write_receipt(job, provider), self.settings.history_limit)
        except BaseException:
            if life is None:  # it never left the line here, so nothing was sent
                job.enter(State.CANCELLED)
                job.closed.set()
            raise
        finally:
            spawn(self._settle(job, session))

    async def _settle(self, job: Job, session: Session) -> None:
        """Count the money when nothing more can change it."""
        await job.closed.wait()
        session.settle(job, self.settings.budget)

    async def stop(self, session: Session) -> list[Job]:
        """Cancel what this session runs; wait a moment for the providers' answers."""
        stopped = [running.job for running in self._cancel(session)]
        for job in stopped:
            await self._closed(job)
        return stopped

    def leave(self, session: Session) -> None:
        """The visitor is gone: cancel what runs, at the provider too."""
        self._cancel(session)

    def running(self, session: Session) -> list[Job]:
        """The jobs of a session that have not ended."""
        return [running.job for running in self._running.get(session.id, ())]

    def _cancel(self, session: Session) -> list[_Running]:
        found = list(self._running.get(session.id, ()))
        for running in found:
            running.task.cancel()
        return found

    async def _closed(self, job: Job) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await job.closed.wait()

    def _forget(self, session: Session, running: _Running) -> None:
        rest = [each for each in self._running.get(session.id, ()) if each is not running]
        if rest:
            self._running[session.id] = rest
        else:
            self._running.pop(session.id, None)


def _line_up(job: Job, ahead: int) -> None:
    job.progress = Queued(ahead, "waiting for a place")


__all__ = ["Studio", "StudioError"]
