"""What goes wrong with a picture on its way: one row of each task and service, at every stage."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    NotAvailable,
    ProviderFailed,
    RateLimited,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from providers.http import picture_uploads as uploads
from studio.jobs import timing
from studio.jobs.job import State
from tests.cloud import Cloud, faults
from tests.contract.picture_rows import FAULTY, LARGE, SMALL
from tests.contract.play import End, check_told, create
from tests.contract.test_submission import OWN, STATES, SUBMIT
from tests.contract.test_waiting import PASSING

POLLED = [name for name in FAULTY if not name.startswith("openai/")]
BLIND = [name for name in FAULTY if not name.startswith("replicate/")]
UPLOADING = [name for name in FAULTY if name.startswith(("fal/", "replicate/", "wavespeed/"))]
PUTTING = [name for name in UPLOADING if not name.startswith("replicate/")]
FAILING: list[int | str] = [400, 401, 402, 404, 408, 409, 429, 500, 502, 503, 504, "cut_before",
                            "cut_after", "html_200", "empty_body"]  # fmt: skip
SAID: dict[int | str, type[StudioError]] = {
    400: InvalidInput, 401: KeyRefused, 402: NoCredit, 429: RateLimited,
}  # fmt: skip


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


def who(name: str) -> str:
    return name.partition("/")[0]


def check_failed(cloud: Cloud, end: End, wanted: type[StudioError], created: bool | None) -> None:
    assert type(end.error) is wanted, repr(end.error)
    assert end.error.created is created and len(cloud.submissions()) == 1
    check_over(cloud, end)


def check_over(cloud: Cloud, end: End) -> None:
    """Nothing runs here any more, and nothing of the picture is told."""
    assert end.error and end.session.results.history == [] and end.studio.running(end.session) == []
    check_told(end.error, cloud.keys)
    assert "base64" not in f"{end.error}{end.error.__dict__}"
    assert end.job and end.job.request.pictures


@pytest.mark.parametrize("name", FAULTY)
@pytest.mark.parametrize("kind", [kind for kind in SUBMIT if kind != "cut_after"])
async def test_answer_to_the_post(cloud: Cloud, tmp_path: Path, name: str, kind: int | str) -> None:
    wanted, created = OWN.get((who(name), kind), SUBMIT[kind])
    cloud.fail(who(name), "submit", kind)
    end = await create(cloud, tmp_path, name)
    check_failed(cloud, end, wanted, created)
    unknown = wanted is UnknownOutcome
    state = STATES.get(created, State.UNKNOWN if unknown else State.FAILED)
    assert cloud.jobs() == [] and end.job and end.job.state is state


@pytest.mark.parametrize("name", BLIND)
@pytest.mark.parametrize("kind", ["cut_after", 500, 502, "html_200", "empty_body"])
async def test_a_cut_after_acceptance_is_one_job(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str
) -> None:
    cloud.fail(who(name), "accepted", kind)
    check_failed(cloud, await create(cloud, tmp_path, name), UnknownOutcome, None)
    assert len(cloud.jobs()) == 1


@pytest.mark.parametrize("name", [name for name in FAULTY if name not in BLIND])
@pytest.mark.parametrize("pictures", [SMALL, LARGE], ids=["small", "large"])
async def test_a_cut_is_mended_by_looking_for_the_very_pictures(
    cloud: Cloud, tmp_path: Path, name: str, pictures: tuple[object, ...]
) -> None:
    cloud.fail("replicate", "accepted", "cut_after")
    given = (LARGE if pictures is LARGE else SMALL)[: 2 if name.endswith("swap") else 1]
    end = await create(cloud, tmp_path, name, pictures=given)
    (job,) = cloud.jobs()
    assert end.receipt["upstream_id"] == job.id and len(cloud.submissions()) == 1


@pytest.mark.parametrize("name", POLLED)
@pytest.mark.parametrize("kind", PASSING)
async def test_a_poll_that_fails_is_repeated(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str
) -> None:
    cloud.fail(who(name), "poll", kind, times=2)
    end = await create(cloud, tmp_path, name)
    (job,) = cloud.jobs()
    assert end.receipt["upstream_id"] == job.id and len(cloud.submissions()) == 1


@pytest.mark.parametrize("name", POLLED)
@pytest.mark.parametrize(
    ("kind", "wanted"), [(401, KeyRefused), (402, NoCredit), (404, ResultLost)]
)
async def test_a_poll_that_is_refused_ends_it(
    cloud: Cloud, tmp_path: Path, name: str, kind: int, wanted: type[StudioError]
) -> None:
    cloud.fail(who(name), "poll", kind)
    end = await create(cloud, tmp_path, name)
    check_failed(cloud, end, wanted, True)
    assert end.error and end.error.upstream_id == cloud.jobs()[0].id


@pytest.mark.parametrize("name", POLLED)
@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("failed", ProviderFailed), ("refusal", Refused), ("empty_result", Refused)],
)
async def test_how_a_job_ends(
    cloud: Cloud, tmp_path: Path, name: str, kind: str, wanted: type[StudioError]
) -> None:
    cloud.fail(who(name), "submit", kind)
    check_failed(cloud, await create(cloud, tmp_path, name), wanted, True)
    assert cloud.jobs()[0].over


@pytest.mark.parametrize("name", [name for name in POLLED if who(name) in faults.ONLY["aborted"]])
async def test_a_job_that_was_aborted(cloud: Cloud, tmp_path: Path, name: str) -> None:
    """Through the router, fal's result is then a 500 that will not pass."""
    cloud.fail(who(name), "submit", "aborted")
    check_failed(cloud, await create(cloud, tmp_path, name), ProviderFailed, True)


