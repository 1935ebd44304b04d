"""What a job needs at a provider: a place in line, room on the disk, and a client of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from errors import StorageFailed
from i18n import say
from providers.catalogue import provider_of
from providers.http.client import Access, ignore, open_access
from providers.schema import Model, Provider, Queued, Running
from settings import Settings
from studio.jobs.job import Job
from studio.keys import Key
from studio.lifecycle import Lifecycle
from studio.money.serving_price import drawn
from studio.results.fetching import Fetcher
from studio.scheduler import Scheduler
from studio.storage.disk_space import no_room
from studio.storage.journal import Journal

SERVES_SECONDS = 10.0
KNOWN_JOBS = 2000


class Executor:
    """Takes jobs to their providers. `folder` is where results are written."""

    def __init__(self, settings: Settings, folder: Path, journal: Journal) -> None:
        self.settings = settings
        self.folder = folder
        self.journal = journal
        self.fetcher = Fetcher(folder, settings.trusted_hosts, settings.outbound)
        self._scheduler = Scheduler(settings.max_workers)
        self._memory: dict[Any, Any] = {}
        self._known: deque[str] = deque(maxlen=KNOWN_JOBS)

    async def run(self, job: Job) -> None:
        """Wait for a place and check the disk, then take the job from its beginning to its end."""
        async with self._scheduler.place(job.key.value, lambda ahead: _queued(job, ahead)):
            provider = provider_of(job.request.model)
            await self._check_room(provider)
            report, waiting = partial(_report, job), partial(_queued, job)
            access = self._open(provider, job.key, report, waiting)
            await self._lifecycle(job, provider, access).run()

    async def resume(self, job: Job) -> None:
        """Take up a job whose outcome is open; nothing is submitted."""
        provider = provider_of(job.request.model)
        access = self._open(provider, job.key)
        await self._lifecycle(job, provider, access).run(resumed=True)

    async def serves(self, model: Model, key: Key) -> str:
        """Why a model cannot be had right now, or "" when it can. Asks the network if it must."""
        provider = provider_of(model)
        if provider.serves is None:
            return ""
        access = self._open(provider, key)
        try:
            async with asyncio.timeout(SERVES_SECONDS):
                return await provider.serves(model, access)
        except TimeoutError:
            return say("studio.serves.late", provider=provider.title, model=model.id)
        finally:
            await access.aclose()

    async def drawn(self, job: Job) -> Decimal:
        """US dollars a job without a price of its own draws from its key's credit."""
        return await drawn(job, self.settings.bases, self._memory)

    def storage_problem(self) -> str:
        """Why no job can be begun for want of a disk, or "" where there is room. Touches the disk:
        call it from a thread."""
        folders = [self.folder, self.settings.data_dir]
        return "".join([why for each in folders if each and (why := no_room(each))][:1])

    def _lifecycle(self, job: Job, provider: Provider, access: Access) -> Lifecycle:
        return Lifecycle(job, provider, access, self.fetcher, self._known, self.journal)

    async def _check_room(self, provider: Provider) -> None:
        """Raises `StorageFailed` where a result could not be written down, before it is begun."""
        if why := await asyncio.to_thread(self.storage_problem):
            advice = "" if provider.needs_key else say("error.store.free")
            raise StorageFailed(why, advice=advice)

    def _open(
        self,
        provider: Provider,
        key: Key,
        report: Callable[[float], None] = ignore,
        waiting: Callable[[int], None] = ignore,
    ) -> Access:
        """The way to a provider for one job."""
        bases, proxies = self.settings.bases, self.settings.outbound
        return open_access(provider, key.value, bases, self._memory, report, proxies, waiting)


def _report(job: Job, fraction: float) -> None:
    """How far one of our own engines is, reported from its thread."""
    job.progress = Running(fraction=fraction)


def _queued(job: Job, ahead: int) -> None:
    job.progress = Queued(ahead, say("studio.waiting"))
