"""A line cut after sending: found and adopted where the provider can be searched, else said."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from errors import Cancelled, UnknownOutcome
from providers.http.client import GuardedTransport
from providers.schema import Task
from studio.jobs import timing
from studio.jobs.job import State
from studio.request import read_request
from tests.cloud import Cloud
from tests.contract.auto import Play, tries
from tests.contract.play import ONE
from tests.contract.rows import PROMPT
from ui.results.recovery import ways_out

SEEDLESS = "replicate/nano-banana"
SCHNELL = "replicate/flux-schnell"
NO_SEARCH = ("fal", "wavespeed", "openai", "huggingface")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


@pytest.fixture
def play(cloud: Cloud, tmp_path: Path) -> Play:
    return Play(cloud, tmp_path)


def searches(cloud: Cloud) -> int:
    return sum(
        call.method == "GET" and call.path == "/replicate/v1/predictions" for call in cloud.calls
    )


def ways(play: Play) -> Any:
    assert play.error
    asked = read_request(PROMPT, {})
    return ways_out(play.studio, Task.TEXT_TO_IMAGE, play.session, asked, play.keys, play.error)


@pytest.mark.parametrize("kind", ["cut_after", 502, 504, "html_200", "empty_body"])
@pytest.mark.parametrize("model", [SCHNELL, SEEDLESS])
async def test_found_and_adopted(play: Play, cloud: Cloud, kind: int | str, model: str) -> None:
    cloud.fail("replicate", "accepted", kind)
    receipt = await play.ask(model)
    (job,) = cloud.jobs()
    assert receipt["upstream_id"] == job.id
    assert tries(receipt) == [(model, "completed", None)]
    assert any("found there" in warning for warning in receipt["warnings"])
    assert play.posts() == ["replicate"] and play.session.spend.unknown == 0


async def test_found_though_the_answer_never_comes(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("providers.replicate.replicate_fixes.timeouts", lambda: httpx.Timeout(2))
    cloud.fail("replicate", "accepted", "hang")
    receipt = await play.ask(SCHNELL)
    assert receipt["upstream_id"] == cloud.jobs()[0].id and len(play.posts()) == 1


async def test_never_created_is_never_found(play: Play, cloud: Cloud) -> None:
    cloud.fail("replicate", "submit", "cut_before")
    await play.ask(SCHNELL)
    check_unknown(play, "replicate")
    assert searches(cloud) == 2 and cloud.jobs() == []


async def test_two_that_fit_are_not_adopted(play: Play, cloud: Cloud) -> None:
    """The same words twice at once, both cut: nobody could tell the two apart."""
    cloud.fail("replicate", "accepted", "cut_after", times=2)
    other = Play(cloud, play.folder)
    await asyncio.gather(play.ask(SEEDLESS), other.ask(SEEDLESS))
    for each in (play, other):
        assert isinstance(each.error, UnknownOutcome)
    assert len(cloud.jobs()) == len(cloud.submissions()) == 2


async def test_a_job_that_is_known_is_nobody_elses(play: Play, cloud: Cloud) -> None:
    """The same words a moment later, and nothing created: the first one's job is not taken."""
    first = await play.ask(SEEDLESS)
    assert first["upstream_id"]
    cloud.fail("replicate", "submit", "cut_before")
    await play.ask(SEEDLESS)
    check_unknown(play, "replicate")


@pytest.mark.parametrize("who", NO_SEARCH)
@pytest.mark.parametrize("kind", ["cut_after", 502, "html_200"])
async def test_elsewhere_it_is_said_and_not_searched(
    play: Play, cloud: Cloud, who: str, kind: str | int
) -> None:
    before = searches(cloud)
    cloud.fail(who, "accepted", kind)
    await play.ask(ONE[who])
    check_unknown(play, who)
    assert searches(cloud) == before and len(cloud.jobs()) == 1