@pytest.mark.parametrize("name", POLLED)
@pytest.mark.parametrize("kind", [500, 503, "cut_before", "truncated", "truncated_ok"])
async def test_a_result_is_fetched_again(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str
) -> None:
    cloud.fail(who(name), "fetch", kind)
    end = await create(cloud, tmp_path, name)
    assert len(cloud.submissions()) == 1
    assert len(end.receipt["images"]) == 1


@pytest.mark.parametrize("name", POLLED)
async def test_a_result_that_is_gone_is_told(cloud: Cloud, tmp_path: Path, name: str) -> None:
    cloud.fail(who(name), "fetch", 404, times=None)
    check_failed(cloud, await create(cloud, tmp_path, name), ResultLost, True)


def check_unsent(cloud: Cloud, end: End, kind: int | str) -> None:
    """The upload failed: nothing was asked for, nothing is owed."""
    assert end.error and end.error.created is False, repr(end.error)
    assert not isinstance(end.error, UnknownOutcome)
    assert cloud.submissions() == [] and cloud.jobs() == []
    assert end.job and end.job.state is State.NOT_ACCEPTED and not end.job.may_be_charged
    check_over(cloud, end)


@pytest.mark.parametrize("name", UPLOADING)
@pytest.mark.parametrize("kind", FAILING)
@pytest.mark.usefixtures("fal_at_home")
async def test_an_upload_that_fails_creates_nothing(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str
) -> None:
    cloud.fail(who(name), "upload", kind)
    end = await create(cloud, tmp_path, name, pictures=LARGE[: 1 + name.endswith("swap")])
    check_unsent(cloud, end, kind)
    assert type(end.error) is SAID.get(kind, NotAvailable), repr(end.error)


@pytest.mark.parametrize("name", PUTTING)
@pytest.mark.parametrize("kind", [401, 402, 403, 404, 500, 503, "cut_before", "cut_after",
                                  "html_200"])  # fmt: skip
@pytest.mark.usefixtures("fal_at_home")
async def test_storage_that_fails_creates_nothing(
    cloud: Cloud, tmp_path: Path, name: str, kind: int | str
) -> None:
    """Its words are not the service's: a 401 of it says nothing of the user's key."""
    cloud.fail(who(name), "put", kind)
    end = await create(cloud, tmp_path, name, pictures=LARGE[: 1 + name.endswith("swap")])
    check_unsent(cloud, end, kind)
    assert type(end.error) is NotAvailable and "storage" in end.error.message


@pytest.mark.parametrize("name", UPLOADING)
@pytest.mark.usefixtures("fal_at_home")
async def test_an_upload_that_hangs_creates_nothing(
    cloud: Cloud, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_SECONDS", 1.5)
    cloud.fail(who(name), "upload", "hang")
    end = await create(cloud, tmp_path, name, pictures=LARGE[: 1 + name.endswith("swap")])
    check_unsent(cloud, end, "hang")
    assert end.error and "took longer" in end.error.message


@pytest.mark.parametrize("stage", ["upload", "submit"])
async def test_what_was_uploaded_in_vain_is_deleted(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """The second of two files fails, or the request behind them: the first does not stay."""
    real, seen = httpx.AsyncHTTPTransport.handle_async_request, 0

    async def second(it: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        nonlocal seen
        upload = request.url.path.endswith("/files")
        seen += upload
        if upload and seen == 2 and stage == "upload":
            raise httpx.ReadError("cut", request=request)
        return await real(it, request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", second)
    if stage == "submit":
        cloud.fail("replicate", "submit", 402)
    end = await create(cloud, tmp_path, "replicate/cdingram-face-swap", pictures=LARGE)
    assert end.error and end.error.created is False
    assert cloud.uploads() == [] and cloud.jobs() == []
