"""Plays one job through the real studio and SDKs against an emulated cloud of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx

from bench.faults.here import follow, mend, open_studio
from bench.faults.plan import HERE, PAID, REFUSED, WAIT, Cell, Injection
from bench.faults.witness import Seen, Told, look, pictures
from errors import StudioError
from providers.catalogue import MODELS, PROVIDERS
from providers.http import download
from providers.http import picture_uploads as uploads
from settings import Settings, read_settings
from studio.jobs import timing
from studio.jobs.job import Job
from studio.policy import Policy
from studio.results import fetching
from studio.service import Studio
from studio.session import Session
from studio.storage.records import is_open
from tests.cloud import Cloud

# Keys that look like nothing else, so that half of one is found in any sentence.
KEYS = {name: f"{name[:2]}-7Qx{number}vZp9LkR4tWm2{number}yHs8" for number, name in enumerate(PAID)}
NOBODY = "http://127.0.0.1:9"  # the discard port: connections are refused
BASES = {
    "huggingface": "HF_ROUTER_URL", "fal": "FAL_BASE_URL", "replicate": "REPLICATE_BASE_URL",
    "wavespeed": "WAVESPEED_BASE_URL", "openai": "OPENAI_BASE_URL",
}  # fmt: skip
PAUSES: dict[str, Any] = {
    "FIRST_POLL": 0.005, "SLOWEST_POLL": 0.05, "FIRST_TROUBLE": 0.01, "LONGEST_PAUSE": 0.1,
    "ONE_POLL": 2.0, "SUBMIT_SECONDS": 6.0, "FIND_PAUSES": (0.05, 0.1),
}  # fmt: skip
MODEL_SECONDS = 12.0
READ_SECONDS = UPLOAD_SECONDS = 2.0


@contextlib.contextmanager
def hurried() -> Iterator[None]:
    """Easel with short pauses and short patience."""
    rows = {name: replace(row, seconds=MODEL_SECONDS) for name, row in MODELS.items()}
    with (
        patch.multiple(timing, **PAUSES),
        patch.object(fetching, "FETCH_PAUSE", 0.01),
        patch.object(uploads, "UPLOAD_SECONDS", UPLOAD_SECONDS),
        patch.object(download, "RATE_SECONDS", 1.0),
        patch.dict(MODELS, rows),
        patch.object(download, "timeouts", lambda seconds: httpx.Timeout(READ_SECONDS)),
    ):
        yield


async def play(cloud: Cloud, folder: Path, plan: Injection) -> tuple[Seen, Told]:
    """One job to its end, then once more asked after with everything well again."""
    _prepare(cloud, plan)
    settings = _settings(cloud, plan)

    def make(data: Path | None) -> Studio:
        return Studio(replace(settings, data_dir=data), folder)

    studio, session, told = open_studio(plan, make, folder), Session(consent=True), Told()
    jobs: dict[str, Job] = {}
    policy = Policy(max_price=plan.max_price, patience=plan.patience)
    keys = studio.keyring(session)
    steps = studio.run(plan.task, plan.model, plan.wish, session, keys, policy)
    killed = await follow(plan, studio, _follow(steps, jobs, told))
    seen = look(cloud, plan.prices)
    _read(session, told, told.delivered)
    told.states = [str(job.state) for job in jobs.values()]
    with cloud.ledger.lock:
        cloud.ledger.faults.clear()
    again, more = Told(), dict(jobs)
    studio = await mend(plan, studio, make, killed)
    for job in more:
        record = studio.status(session, job)
        told.words += repr(record)
        alive = any(made.good for made in seen.made)
        if is_open(record) and (alive or record["state"] == "unknown"):
            await _follow(studio.check(session, job, keys), jobs, again)
    _read(session, again, told.recovered)
    told.states += [str(job.state) for job in jobs.values()]
    told.crash = told.crash or again.crash
    told.asked_again = len(cloud.submissions()) - len(seen.sent)
    told.words = _marked(told.words + again.words + repr(session.results.history))
    if killed:
        await studio.close()
    seen.faults = [*cloud.leaks(), *cloud.bugs]
    return seen, told


async def _follow(steps: AsyncGenerator[Job, None], jobs: dict[str, Job], told: Told) -> None:
    """Every job to its end; what the last one raised is told."""
    try:
        async with contextlib.aclosing(steps):
            async for job in steps:
                jobs[job.id] = job
    except StudioError as error:
        told.error = {
            "kind": error.kind,
            "message": error.message,
            "advice": error.what_now,
            "upstream_id": error.upstream_id,
        }
        told.words += f"{error} {error!r} {error.__dict__}"
    except Exception as error:  # noqa: BLE001 - whatever else comes out is a finding
        told.crash = repr(error)


def _read(session: Session, told: Told, found: dict[str, int]) -> None:
    """What the receipts show."""
    for receipt in session.results.history:
        job = receipt["upstream_id"].removeprefix("req_")
        found[job] = pictures(receipt)
        told.by = receipt["model"]


def _prepare(cloud: Cloud, plan: Injection) -> None:
    """A cloud that remembers nothing and fails as planned."""
    cloud.reset()
    for name in PAID:
        cloud.add_key(name, KEYS[name])
        cloud.pace(name, queue=1, steps=1, delay=0)
    if plan.queued:
        row = MODELS[plan.first]
        cloud.mapping(row.endpoint, {"wavespeed": {"providerId": "wavespeed-ai/flux-dev"}})
    _fail(cloud, plan.cell, plan.times, plan.echo)
    if plan.also:
        _fail(cloud, plan.also, 1, plan.echo)


def _fail(cloud: Cloud, cell: Cell, times: int | None, echo: bool) -> None:
    if cell.kind == REFUSED or cell.stage == HERE:
        return
    more: dict[str, Any] = {"retry_after": 1} if cell.kind == WAIT else {}
    if echo and isinstance(cell.kind, int):
        more["detail"] = f"not with the key {KEYS[cell.provider]}"
    elif cell.provider == "fal" and cell.kind == 422:  # its usual 422 is a refusal
        more["detail"] = [{"loc": ["body", "seed"], "msg": "not a number", "type": "value_error"}]
    cloud.fail(cell.provider, cell.stage, 429 if cell.kind == WAIT else cell.kind, times, **more)


def _settings(cloud: Cloud, plan: Injection) -> Settings:
    """The cloud's addresses and the keys of the plan; one address where nobody listens."""
    values = cloud.environment()
    for provider in PROVIDERS:
        for name in provider.key_names[:1]:
            values.pop(name, None)
            if provider.name in plan.keys:
                values[name] = KEYS[provider.name]
    if plan.cell.kind == REFUSED:
        values[BASES[plan.cell.provider]] = NOBODY
    return read_settings(PROVIDERS, values, None)


def _marked(words: str) -> str:
    """The words with every key, or half of one, made plain to the judge."""
    for key in KEYS.values():
        for half in (key[: len(key) // 2], key[len(key) // 2 :]):
            words = words.replace(half, "\0key")
    return words


async def play_all(plans: list[Injection], folder: Path, lanes: int) -> list[tuple[Seen, Told]]:
    """All of them, so many at a time; each lane has a cloud of its own."""
    found: dict[int, tuple[Seen, Told]] = {}
    waiting = iter(plans)

    async def lane() -> None:
        with Cloud() as cloud:
            for plan in waiting:
                found[plan.number] = await play(cloud, folder, plan)

    with hurried():
        await asyncio.gather(*(lane() for _ in range(lanes)))
    return [found[plan.number] for plan in plans]
