"""Check again: the same job by its id, or by searching for it; nothing is ever submitted."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from errors import MissingKey, ResultLost, TimedOut, UnknownOutcome
from studio.jobs import timing
from studio.keys import Keyring
from tests.cloud import Cloud
from tests.contract.auto import Play, tries
from tests.contract.play import ONE, POLLED, shorten

SCHNELL = "replicate/flux-schnell"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


@pytest.fixture
def play(cloud: Cloud, tmp_path: Path) -> Play:
    return Play(cloud, tmp_path)


def check_found(play: Play, cloud: Cloud, job_id: str) -> None:
    """Completed: one submission, one entry, one charge that is no longer open."""
    receipt = play.session.results.history[-1]
    assert play.error is None and receipt["id"] == job_id
    record = play.status(job_id)
    assert record["state"] == "completed" and record["error"] is None
    assert len(cloud.submissions()) == len(cloud.jobs()) == len(play.session.results.history) == 1
    assert receipt["upstream_id"] == cloud.jobs()[0].id
    assert [outcome for _, outcome, _ in tries(receipt)] == ["completed"], "it was sent once"
    assert record["seconds"] > 0 and len(receipt["images"]) == 1
    spend = play.session.spend
    assert spend.unknown == 0 and not spend.flying
    assert spend.total == spend.held == Decimal(str(receipt["price"]["usd"]))


@pytest.mark.parametrize("who", ("fal", "replicate", "wavespeed"))
async def test_timed_out_and_done_later(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    shorten(monkeypatch, POLLED[who])
    cloud.pace(who, queue=0, steps=10_000)
    await play.ask(POLLED[who])
    assert isinstance(play.error, TimedOut)
    job_id = play.error.job_id
    assert play.status(job_id)["state"] == "failed" and play.status(job_id)["handle"]
    shorten(monkeypatch, POLLED[who], 30)
    cloud.jobs()[0].pace.steps = 0
    await play.check(job_id)
    check_found(play, cloud, job_id)
    assert await play.check(job_id) == {}, "it is over: nothing to ask"
    check_found(play, cloud, job_id)


@pytest.mark.parametrize("who", ("fal", "replicate", "wavespeed"))
async def test_the_result_could_not_be_fetched(play: Play, cloud: Cloud, who: str) -> None:
    cloud.fail(who, "fetch", 404)
    await play.ask(POLLED[who])
    assert isinstance(play.error, ResultLost)
    job_id, spend = play.error.job_id, play.session.spend
    assert spend.unknown == 1 and spend.total == 0 and spend.held > 0
    held = spend.held
    await play.check(job_id)
    check_found(play, cloud, job_id)
    assert spend.held == spend.total == held, "from open to known"


async def test_still_lost_is_still_open(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "fetch", 404, times=3)
    await play.ask(ONE["fal"])
    assert play.error
    job_id = play.error.job_id
    for _ in range(2):
        await play.check(job_id)
        assert isinstance(play.error, ResultLost) and play.error.job_id == job_id
        assert play.session.spend.unknown == 1 and not play.session.spend.flying
    await play.check(job_id)
    check_found(play, cloud, job_id)


async def test_unknown_found_later(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of recent jobs lags behind: the first searches find nothing."""
    monkeypatch.setattr(timing, "FIND_PAUSES", ())
    cloud.fail("replicate", "accepted", "cut_after")
    await play.ask(SCHNELL)
    assert isinstance(play.error, UnknownOutcome)
    job_id = play.error.job_id
    assert play.status(job_id)["handle"] is None
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01,))
    await play.check(job_id)
    check_found(play, cloud, job_id)


@pytest.mark.parametrize("who", ("fal", "replicate", "wavespeed", "openai", "huggingface"))
async def test_unknown_stays_unknown(play: Play, cloud: Cloud, who: str) -> None:
    cloud.fail(who, "submit", "cut_before")
    await play.ask(ONE[who])
    assert isinstance(play.error, UnknownOutcome)
    job_id, held = play.error.job_id, play.session.spend.held
    for _ in range(2):
        await play.check(job_id)
        assert isinstance(play.error, UnknownOutcome) and play.error.job_id == job_id
    assert play.status(job_id)["state"] == "unknown"
    assert len(cloud.submissions()) == 1 and cloud.jobs() == []
    assert play.session.spend.held == held and not play.session.spend.flying


async def test_checking_passes_no_cap(play: Play, cloud: Cloud) -> None:
    """The job counts already: a cap that is full must not keep its owner from his picture."""
    cloud.fail("fal", "fetch", 404)
    play.session.limits.cap = Decimal("0.003")
    await play.ask("fal/flux-schnell")
    assert play.error
    await play.check(play.error.job_id)
    assert play.error is None and play.session.spend.held == Decimal("0.003")


async def test_a_check_that_is_stopped_can_be_made_again(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", ())
    cloud.fail("replicate", "accepted", "cut_after")
    await play.ask(SCHNELL)
    assert play.error
    job_id = play.error.job_id
    monkeypatch.setattr(timing, "FIND_PAUSES", (30.0,))
    task = asyncio.create_task(play.check(job_id))
    async with asyncio.timeout(5):
        while not play.studio.running(play.session):
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    await play.studio.stop(play.session)
    await task
    assert play.status(job_id)["state"] == "unknown" and play.session.spend.unknown == 1
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01,))
    await play.check(job_id)
    check_found(play, cloud, job_id)


async def test_twice_at_once_is_one(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "fetch", 404)
    await play.ask(ONE["fal"])
    assert play.error
    job_id = play.error.job_id
    await asyncio.gather(play.check(job_id), play.check(job_id))
    check_found(play, cloud, job_id)


async def test_a_key_is_needed_and_is_whoevers_asks(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "fetch", 404)
    await play.ask(ONE["fal"])
    assert play.error
    job_id = play.error.job_id
    with pytest.raises(MissingKey):
        await anext(play.studio.check(play.session, job_id, Keyring()))
    cloud.add_key("fal", "another-key")
    play.session.keys["fal"] = "another-key"
    await play.check(job_id)
    assert play.status(job_id)["state"] == "completed"
    assert "another-key" not in str(play.status(job_id))
