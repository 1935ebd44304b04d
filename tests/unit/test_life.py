"""A job's stations: in order, with their moments, and none after the end."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from errors import (
    InvalidInput,
    KeyRefused,
    RateLimited,
    StudioError,
    UnknownOutcome,
)
from providers.http.client import open_access
from providers.schema import Done, GenerationRequest, Handle, Picture, Progress, Provider
from studio.jobs import timing
from studio.jobs.job import ENDED, Job, State
from studio.lifecycle import Lifecycle
from studio.results import fetching
from studio.results.fetching import Fetcher
from tests.making import Bench, fake_job, picture_bytes

S = State
SENT = [S.SUBMITTING]
TAKEN = [*SENT, S.ACCEPTED]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_POLL", "SLOWEST_POLL", "FIRST_TROUBLE"):
        monkeypatch.setattr(timing, name, 0.005)
    monkeypatch.setattr(fetching, "FETCH_PAUSE", 0.005)
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.005, 0.005))


def begin(job: Job, provider: Provider, folder: Path, **more: object) -> Lifecycle:
    access = open_access(provider, "key", {}, {})
    return Lifecycle(job, provider, access, Fetcher(folder, frozenset()), **more)  # type: ignore[arg-type]


def states(job: Job) -> list[State]:
    return [state for state, _ in job.moments]


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (KeyRefused("No."), [*SENT, S.NOT_ACCEPTED]),
        (InvalidInput("No."), [*SENT, S.NOT_ACCEPTED]),
        (UnknownOutcome("Cut."), [*SENT, S.UNKNOWN]),
        (UnknownOutcome("Cut.", created=True), [*SENT, S.FAILED]),
    ],
)
async def test_submissions_that_fail(
    bench: Bench, tmp_path: Path, failure: StudioError, expected: list[State]
) -> None:
    bench.failure, job = failure, fake_job()
    with pytest.raises(type(failure)):
        await begin(job, bench.provider(), tmp_path).run()
    assert states(job) == expected and job.state in ENDED and job.closed.is_set()
    assert job.error is failure and bench.submitted == 1


async def test_the_id_is_kept_before_anything_else(bench: Bench, tmp_path: Path) -> None:
    job, kept = fake_job(), list[tuple[State, str, bool]]()
    job.changed = lambda job: kept.append(
        (job.state, job.upstream.id, job.upstream.handle is not None)
    )
    bench.finish.set()
    await begin(job, bench.provider(), tmp_path).run()
    assert kept[:2] == [(S.SUBMITTING, "", False), (S.ACCEPTED, "job-1", True)]
    assert states(job) == [*TAKEN, S.FETCHING, S.COMPLETED]
    moments = [at for _, at in job.moments]
    assert moments == sorted(moments) and job.submitted == moments[0]


async def test_trouble_while_asking_is_asked_again(bench: Bench, tmp_path: Path) -> None:
    troubles: list[StudioError] = [UnknownOutcome("x"), RateLimited("x", retry_after=0.01)]
    job, provider, plain = fake_job(), bench.provider(), bench._poll

    async def poll(request: GenerationRequest, handle: Handle, access: object) -> Progress:
        if troubles:
            raise troubles.pop()
        return await plain(request, handle, access)  # type: ignore[arg-type]

    object.__setattr__(provider, "poll", poll)
    bench.finish.set()
    await begin(job, provider, tmp_path).run()
    assert job.state is S.COMPLETED and bench.submitted == 1


async def test_resume_never_submits(bench: Bench, tmp_path: Path) -> None:
    job = fake_job()
    job.upstream.handle = Handle("earlier")
    bench.finish.set()
    await begin(job, bench.provider(), tmp_path).run(resumed=True)
    assert (job.state, job.upstream.id, bench.submitted) == (S.COMPLETED, "earlier", 0)


@pytest.mark.parametrize("found", [Handle("there"), None])
async def test_resume_looks_for_a_job_without_an_id(
    bench: Bench, tmp_path: Path, found: Handle | None
) -> None:
    job, provider = fake_job(), bench.provider()
    job.enter(S.SUBMITTING)
    job.enter(S.UNKNOWN)

    async def find(*given: object) -> Handle | None:
        assert given[1] == job.submitted
        return found

    object.__setattr__(provider, "find", find)
    bench.finish.set()
    if found:
        await begin(job, provider, tmp_path).run(resumed=True)
        assert job.state is S.COMPLETED and "found there" in job.warnings[-1]
    else:
        with pytest.raises(UnknownOutcome):
            await begin(job, provider, tmp_path).run(resumed=True)
        assert states(job)[-1] is S.UNKNOWN
    assert bench.submitted == 0


@pytest.mark.parametrize("failing", [True, False])
async def test_a_search_that_fails_is_tried_again(
    bench: Bench, tmp_path: Path, failing: bool
) -> None:
    job, provider, asked = fake_job(), bench.provider(), 0
    bench.failure = UnknownOutcome("Cut.")

    async def find(*_: object) -> Handle | None:
        nonlocal asked
        asked += 1
        if failing or asked == 1:
            raise KeyRefused("No.")
        return Handle("there")

    object.__setattr__(provider, "find", find)
    bench.finish.set()
    if failing:
        with pytest.raises(UnknownOutcome):
            await begin(job, provider, tmp_path).run()
    else:
        await begin(job, provider, tmp_path).run()
    assert asked == 2 and bench.submitted == 1
    assert job.state is (S.UNKNOWN if failing else S.COMPLETED)


async def test_a_job_that_is_taken_is_not_adopted(bench: Bench, tmp_path: Path) -> None:
    job, provider = fake_job(), bench.provider()
    bench.failure = UnknownOutcome("Cut.")

    async def find(*_: object) -> Handle:
        return Handle("another's")

    object.__setattr__(provider, "find", find)
    with pytest.raises(UnknownOutcome):
        await begin(job, provider, tmp_path, known=deque(["another's"])).run()
    assert job.upstream.id == ""


@pytest.mark.parametrize("answer", ["handle", "refused", "never"])
async def test_cancelled_while_it_is_sent(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(timing, "WITHDRAW_SECONDS", 0.2)
    job, provider, go = fake_job(), bench.provider(), asyncio.Event()

    async def submit(*_: object) -> Handle | Done:
        await go.wait()
        if answer == "refused":
            raise KeyRefused("No.")
        if answer == "never":
            await asyncio.sleep(1)
        return Handle("late")

    object.__setattr__(provider, "submit", submit)
    task = asyncio.create_task(begin(job, provider, tmp_path).run())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert job.state is S.SUBMITTING, "it stands until the provider has answered"
    go.set()
    await asyncio.wait_for(job.closed.wait(), 2)
    assert job.state is S.CANCELLED
    assert bench.cancelled == (1 if answer == "handle" else 0)
    assert job.may_be_charged is (answer != "refused")
    told = {
        "handle": "accepted the cancellation",
        "refused": "never begun",
        "never": "not confirmed",
    }
    assert told[answer] in job.upstream.cancellation


async def test_cancelled_while_it_is_looked_for(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The POST was cut: the job is found, and then stopped."""
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.05, 0.05))
    job, provider = fake_job(), bench.provider()
    bench.failure = UnknownOutcome("Cut.")

    async def find(*_: object) -> Handle:
        return Handle("found")

    object.__setattr__(provider, "find", find)
    task = asyncio.create_task(begin(job, provider, tmp_path).run())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait_for(job.closed.wait(), 2)
    assert (job.upstream.id, bench.cancelled, bench.submitted) == ("found", 1, 1)


async def test_a_search_that_is_stopped_leaves_the_outcome_open(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (5.0,))
    job, provider = fake_job(), bench.provider()
    job.enter(S.SUBMITTING)
    job.enter(S.UNKNOWN)
    find: Callable[..., object] = bench._poll
    object.__setattr__(provider, "find", find)
    task = asyncio.create_task(begin(job, provider, tmp_path).run(resumed=True))
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait_for(job.closed.wait(), 2)
    assert (job.state, job.upstream.cancellation, bench.cancelled) == (S.UNKNOWN, "", 0)


async def test_answered_at_once(bench: Bench, tmp_path: Path) -> None:
    bench.queues, job = False, fake_job()
    bench.finish.set()
    await begin(job, bench.provider(), tmp_path).run()
    assert states(job) == [*SENT, S.FETCHING, S.COMPLETED]
    assert Picture(data=picture_bytes()).data == job.result.stored[0].path.read_bytes()
