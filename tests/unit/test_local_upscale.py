"""Larger pictures with no key: exact sizes, told engines, and an end when it is asked for."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from engines.upscale import engine, network
from engines.upscale.tiles import Enlarger, Planes
from errors import Cancelled, InvalidInput, ProviderFailed
from providers.catalogue import MODELS
from providers.local import upscale as local_upscale
from providers.schema import Running, Task
from studio.jobs.job import Job, State
from studio.keys import Keyring
from studio.request import UserRequest, check, read_request
from studio.session import Session
from tests.making import in_picture
from tests.unit.local_studio import Make, asked_for, made, noise, plain, run, taken

UPSCALE = Task.UPSCALE


@pytest.mark.parametrize(
    ("settings", "kind", "times"),
    [({}, "PNG", 2), ({"scale": 4}, "PNG", 4), ({"output_format": "jpg"}, "JPEG", 2),
     ({"output_format": "webp", "scale": "4"}, "WEBP", 4)],
)  # fmt: skip
async def test_auto_without_keys_upscales_here(
    make_studio: Make, settings: dict[str, Any], kind: str, times: int
) -> None:
    job = await run(make_studio(), UPSCALE, taken(noise(37, 23), "JPEG", quality=60), **settings)
    image = made(job)
    assert job.state is State.COMPLETED and image.format == kind
    assert image.size == (37 * times, 23 * times)
    assert job.receipt["model"] == "local/upscale" and job.receipt["price"]["basis"] == "free"
    assert any("waifu2x photo noise 1" in warning for warning in job.warnings)
    assert isinstance(job.progress, Running) and job.progress.fraction == 1.0


async def test_a_clean_picture_gets_the_other_network(make_studio: Make) -> None:
    job = await run(make_studio(), UPSCALE, taken(noise(20, 20)))
    assert job.warnings == ["Made by SPAN x2 on this machine."]


async def test_without_ncnn_it_is_lanczos_and_says_so(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> list[Enlarger]:
        raise ImportError("ncnn")

    monkeypatch.setattr(network, "enlargers_for", gone)
    job = await run(make_studio(), UPSCALE, taken(noise(20, 20)))
    assert made(job).size == (40, 40) and "Lanczos" in job.warnings[0]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
async def test_transparency_is_kept_or_filled_and_said(make_studio: Make, kind: str) -> None:
    image = noise(20, 20)
    image.putalpha(Image.linear_gradient("L").resize((20, 20)))
    job = await run(make_studio(), UPSCALE, taken(image), output_format=kind)
    assert made(job).has_transparency_data is (kind != "jpeg")
    assert any("white" in warning for warning in job.warnings) is (kind == "jpeg")


async def test_too_large_is_refused_and_not_made_smaller(make_studio: Make) -> None:
    wide, high = 2049, 2048
    studio = make_studio()
    with pytest.raises(InvalidInput, match=f"{wide} x {high}") as caught:
        await run(studio, UPSCALE, taken(plain(wide, high)), model="local/upscale")
    assert "4.2 megapixels" in caught.value.message and caught.value.created is False
    asked = asked_for(UPSCALE, taken(plain(wide, high)))
    with pytest.raises(InvalidInput, match="megapixels") as caught:
        studio.plan(UPSCALE, "auto", asked, Keyring())
    assert "REPLICATE_API_TOKEN" in caught.value.what_now


def test_the_limit_is_the_engines_own() -> None:
    assert local_upscale.MOST_PIXELS == engine.MAX_PIXELS
    row = MODELS["local/upscale"]
    check(row, asked_for_size(2048, 2048))
    with pytest.raises(InvalidInput):
        check(row, asked_for_size(2049, 2048))


@pytest.mark.parametrize(("kind", "most"), [("webp", 16_383), ("jpeg", 65_500), ("png", None)])
def test_a_format_that_cannot_hold_it_is_refused(kind: str, most: int | None) -> None:
    row = MODELS["local/upscale"]
    longest = (most or 80_000) // 4
    check(row, asked_for_size(longest, 4, scale=4, output_format=kind))
    if most:
        with pytest.raises(InvalidInput, match=kind) as caught:
            check(row, asked_for_size(longest + 1, 4, scale=4, output_format=kind))
        assert caught.value.field == "output_format"


def asked_for_size(wide: int, high: int, **settings: Any) -> UserRequest:
    picture = replace(in_picture(), width=wide, height=high)
    return read_request("", settings, [picture], UPSCALE)


async def test_a_network_that_fails_is_a_sentence(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(planes: Planes) -> Planes:
        raise network.NetworkFailed("SPAN x2 failed.")

    monkeypatch.setattr(network, "enlargers_for", lambda nets: [Enlarger("x", 2, 8, broken)])
    studio = make_studio()
    with pytest.raises(ProviderFailed, match="SPAN x2 failed") as caught:
        await run(studio, UPSCALE, taken(noise(20, 20)))
    assert caught.value.created is False and caught.value.what_now == "Nothing was charged."


class Slow:
    """A network under the test's thumb: each tile waits for `go`, and is counted."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)
        self.tiles = 0

    def enlargers_for(self, nets: object) -> list[Enlarger]:
        return [Enlarger("slow", 2, 0, self._enlarge)]

    def _enlarge(self, planes: Planes) -> Planes:
        self.tiles += 1
        self.begun.release()
        assert self.go.acquire(timeout=20)
        return planes.repeat(2, axis=1).repeat(2, axis=2)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    found = Slow()
    monkeypatch.setattr(network, "enlargers_for", found.enlargers_for)
    return found


