"""Whatever a job ends with, its money is counted once: kept, or given back."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from errors import (
    Cancelled,
    KeyRefused,
    OverBudget,
    ProviderFailed,
    StudioError,
    UnknownOutcome,
)
from providers.catalogue import MODELS
from providers.schema import Price
from studio.jobs.job import Job, State
from studio.service import Studio
from studio.session import Session
from tests.making import Bench, priced
from tests.unit.running_jobs import OWN, Make, cost, run, start, until

pytestmark = pytest.mark.usefixtures("quick", "no_task_left")


async def test_closed_before_its_first_step_nothing_is_reserved(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(budget=Decimal(1)), Session()
    jobs = start(studio, session)
    await jobs.aclose()
    assert session.spend.held_operator == 0
    assert bench.submitted == 0


async def test_closed_at_its_first_step_gives_the_reservation_back(
    bench: Bench, make_studio: Make
) -> None:
    """The job's task has not begun then: a cancelled task that never ran runs no `finally`."""
    studio, session = make_studio(budget=Decimal(1)), Session()
    jobs = start(studio, session)
    job: Job = await anext(jobs)
    assert session.spend.held_operator == cost()
    await jobs.aclose()
    await until(lambda: job.closed.is_set())
    assert (job.state, bench.submitted) == (State.CANCELLED, 0)
    assert session.spend.held_operator == session.spend.estimated == 0
    assert studio.running(session) == []


@pytest.mark.parametrize("steps", range(1, 8))
async def test_gone_at_any_moment_settles_the_money(
    bench: Bench, make_studio: Make, steps: int
) -> None:
    studio, session = make_studio(budget=Decimal(1)), Session()
    jobs = start(studio, session)
    job: Job = await anext(jobs)
    for _ in range(steps):
        await asyncio.sleep(0)
    await jobs.aclose()
    async with asyncio.timeout(2):
        await job.closed.wait()
    await until(lambda: not studio.running(session))
    charged = job.may_be_charged
    assert session.spend.held_operator == (cost() if charged else 0)
    assert bench.submitted == bench.cancelled == (1 if charged else 0)


@pytest.mark.parametrize(
    ("failure", "state", "charged"),
    [
        (KeyRefused("No."), State.NOT_ACCEPTED, False),
        (UnknownOutcome("Cut."), State.UNKNOWN, True),
        (ProviderFailed("Failed."), State.FAILED, True),
    ],
)
async def test_failures_are_told_and_counted(
    bench: Bench, make_studio: Make, failure: StudioError, state: State, charged: bool
) -> None:
    studio, session = make_studio(budget=Decimal(1)), Session()
    bench.failure = failure
    jobs = start(studio, session)
    with pytest.raises(type(failure)):
        async for job in jobs:
            last = job
    assert last.state is state
    assert bench.submitted == 1
    assert session.spend.held_operator == (cost() if charged else 0)
    assert session.results.history == []


@pytest.mark.parametrize("posted", [True, False])
async def test_a_mistake_of_ours_is_logged_and_settled(
    bench: Bench, make_studio: Make, caplog: pytest.LogCaptureFixture, posted: bool
) -> None:
    """After a POST it may have been charged; before one it was not."""
    studio, session = make_studio(budget=Decimal(1)), Session()
    bench.failure, bench.posts = LookupError("a fox, quoted"), posted
    jobs = start(studio, session)
    with pytest.raises(StudioError) as caught:
        async for job in jobs:
            last = job
    assert isinstance(caught.value, UnknownOutcome) is posted
    assert last.state is (State.UNKNOWN if posted else State.NOT_ACCEPTED)
    assert caught.value.job_id == last.id and last.closed.is_set()
    assert session.spend.held_operator == (cost() if posted else 0)
    assert "LookupError in making.py" in caplog.text and "quoted" not in caplog.text


async def test_budget_refuses_before_anything_is_sent(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = make_studio(budget=cost()), Session()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 1)
    with pytest.raises(OverBudget):
        await run(studio, session)
    own = asyncio.create_task(run(studio, session, OWN))
    await until(lambda: bench.submitted == 2)
    bench.finish.set()
    await asyncio.gather(task, own)
    unknown = priced(MODELS["fal/flux-dev"], Price())
    monkeypatch.setitem(MODELS, "fal/flux-dev", unknown)
    with pytest.raises(OverBudget, match="unknown"):
        await run(studio, Session())
    assert bench.submitted == 2


async def test_the_last_dollar_is_spent_once(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(budget=cost() * 3), Session()
    tasks = [asyncio.create_task(run(studio, session)) for _ in range(10)]
    await until(lambda: sum(task.done() for task in tasks) == 7)
    bench.finish.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(end, OverBudget) for end in ends) == 7
    assert bench.submitted == 3
    assert session.spend.held_operator == cost() * 3


async def test_the_days_sum_is_written_down_before_anything_is_sent(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And given back when the visitor stops while it is being written."""
    studio, session = make_studio(daily_usd=Decimal(1), address_share=Decimal(1)), Session()
    wait, sent = asyncio.Event(), []
    real = studio.quota.reserve

    async def slow(job: Job, address: str) -> None:
        await real(job, address)
        sent.append(bench.submitted)
        await wait.wait()

    monkeypatch.setattr(studio.quota, "reserve", slow)
    first = asyncio.create_task(anext(start(studio, session)))
    await until(lambda: bool(sent))
    assert sent == [0]
    await studio.stop(session)
    wait.set()
    with pytest.raises(Cancelled):
        await first
    assert session.spend.held_operator == bench.submitted == 0
    await until_left(studio, Decimal(1))


async def test_a_refused_job_of_the_day_is_no_job(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(daily_usd=cost(), address_share=Decimal(1)), Session()
    bench.finish.set()
    async for _ in start(studio, session):
        pass
    with pytest.raises(OverBudget, match="midnight"):
        await anext(start(studio, Session()))
    assert bench.submitted == 1
    await until_left(studio, Decimal(0))


async def until_left(studio: Studio, usd: Decimal) -> None:
    async with asyncio.timeout(10):
        while (await studio.quota.left("")).usd != usd:
            await asyncio.sleep(0.01)
