"""The studio: one object that runs jobs, knows what runs, and cleans up after sessions."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path

from errors import InvalidInput, StudioError
from i18n import say
from providers.catalogue import MODELS, PROVIDERS, provider_of
from providers.schema import Model, Task
from settings import Settings
from studio.consent import check_consent
from studio.fallback import FallbackRun, check_stopped
from studio.health import Health
from studio.jobs.backend import Backend
from studio.jobs.executor import Executor
from studio.jobs.job import Job
from studio.keys import Key, Keyring
from studio.money.accounts import Accounts
from studio.money.quota import Quota
from studio.policy import Policy
from studio.prompts.choices import NO_PROMPTS, spread
from studio.prompts.translation import TRANSLATED, Translator
from studio.request import UserRequest
from studio.results.receipts import Receipt, Record
from studio.routing import Candidate, Plan
from studio.runner import LISTENER_GONE, JobRunner
from studio.session import Session
from studio.statistics import Statistics
from studio.storage.database import Database
from studio.storage.job_store import JobStore, MemoryStore
from studio.storage.journal import Journal
from studio.storage.records import is_open, public_record, revive
from studio.storage.runs import Runs
from studio.uploads.portrait import check_faces

SERVES_SECONDS = 10.0
KNOWN_JOBS = 2000


class Studio:
    """Everything between a button and a provider, for all sessions of this process.

    `folder` is where results are written: a folder the web server may serve from.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self.store: JobStore = MemoryStore()
        self.database = Database(settings.data_dir)
        self.journal = Journal(self.database, Runs(settings.data_dir))
        self.health = Health()
        self.statistics = Statistics()
        self.quota = Quota(settings, self.database)
        self._executor = Executor(settings, folder, self.journal)
        drawn = self._executor.drawn
        accounts = Accounts(settings.budget, self.quota, self.health, self.statistics, drawn)
        self._runner = JobRunner(self.store, accounts, self.journal, settings.history_limit)
        self.backend = Backend(self._executor, self._runner, self.health, self.statistics)

    async def open(self) -> None:
        """Read what outlived the last run. To be called once, before the first visitor."""
        await self.journal.open()

    @property
    def closing(self) -> bool:
        """Whether the app is being stopped, and takes no new jobs."""
        return self._runner.closing

    @property
    def busy(self) -> bool:
        """Whether any job is on its way, whoever's."""
        return self._runner.busy

    async def wind_up(self, seconds: float) -> None:
        """Take no new jobs, and wait so long for those that are under way; what is left goes on
        at its provider. A second call may cut the first one's waiting short."""
        await self._runner.wind_up(seconds)

    async def close(self) -> None:
        """Wait until everything is written down. Nothing may be asked of the studio after it."""
        await self.journal.close()
        await asyncio.to_thread(self.database.close)

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

    def plan(self, task: Task, name: str, user_request: UserRequest, keys: Keyring) -> Plan:
        """Who would be asked, in order."""
        return self.backend.plan(task, name, user_request, keys)

    async def serves(self, model: Model, key: Key) -> str:
        """Why a model cannot be had right now, or "" when it can. Asks the network if it must."""
        return await self._executor.serves(model, key)

    def storage_problem(self) -> str:
        """Why no job can be begun for want of a disk, or "" where there is room. Touches the disk:
        call it from a thread."""
        return self._executor.storage_problem()

    async def choose(
        self,
        task: Task,
        name: str,
        user_request: UserRequest,
        keys: Keyring,
        policy: Policy | None = None,
        session: Session | None = None,
    ) -> Candidate:
        """The model that would be asked first now, with whoever would translate for it. `session`:
        whose translations are known, and whose limits hold. Raises why nobody would be."""
        first = spread(task, user_request)[0]
        plan = self.plan(task, name, first, keys)
        choosing = FallbackRun(self.backend, plan, first, policy or Policy())
        if task in TRANSLATED:
            choosing.translator = Translator(self.backend, session, keys)
        return await choosing.first()

    async def run(
        self,
        task: Task,
        name: str,
        user_request: UserRequest,
        session: Session,
        keys: Keyring,
        policy: Policy | None = None,
        request_id: str = "",
    ) -> AsyncGenerator[Job, None]:
        """Ask one model after the other, as far as the terms allow, yielding the job whenever it
        changes, at most twice a second, until it ends; where the prompt leaves a choice, one job
        for each picture, one after the other. Where the prompt has to be translated, the job that
        does it comes first.

        The last step of a job shows it COMPLETED, its receipt in it and in the session's history.
        Raises the `StudioError` that ended the request otherwise. Closing this generator cancels
        the job, and what was to come after it. `request_id`: a name of the caller's own, by which
        `stop` can end this request alone.
        """
        check_consent(task, session)
        self._runner.check_open()
        if task not in NO_PROMPTS:
            session.note(user_request.prompt)
        pictures = [
            FallbackRun(self.backend, self.plan(task, name, each, keys), each, policy or Policy())
            for each in spread(task, user_request)
        ]
        await check_faces(task, user_request)
        stops, first = session.stops, pictures[0]
        first.id = request_id or first.id
        for made, picture in enumerate(pictures):
            # What Auto may come to was shown for the whole request, so the first picture's holds.
            picture.id, picture.ceiling = first.id, first.ceiling
            if task in TRANSLATED:
                picture.translator = Translator(self.backend, session, keys)
            try:
                check_stopped(session, stops, picture.id)
                async with contextlib.aclosing(picture.run(session)) as jobs:
                    async for job in jobs:
                        yield job
            except StudioError as error:
                if made:
                    before = say("studio.series.made", made=made, of=len(pictures))
                    error.advice = f"{before} {error.what_now}".strip()
                raise

    def recall(self, session: Session) -> list[Record]:
        """Let a session have the jobs that its visitor had under way when the app was restarted,
        or when an earlier session ended. Returns those that are new to it."""
        left = self.journal.left_by(session.visitor.caller, session.visitor.browser)
        new = [each for each in left if self.store.load(session.id, each["id"]) is None]
        for record in new:
            self.store.save(session.id, record)
        return new

    def open_jobs(self, session: Session) -> list[Record]:
        """The jobs of a session whose outcome is open and that nobody is asking after now, oldest
        first: `check` is the way on for each."""
        records = sorted(self.store.all_of(session.id), key=lambda each: each["created"])
        return [each for each in records if is_open(each) and not self._runner.runs(each["id"])]

    def history(self, session: Session) -> list[Receipt]:
        """The receipts of a session and its open jobs, as others may see them, oldest first."""
        open_: list[Receipt] = [public_record(each) for each in self.open_jobs(session)]
        return sorted([*session.results.history, *open_], key=lambda each: each["created"])

    def forget_open(self, session: Session, job_id: str = "") -> int:
        """Drop one open job of a session, or all: nobody wants what may come of them. Returns how
        many there were."""
        ids = [each["id"] for each in self.open_jobs(session) if job_id in ("", each["id"])]
        for each in ids:
            self.store.drop(session.id, each)
        if ids:
            self.journal.forget(*ids)
        return len(ids)

    def status(self, session: Session, job_id: str) -> Record:
        """The record of a job of this session, or of one that was under way when the app was
        restarted, which whoever knows its id may ask for. Raises `InvalidInput` for any other."""
        record = self.store.load(session.id, job_id)
        if record is None and job_id in self.journal.left:
            record, _ = self.journal.left[job_id]
        if record is None:
            raise InvalidInput(
                say("studio.job.none", id=repr(job_id[:40])),
                field="id",
                advice=say("studio.find.advice"),
            )
        return record

    async def check(
        self, session: Session, job_id: str, keys: Keyring
    ) -> AsyncGenerator[Job, None]:
        """Ask after a job whose outcome is open, by its id or by searching for it; never submits.

        Yields like `run`. A job that is over, or running, yields nothing: its status stands.
        Raises what is known at the end when there is still no picture.
        """
        record = self.status(session, job_id)
        if not is_open(record) or self._runner.runs(job_id):
            return
        key = keys.require(provider_of(MODELS[record["model"]]))
        job = revive(record, key)
        for spend in (session.spend, session.shared):  # counted when it was sent
            if spend is not None:
                spend.open.setdefault(job.id, job)
        try:
            following = self._runner.watch(job, session, self._executor.resume)
            async with contextlib.aclosing(following) as steps:
                async for step in steps:
                    yield step
        except StudioError as error:
            error.job_id = job.id
            raise

    async def stop(self, session: Session, request_id: str = "") -> list[Job]:
        """Cancel what this session runs, or one request of it alone; wait a moment for the
        providers' answers."""
        return await self._runner.stop(session, request_id)

    def leave(self, session: Session) -> None:
        """The visitor is gone: cancel what runs, at the provider too, but not the paid jobs
        that were to be finished."""
        session.visitor.leave()
        if session.limits.finish_when_gone:
            self._runner.cancel_unpaid(session)
        else:
            self._runner.cancel(session, LISTENER_GONE)

    def hand_over(self, old: Session, new: Session) -> None:
        """Let one session have the records and the running jobs of another."""
        self._runner.hand_over(old, new)

    async def end(self, session: Session) -> None:
        """The visitor will not come back: cancel what runs, then forget everything."""
        for job in await self.stop(session):
            job.changed = lambda job: None  # a late answer must not be kept for nobody
        for record in self.open_jobs(session):
            self.journal.leave(record, session.visitor.caller, session.visitor.browser)
        session.end()
        self.store.forget(session.id)

    def running(self, session: Session) -> list[Job]:
        """The jobs of a session that have not ended."""
        return self._runner.jobs(session)

    async def all_over(self, session: Session) -> None:
        """Wait until no job of a session runs any more."""
        await self._runner.all_over(session)
