"""The journal of paid jobs: what is under way at providers, so that a restart loses none of it.

A line is written before a job is sent, again when the provider has named it, and goes when the job
is over. It holds no key, no prompt and no picture. Who made a job is known again by the digest of
a session's name or of a token in a browser, or by the job's id itself, which nobody can guess.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from errors import StorageFailed, UnknownOutcome
from i18n import say
from providers.catalogue import MODELS, provider_of
from providers.schema import GenerationRequest, Handle, Model
from studio.background import spawn
from studio.jobs.job import Job, State
from studio.jobs.parts import JobMoney, JobResult, UpstreamJob
from studio.keys import Key
from studio.request import UserRequest
from studio.results.receipts import Record
from studio.storage.database import Database
from studio.storage.records import is_open, write_record
from studio.storage.runs import Runs

log = logging.getLogger("easel")

# Of the five services the longest known to keep a result is fal, at least seven days.
KEPT_DAYS: Final = 7
TABLE: Final = """CREATE TABLE IF NOT EXISTS paid_jobs (
    id TEXT PRIMARY KEY, run TEXT NOT NULL, state TEXT NOT NULL, begun TEXT NOT NULL,
    changed TEXT NOT NULL, task TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,
    upstream_id TEXT NOT NULL, handle TEXT NOT NULL, settings TEXT NOT NULL, price TEXT,
    charged TEXT, key_owner TEXT NOT NULL, caller TEXT NOT NULL, browser TEXT NOT NULL)"""
WRITE: Final = "INSERT OR REPLACE INTO paid_jobs VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
# What became of a job that has a name at its provider, and of one that has none.
RESTARTED: Final = ("journal.restarted", "journal.restarted.unnamed")
LEFT: Final = ("journal.left", "journal.left.unnamed")


class Journal:
    """The lines of this run are written here; those of earlier runs are read by `open`.

    `left`: the records of jobs that nobody's session holds any more, by id, their digests beside
    them: what a killed run had under way, and the open jobs of sessions that have ended.
    """

    def __init__(self, database: Database, runs: Runs) -> None:
        self._database = database
        self._runs = runs
        self._writing: set[asyncio.Task[Any]] = set()
        self.left: dict[str, tuple[Record, frozenset[str]]] = {}
        database.add(TABLE)

    async def open(self) -> None:
        """Read what earlier runs had under way. A disk that cannot be read is logged: the jobs'
        providers still list them."""
        try:
            await asyncio.to_thread(self._runs.begin)
            rows = await self._database.run(_read)
        except StorageFailed as error:
            log.error("%s", error)
            return
        for row in rows:
            if not await asyncio.to_thread(self._runs.is_over, row["run"]):
                continue  # another app on this machine shares the folder
            if (record := _record(row)) is not None:
                owners = {row["caller"], row["browser"]} - {""}
                self.left[row["id"]] = (record, frozenset(owners))

    def left_by(self, *owners: str) -> list[Record]:
        """What was left under way by whoever is known by one of these digests."""
        known = {each for each in owners if each}
        return [record for record, theirs in self.left.values() if known & theirs]

    async def intend(self, job: Job) -> None:
        """Write a job down before it is sent. Raises `StorageFailed`, and then it must not be."""
        line = _line(job, self._runs.name, State.SUBMITTING)
        await self._database.run(lambda connection: connection.execute(WRITE, line))

    async def accepted(self, job: Job) -> None:
        """Write its id down. Raises `StorageFailed`."""
        line = _line(job, self._runs.name, job.state)
        await self._database.run(lambda connection: connection.execute(WRITE, line))

    def settle(self, job: Job) -> None:
        """A job has ended: its line goes, unless asking again can change what is known of it."""
        record = write_record(job, provider_of(job.request.model))
        if is_open(record):
            line = _line(job, self._runs.name, job.state)
            self._soon(lambda connection: connection.execute(WRITE, line))
        else:
            self.forget(job.id)

    def forget(self, *ids: str) -> None:
        """Delete lines: nobody will ask for these jobs again."""
        for each in ids:
            self.left.pop(each, None)
        gone = [(each,) for each in ids]
        statement = "DELETE FROM paid_jobs WHERE id = ?"
        self._soon(lambda connection: connection.executemany(statement, gone))

    def leave(self, record: Record, *owners: str) -> None:
        """A session ends that had this job open: whoever is known by a digest may still have it,
        without what was asked, which goes with the session."""
        if (kept := _record(_row_of(record), LEFT)) is not None:
            self.left[record["id"]] = (kept, frozenset(each for each in owners if each))

    async def close(self) -> None:
        """Wait until everything is written."""
        while self._writing:
            await asyncio.gather(*self._writing)
        await asyncio.to_thread(self._runs.end)

    def _soon(self, work: Any) -> None:
        """Write without anybody waiting; the next start can live with an old line."""

        async def write() -> None:
            with contextlib.suppress(StorageFailed):
                await self._database.run(work)

        task = spawn(write())
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)


def digest(secret: str) -> str:
    """What stands in a line for a session's name or a browser's token; "" for a blank one."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest() if secret else ""


