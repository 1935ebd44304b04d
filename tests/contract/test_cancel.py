"""Stop: the job is withdrawn at the provider by its id, or the user is told that it cannot be."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import monotonic

import httpx
import pytest

from errors import Cancelled
from providers.inputs import InputPicture
from providers.schema import Task
from studio.jobs.job import State
from studio.request import read_request
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.play import (
    EVERY_ROW,
    ONE,
    End,
    check_told,
    create,
    open_studio,
    serve_by,
)
from tests.contract.rows import PROMPT

WITHDRAWN = [name for name in EVERY_ROW if name.startswith(("fal/", "replicate/"))]
CANNOT = ["wavespeed/flux-dev", "wavespeed/seedream-4", "openai/gpt-image-2",
          "huggingface/sd-1.4", "huggingface/flux-schnell"]  # fmt: skip
QUEUED = [ONE[name] for name in ("fal", "replicate", "wavespeed")]
# Where a job stands still: polls in the queue, polls running.
PLACES = {"queued": {"queue": 10_000, "steps": 1}, "running": {"queue": 0, "steps": 10_000}}


@contextlib.asynccontextmanager
async def going(
    cloud: Cloud, folder: Path, model: str, pictures: Sequence[InputPicture] | None = None
) -> AsyncIterator[End]:
    """A job on its way; the end is known after the block."""
    end = End(open_studio(cloud, folder), Session())
    task = asyncio.create_task(create(cloud, folder, model, end=end, pictures=pictures))
    try:
        yield end
    finally:
        async with asyncio.timeout(20):
            await task


async def until(condition: object, seconds: float = 20.0) -> None:
    """Wait for something to become true."""
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


def polls(cloud: Cloud) -> int:
    return len([call for call in cloud.calls if call.stage == "poll"])


async def stop(end: End) -> float:
    """Stop the session's job; the seconds until the studio had its answer."""
    before = monotonic()
    await end.studio.stop(end.session)
    return monotonic() - before


def check_stopped(cloud: Cloud, end: End, *, closed: bool = True) -> Cancelled:
    assert isinstance(end.error, Cancelled), repr(end.error)
    if closed:
        assert end.job and end.job.state is State.CANCELLED and end.job.closed.is_set()
    assert end.session.results.history == [] and end.studio.running(end.session) == []
    assert len(cloud.submissions()) == 1
    check_told(end.error, cloud.keys)
    return end.error


@pytest.mark.parametrize("name", WITHDRAWN)
@pytest.mark.parametrize("place", PLACES)
async def test_a_stopped_job_is_withdrawn(
    cloud: Cloud, tmp_path: Path, name: str, place: str
) -> None:
    service = name.partition("/")[0]
    cloud.pace(service, delay=0, **PLACES[place])
    async with going(cloud, tmp_path, name) as end:
        await until(lambda: polls(cloud) >= 2)
        assert await stop(end) < 4
    error = check_stopped(cloud, end)
    (job,), (call,) = cloud.jobs(), cloud.cancels()
    assert job.cancelled and error.upstream_id == job.id
    assert call.path.endswith(f"/{job.id}/cancel")
    assert "accepted the cancellation" in error.what_now or "'canceled'" in error.what_now
    seen = polls(cloud)
    await asyncio.sleep(0.05)
    assert polls(cloud) == seen


