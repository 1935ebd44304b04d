"""Steps are shown when something changed; whoever has gone is told apart from who stopped."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from providers.schema import Queued
from studio import runner
from studio.jobs.job import State
from studio.jobs.parts import UpstreamJob
from studio.runner import LISTENER_GONE, ChangeFilter
from studio.session import Session, VisitorLimits
from tests.making import Bench, fake_job
from tests.unit.running_jobs import Make, start, until
from ui.api import answers
from ui.api.answers import Silence
from ui.results import cards

pytestmark = pytest.mark.usefixtures("quick")


def test_news_of_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(runner, "monotonic", lambda: now)
    job, news = fake_job(), ChangeFilter()
    assert news.of(job) and not news.of(job)
    for change in (
        {"state": State.ACCEPTED}, {"progress": Queued(3)}, {"progress": Queued(2)},
        {"text": "a"}, {"warnings": ["careful"]}, {"upstream": UpstreamJob(cancellation="asked")},
        {"progress": running_at(0.1)}, {"progress": running_at(0.2)},
    ):  # fmt: skip
        for name, value in change.items():
            setattr(job, name, value)
        assert news.of(job) and not news.of(job), change
    now += runner.HEARTBEAT_SECONDS - 0.1
    assert not news.of(job)
    now += 0.1
    assert news.of(job) and not news.of(job), "so that a consumer who has gone is noticed"


def running_at(fraction: float) -> object:
    from providers.schema import Running

    return Running("step", fraction)


def test_an_api_caller_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(answers, "monotonic", lambda: now)
    silence = Silence()
    assert [silence.is_long() for _ in range(3)] == [True, False, False]
    now += runner.HEARTBEAT_SECONDS
    assert [silence.is_long() for _ in range(3)] == [True, False, False]


async def test_a_job_that_only_runs_is_not_shown_again_and_again(
    bench: Bench, make_studio: Make
) -> None:
    studio, session, shown = make_studio(), Session(), 0
    async with aclosing(start(studio, session)) as jobs:
        async for job in jobs:
            shown += 1
            if job.state is State.RUNNING and not bench.finish.is_set():
                asyncio.get_running_loop().call_later(0.5, bench.finish.set)
    assert job.state is State.COMPLETED
    assert shown <= 1 + len(job.moments), "of fifty looks, only those with news"


@pytest.mark.parametrize("finish", [True, False])
@pytest.mark.parametrize("why", [LISTENER_GONE, None])
async def test_whoever_has_gone_may_have_his_job_finished(
    bench: Bench, make_studio: Make, finish: bool, why: str | None
) -> None:
    """A stream that was dropped cancels with GONE; Stop in gradio_client cancels without."""
    studio, session = make_studio(), Session(limits=VisitorLimits(finish_when_gone=finish))

    async def listen() -> None:
        async with aclosing(start(studio, session)) as jobs:
            async for _ in jobs:
                pass

    listening = asyncio.create_task(listen())
    await until(lambda: bench.running)
    (job,) = studio.running(session)
    listening.cancel(why)
    with pytest.raises(asyncio.CancelledError):
        await listening
    spared = finish and why == LISTENER_GONE
    if spared:
        await asyncio.sleep(0.05)
        bench.finish.set()
    await job.closed.wait()
    assert job.state is (State.COMPLETED if spared else State.CANCELLED)


def test_the_card_tells_the_seconds_without_reading_them_out() -> None:
    job = fake_job()
    job._start -= 12.7
    card = cards.running(job)
    assert '<p aria-live="off" data-elapsed="12">12 s</p>' in card
