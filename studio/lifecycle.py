"""A job's life at a provider: submitted once, asked after by its id, its pictures fetched.

A cut line while asking or fetching is mended by asking again for the same job until the model's
deadline, never by a second submission. A cancelled job is withdrawn at the provider in a task of
its own, because a cancelled task must not await the network.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from errors import (
    Cancelled,
    NotAvailable,
    RateLimited,
    StorageFailed,
    StudioError,
    TimedOut,
    UnknownOutcome,
)
from i18n import say
from providers.http.client import Access
from providers.schema import Done, Handle, Progress, Provider, Queued, Task
from studio.background import spawn
from studio.job import Job, State
from studio.results.fetching import Fetcher
from studio.results.outputs import keep_pictures, keep_text
from studio.results.sanitizing import sendable
from studio.runner import LISTENER_GONE
from studio.storage.journal import Journal
from studio.unexpected_errors import Unexpected, UnreadableAnswer

FIRST_POLL = 0.4
SLOWEST_POLL = 2.0
FIRST_TROUBLE = 1.0
LONGEST_PAUSE = 30.0
ONE_POLL = 60.0
SUBMIT_SECONDS = 120.0
WITHDRAW_SECONDS = 20.0
FIND_PAUSES = (1.0, 3.0, 6.0)  # a list of recent jobs may lag behind
LOOKS = 3  # at an answer that cannot be read, one after the other, before that is told


class Lifecycle:
    """Takes one job from PRICED to its end. `run` is called once. `taken`: the ids of jobs that
    are known already, which no other job may adopt. `journal`: where a paid job is written down
    before it is sent, and again when it has an id."""

    def __init__(
        self,
        job: Job,
        provider: Provider,
        access: Access,
        fetcher: Fetcher,
        taken: deque[str] | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._job = job
        self._provider = provider
        self._access = access
        self._fetcher = fetcher
        self._sending: asyncio.Task[Handle | Done] | None = None
        self._taken = deque[str]() if taken is None else taken
        self._journal = journal if provider.needs_key else None
        self._told = Unexpected(job, provider, access)
        self._resumed = False

    async def run(self) -> None:
        """Live it. Raises the `StudioError` that ended the job, if one did."""
        await self._live(self._submit())

    async def resume(self) -> None:
        """Ask after a job that was submitted before: by its id, or by looking for it where the
        id is unknown and the provider can be searched. Never submits."""
        self._resumed = True
        await self._live(self._recover())

    async def _live(self, begin: Coroutine[Any, Any, Handle | Done]) -> None:
        withdrawn = False
        try:
            with self._told:
                done = await begin
                if isinstance(done, Handle):
                    done = await self._wait(done)
                await self._finish(done)
        except asyncio.CancelledError as stop:
            if self._resumed and stop.args == (LISTENER_GONE,):
                self._stay_open()
                raise
            if self._job.let_go and self._job.state is not State.PRICED:
                self._let_go()
                raise
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
        """Send the request once. The sending outlives a cancellation, to learn the job's id.

        A paid one is written down first; raises `StorageFailed` where it cannot be.
        """
        if self._journal:
            await self._journal.intend(self._job)
        self._job.enter(State.SUBMITTING)
        self._sending = spawn(self._send())
        limit = self._job.request.model.seconds if self._answers_whole else SUBMIT_SECONDS
        try:
            async with asyncio.timeout(limit):
                answer = await asyncio.shield(self._sending)
        except TimeoutError as error:
            self._sending.cancel()
            text = say("error.no_answer", who=self._provider.title, seconds=limit)
            unknown = UnknownOutcome(text, provider=self._provider.name)
            unknown.__cause__ = error
            return await self._adopt(unknown)
        except UnknownOutcome as unknown:
            return await self._adopt(unknown)
        if isinstance(answer, Handle):
            await self._accept(answer)
        return answer

    async def _send(self) -> Handle | Done:
        with self._told:
            if self._streams:
                return await self._read_along()
            return await self._provider.submit(self._job.request, self._access)

    @property
    def _streams(self) -> bool:
        """Whether the answer is a text that comes as it is written."""
        return (
            self._provider.write is not None and self._job.request.model.task is Task.PROMPT_WRITING
        )

    @property
    def _answers_whole(self) -> bool:
        """Whether the request stays open until all is done: there is no id to ask after."""
        return self._streams or self._provider.poll is None

    async def _read_along(self) -> Done:
        """Send the request once, and show what is written as it comes."""
        job, write = self._job, self._provider.write
        if write is None:
            raise LookupError(f"{self._provider.name} does not stream")
        try:
            async with aclosing(write(job.request, self._access)) as steps:
                async for step in steps:
                    if isinstance(step, Done):
                        return step
                    if job.state is State.SUBMITTING:
                        job.enter(State.RUNNING)
                    job.progress, job.text = step, step.text
        except UnknownOutcome as error:
            if job.text:
                told = {"why": error.message, "letters": len(job.text)}
                error.message = say("error.cut.partial", **told)
            raise
        raise LookupError(f"{self._provider.name} streams without an end")

    async def _adopt(self, unknown: UnknownOutcome) -> Handle:
        """The job behind a submission that was never answered, where the provider can be
        searched for it. Raises the unknown outcome when it is not found."""
        find, since = self._provider.find, self._job.submitted
        if find is None or since is None:
            raise unknown
        for pause in FIND_PAUSES:
            await asyncio.sleep(pause)
            with contextlib.suppress(StudioError, TimeoutError):
                async with asyncio.timeout(ONE_POLL):
                    handle = await find(self._job.request, since, self._access)
                if handle is not None and handle.id not in self._taken:
                    await self._accept(handle)
                    self._job.warnings.append(say("note.adopted", who=self._provider.title))
                    return handle
        raise unknown

    async def _recover(self) -> Handle:
        """The handle of a job submitted before."""
        if self._job.upstream.handle is not None:
            await self._accept(self._job.upstream.handle)
            return self._job.upstream.handle
        text = say("error.no_search", who=self._provider.title)
        unknown = UnknownOutcome(text, provider=self._provider.name)
        if self._job.forgotten and "seed" not in self._job.request.settings:
            raise unknown  # another's job of the same model would look the same
        return await self._adopt(unknown)

    async def _accept(self, handle: Handle) -> None:
        """The job exists: its id is written down before anything else happens. A disk that is
        full by now is no reason to stop waiting for what is paid."""
        self._job.upstream.handle = handle
        self._taken.append(handle.id)
        self._job.upstream.id = handle.id
        self._job.enter(State.ACCEPTED)
        self._job.progress = Queued(message="accepted")
        if self._journal:
            with contextlib.suppress(StorageFailed):
                await self._journal.accepted(self._job)

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
        pause, trouble, unread = FIRST_POLL, 0, 0
        while True:
            await asyncio.sleep(pause)
            try:
                async with asyncio.timeout(ONE_POLL):
                    with self._told:
                        found = await poll(self._job.request, handle, self._access)
            except (NotAvailable, RateLimited, UnknownOutcome, TimeoutError) as error:
                user_request = getattr(error, "retry_after", None) or FIRST_TROUBLE * 2.0**trouble
                pause, trouble = min(user_request, LONGEST_PAUSE), min(trouble + 1, 10)
                continue
            except UnreadableAnswer:
                unread += 1
                if unread == LOOKS:
                    raise
                continue
            trouble, pause = 0, min(max(pause, FIRST_POLL) * 1.25, SLOWEST_POLL)
            if isinstance(found, Done):
                return found
            word = "" if isinstance(found, Queued) else found.unknown
            unread = unread + 1 if word else 0
            if unread == LOOKS:
                raise self._unknown_status(word)
            self._show(found)

    def _show(self, found: Progress) -> None:
        """Note how far the job is; letters that cannot be sent to a browser are replaced."""
        if isinstance(found, Done):
            return
        found = replace(found, message=sendable(found.message))
        if not isinstance(found, Queued):
            if self._job.state is State.ACCEPTED:
                self._job.enter(State.RUNNING)
            found = replace(found, text=sendable(found.text))
            self._job.text = found.text or self._job.text
        self._job.progress = found

    def _unknown_status(self, word: str) -> StudioError:
        """The provider goes on naming a station that nobody here has heard of."""
        who = self._provider
        text = say("error.unknown_status", who=who.title, word=sendable(word), looks=LOOKS)
        advice = say("error.unknown_status.advice")
        return TimedOut(text, provider=who.name, advice=advice)

    async def _finish(self, done: Done) -> None:
        """Keep the text, or fetch the pictures; complete the job."""
        job = self._job
        job.upstream.id = done.upstream_id or job.upstream.id
        if done.text:
            keep_text(job, done)
        else:
            job.enter(State.FETCHING)
            await keep_pictures(job, done, self._fetcher)
        job.enter(State.COMPLETED)

    def _fail(self, error: StudioError) -> None:
        """Write the end down: what is known of the job decides what it is called."""
        job = self._job
        accepted = self._job.upstream.handle is not None or job.state is State.FETCHING
        if accepted:
            error.created = True
        error.provider = error.provider or self._provider.name
        error.upstream_id = error.upstream_id or job.upstream.id
        error.job_id = error.job_id or job.id
        error.message = sendable(error.message)
        job.error = error
        if accepted or error.created:
            job.enter(State.FAILED)
        elif error.created is False:
            job.enter(State.NOT_ACCEPTED)
        else:
            job.enter(State.UNKNOWN if isinstance(error, UnknownOutcome) else State.FAILED)

    def _stay_open(self) -> None:
        """Whoever asked after the job has gone, which is no wish to stop it: it is paid for, may be
        done, and can be asked after again."""
        who = self._provider
        self._fail(UnknownOutcome(say("studio.check.left", who=who.title), provider=who.name))

    def _let_go(self) -> None:
        """The app is being stopped, which is nobody's wish to stop the job: it goes on at its
        provider, and can be asked after when the app is back."""
        self._access.stop.set()
        if self._sending is not None:
            self._sending.cancel()
        who = self._provider
        text = say("studio.let_go", who=who.title)
        advice = say("journal.advice") if self._journal else say("studio.let_go.here")
        self._fail(UnknownOutcome(text, provider=who.name, advice=advice))

    async def _withdraw(self) -> None:
        """Stop the job at the provider and note its answer, or note that it has no such call."""
        job, who, unsent = self._job, self._provider, False
        self._access.stop.set()
        if job.state is State.UNKNOWN:  # only looked for: there is nothing to stop
            job.enter(State.UNKNOWN)
            await self._close()
            return
        if job.state is not State.PRICED:  # stands until the provider answers, if it ever does
            job.upstream.cancellation = _what_stands(who, self._streams)
        try:
            await self._learn_id()
            if job.upstream.handle and who.cancel:
                async with asyncio.timeout(WITHDRAW_SECONDS):
                    with self._told:
                        told = await who.cancel(job.request, job.upstream.handle, self._access)
                job.upstream.cancellation = sendable(told)
        except StudioError as error:
            unsent = self._job.upstream.handle is None and error.created is False
            key = "note.stop.never" if unsent else "note.stop.failed"
            job.upstream.cancellation = say(key, who=who.title, why=error.message)
        except TimeoutError:
            pass  # what stands says it
        finally:
            job.error = Cancelled(
                say("error.stopped"),
                provider=who.name,
                upstream_id=job.upstream.id,
                created=False if unsent else None,
            )
            job.enter(State.CANCELLED)
            await self._close()

    async def _learn_id(self) -> None:
        """When the request is still on its way, wait for the answer, which names the job."""
        if self._sending is None or self._job.upstream.handle is not None:
            return
        if self._answers_whole:
            self._sending.cancel()
            return
        async with asyncio.timeout(WITHDRAW_SECONDS):
            try:
                answer = await self._sending
            except UnknownOutcome as unknown:
                await self._adopt(unknown)
                return
        if isinstance(answer, Handle):
            await self._accept(answer)

    async def _close(self) -> None:
        await self._access.aclose()
        self._job.closed.set()


def _what_stands(who: Provider, streams: bool) -> str:
    """What is known of a job that was stopped, until who works on it answers."""
    if streams:
        return say("note.stop.hung_up", who=who.title)
    if not who.needs_key:
        return say("note.stop.here")
    return say("note.stop.unsure" if who.cancel else "note.stop.not", who=who.title)
