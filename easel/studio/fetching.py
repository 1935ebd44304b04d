"""Fetches the pictures of a finished job and writes them down."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from easel.providers.address import Trusted
from easel.providers.download import fetch
from easel.providers.errors import NotAvailable, ResultLost
from easel.providers.proxy import Proxies
from easel.providers.schema import Picture, Task
from easel.studio.job import Job
from easel.studio.marking import mark
from easel.studio.pictures import Stored, file_name, read_header, store
from easel.words import say

FETCH_SECONDS = 120.0
FETCH_TRIES = 4
FETCH_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Brings pictures into `folder`; besides public hosts only the `trusted` ones are asked, each
    on its port; through `proxies` where they are set."""

    folder: Path
    trusted: Trusted
    proxies: Proxies = field(default_factory=Proxies)

    async def collect_all(
        self, job: Job, pictures: tuple[Picture, ...]
    ) -> list[Stored | BaseException]:
        """Every picture as a file, or why not. A job that brings some cannot be asked after again,
        so those that are missing then are tried once more."""
        works = [self._collect(job, picture, index) for index, picture in enumerate(pictures)]
        got = await asyncio.gather(*works, return_exceptions=True)
        if any(isinstance(each, Stored) for each in got):
            missing = [index for index, each in enumerate(got) if not isinstance(each, Stored)]
            works = [self._collect(job, pictures[index], index) for index in missing]
            found = await asyncio.gather(*works, return_exceptions=True)
            for index, each in zip(missing, found, strict=True):
                got[index] = each
        return got

    async def _collect(self, job: Job, picture: Picture, index: int) -> Stored:
        """One picture as a file. Asking again for the same address is safe, so it is done."""
        who = job.request.model.provider
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                data = picture.data or await self._fetch(picture.url, who)
        except TimeoutError as error:
            raise ResultLost(say("error.fetch.slow"), provider=who) from error
        name = file_name(job.request.model, job.created, index)
        try:
            if job.request.model.task is Task.FACE_SWAP:
                data = _say_swapped(job, data, who)
            return await asyncio.to_thread(store, data, self.folder, name, who)
        except OSError as error:  # a full disk, a folder that is gone
            raise ResultLost(say("error.store"), provider=who) from error

    async def _fetch(self, url: str, who: str) -> bytes:
        for attempt in range(1, FETCH_TRIES + 1):
            try:
                return await fetch(url, self.trusted, who, self.proxies)
            except NotAvailable as error:
                if attempt == FETCH_TRIES:
                    raise ResultLost(error.message, provider=who) from error
                await asyncio.sleep(FETCH_PAUSE * 2 ** (attempt - 1))
        raise AssertionError("the last try returns or raises")


def _say_swapped(job: Job, data: bytes, who: str) -> bytes:
    """A result's bytes with the note that a face was swapped, or a warning where none fits in."""
    kind = read_header(data, who).format
    marked = mark(data, kind, say("note.swapped.file"))
    key = "note.swapped" if marked else "note.swapped.not"
    warning = say(key, kind=kind.upper())
    if warning not in job.warnings:
        job.warnings.append(warning)
    return marked or data
