"""The studio runs jobs: once each, stopped for real, and nothing is left behind."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from decimal import Decimal

import pytest

from errors import (
    Cancelled,
    ResultLost,
)
from providers.schema import Queued
from studio.jobs.job import Job, State
from studio.session import Session
from tests.making import Bench, picture_bytes
from tests.unit.running_jobs import OWN, Make, cost, run, start, until

pytestmark = pytest.mark.usefixtures("quick", "no_task_left")


async def test_one_job_from_button_to_receipt(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    job = await run(studio, session)
    assert bench.submitted == 1
    assert job.state is State.COMPLETED
    assert session.results.history == [job.receipt]
    assert [image["path"] for image in job.receipt["images"]] == [str(job.result.stored[0].path)]
    assert job.result.stored[0].path.read_bytes() == bench.data
    assert job.closed.is_set()
    assert session.spend.estimated == cost()
    assert studio.running(session) == []


async def test_stages_are_told_as_they_come(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    seen: list[State] = []
    async with aclosing(start(studio, session)) as jobs:
        async for job in jobs:
            seen.append(job.state)
            if job.state is State.RUNNING:
                bench.finish.set()
    once = [s for i, s in enumerate(seen) if s not in seen[:i]]
    # Fetching is so short that only a busy machine shows it.
    assert [s for s in once if s is not State.FETCHING][-2:] == ["running", "completed"]
    assert seen.count(State.COMPLETED) == 1


async def test_the_receipt_is_the_runs_own_even_when_history_drops_it(
    bench: Bench, make_studio: Make
) -> None:
    """HISTORY_LIMIT=1 and several jobs that end together: each has its receipt and its file."""
    studio, session = make_studio(history_limit=1), Session()
    runs = [asyncio.create_task(run(studio, session)) for _ in range(4)]
    await until(lambda: bench.submitted == 4)
    bench.finish.set()
    jobs = await asyncio.gather(*runs)
    assert len({job.receipt["id"] for job in jobs}) == 4
    assert all(job.result.stored[0].path.is_file() for job in jobs)
    assert len(session.results.history) == 1
    session.end()
    assert not any(job.result.stored[0].path.exists() for job in jobs)


async def test_parallel_jobs_lose_no_entry(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    jobs = await asyncio.gather(*(run(studio, session) for _ in range(8)))
    assert {each["id"] for each in session.results.history} == {job.id for job in jobs}


async def test_stop_cancels_at_the_provider_and_says_its_answer(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(), Session()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted and studio.running(session)[0].state is State.RUNNING)
    stopped = await studio.stop(session)
    assert [job.upstream.cancellation for job in stopped] == ["Bench accepted the cancellation."]
    with pytest.raises(Cancelled) as caught:
        await task
    assert "Bench accepted the cancellation." in caught.value.what_now
    assert caught.value.upstream_id == "job-1"
    assert bench.cancelled == 1
    assert session.results.history == []


async def test_stop_touches_no_other_session(bench: Bench, make_studio: Make) -> None:
    studio, mine, other = make_studio(), Session(), Session()
    tasks = [asyncio.create_task(run(studio, each)) for each in (mine, other)]
    await until(lambda: bench.submitted == 2)
    assert len(await studio.stop(mine)) == 1
    assert await studio.stop(Session()) == []
    bench.finish.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(ends[0], Cancelled)
    assert isinstance(ends[1], Job)
    assert len(other.results.history) == 1


async def test_stopped_in_line_nothing_is_sent(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(max_workers=1, budget=Decimal(1)), Session()
    first = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 1)
    late = Session()
    second = asyncio.create_task(run(studio, late))
    await until(lambda: studio.running(late))
    (waiting,) = studio.running(late)
    await until(lambda: waiting.progress == Queued(0, "waiting for a free slot"))
    await studio.stop(late)
    with pytest.raises(Cancelled, match="Nothing was sent"):
        await second
    assert late.spend.operator == 0
    bench.finish.set()
    await first
    assert bench.submitted == 1


async def test_never_more_at_once_than_workers(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(max_workers=2), Session()
    tasks = [asyncio.create_task(run(studio, session, OWN)) for _ in range(5)]
    await until(lambda: bench.submitted == 2)
    await until(lambda: sorted(_ahead(job) for job in studio.running(session))[-1] == 2)
    bench.finish.set()
    await asyncio.gather(*tasks)
    assert bench.most == 2
    assert bench.submitted == 5


async def test_no_picture_came_back(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.data = picture_bytes()[:-30]
    bench.finish.set()
    with pytest.raises(ResultLost):
        await run(studio, session)
    assert session.results.history == []


async def test_end_stops_and_forgets(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session(keys={"fal": "secret"})
    bench.finish.set()
    await run(studio, session)
    bench.finish.clear()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 2)
    await studio.end(session)
    assert (session.results.history, session.keys) == ([], {})
    assert list(studio.folder.rglob("*")) == []
    with pytest.raises(Cancelled):
        await task
    assert bench.cancelled == 1


async def test_completed_while_being_cancelled_is_kept(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture is made and paid: a cancellation that comes while the line is closed is late."""
    closing, studio, session = asyncio.Event(), make_studio(), Session()

    async def slow_close(self: object) -> None:
        closing.set()
        await asyncio.sleep(0.2)

    monkeypatch.setattr("providers.http.client.Access.aclose", slow_close)
    bench.finish.set()
    task = asyncio.create_task(run(studio, session))
    await closing.wait()
    await studio.stop(session)
    job = await task
    assert job.closed.is_set()
    assert session.results.history == [job.receipt]


async def test_keyring_takes_only_key_headers(make_studio: Make) -> None:
    studio, session = make_studio(keys={"fal": "o"}), Session(keys={"openai": "t"})
    headers = {"X-FAL-Key": "h", "Cookie": "c", "X-Bench-Key": "b"}
    keys = studio.keyring(session, headers, "signed")
    assert keys.headers == {"x-fal-key": "h"}
    assert (keys.typed, keys.signed_in, keys.operator) == ({"openai": "t"}, "signed", {"fal": "o"})


def _ahead(job: Job) -> int:
    return (job.progress.position or 0) if isinstance(job.progress, Queued) else 0
