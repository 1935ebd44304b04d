"""Stop with pictures: before the paid request nothing is created; after it, as for any job."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from errors import Cancelled
from studio.jobs.job import State
from tests.cloud import Cloud
from tests.contract.picture_rows import FAULTY, LARGE
from tests.contract.play import End, check_told
from tests.contract.test_cancel import PLACES, check_stopped, going, polls, stop, until

UPLOADING = [name for name in FAULTY if name.startswith(("fal/", "replicate/", "wavespeed/"))]
WITHDRAWN = [name for name in FAULTY if name.startswith(("fal/", "replicate/"))]
CANNOT = [name for name in FAULTY if name not in WITHDRAWN]


def who(name: str) -> str:
    return name.partition("/")[0]


def check_unbegun(cloud: Cloud, end: End) -> None:
    """Stopped, and no job was ever asked for: nothing can be charged."""
    assert isinstance(end.error, Cancelled), repr(end.error)
    assert end.job and end.job.error and end.job.error.created is False
    assert end.job.state is State.CANCELLED and end.job.closed.is_set()
    assert "Nothing was created" in end.error.what_now
    assert cloud.submissions() == [] and cloud.jobs() == [] and cloud.cancels() == []
    assert end.session.results.history == [] and end.studio.running(end.session) == []
    record = end.studio.status(end.session, end.job.id)
    assert record["price"]["basis"] == "not_charged"
    assert (end.session.spend.held, end.session.spend.unknown) == (0, 0)
    check_told(end.error, cloud.keys)


def uploading(cloud: Cloud) -> int:
    return len([call for call in cloud.calls if call.stage in ("upload", "put")])


@pytest.mark.parametrize(
    ("name", "stage"),
    [(name, "upload") for name in UPLOADING]
    + [(name, "put") for name in UPLOADING if not name.startswith("replicate/")],
)
@pytest.mark.usefixtures("fal_at_home")
async def test_stopped_while_a_picture_is_handed_in(
    cloud: Cloud, tmp_path: Path, name: str, stage: str
) -> None:
    cloud.fail(who(name), stage, "hang")
    given = LARGE[: 1 + name.endswith("swap")]
    async with going(cloud, tmp_path, name, given) as end:
        await until(lambda: any(call.fault == "hang" for call in cloud.calls))
        assert await stop(end) < 4
    check_unbegun(cloud, end)
    seen = uploading(cloud)
    await asyncio.sleep(0.05)
    assert uploading(cloud) == seen


@pytest.fixture
def slow_uploads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers about an upload reach Easel late."""
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def late(it: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        answer = await real(it, request)
        if path.endswith(("/files", "/media/uploads", "/files/upload")):
            await asyncio.sleep(0.3)
        return answer

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", late)


@pytest.mark.parametrize("name", ["replicate/cdingram-face-swap", "wavespeed/image-face-swap"])
@pytest.mark.usefixtures("slow_uploads")
async def test_stopped_between_two_pictures(cloud: Cloud, tmp_path: Path, name: str) -> None:
    """The first has been handed in; where it can be deleted, it is."""
    async with going(cloud, tmp_path, name, LARGE) as end:
        await until(lambda: len([c for c in cloud.calls if c.stage == "upload"]) == 2)
        assert await stop(end) < 4
    check_unbegun(cloud, end)
    first = [kept for kept in cloud.uploads("replicate") if kept.name == "picture-1.png"]
    assert first == []


@pytest.mark.parametrize("name", WITHDRAWN)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.usefixtures("fal_at_home")
async def test_a_stopped_job_is_withdrawn(
    cloud: Cloud, tmp_path: Path, name: str, place: str
) -> None:
    cloud.pace(who(name), delay=0, **PLACES[place])
    given = LARGE[: 1 + name.endswith("swap")]
    async with going(cloud, tmp_path, name, given) as end:
        await until(lambda: polls(cloud) >= 2)
        assert await stop(end) < 4
    error = check_stopped(cloud, end)
    (job,), (call,) = cloud.jobs(), cloud.cancels()
    assert job.cancelled and error.upstream_id == job.id
    assert call.path.endswith(f"/{job.id}/cancel")
    assert cloud.uploads("replicate") == [], "its files go with it"
    seen = polls(cloud)
    await asyncio.sleep(0.05)
    assert polls(cloud) == seen


@pytest.mark.parametrize("name", CANNOT)
@pytest.mark.usefixtures("hasty")
async def test_what_cannot_be_stopped_is_told(cloud: Cloud, tmp_path: Path, name: str) -> None:
    queued = not name.startswith("openai/")
    cloud.pace(who(name), queue=10_000, steps=1, delay=0 if queued else 30)
    async with going(cloud, tmp_path, name) as end:
        await until(cloud.jobs)
        await until(lambda: polls(cloud) >= 2 * queued)
        assert await stop(end) < 4
    error = check_stopped(cloud, end, closed=False)
    assert "stopped waiting" in error.what_now and "charged" in error.what_now
    assert end.job and end.job.may_be_charged
    assert not cloud.jobs()[0].cancelled and cloud.cancels() == []
