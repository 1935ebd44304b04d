"""Retouching and swapping faces with no key: what changes, what is said, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from engines import faces
from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.jobs.job import State
from studio.uploads import UploadedPicture, take
from tests.unit.local_studio import Make, astronaut, made, noise, plain, run, taken

RETOUCH, SWAP = Task.RETOUCH, Task.FACE_SWAP
NOTE, TOLD = say("note.swapped.file"), say("note.swapped")


def two_faces(kind: str = "PNG", **options: Any) -> UploadedPicture:
    """The astronaut beside her mirror image."""
    one = astronaut().pixels()
    both = Image.new("RGB", (2 * one.width, one.height))
    both.paste(one)
    both.paste(ImageOps.mirror(one), (one.width, 0))
    return taken(both, kind, **options)


def changed(before: UploadedPicture, after: Image.Image) -> np.ndarray[Any, Any]:
    """Which columns of two pictures differ anywhere."""
    one, other = (np.asarray(each.convert("RGB"), int) for each in (before.pixels(), after))
    return np.asarray((one != other).any(axis=(0, 2)))


@pytest.mark.parametrize("mode", ["soft", "enhance"])
async def test_auto_without_keys_retouches_here(make_studio: Make, mode: str) -> None:
    before = taken(astronaut().pixels())
    job = await run(make_studio(), RETOUCH, before, mode=mode, strength="0,8")
    after = made(job)
    assert job.state is State.COMPLETED and after.size == (before.width, before.height)
    assert after.format == "PNG" and job.warnings == []
    assert 0 < changed(before, after).mean() < 0.5, "the face and nothing else"
    assert job.receipt["model"] == "local/retouch" and job.receipt["price"]["usd"] == 0
    assert job.receipt["asked"]["strength"] == 0.8 and job.receipt["sent"]["mode"] == mode


async def test_no_strength_changes_nothing(make_studio: Make) -> None:
    before = taken(astronaut().pixels())
    assert not changed(before, made(await run(make_studio(), RETOUCH, before, strength=0))).any()


async def test_every_face_is_retouched_and_said(make_studio: Make) -> None:
    before = two_faces()
    job = await run(make_studio(), RETOUCH, before)
    left, right = np.split(changed(before, made(job)), 2)
    assert left.any() and right.any()
    assert job.warnings == ["All 2 faces found were retouched."]


async def test_transparency_stays(make_studio: Make) -> None:
    image = astronaut().pixels()
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    before = taken(image)
    after = made(await run(make_studio(), RETOUCH, before))
    assert after.getchannel("A").tobytes() == image.getchannel("A").tobytes()


@pytest.mark.parametrize(
    ("task", "settings", "field"),
    [
        (RETOUCH, {"mode": "hard"}, "mode"),
        (RETOUCH, {"strength": 1.5}, "strength"),
        (RETOUCH, {"strength": "much"}, "strength"),
        (SWAP, {"source_face": 0}, "source_face"),
        (SWAP, {"target_face": "1.5"}, "target_face"),
    ],
)
async def test_settings_are_held_to_their_bounds(
    make_studio: Make, task: Task, settings: dict[str, Any], field: str
) -> None:
    pictures = [taken(plain())] * (2 if task is SWAP else 1)
    with pytest.raises(InvalidInput) as caught:
        await run(make_studio(), task, *pictures, model=f"local/{task}", **settings)
    assert caught.value.field == field and not caught.value.created


@pytest.mark.parametrize("task", [RETOUCH, SWAP])
async def test_no_face_is_a_sentence_and_costs_nothing(make_studio: Make, task: Task) -> None:
    pictures = [noise(160, 160)] if task is RETOUCH else [astronaut().pixels(), noise(160, 160)]
    studio = make_studio()
    with pytest.raises(InvalidInput) as caught:
        await run(studio, task, *(taken(each) for each in pictures))
    error = caught.value
    assert error.message.startswith("No face was found in ")
    assert error.created is False and "nothing is charged" in error.what_now
    assert not list(studio.folder.rglob("*.*"))


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 92}), ("WEBP", {"quality": 90}), ("WEBP", {"lossless": 1})],
)
async def test_a_swap_says_so_in_the_file(
    make_studio: Make, kind: str, options: dict[str, Any]
) -> None:
    target = taken(ImageOps.mirror(astronaut().pixels()), kind, **options)
    job = await run(make_studio(), SWAP, astronaut(), target)
    after = made(job)
    assert after.format == kind and after.size == (target.width, target.height)
    told = after.info["Description"] if kind == "PNG" else after.getexif()[0x010E]
    assert told == NOTE
    assert job.result.stored[0].path.read_bytes().count(NOTE.encode()) == 1
    assert job.receipt["model"] == "local/face-swap" and job.receipt["price"]["basis"] == "free"
    again = take(job.result.stored[0].path.read_bytes(), "again")
    assert again.removed.text or again.removed.other, "what we write, we can read"


async def test_the_face_named_is_the_one_changed(make_studio: Make) -> None:
    target = two_faces()
    for number in (1, 2):
        job = await run(make_studio(), SWAP, astronaut(), target, target_face=number)
        halves = np.split(changed(target, made(job)), 2)
        assert [bool(half.any()) for half in halves] == [number == 1, number == 2]
        assert job.warnings == [TOLD]


async def test_of_several_faces_the_first_is_taken_and_that_is_said(make_studio: Make) -> None:
    job = await run(make_studio(), SWAP, two_faces(), astronaut())
    assert len(job.warnings) == 2 and "picture 1 has 2 faces" in job.warnings[0]
    assert "source_face" in job.warnings[0]


async def test_a_face_that_is_not_there(make_studio: Make) -> None:
    with pytest.raises(InvalidInput, match="no number 3 for target_face") as caught:
        await run(make_studio(), SWAP, astronaut(), two_faces(), target_face=3)
    assert caught.value.field == "target_face" and caught.value.created is False


@pytest.mark.parametrize("flaw", sorted(faces.REFUSALS))
async def test_what_would_spoil_a_swap_is_refused(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch, flaw: str
) -> None:
    monkeypatch.setattr(faces, "spoils", lambda *_: flaw)
    with pytest.raises(InvalidInput) as caught:
        await run(make_studio(), SWAP, astronaut(), astronaut())
    assert caught.value.created is False
    assert ("directions" if flaw == "pose_apart" else "few pixels") in caught.value.message


@pytest.mark.parametrize(
    ("flaw", "word"), [("pose_differs", "closely"), ("source_soft", "looks soft")]
)
async def test_what_may_spoil_it_is_said(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch, flaw: str, word: str
) -> None:
    monkeypatch.setattr(faces, "spoils", lambda *_: flaw)
    job = await run(make_studio(), SWAP, astronaut(), astronaut())
    assert word in " ".join(job.warnings)


async def test_a_small_face_is_really_refused(make_studio: Make) -> None:
    small = astronaut().pixels().reduce(4)
    with pytest.raises(InvalidInput, match="face to take has too few pixels"):
        await run(make_studio(), SWAP, taken(small), astronaut())
