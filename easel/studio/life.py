"""A job's life at a provider: submitted once, asked after by its id, its pictures fetched.

A cut line while asking or fetching is mended by asking again for the same job until the model's
deadline, never by a second submission. A cancelled job is withdrawn at the provider in a task of
its own, because a cancelled task must not await the network.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from easel.providers.client import Access
from easel.providers.download import fetch
from easel.providers.errors import (
    Cancelled,
    NotAvailable,
    RateLimited,
    ResultLost,
    StudioError,
    TimedOut,
    UnknownOutcome,
)
from easel.providers.schema import Done, Handle, Picture, Provider, Queued
from easel.studio.job import Job, State
from easel.studio.pictures import Stored, file_name, store
from easel.words import say

FIRST_POLL = 0.4
SLOWEST_POLL = 2.0
FIRST_TROUBLE = 1.0
LONGEST_PAUSE = 30.0
ONE_POLL = 60.0
SUBMIT_SECONDS = 120.0
WITHDRAW_SECONDS = 20.0
FETCH_SECONDS = 120.0
FETCH_TRIES = 4
FETCH_PAUSE = 0.5

_background: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    """Run work on its own; the loop keeps only weak references, so one is kept here."""
    task = asyncio.get_running_loop().create_task(work)
    _background.add(task)
    task.add_done_callback(_background.discard)
    return task


class Life:
    """Takes one job from PRICED to its end. `run` is called once."""

    def __init__(
        self, job: Job, provider: Provider, access: Access, folder: Path, trusted: frozenset[str]
    ) -> None:
        self._job = job
        self._provider = provider
        self._access = access
        self._folder = folder
        self._trusted = trusted
        self._sending: asyncio.Task[Handle | Done] | None = None
        self._handle: Handle | None = None

    async def run(self) -> None:
        """Live it. Raises the `StudioError` that ended the job, if one did."""
        withdrawn = False
        try:
            done = await self._submit()
            if isinstance(done, Handle):
                done = await self._wait(done)
            await self._finish(done)
        except asyncio.CancelledError:
            withdrawn = True
            spawn(self._withdraw())
            raise
        except StudioError as error:
            self._fail(error)
            raise
        finally:
            if not withdrawn:
                await self._close()

    async def _submit(self) -> Handle | Done:
        """Send the request once. The sending outlives a cancellation, to learn the job's id."""
        self._job.enter(State.SUBMITTING)
        request = self._job.request
        self._sending = spawn(self._provider.submit(request, self._access))
        limit = SUBMIT_SECONDS if self._provider.poll else request.model.seconds
        try:
            async with asyncio.timeout(limit):
                answer = await asyncio.shield(self._sending)
        except TimeoutError as error:
            self._sending.cancel()
            text = say("error.no_answer", who=self._provider.title, seconds=limit)
            raise UnknownOutcome(text, provider=self._provider.name) from error
        if isinstance(answer, Handle):
            self._accept(answer)
        return answer

    def _accept(self, handle: Handle) -> None:
        """The job exists: its id is written down before anything else happens."""
        self._handle = handle
        self._job.upstream_id = handle.id
        self._job.enter(State.ACCEPTED)
        self._job.progress = Queued(message="accepted")

    async def _wait(self, handle: Handle) -> Done:
        """Ask after the job until it is done, for as long as the model may take."""
        limit = self._job.request.model.seconds
        try:
            async with asyncio.timeout(limit):
                return await self._poll_until_done(handle)
        except TimeoutError as error:
            text = say("error.not_done", who=self._provider.title, seconds=limit)
            raise TimedOut(text, provider=self._provider.name) from error

    async def _poll_until_done(self, handle: Handle) -> Done:
        poll = self._provider.poll
        if poll is None:
            raise LookupError(f"{self._provider.name} hands out handles and has no poll")
        pause, trouble = FIRST_POLL, 0
        while True:
            await asyncio.sleep(pause)
            try:
                async with asyncio.timeout(ONE_POLL):
                    found = await poll(self._job.request, handle, self._access)
            except (NotAvailable, RateLimited, UnknownOutcome, TimeoutError) as error:
                asked = getattr(error, "retry_after", None) or FIRST_TROUBLE * 2.0**trouble
                pause, trouble = min(asked, LONGEST_PAUSE), min(trouble + 1, 10)
                continue
            trouble, pause = 0, min(max(pause, FIRST_POLL) * 1.25, SLOWEST_POLL)
            if isinstance(found, Done):
                return found
            if not isinstance(found, Queued) and self._job.state is State.ACCEPTED:
                self._job.enter(State.RUNNING)
            self._job.progress = found

    async def _finish(self, done: Done) -> None:
        """Fetch the pictures, write them down, complete the job."""
        job = self._job
        job.upstream_id = done.upstream_id or job.upstream_id
        job.enter(State.FETCHING)
        job.warnings += done.warnings
        job.charged = done.charged
        asked_seed = job.request.settings.get("seed")
        job.seed = done.seed if done.seed is not None else asked_seed  # type: ignore[assignment]
        got = await asyncio.gather(
            *(self._collect(picture, index) for index, picture in enumerate(done.pictures)),
            return_exceptions=True,
        )
        job.stored = [each for each in got if isinstance(each, Stored)]
        lost = [each for each in got if isinstance(each, BaseException)]
        if not job.stored:
            raise lost[0]
        job.warnings += [say("note.lost", total=len(got), why=each) for each in lost]
        job.enter(State.COMPLETED)

    async def _collect(self, picture: Picture, index: int) -> Stored:
        """One picture as a file. Asking again for the same address is safe, so it is done."""
        who = self._provider.name
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                data = picture.data or await self._fetch(picture.url)
        except TimeoutError as error:
            raise ResultLost(say("error.fetch.slow"), provider=who) from error
        name = file_name(self._job.request.model, self._job.created, index)
        try:
            return await asyncio.to_thread(store, data, self._folder, name, who)
        except OSError as error:  # a full disk, a folder that is gone
            raise ResultLost(say("error.store"), provider=who) from error

    async def _fetch(self, url: str) -> bytes:
        for attempt in range(1, FETCH_TRIES + 1):
            try:
                return await fetch(url, self._trusted, self._provider.name)
            except NotAvailable as error:
                if attempt == FETCH_TRIES:
                    raise ResultLost(error.message, provider=self._provider.name) from error
                await asyncio.sleep(FETCH_PAUSE * 2 ** (attempt - 1))
        raise AssertionError("the last try returns or raises")

    def _fail(self, error: StudioError) -> None:
        """Write the end down: what is known of the job decides what it is called."""
        job = self._job
        accepted = self._handle is not None or job.state is State.FETCHING
        if accepted:
            error.created = True
        error.provider = error.provider or self._provider.name
        error.upstream_id = error.upstream_id or job.upstream_id
        job.error = error
        if accepted or error.created:
            job.enter(State.FAILED)
        elif error.created is False:
            job.enter(State.NOT_ACCEPTED)
        else:
            job.enter(State.UNKNOWN if isinstance(error, UnknownOutcome) else State.FAILED)

    async def _withdraw(self) -> None:
        """Stop the job at the provider and note its answer, or note that it has no such call."""
        job, who = self._job, self._provider
        if job.state is not State.PRICED:  # stands until the provider answers, if it ever does
            job.cancellation = say(
                "note.stop.unsure" if who.cancel else "note.stop.not", who=who.title
            )
        try:
            await self._learn_id()
            if self._handle and who.cancel:
                async with asyncio.timeout(WITHDRAW_SECONDS):
                    job.cancellation = await who.cancel(job.request, self._handle, self._access)
        except StudioError as error:
            unsent = self._handle is None and error.created is False
            key = "note.stop.never" if unsent else "note.stop.failed"
            job.cancellation = say(key, who=who.title, why=error.message)
        except TimeoutError:
            pass  # what stands says it
        finally:
            job.error = Cancelled(
                say("error.stopped"), provider=who.name, upstream_id=job.upstream_id
            )
            job.enter(State.CANCELLED)
            await self._close()

    async def _learn_id(self) -> None:
        """When the request is still on its way, wait for the answer, which names the job."""
        if self._sending is None or self._handle is not None:
            return
        if self._provider.poll is None:
            self._sending.cancel()
            return
        async with asyncio.timeout(WITHDRAW_SECONDS):
            answer = await self._sending
        if isinstance(answer, Handle):
            self._accept(answer)

    async def _close(self) -> None:
        await self._access.aclose()
        self._job.closed.set()
