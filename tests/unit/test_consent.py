"""A face swap without consent: nothing is sent, nothing is counted. With it: a note in the file."""

from __future__ import annotations

import io
from contextlib import aclosing

import pytest
from PIL import Image

from errors import InvalidInput
from i18n import say
from providers.catalogue import MODELS
from providers.schema import Task
from studio.consent import check_consent
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.results.provenance import mark
from studio.service import Studio
from studio.session import Session
from tests.making import Bench, asked_of, picture_bytes
from tests.unit.running_jobs import Make

pytestmark = pytest.mark.usefixtures("quick", "no_task_left")
ROW = MODELS["fal/seedream-4-swap"]
KEYS = Keyring(operator={"fal": "a-key"})
TEXT = "A face in this picture was swapped."


async def swap(studio: Studio, session: Session) -> Job:
    jobs = studio.run(Task.FACE_SWAP, ROW.id, asked_of(ROW), session, KEYS)
    async with aclosing(jobs):
        async for job in jobs:
            last: Job = job
    return last


async def test_without_consent_nothing_is_sent(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    with pytest.raises(InvalidInput) as caught:
        await swap(studio, session)
    assert caught.value.field == "consent"
    assert "nothing was sent" in caught.value.what_now
    assert bench.submitted == 0
    assert not session.spend.flying
    assert session.results.history == []


async def test_said_once_it_holds_for_the_session_alone(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session(consent=True)
    bench.finish.set()
    for _ in range(2):
        await swap(studio, session)
    assert bench.submitted == 2
    with pytest.raises(InvalidInput):
        await swap(studio, Session())


@pytest.mark.parametrize("task", [task for task in Task if task is not Task.FACE_SWAP])
def test_other_tasks_need_none(task: Task) -> None:
    check_consent(task, Session())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_the_result_carries_a_note_and_the_same_pixels(
    kind: str, bench: Bench, make_studio: Make
) -> None:
    bench.data = picture_bytes(kind)
    bench.finish.set()
    job = await swap(make_studio(), Session(consent=True))
    stored = job.result.stored[0].path.read_bytes()
    assert say("note.swapped.file").encode() in stored
    assert say("note.swapped") in job.receipt["warnings"]
    assert_same_pixels(bench.data, stored)


async def test_a_kind_that_cannot_carry_it_is_told(bench: Bench, make_studio: Make) -> None:
    bench.data = picture_bytes("GIF")
    bench.finish.set()
    job = await swap(make_studio(), Session(consent=True))
    assert job.result.stored[0].path.read_bytes() == bench.data
    assert say("note.swapped.not", kind="GIF") in job.receipt["warnings"]


def made(kind: str, mode: str = "RGB", **saved: object) -> bytes:
    place = io.BytesIO()
    colours = (200, 30, 90, 120)[: len(mode)]
    image = Image.new(mode, (33, 21), colours)
    image.putpixel((5, 5), (0, 255, 0, 255)[: len(mode)])
    image.save(place, kind, **saved)
    return place.getvalue()


def exif_of(make: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = make
    return exif.tobytes()


@pytest.mark.parametrize(
    "data",
    [
        made("PNG"),
        made("PNG", "RGBA"),
        made("JPEG"),
        made("JPEG", progressive=True),
        made("WEBP", lossless=True),
        made("WEBP", "RGBA", lossless=True),
        made("WEBP", quality=80),
        made("WEBP", "RGBA", quality=80),
        made("WEBP", icc_profile=b"not a profile, but a chunk"),
    ],
)
def test_readers_find_the_note(data: bytes) -> None:
    with Image.open(io.BytesIO(data)) as opened:
        kind = (opened.format or "").lower()
    marked = mark(data, kind, TEXT)
    assert marked
    with Image.open(io.BytesIO(marked)) as opened:
        told = opened.text["Description"] if kind == "png" else opened.getexif()[0x010E]  # type: ignore[attr-defined]
    assert told == TEXT
    assert_same_pixels(data, marked)


def test_a_providers_own_exif_is_left_alone() -> None:
    data = made("JPEG", exif=exif_of("A model"))
    marked = mark(data, "jpeg", TEXT)
    assert marked
    with Image.open(io.BytesIO(marked)) as opened:
        assert opened.getexif()[0x010F] == "A model"
        assert opened.info["comment"] == TEXT.encode()
    assert mark(made("WEBP", exif=exif_of("A model")), "webp", TEXT) is None
    assert mark(b"anything", "avif", TEXT) is None


def assert_same_pixels(one: bytes, other: bytes) -> None:
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        assert first.mode == second.mode
        assert first.size == second.size
        assert first.tobytes() == second.tobytes()
