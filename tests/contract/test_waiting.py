"""What goes wrong after a job is accepted: mended on the same id where it can be, never re-sent."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    TimedOut,
)
from providers.http import download
from providers.http.address import Trusted
from providers.http.proxy import Proxies
from studio.jobs.job import State
from studio.results import fetching
from tests.cloud import Cloud
from tests.contract.play import ONE, POLLED, End, check_told, create, serve_by, shorten

PASSING: list[int | str] = [408, 409, 429, 500, 502, 503, 504, "cut_before", "cut_after",
                            "html_200", "empty_body"]  # fmt: skip
LASTING: dict[int, type[StudioError]] = {
    400: InvalidInput, 401: KeyRefused, 402: NoCredit, 403: KeyRefused, 404: ResultLost,
    422: InvalidInput,
}  # fmt: skip
OWN: dict[tuple[str, int], type[StudioError]] = {("fal", 403): NoCredit, ("fal", 422): Refused}


async def start(cloud: Cloud, folder: Path, who: str) -> End:
    """A job of a service that is asked after; Hugging Face's is queued by WaveSpeed."""
    if who == "huggingface":
        serve_by(cloud, "wavespeed", "wavespeed-ai/flux-dev")
    return await create(cloud, folder, POLLED[who])


def check_lost(cloud: Cloud, end: End, wanted: type[StudioError]) -> None:
    """It failed after it was accepted: its id is told, and nothing says that nothing happened."""
    (job,) = cloud.jobs()
    assert type(end.error) is wanted, repr(end.error)
    assert end.error.created is True and end.error.upstream_id == job.id
    assert len(cloud.submissions()) == 1
    assert end.job and end.job.state is State.FAILED and end.job.may_be_charged
    check_told(end.error, cloud.keys)


def check_mended(cloud: Cloud, end: End) -> None:
    (job,) = cloud.jobs()
    assert end.receipt["upstream_id"] == job.id and len(end.receipt["images"]) == 1
    assert len(cloud.submissions()) == 1
    assert {call.job for call in cloud.calls if call.stage == "poll"} - {None} <= {job.id}


@pytest.mark.parametrize("who", POLLED)
@pytest.mark.parametrize("kind", PASSING)
async def test_a_poll_that_fails_is_repeated(
    cloud: Cloud, tmp_path: Path, who: str, kind: int | str
) -> None:
    cloud.fail(who, "poll", kind, times=3)
    check_mended(cloud, await start(cloud, tmp_path, who))


@pytest.mark.parametrize("who", POLLED)
@pytest.mark.usefixtures("hasty")
async def test_a_poll_that_hangs_is_repeated(cloud: Cloud, tmp_path: Path, who: str) -> None:
    stage = "result" if who == "fal" else "poll"
    cloud.fail(who, stage, "hang")
    check_mended(cloud, await start(cloud, tmp_path, who))


@pytest.mark.parametrize("who", POLLED)
@pytest.mark.parametrize("status", LASTING)
async def test_a_poll_that_is_refused_ends_it(
    cloud: Cloud, tmp_path: Path, who: str, status: int
) -> None:
    cloud.fail(who, "poll", status)
    end = await start(cloud, tmp_path, who)
    check_lost(cloud, end, OWN.get((who, status), LASTING[status]))


@pytest.mark.parametrize("who", POLLED)
async def test_a_strange_status_is_waited_out(cloud: Cloud, tmp_path: Path, who: str) -> None:
    cloud.fail(who, "poll", "unknown_status", times=2)
    check_mended(cloud, await start(cloud, tmp_path, who))


