"""What goes wrong on this machine while a job is at its provider, to one studio alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from bench.faults.plan import FULL, KILLED, ODD, Injection
from providers.http.client import Access
from providers.schema import Progress, Provider
from studio.jobs.job import Job
from studio.lifecycle import Lifecycle
from studio.results.fetching import Fetcher
from studio.service import Studio

Make = Callable[[Path | None], Studio]


def open_studio(plan: Injection, make: Make, folder: Path) -> Studio:
    """A studio to which it happens; `make` makes one over a data folder."""
    kind = plan.cell.kind
    studio = make(Path(mkdtemp(dir=folder)) if kind == KILLED else None)
    if kind == FULL:
        full = Path(mkdtemp(dir=folder)) / "full"
        full.write_bytes(b"")  # nothing can be made in a folder that is a file
        studio.backend.executor.fetcher = Fetcher(full, studio.settings.trusted_hosts)
    if kind == ODD:
        setattr(studio.backend.executor, "_lifecycle", _odd_life(studio))  # noqa: B010 - of this one studio
    return studio


async def follow(plan: Injection, studio: Studio, work: Coroutine[Any, Any, None]) -> bool:
    """Follow a request to its end, or until the app is killed; whether it was."""
    if plan.cell.kind != KILLED:
        await work
        return False
    await studio.open()
    killed, accepted = asyncio.Event(), studio.journal.accepted

    async def last(job: Job) -> None:
        await accepted(job)
        killed.set()
        await asyncio.Event().wait()  # nothing that comes after is done

    studio.journal.accepted = last  # type: ignore[method-assign]
    task, told = asyncio.create_task(work), asyncio.create_task(killed.wait())
    await asyncio.wait([task, told], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if task.done():
        await studio.close()
        return False
    studio.journal.settle = lambda job: None  # type: ignore[method-assign]
    for running in studio._runner._all:
        running.job.let_go = True
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    if studio.journal._runs._held is not None:
        os.close(studio.journal._runs._held)
    return True


async def mend(plan: Injection, studio: Studio, make: Make, killed: bool) -> Studio:
    """All is well again: a disk with room, an app that was started anew."""
    if killed:
        again = make(studio.settings.data_dir)
        await again.open()
        return again
    if plan.cell.kind == FULL:
        studio.backend.executor.fetcher = Fetcher(studio.folder, studio.settings.trusted_hosts)
    if plan.cell.kind == ODD:
        del studio.backend.executor._lifecycle
    return studio


def _odd_life(studio: Studio) -> Callable[[Job, Provider, Access], Lifecycle]:
    """A life in which nothing that the provider answers about a job can be read."""
    plain = studio.backend.executor._lifecycle

    async def odd(*_: object) -> Progress:
        raise OverflowError("10^400 pictures")

    def life(job: Job, provider: Provider, access: Access) -> Lifecycle:
        found = replace(provider, poll=odd) if provider.poll else provider
        return plain(job, found, access)

    return life
