"""Pictures too large for a request: handed in before it, once, and gone again as documented."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from providers.catalogue import MODELS
from providers.fal import files as fal_files
from providers.inputs import InputPicture
from providers.schema import Task
from studio.jobs import timing
from tests.cloud import Call, Cloud
from tests.contract.picture_rows import LARGE, SMALL, TAKING
from tests.contract.play import create
from tests.contract.test_picture_rows import check_bare

DAY = 24 * 3600.0


def of(*services: str) -> list[str]:
    return [name for name in TAKING if name.partition("/")[0] in services]


def stages(cloud: Cloud) -> list[str]:
    """What was sent, up to the paid request: the stages in their order."""
    found = [call.stage for call in cloud.calls]
    return found[: found.index("submit") + 1]


def check_received(cloud: Cloud, given: Sequence[InputPicture], way: str) -> None:
    """One job, which read the very files that were given."""
    (job,) = cloud.jobs()
    assert {picture.data for picture in job.received} == {each.data for each in given}
    assert len(job.received) == len(given)
    assert {picture.way for picture in job.received} == {way}
    assert len(cloud.submissions()) == 1 and cloud.ignored() == []


@pytest.mark.parametrize("name", of("fal"))
@pytest.mark.usefixtures("fal_at_home")
async def test_fal_reads_large_pictures_from_its_cdn(
    cloud: Cloud, tmp_path: Path, name: str
) -> None:
    given = LARGE[: MODELS[name].least_pictures]
    receipt = (await create(cloud, tmp_path, name, pictures=given)).receipt
    assert stages(cloud) == ["upload", "put"] * len(given) + ["submit"]
    check_received(cloud, given, "upload")
    for number, kept in enumerate(cloud.uploads("fal"), 1):
        assert (kept.name, kept.content_type) == (f"picture-{number}.png", "image/png")
        assert kept.lifetime == 3600
    check_bare(receipt, given)
    assert "fal.media" not in repr(receipt["sent"])


@pytest.mark.usefixtures("fal_at_home")
async def test_fal_reads_small_pictures_from_the_request(cloud: Cloud, tmp_path: Path) -> None:
    await create(cloud, tmp_path, "fal/seedream-4-edit", pictures=SMALL)
    check_received(cloud, SMALL, "data")
    assert cloud.uploads() == []


@pytest.mark.usefixtures("fal_at_home")
async def test_a_file_at_fal_is_gone_after_an_hour(cloud: Cloud, tmp_path: Path) -> None:
    await create(cloud, tmp_path, "fal/esrgan", pictures=LARGE[:1])
    (kept,) = cloud.uploads()
    kept.created = time.time() - 3599
    assert kept.readable
    kept.created -= 2
    assert not kept.readable


async def test_a_gateway_in_fals_place_is_given_all(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fal_files, "IN_REQUEST", 100_000)
    await create(cloud, tmp_path, "fal/seedream-4-swap", pictures=LARGE)
    check_received(cloud, LARGE, "data")
    assert stages(cloud) == ["submit"]


def deleted(cloud: Cloud) -> list[Call]:
    return [call for call in cloud.calls if call.method == "DELETE"]


@pytest.mark.parametrize("name", of("replicate"))
async def test_replicates_files_are_deleted_when_the_job_has_ended(
    cloud: Cloud, tmp_path: Path, name: str
) -> None:
    given = LARGE[: MODELS[name].least_pictures]
    receipt = (await create(cloud, tmp_path, name, pictures=given)).receipt
    assert stages(cloud) == ["upload"] * len(given) + ["submit"]
    check_received(cloud, given, "upload")
    assert cloud.uploads() == [] and len(deleted(cloud)) == len(given)
    assert all(call.status == 204 for call in deleted(cloud))
    for number, call in enumerate(call for call in cloud.calls if call.stage == "upload"):
        assert call.body["content"]["filename"] == f"picture-{number + 1}.png"
        assert call.body["content"]["content_type"] == "image/png"
    check_bare(receipt, given)
    if MODELS[name].task is Task.UPSCALE:
        (image,) = receipt["images"]
        assert (image["width"] / 400, image["height"] / 300) == (image["width"] / 400,) * 2


async def test_a_small_one_and_a_large_one_go_their_own_ways(cloud: Cloud, tmp_path: Path) -> None:
    given = (SMALL[0], LARGE[1])
    await create(cloud, tmp_path, "replicate/cdingram-face-swap", pictures=given)
    (job,) = cloud.jobs()
    found = {picture.name: (picture.way, picture.data) for picture in job.received}
    assert found == {
        "swap_image": ("data", given[0].data), "input_image": ("upload", given[1].data)
    }  # fmt: skip
    assert cloud.uploads() == []


async def test_a_job_that_was_adopted_takes_its_files_along(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))
    cloud.fail("replicate", "accepted", "cut_after")
    end = await create(cloud, tmp_path, "replicate/seedream-4-edit", pictures=LARGE)
    assert end.receipt["upstream_id"] == cloud.jobs()[0].id
    assert cloud.uploads() == [] and len(deleted(cloud)) == 2


@pytest.mark.parametrize("kind", [500, "cut_before"])
async def test_a_file_that_cannot_be_deleted_is_gone_after_a_day(
    cloud: Cloud, tmp_path: Path, kind: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def stubborn(it: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.method != "DELETE":
            return await real(it, request)
        if isinstance(kind, int):
            return httpx.Response(kind, request=request)
        raise httpx.ReadError("cut", request=request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", stubborn)
    end = await create(cloud, tmp_path, "replicate/gfpgan", pictures=LARGE[:1])
    assert len(end.receipt["images"]) == 1
    (kept,) = cloud.uploads()
    kept.created = time.time() - DAY + 1
    assert kept.readable
    kept.created -= 2
    assert not kept.readable


@pytest.mark.parametrize("pictures", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("name", of("wavespeed"))
async def test_wavespeed_reads_every_picture_from_its_storage(
    cloud: Cloud, tmp_path: Path, name: str, pictures: tuple[InputPicture, ...]
) -> None:
    given = pictures[: MODELS[name].least_pictures]
    receipt = (await create(cloud, tmp_path, name, pictures=given)).receipt
    assert stages(cloud) == ["upload", "put"] * len(given) + ["submit"]
    check_received(cloud, given, "upload")
    # WaveSpeed has no call to delete them, and Easel says that it states no time.
    for kept, picture in zip(cloud.uploads(), given, strict=True):
        assert (kept.content_type, kept.size) == (picture.media_type, picture.size)
        assert kept.name.startswith("picture-") and kept.data == picture.data
    check_bare(receipt, given)
    assert receipt["price"]["basis"] == "actual"


async def test_openai_and_the_router_are_given_large_ones_with_the_request(
    cloud: Cloud, tmp_path: Path
) -> None:
    await create(cloud, tmp_path, "openai/gpt-image-2-edit", pictures=LARGE)
    check_received(cloud, LARGE, "form")
    cloud.reset()
    await create(cloud, tmp_path, "huggingface/flux-kontext-dev", pictures=LARGE[:1])
    (job,) = cloud.jobs()
    assert [(it.way, it.data) for it in job.received] == [("data", LARGE[0].data)]
    assert [call.stage for call in cloud.calls if call.method == "POST"] == ["submit"]