async def start(studio: Any, session: Session) -> asyncio.Task[Job]:
    async def follow() -> Job:
        asked = asked_for(UPSCALE, taken(noise(400, 400)))
        jobs = [job async for job in studio.run(UPSCALE, "auto", asked, session, Keyring())]
        return jobs[-1]  # type: ignore[no-any-return]

    return asyncio.create_task(follow())


async def test_progress_is_told_tile_by_tile(make_studio: Make, slow: Slow) -> None:
    studio, session = make_studio(), Session()
    following = await start(studio, session)
    for done in range(9):
        await asyncio.to_thread(slow.begun.acquire)
        if done:
            async with asyncio.timeout(20):
                await told(studio, session, done / 9)
        slow.go.release()
    job = await following
    assert slow.tiles == 9 and job.state is State.COMPLETED


async def told(studio: Any, session: Session, fraction: float) -> None:
    """Return when the one job that runs says that this share is done."""
    while True:
        (job,) = studio.running(session)
        progress = job.progress
        if isinstance(progress, Running) and progress.fraction == pytest.approx(fraction):
            return
        await asyncio.sleep(0.005)


async def test_stop_ends_it_within_a_tile_and_frees_the_place(
    make_studio: Make, slow: Slow, quick: None
) -> None:
    """Two run, a third waits; the two are stopped, and it takes a place when their tile is done."""
    studio, first, late = make_studio(max_workers=4), Session(), Session()
    two = [await start(studio, first) for _ in range(2)]
    for _ in two:
        await asyncio.to_thread(slow.begun.acquire)
    third = await start(studio, late)
    while not (jobs := studio.running(late)) or jobs[0].state is not State.SUBMITTING:
        await asyncio.sleep(0.01)
    stopped = await studio.stop(first)
    for task in two:
        with pytest.raises(Cancelled):
            await task
    assert [job.upstream.cancellation for job in stopped] == [
        "It was stopped on this machine; nothing is kept of it."
    ] * 2
    assert slow.tiles == 2, "the third waits: the threads of the two still work on their tiles"
    for _ in range(2 + 9):
        slow.go.release()
    assert (await third).state is State.COMPLETED
    assert slow.tiles == 2 + 9, "neither of the two began another tile"
