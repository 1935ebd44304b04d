"""What goes wrong while a text is written: one POST, the right error, and nothing written lost."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from errors import (
    Cancelled,
    InvalidInput,
    KeyRefused,
    NoCredit,
    NotAvailable,
    ProviderFailed,
    RateLimited,
    Refused,
    StudioError,
    UnknownOutcome,
)
from studio.jobs import timing
from studio.jobs.job import State
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.play import End, check_told, open_studio, shorten
from tests.contract.writing import ONE, POLLED, STREAMING, write

# What an answer to the POST means, as for pictures.
SUBMIT: dict[int | str, tuple[type[StudioError], bool | None]] = {
    400: (InvalidInput, False), 401: (KeyRefused, False), 402: (NoCredit, False),
    404: (NotAvailable, False), 422: (InvalidInput, False), 429: (RateLimited, False),
    500: (UnknownOutcome, None), 502: (UnknownOutcome, None), 503: (NotAvailable, False),
    "cut_before": (UnknownOutcome, None), "cut_after": (UnknownOutcome, None),
    "html_200": (UnknownOutcome, None), "empty_body": (UnknownOutcome, None),
}  # fmt: skip
TABLE = [(who, kind, *told) for who in ONE for kind, told in SUBMIT.items()]
TABLE.remove(("replicate", "cut_after", UnknownOutcome, None))  # found and adopted
TABLE.remove(("fal", 422, InvalidInput, False))  # there it tells of moderation
ENDS: list[tuple[str, type[StudioError], bool | None]] = [
    ("refusal", Refused, True), ("error", ProviderFailed, True),
    ("cut_after", UnknownOutcome, None), ("no_end", UnknownOutcome, None),
    ("garbled", UnknownOutcome, None),
]  # fmt: skip


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


@pytest.mark.parametrize(("who", "kind", "wanted", "created"), TABLE)
async def test_answer_to_the_post(
    cloud: Cloud, tmp_path: Path, who: str, kind: int | str, wanted: type[StudioError],
    created: bool | None,
) -> None:  # fmt: skip
    cloud.fail(who, "submit", kind)
    end = await write(cloud, tmp_path, ONE[who])
    check_failed(cloud, end, wanted, created)
    assert end.job and end.job.text == ""


def check_failed(cloud: Cloud, end: End, wanted: type[StudioError], created: bool | None) -> None:
    assert type(end.error) is wanted, repr(end.error)
    assert end.error and end.error.created is created
    assert len(cloud.submissions()) == 1, "one POST, whatever comes"
    assert end.session.results.history == []
    check_told(end.error, cloud.keys)


@pytest.mark.parametrize("who", STREAMING)
@pytest.mark.parametrize(("kind", "wanted", "created"), ENDS)
async def test_a_stream_that_breaks_off(
    cloud: Cloud, tmp_path: Path, who: str, kind: str, wanted: type[StudioError],
    created: bool | None,
) -> None:  # fmt: skip
    cloud.pace(who, delay=0.01)
    cloud.fail(who, "stream", kind, after=4)
    end = await write(cloud, tmp_path, STREAMING[who])
    check_failed(cloud, end, wanted, created)
    job = end.job
    assert job and job.text.startswith("a girl with a red umbrella") and job.may_be_charged
    record = end.studio.status(end.session, job.id)
    assert record["text"] == job.text and record["images"] == []
    assert json.dumps(record)
    if wanted is UnknownOutcome:
        assert job.state is State.UNKNOWN
        assert end.session.spend.unknown == (who == "openai"), "the other is drawn from credit"
        assert f"first {len(job.text)} characters" in job.error.message if job.error else False


@pytest.mark.parametrize("who", STREAMING)
async def test_the_most_allowed_is_a_warning(cloud: Cloud, tmp_path: Path, who: str) -> None:
    cloud.fail(who, "stream", "length", after=5)
    end = await write(cloud, tmp_path, STREAMING[who])
    assert any("the end is missing" in warning for warning in end.receipt["warnings"])
    assert len(cloud.submissions()) == 1


@pytest.mark.parametrize("who", STREAMING)
async def test_hanging_up_is_seen_by_the_service(cloud: Cloud, tmp_path: Path, who: str) -> None:
    cloud.pace(who, delay=0.05)
    end = End(open_studio(cloud, tmp_path), Session())
    task = asyncio.create_task(write(cloud, tmp_path, STREAMING[who], end=end))
    async with asyncio.timeout(20):
        while not (end.job and end.job.text):
            await asyncio.sleep(0.01)
        await end.studio.stop(end.session)
        await task
        (job,) = cloud.jobs()
        while not job.cancelled:
            await asyncio.sleep(0.01)
    assert isinstance(end.error, Cancelled) and "closed the connection" in end.error.what_now
    assert end.job and end.job.state is State.CANCELLED and end.job.text
    assert len(cloud.submissions()) == 1


@pytest.mark.parametrize("who", POLLED)
async def test_a_queued_text_is_withdrawn(cloud: Cloud, tmp_path: Path, who: str) -> None:
    cloud.pace(who, queue=0, steps=10_000, delay=0)
    end = End(open_studio(cloud, tmp_path), Session())
    task = asyncio.create_task(write(cloud, tmp_path, POLLED[who], end=end))
    async with asyncio.timeout(20):
        while len([call for call in cloud.calls if call.stage == "poll"]) < 2:
            await asyncio.sleep(0.01)
        await end.studio.stop(end.session)
        await task
    (job,), (call,) = cloud.jobs(), cloud.cancels()
    assert job.cancelled and call.path.endswith(f"/{job.id}/cancel")
    assert isinstance(end.error, Cancelled)


@pytest.mark.parametrize(
    ("who", "kind", "wanted"),
    [("replicate", "failed", ProviderFailed), ("replicate", "refusal", Refused),
     ("replicate", "empty_result", ProviderFailed), ("fal", "failed", ProviderFailed),
     ("fal", "refusal", Refused), ("fal", "empty_result", ProviderFailed),
     ("openai", "empty_result", ProviderFailed)],
)  # fmt: skip
async def test_a_job_that_ends_without_a_text(
    cloud: Cloud, tmp_path: Path, who: str, kind: str, wanted: type[StudioError]
) -> None:
    cloud.fail(who, "accepted", kind)
    end = await write(cloud, tmp_path, ONE[who])
    check_failed(cloud, end, wanted, True)


async def test_a_lost_answer_is_found_again_at_replicate(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("replicate", "submit", "cut_after")
    end = await write(cloud, tmp_path, ONE["replicate"])
    assert len(end.receipt["text"]) >= 1000 and len(cloud.submissions()) == 1
    assert any("followed" in warning for warning in end.receipt["warnings"])


async def test_nobody_serves_it(cloud: Cloud, tmp_path: Path) -> None:
    cloud.mapping("google/gemma-4-31B-it", {})
    end = await write(cloud, tmp_path, STREAMING["huggingface"])
    assert isinstance(end.error, NotAvailable) and cloud.submissions() == []


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("who", STREAMING)
async def test_a_line_that_hangs_in_the_middle(
    cloud: Cloud, tmp_path: Path, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorten(monkeypatch, STREAMING[who], 1.5)
    cloud.pace(who, delay=0.01)
    cloud.fail(who, "stream", "hang", after=4)
    end = await write(cloud, tmp_path, STREAMING[who])
    check_failed(cloud, end, UnknownOutcome, None)
    assert end.job and end.job.text
