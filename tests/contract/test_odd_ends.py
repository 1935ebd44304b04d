"""Jobs that end well and are told of oddly: who paid has his picture, and hears what was odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import ResultLost, UnknownOutcome
from providers.fal import adapter as fal
from providers.http import bounds
from providers.http.bounds import Bounds
from providers.replicate import adapter as replicate
from providers.schema import Handle, Queued, Running
from providers.wavespeed import adapter as wavespeed
from studio.jobs import timing
from studio.jobs.job import State
from tests.cloud import Cloud
from tests.cloud.bending import ELSEWHERE
from tests.contract.play import ONE, check_told, create

ASKED = ("fal", "replicate", "wavespeed")


async def test_no_more_addresses_are_asked_than_pictures(cloud: Cloud, tmp_path: Path) -> None:
    """Of a thousand: those asked for, and a word about the others."""
    for who in ASKED:
        for count in (1, 2):
            if count == 2 and who == "wavespeed":
                continue
            cloud.reset()
            cloud.pace(who, queue=1, steps=1, delay=0)
            cloud.fail(who, "accepted", "many")
            end = await create(cloud, tmp_path, ONE[who], {"num_images": count})
            assert len(end.receipt["images"]) == count
            fetched = [call for call in cloud.calls if call.stage == "fetch"]
            assert len(fetched) == count, who
            (told,) = [said for said in end.receipt["warnings"] if "1000" in said]
            assert "not fetched" in told


async def test_a_key_goes_to_no_other_host(cloud: Cloud, tmp_path: Path) -> None:
    """The answer's own addresses lead elsewhere; what is asked for is what is documented."""
    for who in ASKED:
        cloud.fail(who, "accepted", "foreign_url")
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1
    assert not [call for call in cloud.calls if call.path.startswith(ELSEWHERE)]


async def test_a_redirect_takes_the_key_nowhere(cloud: Cloud, tmp_path: Path) -> None:
    to = f"http://localhost:{cloud.port}{ELSEWHERE}"
    for who in ASKED:
        cloud.fail(who, "poll", "redirect", 2, location=to)
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1
    assert not [call for call in cloud.calls if call.path.startswith(ELSEWHERE)]


async def test_odd_values_harm_nothing(cloud: Cloud, tmp_path: Path) -> None:
    for who in ASKED:
        cloud.fail(who, "accepted", "odd_values")
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1
        assert end.receipt["seed"] is None or 0 <= end.receipt["seed"] < 2**32


async def test_a_black_picture_is_kept_and_told(cloud: Cloud, tmp_path: Path) -> None:
    for who in ASKED:
        cloud.fail(who, "accepted", "black")
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1
        assert any("all black" in said for said in end.receipt["warnings"])
        good = await create(cloud, tmp_path, ONE[who])
        assert not any("all black" in said for said in good.receipt["warnings"])


async def test_twenty_megabytes_about_a_job_are_asked_for_again(
    cloud: Cloud, tmp_path: Path
) -> None:
    for who in ASKED:
        cloud.fail(who, "poll", "oversized", 2)
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1


async def test_an_answer_that_drips_is_asked_for_again(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte after the other held a place for 260 s."""
    monkeypatch.setattr(bounds, "STATUS", Bounds(bounds.ANSWER_BYTES, 1.0))
    monkeypatch.setattr(replicate, "bounds", lambda *_: bounds.STATUS.mark)
    for who in ASKED:
        cloud.fail(who, "poll", "drip")
        end = await create(cloud, tmp_path, ONE[who])
        assert len(end.receipt["images"]) == 1


async def test_a_submission_that_is_answered_so_has_an_unknown_outcome(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SUBMIT", Bounds(bounds.ANSWER_BYTES, 1.0))
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01,))
    for who in ("fal", "wavespeed"):
        for kind in ("drip", "oversized", "redirect"):
            before = len(cloud.submissions())
            cloud.fail(who, "accepted", kind)
            end = await create(cloud, tmp_path, ONE[who])
            assert isinstance(end.error, UnknownOutcome), (who, kind, end.error)
            assert len(cloud.submissions()) == before + 1
            assert end.job and end.job.state is State.UNKNOWN
            check_told(end.error, cloud.keys)


def test_ids_that_lead_elsewhere_are_none() -> None:
    """In the path of a question an id of dots and slashes would be another question."""
    odd = ("", " ", ".", "..", "../account", "a/../../b", "a/b", "a?b", "a#b", "a b", "a\\b",
           "x" * 201, "x" * 10_000, "\x00", "ü", {"id": 1}, ["1"], None, True, 1.5,
           10**400)  # fmt: skip
    for value in odd:
        lost = replicate.images({"id": value, "output": ["https://files.example/1.png"]})
        assert lost.upstream_id == "", value
        assert wavespeed.job_id(value) == "" == fal.job_id(value)
    for good in ("r8x1c0", "1", 7, "a1b2-c3", "b8e4_f:x", "x" * 200):
        assert fal.job_id(good) == str(good)


def test_states_nobody_knows_are_shown_in_the_service_s_own_word() -> None:
    for read in (replicate.status, wavespeed.status):
        assert read({"status": "processing"}) in (Running(), Running("processing"))
        for odd, word in (("paused", "paused"), (None, "?"), (["x"], "?"), ("", "?"),
                          ("x" * 900, "x" * 40), ("a\x1b[2J\nb", "a[2J b")):  # fmt: skip
            found = read({"status": odd})
            assert isinstance(found, Running) and found.unknown == word, (read, odd)


def test_places_in_a_queue_are_counted_from_nought() -> None:
    table = ((0, 0), (3, 3), (-1, None), (True, None), (10**400, None), ("3", None), (2.5, None))
    for given, wanted in table:
        assert fal.progress(fal.InQueue(given)) == Queued(wanted)  # type: ignore[arg-type]


def test_pictures_in_odd_places_end_in_a_sentence() -> None:
    handle = Handle("1")
    for odd in (None, [], {}, "", [[]], [[{"url": "https://files.example/1.png"}]], [None], [{}],
                [{"url": {"href": "x"}}], [{"url": None}], [7], "x", 7, True):  # fmt: skip
        for read in (
            lambda odd=odd: fal.images({"images": odd}, handle),
            lambda odd=odd: wavespeed.images({"id": "1", "outputs": odd}),
            lambda odd=odd: replicate.images({"id": "1", "output": odd}),
        ):
            try:
                found = read()
            except (ResultLost, fal.Refused) as error:
                assert error.created is True and error.message.endswith(".")
            else:
                assert all(it.url for it in found.pictures), odd