@pytest.mark.parametrize("who", POLLED)
async def test_polls_that_fail_for_ever_end_in_time(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    shorten(monkeypatch, POLLED[who])
    cloud.fail(who, "poll", 503, times=None)
    check_lost(cloud, await start(cloud, tmp_path, who), TimedOut)


@pytest.mark.parametrize("kind", [400, 502, "cut_before", "html_200", "empty_body", 429])
async def test_fals_result_is_asked_for_again(
    cloud: Cloud, tmp_path: Path, kind: int | str
) -> None:
    details = {"detail": "Request is still in progress"} if kind == 400 else {}
    cloud.fail("fal", "result", kind, **details)
    check_mended(cloud, await start(cloud, tmp_path, "fal"))


@pytest.mark.parametrize(
    ("status", "wanted"),
    [(400, InvalidInput), (401, KeyRefused), (403, NoCredit), (404, ResultLost), (422, Refused),
     (500, ProviderFailed), (503, ProviderFailed), (504, ProviderFailed)],
)  # fmt: skip
async def test_fals_result_tells_the_end(
    cloud: Cloud, tmp_path: Path, status: int, wanted: type[StudioError]
) -> None:
    cloud.fail("fal", "result", status)
    check_lost(cloud, await start(cloud, tmp_path, "fal"), wanted)


async def test_fal_finds_the_request_wrong_when_it_runs(cloud: Cloud, tmp_path: Path) -> None:
    detail = [{"loc": ["body", "image_size", "width"], "msg": "too small", "type": "value_error"}]
    cloud.fail("fal", "result", 422, detail=detail)
    end = await start(cloud, tmp_path, "fal")
    check_lost(cloud, end, InvalidInput)
    assert isinstance(end.error, InvalidInput) and end.error.field == "width"
    assert "may charge" in end.error.what_now


@pytest.mark.parametrize("who", ["fal", "replicate", "wavespeed", "huggingface"])
@pytest.mark.parametrize(
    "kind",
    [408, 429, 500, 502, 503, 504, "cut_before", "truncated", "hang", "truncated_ok", "wrong_type",
     "empty_body"],
)  # fmt: skip
async def test_a_fetch_that_fails_is_repeated(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, kind: int | str
) -> None:
    if kind == "hang":
        monkeypatch.setattr(download, "timeouts", lambda seconds: httpx.Timeout(0.5))
    cloud.fail(who, "fetch", kind, times=1 if kind == "hang" else 2)
    check_mended(cloud, await start(cloud, tmp_path, who))


@pytest.mark.parametrize("who", ["fal", "replicate", "wavespeed", "huggingface"])
@pytest.mark.parametrize(
    ("kind", "asked"),
    [(400, 1), (401, 1), (403, 1), (404, 1), ("redirect", 1), ("truncated_ok", 4),
     ("wrong_type", 4), ("empty_body", 4)],
)  # fmt: skip
async def test_a_result_that_is_gone_is_lost(
    cloud: Cloud, tmp_path: Path, who: str, kind: int | str, asked: int
) -> None:
    cloud.fail(who, "fetch", kind, times=None)
    check_lost(cloud, await start(cloud, tmp_path, who), ResultLost)
    assert len([call for call in cloud.calls if call.stage == "fetch"]) == asked


async def test_a_result_without_end_is_not_swallowed(cloud: Cloud, tmp_path: Path) -> None:
    for claim in (False, True):
        cloud.reset()
        cloud.fail("fal", "fetch", "huge", claim=claim)
        check_lost(cloud, await start(cloud, tmp_path, "fal"), ResultLost)


async def test_a_host_that_stays_down_loses_the_result(cloud: Cloud, tmp_path: Path) -> None:
    fault = cloud.fail("fal", "fetch", 503, times=None)
    check_lost(cloud, await start(cloud, tmp_path, "fal"), ResultLost)
    assert len([call for call in cloud.calls if call.stage == "fetch"]) == fetching.FETCH_TRIES
    assert fault.times is None


async def test_a_fetch_without_end_is_given_up(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "FETCH_SECONDS", 0.2)
    cloud.fail("fal", "fetch", "hang")
    check_lost(cloud, await start(cloud, tmp_path, "fal"), ResultLost)


async def test_one_missing_picture_of_two_is_tried_again(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("fal", "fetch", 404)
    end = await create(cloud, tmp_path, ONE["fal"], {"num_images": 2})
    assert len(end.receipt["images"]) == 2
    assert not any("was lost" in said for said in end.receipt["warnings"])


async def test_one_lost_picture_of_two_leaves_the_other(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def second_gone(url: str, trusted: Trusted, provider: str, proxies: Proxies) -> bytes:
        if "out-1" in url:
            raise ResultLost("The host of the result answered 404.", provider=provider)
        return await download.fetch(url, trusted, provider, proxies)

    monkeypatch.setattr(fetching, "fetch", second_gone)
    end = await create(cloud, tmp_path, ONE["fal"], {"num_images": 2})
    assert len(end.receipt["images"]) == 1
    assert any("One picture of 2 was lost" in said for said in end.receipt["warnings"])


async def test_a_result_that_cannot_be_written_is_lost(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetching, "store", full)
    end = await start(cloud, tmp_path, "fal")
    check_lost(cloud, end, ResultLost)
    assert end.job and end.job.closed.is_set()