def _read(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """All lines, oldest first; those that no provider would know any more are deleted."""
    oldest = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
    connection.execute("DELETE FROM paid_jobs WHERE begun < ?", (oldest,))
    cursor = connection.execute("SELECT * FROM paid_jobs ORDER BY begun")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _line(job: Job, run: str, state: State) -> tuple[str | None, ...]:
    model, handle = job.request.model, job.upstream.handle
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return (
        job.id, run, str(state), (job.submitted or datetime.now(UTC)).isoformat(), now,
        str(model.task), model.provider, model.id, job.upstream.id,
        json.dumps({"id": handle.id, "urls": dict(handle.urls)}) if handle else "",
        json.dumps(_numbers(model, job.request.settings)),
        _money(job.money.price), _money(job.money.charged), job.key.owner,
        job.owner.caller, job.owner.browser,
    )  # fmt: skip


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _numbers(model: Model, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that are no words of the user's: numbers, and choices out of a row's own list.
    The seed among them finds a job that was sent and never named."""
    kept = {}
    for name, value in settings.items():
        param = model.param(name)
        if isinstance(value, int | float) or (param and value in param.choices):
            kept[name] = value
    return kept


def _record(row: dict[str, Any], why: tuple[str, str] = RESTARTED) -> Record | None:
    """A line as a record; None for a model that is gone from the catalogue."""
    model = MODELS.get(row["model"])
    if model is None:
        log.warning("job %s was made by %s, which is gone", row["id"], row["model"])
        return None
    job = _job(row, model)
    provider = provider_of(model)
    named, unnamed = why
    job.error = UnknownOutcome(
        say(named if job.upstream.handle else unnamed, who=provider.title),
        provider=provider.name,
        upstream_id=job.upstream.id,
        advice=say("journal.advice"),
    )
    return write_record(job, provider)


def _job(row: dict[str, Any], model: Model) -> Job:
    begun, changed = (datetime.fromisoformat(row[name]) for name in ("begun", "changed"))
    handle = json.loads(row["handle"]) if row["handle"] else None
    saved = json.loads(row["settings"])
    settings = {name: saved[name] for name in saved if model.param(name)}  # of an older Easel's row
    job = Job(
        UserRequest("", settings),
        GenerationRequest(model, "", settings),
        Key("", row["key_owner"]),
        JobMoney(Decimal(row["price"]) if row["price"] is not None else None),
        warnings=[say("note.restarted")],
        id=row["id"],
        created=begun,
        state=State.UNKNOWN,
        moments=[(State.SUBMITTING, begun), (State.UNKNOWN, changed)],
        upstream=UpstreamJob(
            row["upstream_id"], Handle(handle["id"], handle["urls"]) if handle else None
        ),
        result=JobResult(seed=settings.get("seed")),
        forgotten=True,
    )
    job.seconds = max(0.0, (changed - begun).total_seconds())
    return job


def _row_of(record: Record) -> dict[str, Any]:
    """A record as the line that is left of it: without what was asked."""
    model, price = MODELS[record["model"]], record["price"]
    usd = price["usd"] if price["usd"] is not None else price["at_most"]
    sent = next((at for to, at in record["moments"] if to == State.SUBMITTING), None)
    return {
        "id": record["id"],
        "model": record["model"],
        "begun": sent or record["created"],
        "changed": record["moments"][-1][1],
        "handle": json.dumps(record["handle"]) if record["handle"] else "",
        "settings": json.dumps(_numbers(model, record["settings"])),
        "price": None if usd is None else str(usd),
        "key_owner": record["key"],
        "upstream_id": record["upstream_id"],
    }
