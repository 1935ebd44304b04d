"""The day's sums of the operator's money: counted before, kept over restarts, exact among many."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from errors import OverBudget, ProviderFailed, StorageFailed
from providers.catalogue import MODELS
from settings import Settings
from studio.jobs.job import Job, State
from studio.money.quota import Quota
from studio.storage.database import FILE, Database
from tests.making import fake_job

D = Decimal
NOON = 1_796_040_000.0  # 2026-11-30 12:00 UTC
MIDNIGHT = NOON + 12 * 3600
WIDE = Settings(daily_usd=D(2), daily_calls=200, address_share=D(1))
SENT = (State.SUBMITTING, State.ACCEPTED)


class Clock:
    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def quota(settings: Settings, folder: Path | None = None, clock: Clock | None = None) -> Quota:
    return Quota(settings, Database(folder), clock or Clock())


def lived(job: Job, *states: State) -> Job:
    for state in states:
        job.enter(state)
    return job


async def refused(quota: Quota, job: Job, address: str = "1.1.1.1") -> str:
    with pytest.raises(OverBudget) as told:
        await quota.reserve(job, address)
    return str(told.value)


async def test_many_at_once_never_pass_the_days_sum(tmp_path: Path) -> None:
    """Nor do two processes on one folder."""
    both = [quota(WIDE, tmp_path), quota(WIDE, tmp_path)]
    tries = [both[i % 2].reserve(fake_job("0.0301"), f"1.1.{i}.1") for i in range(100)]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    let = [end for end in ends if end is None]
    assert len(let) == 66  # 66 x 0.0301 = 1.9866, one more would be 2.0167
    assert {type(end) for end in ends if end is not None} == {OverBudget}
    assert [(await each.left("x")).usd for each in both] == [D("0.0134"), D("0.0134")]
    text = await refused(both[0], fake_job("0.0135"))
    assert "$0.0134 of $2.00 is left" in text
    assert "in about 12 hours, at midnight UTC" in text
    assert "key of your own" in text
    await both[1].reserve(fake_job("0.0134"), "1.1.1.1")


async def test_a_share_of_the_day_for_each_address(tmp_path: Path) -> None:
    it = quota(replace(WIDE, address_share=D("0.2")), tmp_path)
    for _ in range(4):
        await it.reserve(fake_job("0.10"), "1.1.1.1")
    assert "$0.00 of $0.40 is left for yours" in await refused(it, fake_job("0.01"))
    await it.reserve(fake_job("0.01"), "2.2.2.2")
    assert (await it.left("1.1.1.1")).own_usd == 0
    assert (await it.left("2.2.2.2")).own_usd == D("0.39")


async def test_jobs_an_hour_hold_over_midnight() -> None:
    clock = Clock(MIDNIGHT - 600)
    it = quota(Settings(address_jobs=3), None, clock)
    for seconds in (0, 60, 120):
        clock.now = MIDNIGHT - 600 + seconds
        await it.reserve(fake_job("0.10"), "1.1.1.1")
    clock.now = MIDNIGHT + 60  # another day, the same hour
    assert "room again in 49 minutes" in await refused(it, fake_job("0.10"))
    await it.reserve(fake_job("0.10"), "2.2.2.2")
    clock.now = MIDNIGHT - 600 + 3601
    assert (await it.left("1.1.1.1")).jobs == 1
    await it.reserve(fake_job("0.10"), "1.1.1.1")
    await refused(it, fake_job("0.10"))


async def test_a_new_day_begins_at_midnight_utc() -> None:
    clock = Clock(MIDNIGHT - 30)
    it = quota(WIDE, None, clock)
    await it.reserve(fake_job("2"), "1.1.1.1")
    assert "in 1 minutes" in await refused(it, fake_job("0.01"))
    clock.now = MIDNIGHT
    assert (await it.left("1.1.1.1")).usd == 2
    await it.reserve(fake_job("2"), "1.1.1.1")


async def test_what_an_end_does_to_the_sum() -> None:
    """By how it ended: what it counts afterwards, in dollars."""
    it, spent = quota(WIDE), D(0)
    free = ProviderFailed("", free=True)
    for states, error, charged, counted in (
        ((*SENT, State.COMPLETED), None, None, "0.10"),
        ((*SENT, State.COMPLETED), None, "0.07", "0.07"),
        ((*SENT, State.COMPLETED), None, "0", "0.10"),  # nobody works for nothing
        ((State.SUBMITTING, State.UNKNOWN), None, None, "0.10"),
        ((*SENT, State.CANCELLED), None, None, "0.10"),
        ((*SENT, State.FAILED), ProviderFailed(""), None, "0.10"),
        ((*SENT, State.FAILED), free, None, "0"),
        ((State.SUBMITTING, State.NOT_ACCEPTED), None, None, "0"),
        ((State.CANCELLED,), None, None, "0"),
    ):
        job = fake_job("0.10")
        await it.reserve(job, "1.1.1.1")
        assert (await it.left("1.1.1.1")).usd == 2 - spent - D("0.10"), "counted before"
        job.error, job.money.charged = error, None if charged is None else D(charged)
        await it.settle(lived(job, *states))
        spent += D(counted)
        assert (await it.left("1.1.1.1")).usd == 2 - spent, (states, charged)


async def test_asked_after_again_a_job_counts_once() -> None:
    it, job = quota(WIDE), fake_job("1.50")
    await it.reserve(job, "1.1.1.1")
    await it.settle(lived(job, State.SUBMITTING, State.UNKNOWN))
    await it.reserve(job, "1.1.1.1")
    assert (await it.left("1.1.1.1")).usd == D("0.50")


async def test_what_has_no_price_counts_as_calls() -> None:
    """An unknown price, and what is drawn from a credit without one of its own."""
    it = quota(Settings(daily_calls=3, address_share=D(1)))
    for price in (None, "0", None):
        await it.reserve(fake_job(price), "1.1.1.1")
    assert "0 of 3 are left" in await refused(it, fake_job("0"))
    await it.reserve(fake_job("100"), "1.1.1.1")  # dollars are not limited here
    own = quota(Settings(daily_calls=3, address_share=D("0.2")))
    await own.reserve(fake_job(None), "1.1.1.1")
    assert "0 of 1 are left for yours" in await refused(own, fake_job(None))


async def test_an_unknown_price_fits_no_limit_in_dollars_alone() -> None:
    it = quota(Settings(daily_usd=D(2)))
    assert "unknown" in await refused(it, fake_job(None))
    await it.reserve(fake_job("0"), "1.1.1.1")


async def test_drawn_from_the_operators_credit_it_counts_in_dollars() -> None:
    it, job = quota(replace(WIDE, daily_calls=0)), fake_job("0")
    job.money.drawn = D("0.025")
    await it.reserve(job, "1.1.1.1")
    assert (await it.left("1.1.1.1")).usd == D("1.975")
    await it.settle(lived(job, *SENT, State.COMPLETED))
    assert (await it.left("1.1.1.1")).usd == D("1.975")


async def test_what_has_to_follow_must_find_room() -> None:
    """The picture that a translation leads to, and the other pictures of the request."""
    it, first, picture = quota(replace(WIDE, address_jobs=8)), fake_job("0.10"), fake_job("1.95")
    first.leads_to = picture
    await refused(it, first)
    assert (await it.left("1.1.1.1")).usd == 2
    series = fake_job("0.30")
    series.user_request = replace(series.user_request, of=7)
    await refused(it, series)
    series.user_request = replace(series.user_request, of=6)
    await it.reserve(series, "1.1.1.1")
    assert (await it.left("1.1.1.1")).usd == D("1.70")
    many = fake_job("0.01")
    many.user_request = replace(many.user_request, of=9)
    assert "fewer pictures at once" in await refused(it, many)


async def test_other_peoples_keys_are_not_counted() -> None:
    it = quota(Settings(daily_usd=D(0), daily_calls=0, address_jobs=0))
    await it.reserve(fake_job("5", owner="user"), "1.1.1.1")
    await refused(it, fake_job("5"))
    assert (await quota(Settings()).left("1.1.1.1")).usd is None


async def test_kept_over_a_restart_and_by_nobodys_address(tmp_path: Path) -> None:
    clock = Clock()
    await quota(WIDE, tmp_path, clock).reserve(fake_job("1.50"), "203.0.113.77")
    again = quota(WIDE, tmp_path, clock)
    assert (await again.left("203.0.113.77")).own_usd == D("0.50")
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"203.0.113" not in raw
    kept = sqlite3.connect(tmp_path / FILE)
    (name,) = kept.execute("SELECT address FROM operator_spend").fetchone()
    clock.now = MIDNIGHT + 3700
    tidying = asyncio.create_task(again.tidy_for_ever())
    async with asyncio.timeout(20):
        while kept.execute("SELECT * FROM operator_spend").fetchall():
            await asyncio.sleep(0.01)
        while name.encode() in b"".join(path.read_bytes() for path in tmp_path.iterdir()):
            await asyncio.sleep(0.01)
    tidying.cancel()
    assert kept.execute("SELECT * FROM operator_salts").fetchall() == []


KILLED = """
import asyncio, sys
from decimal import Decimal
from pathlib import Path
from settings import Settings
from studio.storage.database import Database
from studio.money.quota import Quota
from tests.making import fake_job
async def main():
    it = Quota(Settings(daily_usd=Decimal(2)), Database(Path(sys.argv[1])))
    await it.reserve(fake_job("0.30"), "1.1.1.1")
    print("reserved", flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_what_was_reserved_counts_after_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.readline() == b"reserved\n"
        os.kill(run.pid, signal.SIGKILL)
    left = await Quota(Settings(daily_usd=D(2)), Database(tmp_path)).left("1.1.1.1")
    assert left.usd == D("1.70")


async def test_nothing_goes_out_that_cannot_be_written_down(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    with pytest.raises(StorageFailed):
        await quota(WIDE, place).reserve(fake_job("0.01"), "1.1.1.1")


def test_the_price_of_whoever_serves_it() -> None:
    """Rows are found by the names that the Hub has for servers and models."""
    from studio.money.serving_price import row_of

    task = MODELS["fal/flux-dev"].task
    assert row_of("fal-ai", "fal-ai/flux/dev", task) is MODELS["fal/flux-dev"]
    assert row_of("replicate", "black-forest-labs/flux-dev", task) is MODELS["replicate/flux-dev"]
    assert row_of("nscale", "fal-ai/flux/dev", task) is None
    assert row_of("fal-ai", "unknown", task) is None