@pytest.fixture
def slow_answers(monkeypatch: pytest.MonkeyPatch) -> float:
    """Answers to a POST reach Easel late, after the service has acted on it."""
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def late(it: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        answer = await real(it, request)
        if request.method == "POST" and not request.url.path.endswith("/cancel"):
            await asyncio.sleep(0.3)
        return answer

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", late)
    return 0.3


@pytest.mark.parametrize("name", WITHDRAWN)
async def test_a_job_stopped_while_it_is_sent_is_withdrawn(
    cloud: Cloud, tmp_path: Path, slow_answers: float, name: str
) -> None:
    cloud.pace(name.partition("/")[0], queue=10_000, delay=0)
    async with going(cloud, tmp_path, name) as end:
        await until(cloud.jobs)
        assert end.job and end.job.upstream.id == ""
        assert slow_answers / 2 < await stop(end) < 4
    error = check_stopped(cloud, end)
    (job,), (call,) = cloud.jobs(), cloud.cancels()
    assert job.cancelled and error.upstream_id == job.id and f"/{job.id}/" in call.path


@pytest.mark.parametrize("name", ["fal/flux-dev", "replicate/flux-schnell"])
async def test_a_refused_submission_leaves_nothing_to_stop(
    cloud: Cloud, tmp_path: Path, slow_answers: float, name: str
) -> None:
    cloud.fail(name.partition("/")[0], "submit", 401)
    async with going(cloud, tmp_path, name) as end:
        await until(cloud.submissions)
        await stop(end)
    error = check_stopped(cloud, end)
    assert cloud.cancels() == [] and "Nothing was created" in error.what_now


@pytest.mark.parametrize("name", CANNOT)
@pytest.mark.usefixtures("hasty")
async def test_what_cannot_be_stopped_is_told(cloud: Cloud, tmp_path: Path, name: str) -> None:
    service = name.partition("/")[0]
    cloud.pace(service, queue=10_000, steps=1, delay=30 if service != "wavespeed" else 0)
    async with going(cloud, tmp_path, name) as end:
        await until(cloud.jobs)
        if service == "wavespeed":
            await until(lambda: polls(cloud) >= 2)
        assert await stop(end) < 4
    error = check_stopped(cloud, end, closed=False)
    assert "stopped waiting" in error.what_now and "charged" in error.what_now
    assert end.job and end.job.may_be_charged
    assert not cloud.jobs()[0].cancelled


async def test_a_job_the_router_queued_cannot_be_stopped(cloud: Cloud, tmp_path: Path) -> None:
    serve_by(cloud, "wavespeed", "wavespeed-ai/flux-dev")
    cloud.pace("huggingface", queue=10_000, delay=0)
    async with going(cloud, tmp_path, "huggingface/flux-dev") as end:
        await until(lambda: polls(cloud) >= 2)
        await stop(end)
    error = check_stopped(cloud, end)
    assert "charged" in error.what_now and error.upstream_id == cloud.jobs()[0].id


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("fal/flux-dev", 400, "already finished"),
        ("fal/flux-dev", 404, "no longer has"),
        ("fal/flux-dev", 500, "did not confirm"),
        ("fal/flux-dev", "cut_before", "did not confirm"),
        ("fal/flux-dev", "html_200", "did not confirm"),
        ("replicate/flux-schnell", 404, "did not confirm"),
        ("replicate/flux-schnell", 500, "did not confirm"),
        ("replicate/flux-schnell", "html_200", "did not confirm"),
        ("replicate/flux-schnell", "cut_after", "did not confirm"),
        ("replicate/flux-schnell", "runs_on", "'starting'"),
    ],
)
async def test_a_cancellation_that_fails_is_told(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str, told: str
) -> None:
    service = name.partition("/")[0]
    cloud.pace(service, queue=10_000, delay=0)
    cloud.fail(service, "cancel", kind)
    async with going(cloud, tmp_path, name) as end:
        await until(lambda: polls(cloud) >= 1)
        await stop(end)
    error = check_stopped(cloud, end)
    assert told in error.what_now
    if told == "did not confirm":
        assert "charged" in error.what_now
    assert len(cloud.cancels()) == 1 and error.upstream_id == cloud.jobs()[0].id


@pytest.mark.parametrize("name", ["fal/flux-dev", "replicate/flux-schnell"])
@pytest.mark.usefixtures("hasty")
async def test_a_cancellation_without_an_answer_is_told(
    cloud: Cloud, tmp_path: Path, name: str
) -> None:
    service = name.partition("/")[0]
    cloud.pace(service, queue=10_000, delay=0)
    cloud.fail(service, "cancel", "hang")
    async with going(cloud, tmp_path, name) as end:
        await until(lambda: polls(cloud) >= 1)
        await stop(end)
    error = check_stopped(cloud, end, closed=False)
    assert "has not confirmed" in error.what_now and "charged" in error.what_now
    assert end.job
    await asyncio.wait_for(end.job.closed.wait(), 20)


@pytest.mark.parametrize("name", ONE.values())
@pytest.mark.usefixtures("hasty")
async def test_a_consumer_who_is_gone_stops_his_job(
    cloud: Cloud, tmp_path: Path, name: str
) -> None:
    """A generator that is closed, as for a closed tab, is a Stop."""
    service = name.partition("/")[0]
    cloud.pace(service, queue=10_000, delay=0 if name in QUEUED else 30)
    studio, session = open_studio(cloud, tmp_path), Session()
    keys = studio.keyring(session)
    steps = studio.run(Task.TEXT_TO_IMAGE, name, read_request(PROMPT, {}), session, keys)
    job = await anext(steps)
    async for _ in steps:
        if cloud.jobs() and (name not in QUEUED or polls(cloud)):
            break
    await steps.aclose()
    await asyncio.wait_for(job.closed.wait(), 20)
    assert job.state is State.CANCELLED and job.upstream.cancellation
    assert bool(cloud.cancels()) is (name in WITHDRAWN)
    assert len(cloud.submissions()) == 1 and studio.running(session) == []
