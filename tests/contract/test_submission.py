"""What goes wrong while a job is submitted: the right error, one POST, no key in any word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    NotAvailable,
    ProviderFailed,
    RateLimited,
    Refused,
    StudioError,
    TimedOut,
    UnknownOutcome,
)
from studio.jobs import timing
from studio.jobs.job import State
from tests.cloud import Cloud
from tests.contract.play import EVERY_ROW, ONE, PAID, End, check_told, create, shorten

Expected = tuple[type[StudioError], bool | None]

# What an answer to the POST means, wherever a service has no reading of its own.
SUBMIT: dict[int | str, Expected] = {
    400: (InvalidInput, False),
    401: (KeyRefused, False),
    402: (NoCredit, False),
    403: (KeyRefused, False),
    404: (NotAvailable, False),
    408: (UnknownOutcome, None),
    409: (NotAvailable, False),
    422: (InvalidInput, False),
    429: (RateLimited, False),
    500: (UnknownOutcome, None),
    502: (UnknownOutcome, None),
    503: (NotAvailable, False),
    504: (UnknownOutcome, None),
    "cut_before": (UnknownOutcome, None),
    "cut_after": (UnknownOutcome, None),
    "html_200": (UnknownOutcome, None),
    "empty_body": (UnknownOutcome, None),
}
# fal's 403 tells of the balance. Its 422 is moderation, or a field.
OWN: dict[tuple[str, int | str], Expected] = {
    ("fal", 403): (NoCredit, False),
    ("fal", 422): (Refused, None),
}
TABLE = [(who, kind, *OWN.get((who, kind), told)) for who in PAID for kind, told in SUBMIT.items()]
TABLE.remove(("replicate", "cut_after", UnknownOutcome, None))  # found and adopted: test_unknown
STATES = {False: State.NOT_ACCEPTED, True: State.FAILED}
# Replicate can be searched for a job whose submission was never answered; the others cannot.
BLIND = [who for who in PAID if who != "replicate"]

# How accepted jobs end. OpenAI and hf-inference answer when all is over, so there a failure is
# the answer's status, and a refusal comes before anything was made.
ENDS: list[tuple[str, str, dict[str, Any], type[StudioError], bool | None]] = [
    *((who, "failed", {}, ProviderFailed, True) for who in ("fal", "replicate", "wavespeed")),
    *((who, "refusal", {}, Refused, True) for who in ("fal", "replicate", "wavespeed")),
    *((who, "empty_result", {}, Refused, True) for who in ("fal", "replicate", "wavespeed")),
    *((who, "unknown_status", {}, TimedOut, True) for who in ("fal", "replicate", "wavespeed")),
    ("replicate", "aborted", {}, ProviderFailed, True),
    ("fal", "refusal", {"form": "no_media"}, Refused, True),
    ("fal", "refusal", {"form": "nsfw"}, Refused, True),
    ("replicate", "refusal", {"message": "NSFW content detected."}, Refused, True),
    ("openai", "failed", {}, UnknownOutcome, None),
    ("openai", "refusal", {}, Refused, False),
    ("openai", "refusal", {"code": "content_policy_violation"}, Refused, False),
    ("openai", "empty_result", {}, Refused, True),
    ("huggingface", "failed", {}, UnknownOutcome, None),
    ("huggingface", "refusal", {}, Refused, None),
    ("huggingface", "empty_result", {}, ProviderFailed, True),
]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


@pytest.mark.parametrize(("who", "kind", "wanted", "created"), TABLE)
async def test_answer_to_the_post(
    cloud: Cloud, tmp_path: Path, who: str, kind: int | str, wanted: type[StudioError],
    created: bool | None,
) -> None:  # fmt: skip
    cloud.fail(who, "submit", kind)
    end = await create(cloud, tmp_path, ONE[who])
    check_failed(cloud, end, wanted, created)
    if isinstance(kind, int):
        assert end.error and end.error.status == kind
    assert end.job and end.job.state is STATES.get(
        created, State.UNKNOWN if wanted is UnknownOutcome else State.FAILED
    )
    assert end.job.may_be_charged is (created is not False)


@pytest.mark.parametrize("who", PAID)
async def test_a_service_that_never_answers(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    shorten(monkeypatch, ONE[who])
    monkeypatch.setattr(timing, "SUBMIT_SECONDS", 0.4)
    for stage in ("submit", "accepted") if who in BLIND else ("submit",):
        cloud.reset()
        cloud.fail(who, stage, "hang")
        check_failed(cloud, await create(cloud, tmp_path, ONE[who]), UnknownOutcome, None)


@pytest.mark.parametrize(("who", "kind", "details", "wanted", "created"), ENDS)
async def test_how_a_job_ends(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, kind: str,
    details: dict[str, Any], wanted: type[StudioError], created: bool | None,
) -> None:  # fmt: skip
    if kind == "unknown_status":
        shorten(monkeypatch, ONE[who])
    cloud.fail(who, "submit", kind, **details)
    end = await create(cloud, tmp_path, ONE[who])
    check_failed(cloud, end, wanted, created)
    (job,) = cloud.jobs() or [None]
    if created and job:
        marks = {"openai": f"req_{job.id}"}
        assert end.error and end.error.upstream_id == marks.get(who, job.id)


def check_failed(cloud: Cloud, end: End, wanted: type[StudioError], created: bool | None) -> None:
    assert type(end.error) is wanted, repr(end.error)
    assert end.error.created is created
    assert len(cloud.submissions()) == 1 and end.session.results.history == []
    check_told(end.error, cloud.keys)


@pytest.mark.parametrize("name", EVERY_ROW)
@pytest.mark.parametrize("kind", ["cut_after", 429, 502])
async def test_one_create_is_one_post(
    cloud: Cloud, tmp_path: Path, name: str, kind: str | int
) -> None:
    """The trap of the SDKs: a line cut after acceptance, 429, an nginx page. None is re-sent."""
    who = name.partition("/")[0]
    cloud.fail(who, "submit", kind)
    end = await create(cloud, tmp_path, name)
    adopted = who == "replicate" and kind == "cut_after"
    assert (end.error is None) is adopted and len(cloud.submissions()) == 1
    assert len(cloud.jobs()) == (1 if kind == "cut_after" else 0)


@pytest.mark.parametrize("who", BLIND)
async def test_a_cut_after_acceptance_is_one_job(cloud: Cloud, tmp_path: Path, who: str) -> None:
    for kind in ("cut_after", 500, 502, 504, "html_200", "empty_body"):
        cloud.reset()
        cloud.fail(who, "accepted", kind)
        end = await create(cloud, tmp_path, ONE[who])
        check_failed(cloud, end, UnknownOutcome, None)
        assert len(cloud.jobs()) == 1


@pytest.mark.parametrize("who", PAID)
async def test_the_wait_is_told(cloud: Cloud, tmp_path: Path, who: str) -> None:
    cloud.fail(who, "submit", 429, retry_after=17)
    end = await create(cloud, tmp_path, ONE[who])
    assert isinstance(end.error, RateLimited) and end.error.retry_after == 17
    assert "17 s" in end.error.what_now
    check_told(end.error, cloud.keys)


async def test_the_wait_is_told_without_its_header(cloud: Cloud, tmp_path: Path) -> None:
    for who, wanted in (("replicate", 30), ("huggingface", 60), ("fal", None), ("openai", None)):
        cloud.fail(who, "submit", 429)
        end = await create(cloud, tmp_path, ONE[who])
        assert isinstance(end.error, RateLimited) and end.error.retry_after == wanted


@pytest.mark.parametrize("who", PAID)
async def test_a_service_that_quotes_the_key(cloud: Cloud, tmp_path: Path, who: str) -> None:
    key = cloud.keys[who]
    half = len(key) // 2
    for quoted in (key, key[:half], key[half:], f"{key[:half]}…{key[half:]}", f"'{key}'."):
        cloud.fail(who, "submit", 401, detail=f"Incorrect API key: {quoted}")
        end = await create(cloud, tmp_path, ONE[who])
        assert isinstance(end.error, KeyRefused) and "Incorrect API key: " in end.error.message
        check_told(end.error, cloud.keys)


async def test_a_job_that_quotes_the_key(cloud: Cloud, tmp_path: Path) -> None:
    key = cloud.keys["replicate"]
    cloud.fail("replicate", "submit", "failed", message=f"refused token {key[5:]} of {key}")
    end = await create(cloud, tmp_path, ONE["replicate"])
    assert isinstance(end.error, ProviderFailed) and "refused token …" in end.error.message
    check_told(end.error, cloud.keys)


@pytest.mark.parametrize(
    ("who", "status", "details", "wanted"),
    [
        ("openai", 429, {"form": "quota"}, NoCredit),
        ("openai", 400, {"form": "billing"}, NoCredit),
        ("huggingface", 402, {}, NoCredit),
        ("huggingface", 503, {}, NotAvailable),
        ("wavespeed", 400, {"detail": "Insufficient balance."}, NoCredit),
        ("wavespeed", 400, {"detail": "prompt: flagged by moderation"}, Refused),
        ("fal", 422, {"detail": [{"loc": ["body", "seed"], "msg": "no", "type": "x"}]},
         InvalidInput),
        ("fal", 422, {"detail": "not a safety helmet"}, InvalidInput),
        ("replicate", 422, {}, InvalidInput),
        ("huggingface", 422, {"detail": "`enable_safety_checker` must be boolean"}, InvalidInput),
        ("huggingface", 429, {"detail": "moderation endpoint is busy"}, RateLimited),
        ("openai", 500, {"detail": "moderation is down"}, UnknownOutcome),
        ("replicate", 403, {"detail": "nsfw is not for you"}, KeyRefused),
    ],
)  # fmt: skip
async def test_the_status_decides_before_the_words(
    cloud: Cloud, tmp_path: Path, who: str, status: int, details: dict[str, Any],
    wanted: type[StudioError],
) -> None:  # fmt: skip
    cloud.fail(who, "submit", status, **details)
    end = await create(cloud, tmp_path, ONE[who])
    check_failed(cloud, end, wanted, None if wanted in (Refused, UnknownOutcome) else False)


async def test_the_field_is_named(cloud: Cloud, tmp_path: Path) -> None:
    """Where an emulator finds fault with a value, the error names the field."""
    detail = [{"loc": ["body", "seed"], "msg": "no", "type": "x"}]
    cloud.fail("fal", "submit", 422, detail=detail)
    end = await create(cloud, tmp_path, ONE["fal"])
    assert isinstance(end.error, InvalidInput) and end.error.field == "seed"


async def test_a_text_beside_no_picture_is_a_refusal(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("fal", "submit", "refusal", form="text")
    end = await create(cloud, tmp_path, "fal/nano-banana")
    check_failed(cloud, end, Refused, True)
    assert end.error and "I cannot make this picture" in end.error.message


async def test_the_type_a_service_claims_is_not_believed(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("fal", "submit", "wrong_content_type")
    receipt = (await create(cloud, tmp_path, ONE["fal"])).receipt
    assert receipt["images"][0]["format"] == "png"
    assert receipt["images"][0]["name"].endswith(".png")