def check_unknown(play: Play, who: str) -> None:
    """UNKNOWN, said in a plain sentence, counted as open; nothing is tried behind one's back."""
    error = play.error
    assert isinstance(error, UnknownOutcome) and error.created is None
    assert "may have been charged" in str(error)
    record = play.status(error.job_id)
    assert record["state"] == "unknown"
    assert record["price"]["basis"] == ("free" if who == "huggingface" else "unknown")
    if who != "huggingface":
        assert record["price"]["usd"] is None and record["price"]["at_most"] > 0
        assert play.session.spend.unknown == 1
        assert play.session.spend.held >= Decimal(str(record["price"]["at_most"]))
    way = ways(play)
    assert way.job_id == error.job_id
    assert way.model and not way.model.startswith((f"{who}/", "local/"))
    assert "$" in way.label or "free" in way.label


async def test_elsewhere_keeps_to_the_visitors_own_limit(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "accepted", "cut_after")
    await play.ask("fal/flux-schnell")
    play.session.limits.max_price = Decimal(0)
    assert ways(play).model.startswith("huggingface/") and "free" in ways(play).label
    cloud.fail("huggingface", "submit", 402)
    await play.ask(ONE["huggingface"])
    cloud.fail("fal", "accepted", "cut_after")
    await play.ask("fal/flux-schnell")
    assert ways(play).model == "" and ways(play).job_id


async def test_nothing_is_offered_when_all_is_certain(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "submit", 402)
    await play.ask("fal/flux-schnell")
    way = ways(play)
    assert (way.job_id, way.model, way.label) == ("", "", "")


async def test_only_one_way_without_another_service(cloud: Cloud, tmp_path: Path) -> None:
    play = Play(cloud, tmp_path, ("fal",))
    cloud.fail("fal", "accepted", "cut_after")
    await play.ask("fal/flux-schnell")
    assert ways(play).job_id and not ways(play).model, "neither fal itself nor the sketch"


def watch_leaving(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when a request is on its way out."""
    leaving, send = asyncio.Event(), GuardedTransport.handle_async_request

    async def watched(self: GuardedTransport, request: Any) -> Any:
        leaving.set()
        return await send(self, request)

    monkeypatch.setattr(GuardedTransport, "handle_async_request", watched)
    return leaving


@pytest.mark.parametrize("kind", [None, "cut_after"])
async def test_stop_while_it_is_sent_withdraws_by_id(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch, kind: str | None
) -> None:
    """The answer to the POST, or the search for it, is waited for; then the job is cancelled."""
    if kind:
        cloud.fail("replicate", "accepted", kind)
        monkeypatch.setattr(timing, "FIND_PAUSES", (0.3,))
    cloud.pace("replicate", queue=10_000)
    leaving = watch_leaving(monkeypatch)
    task = asyncio.create_task(play.ask(SCHNELL))
    await asyncio.wait_for(leaving.wait(), 5)
    if kind:  # the line is cut by now, and the job is looked for
        async with asyncio.timeout(5):
            while not cloud.jobs():
                await asyncio.sleep(0.01)
    (running,) = play.studio.running(play.session)
    assert running.state is State.SUBMITTING
    await play.studio.stop(play.session)
    await task
    assert isinstance(play.error, Cancelled)
    await asyncio.wait_for(running.closed.wait(), 5)
    (job,) = cloud.jobs()
    assert job.cancelled and running.upstream.id == job.id
    assert len(cloud.cancels()) == 1 and running.upstream.cancellation.startswith("Replicate calls")


async def test_stop_while_it_is_sent_and_then_refused_costs_nothing(
    play: Play, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.fail("replicate", "submit", 402)
    leaving = watch_leaving(monkeypatch)
    task = asyncio.create_task(play.ask(SCHNELL))
    await asyncio.wait_for(leaving.wait(), 5)
    (running,) = play.studio.running(play.session)
    await play.studio.stop(play.session)
    await task
    assert "Nothing was created" in running.upstream.cancellation
    record = play.status(running.id)
    assert record["state"] == "cancelled" and record["price"]["basis"] == "not_charged"
    assert (play.session.spend.held, play.session.spend.unknown) == (0, 0)
