"""Editing by instruction with no key: done whole, or refused before anything is."""

from __future__ import annotations

import pytest

from engines.edit import abilities
from engines.edit.abilities import language_of
from engines.upscale import jpeg_quality
from errors import InvalidInput
from providers.catalogue import MODELS
from providers.schema import Task
from studio.jobs.job import State
from studio.keys import Keyring
from studio.session import Session
from tests.unit.local_studio import Make, asked_for, astronaut, made, plain, run, taken

EDIT = Task.IMAGE_EDIT


async def test_auto_without_keys_edits_here(make_studio: Make) -> None:
    job = await run(make_studio(), EDIT, taken(plain(40, 30)), words="rotate left")
    assert job.state is State.COMPLETED and made(job).size == (30, 40)
    receipt = job.receipt
    assert receipt["model"] == "local/edit" and receipt["price"]["basis"] == "free"
    assert receipt["sent"]["prompt"] == "rotate left" and "40×30" in receipt["sent"]["pictures"][0]


async def test_instructions_are_done_in_their_order(make_studio: Make) -> None:
    words = "обрежь до квадрата и сделай чёрно-белым"
    image = made(await run(make_studio(), EDIT, taken(plain(40, 30)), words=words))
    assert image.size == (30, 30)
    red, green, blue = image.convert("RGB").split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


async def test_nine_pictures_are_joined(make_studio: Make) -> None:
    nine = [taken(plain(20, 20)) for _ in range(9)]
    words = "put them side by side with a 20 px gap"
    assert made(await run(make_studio(), EDIT, *nine, words=words)).size == (9 * 20 + 8 * 20, 20)


@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("JPEG", {"quality": 80}), ("WEBP", {"lossless": True})]
)
async def test_the_format_stays(make_studio: Make, kind: str, options: dict[str, object]) -> None:
    before = taken(plain(), kind, **options)
    image = made(await run(make_studio(), EDIT, before, words="warmer"))
    assert image.format == kind and image.size == (40, 30)
    if kind == "JPEG":
        assert jpeg_quality(image) == 80, "no better and no worse than it came"


async def test_a_person_is_cut_out_of_a_jpeg_as_png(make_studio: Make) -> None:
    job = await run(make_studio(), EDIT, astronaut(), words="remove the background")
    image = made(job)
    assert image.format == "PNG" and image.mode == "RGBA"
    assert any("edges" in warning for warning in job.warnings)


@pytest.mark.parametrize("model", ["local/edit", "auto"])
async def test_what_is_not_understood_is_refused_whole(make_studio: Make, model: str) -> None:
    session, studio = Session(), make_studio()
    words = "make it warmer and give him a wizard hat"
    asked = asked_for(EDIT, taken(plain()), words=words)
    with pytest.raises(InvalidInput) as caught:
        async for _ in studio.run(EDIT, model, asked, session, Keyring()):
            pass
    error = caught.value
    assert error.created is False and not session.results.history
    assert "“wizard”" in error.message and "warmer" not in error.message
    assert abilities("en")[0] in error.what_now
    for key in ("FAL_KEY", "REPLICATE_API_TOKEN"):
        assert key in error.what_now, "who else could is told, with its key"
    assert not list(studio.folder.rglob("*.*"))


async def test_auto_passes_it_over_when_it_does_not_understand(make_studio: Make) -> None:
    keys, studio = Keyring(operator={"fal": "k"}), make_studio()
    for words, last in (("a wizard hat", False), ("warmer", True)):
        asked = asked_for(EDIT, taken(plain()), words=words)
        ids = [each.model.id for each in studio.plan(EDIT, "auto", asked, keys).candidates]
        assert len(ids) > 1 and (ids[-1] == "local/edit") is last
        assert ("local/edit" in ids) is last


async def test_a_key_that_is_there_is_named_as_ready(make_studio: Make) -> None:
    asked = asked_for(EDIT, taken(plain()), words="a wizard hat")
    with pytest.raises(InvalidInput) as caught:
        make_studio().plan(EDIT, "local/edit", asked, Keyring(operator={"fal": "k"}))
    assert "could: fal/" in caught.value.what_now and "FAL_KEY" not in caught.value.what_now


async def test_only_what_not_to_do_is_nothing_to_do(make_studio: Make) -> None:
    with pytest.raises(InvalidInput, match="nothing to do"):
        await run(make_studio(), EDIT, taken(plain()), words="don't crop", model="local/edit")


@pytest.mark.parametrize(
    ("words", "count", "says"),
    [("remove the background", 1, "no person"), ("warmer", 2, "how to join")],
)
async def test_what_these_pictures_do_not_allow(
    make_studio: Make, words: str, count: int, says: str
) -> None:
    pictures = [taken(plain()) for _ in range(count)]
    with pytest.raises(InvalidInput, match=says) as caught:
        await run(make_studio(), EDIT, *pictures, words=words)
    assert caught.value.created is False and "nothing is charged" in caught.value.what_now


@pytest.mark.parametrize(
    ("words", "language"),
    [("add a hat", "en"), ("добавь шляпу", "ru"), ("додай капелюх із пером", "uk"), ("", "en")],
)
def test_advice_comes_with_examples_of_the_users_language(words: str, language: str) -> None:
    assert language_of(words) == language


def test_the_row_takes_one_to_nine_pictures() -> None:
    model = MODELS["local/edit"]
    assert (model.least_pictures, model.most_pictures, model.words) == (1, 9, "needed")
