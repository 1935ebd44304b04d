"""Fetches the pictures of a finished job and writes them down."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from errors import NotAvailable, ResultLost, StorageFailed, StudioError
from i18n import say
from providers.catalogue import provider_of
from providers.http.address import Trusted
from providers.http.download import fetch
from providers.http.proxy import Proxies
from providers.schema import Picture, Task
from studio.jobs.job import Job
from studio.results.image_files import StoredPicture, file_name, read_header, store
from studio.results.provenance import mark

FETCH_SECONDS = 120.0
FETCH_TRIES = 4
FETCH_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Brings pictures to this machine."""

    # Where they are written.
    folder: Path
    # Hosts asked besides public ones, each on its port.
    trusted: Trusted
    # What requests go through, where it is set.
    proxies: Proxies = field(default_factory=Proxies)

    async def collect_all(
        self, job: Job, pictures: tuple[Picture, ...]
    ) -> list[StoredPicture | BaseException]:
        """Every picture as a file, or why not. A job that brings some cannot be asked after again,
        so those that are missing then are tried once more."""
        provider = job.request.model.provider
        works = [self._collect(job, picture, index) for index, picture in enumerate(pictures)]
        got = await asyncio.gather(*works, return_exceptions=True)
        if any(isinstance(each, StoredPicture) for each in got):
            missing = [
                index for index, each in enumerate(got) if not isinstance(each, StoredPicture)
            ]
            works = [self._collect(job, pictures[index], index) for index in missing]
            results = await asyncio.gather(*works, return_exceptions=True)
            for index, each in zip(missing, results, strict=True):
                got[index] = each
        return [_readable(each, provider) for each in got]

    async def _collect(self, job: Job, picture: Picture, index: int) -> StoredPicture:
        """One picture as a file. Asking again for the same address is safe, so it is done."""
        provider = job.request.model.provider
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                data = picture.data or await self._fetch_whole(picture.url, provider)
        except TimeoutError as error:
            raise ResultLost(say("error.fetch.slow"), provider=provider) from error
        name = file_name(job.request.model, job.created, index)
        try:
            if job.request.model.task is Task.FACE_SWAP:
                data = _say_swapped(job, data, provider)
            return await asyncio.to_thread(store, data, self.folder, name, provider)
        except OSError as error:  # a full disk, a folder that is gone
            raise _unwritten(job, error) from error

    async def _fetch_whole(self, url: str, provider: str) -> bytes:
        """The bytes behind an address, asked for again where the line or the picture was cut."""
        for attempt in range(1, FETCH_TRIES + 1):
            try:
                data = await fetch(url, self.trusted, provider, self.proxies)
            except NotAvailable as error:
                lost = ResultLost(error.message, provider=provider)
                lost.__cause__ = error
            else:
                fault = _fault_of(data, provider)
                if fault is None:
                    return data
                lost = fault
            if attempt == FETCH_TRIES or url.startswith("data:"):
                break
            await asyncio.sleep(FETCH_PAUSE * 2 ** (attempt - 1))
        raise lost


def _fault_of(data: bytes, provider: str) -> ResultLost | None:
    """Why these bytes are no whole picture, None where they are one."""
    try:
        read_header(data, provider)
    except ResultLost as error:
        return error
    return None


def _readable(got: StoredPicture | BaseException, provider: str) -> StoredPicture | BaseException:
    """An odd address, and whatever else nobody foresaw, as the loss that it is."""
    if not isinstance(got, Exception) or isinstance(got, StudioError):
        return got
    lost = ResultLost(say("error.fetch.address"), provider=provider)
    lost.__cause__ = got
    return lost


def _unwritten(job: Job, error: OSError) -> StudioError:
    """A result that this machine could not write down: what that means, and the way out."""
    why = error.strerror or type(error).__name__
    if not provider_of(job.request.model).needs_key:
        return StorageFailed(say("error.store", why=why), advice=say("error.store.free"))
    again = job.upstream.handle is not None
    advice = say("error.store.again") if again else say("error.store.gone")
    provider = job.request.model.provider
    return ResultLost(say("error.store", why=why), provider=provider, advice=advice)


def _say_swapped(job: Job, data: bytes, provider: str) -> bytes:
    """A result's bytes with the note that a face was swapped, or a warning where none fits in."""
    kind = read_header(data, provider).format
    marked = mark(data, kind, say("note.swapped.file"))
    key = "note.swapped" if marked else "note.swapped.not"
    warning = say(key, kind=kind.upper())
    if warning not in job.warnings:
        job.warnings.append(warning)
    return marked or data
