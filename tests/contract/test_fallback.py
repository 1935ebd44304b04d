"""Auto goes on to another service only after proof, never dearer than allowed, and tells it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from errors import (
    Cancelled,
    InvalidInput,
    KeyRefused,
    OverBudget,
    RateLimited,
    Refused,
    StudioError,
)
from providers.catalogue import MODELS
from providers.schema import Price
from studio.jobs import timing
from studio.jobs.job import State
from studio.policy import Policy
from tests.cloud import Cloud
from tests.contract.auto import Play, tries
from ui.results import cards

FREE, SKETCH = Decimal(0), "local/sketch"
FAL, REPLICATE = "fal/flux-schnell", "replicate/flux-schnell"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


@pytest.fixture
def play(cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """fal first, then Replicate: their prices are told apart by a hair."""
    dearer = replace(MODELS[REPLICATE].price, usd=Decimal("0.0031"))
    monkeypatch.setitem(MODELS, REPLICATE, replace(MODELS[REPLICATE], price=dearer))
    return Play(cloud, tmp_path, ("fal", "replicate"))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(401, "key_refused"), (402, "no_credit"), (403, "no_credit"), (404, "not_available"),
     (429, "rate_limited"), (409, "not_available"), (503, "not_available")],
)  # fmt: skip
async def test_after_proof_the_next_is_asked(
    play: Play, cloud: Cloud, kind: int, reason: str
) -> None:
    cloud.fail("fal", "submit", kind)
    receipt = await play.ask()
    told = tries(receipt)
    assert told[0] == (FAL, "not_accepted", reason)
    posts = play.posts()
    assert posts[0] == "fal" and len(cloud.jobs()) == 1
    assert told[-1] == (receipt["model"], "completed", None) and receipt["model"] != FAL
    story = cards.story(receipt)
    assert story.startswith("fal: ") and " → " in story
    assert story.endswith(f"{receipt['title']} · {receipt['provider']}, {cards.price(receipt)}")
    assert story in unescape(cards.caption(receipt))
    assert play.status(receipt["id"])["attempts"] == receipt["attempts"]
    assert {each["order"] for each in play.session.results.history} == {receipt["order"]}


@pytest.mark.parametrize(
    ("stage", "kind", "wanted"),
    [
        ("submit", 400, InvalidInput),
        ("submit", 422, StudioError),
        ("submit", "cut_after", StudioError),
        ("submit", "cut_before", StudioError),
        ("submit", 500, StudioError),
        ("submit", 502, StudioError),
        ("submit", 504, StudioError),
        ("submit", "html_200", StudioError),
        ("submit", "refusal", Refused),
        ("submit", "empty_result", Refused),
        ("accepted", "failed", StudioError),
        ("accepted", "cut_after", StudioError),
        ("poll", 401, KeyRefused),
        ("fetch", 404, StudioError),
    ],
)
async def test_without_proof_nobody_else_is_asked(
    cloud: Cloud, tmp_path: Path, stage: str, kind: int | str, wanted: type[StudioError]
) -> None:
    """WaveSpeed has no search; what it charges for a failed job it gives back hours later."""
    services = ("wavespeed", "openai") if stage != "submit" or kind != 422 else ("fal", "openai")
    play = Play(cloud, tmp_path, services)
    cloud.fail(services[0], stage, kind)
    policy = Policy(max_price=Decimal(10), patience=60.0)
    assert await play.ask(policy=policy) == {}
    assert (isinstance(play.error, wanted) and play.error.created is not False) or kind == 400
    assert play.posts() == [services[0]]
    assert play.error and play.status(play.error.job_id)["state"] in (
        "unknown", "failed", "not_accepted")  # fmt: skip


async def test_the_provider_documents_the_failure_as_free(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "accepted", "failed")
    receipt = await play.ask()
    if play.error is None:
        assert tries(receipt)[0] == (FAL, "failed", "provider_failed")
        assert play.session.spend.unknown == 0
    assert play.session.spend.estimated == Decimal(str(receipt["price"]["usd"]))


async def test_stopped_nobody_else_is_asked(play: Play, cloud: Cloud) -> None:
    cloud.pace("fal", queue=10_000)
    task = asyncio.create_task(play.ask())
    async with asyncio.timeout(5):
        while not cloud.jobs():
            await asyncio.sleep(0.01)
    await play.studio.stop(play.session)
    await task
    assert isinstance(play.error, Cancelled)
    assert play.posts() == ["fal"] and cloud.jobs("fal")[0].cancelled


async def test_pinned_tries_nothing_else(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "submit", 503)
    await play.ask(FAL)
    assert play.error and play.posts() == ["fal"]
    with_limit = Policy(max_price=Decimal("0.002"))
    await play.ask(FAL, with_limit)
    assert isinstance(play.error, OverBudget) and play.posts() == ["fal"]
    assert (await play.ask(FAL))["model"] == FAL, "only Auto heeds a rest"


async def test_the_sketch_comes_last_and_says_so(play: Play, cloud: Cloud) -> None:
    for name in ("fal", "replicate"):
        cloud.fail(name, "submit", 402)
    receipt = await play.ask()
    told = tries(receipt)
    assert told[-1] == (SKETCH, "completed", None)
    assert [model for model, _, _ in told[:2]] == [FAL, REPLICATE]
    assert any("placeholder" in warning for warning in receipt["warnings"])
    assert receipt["price"]["basis"] == "free"
    assert play.posts() == ["fal", "replicate"]


async def test_free_only(play: Play) -> None:
    receipt = await play.ask(policy=Policy(max_price=FREE))
    assert receipt["model"] == SKETCH and play.posts() == []
    assert all(outcome == "skipped" for _, outcome, _ in tries(receipt)[:-1])


async def test_a_free_model_goes_first_and_a_dear_one_is_not_reached(
    cloud: Cloud, tmp_path: Path
) -> None:
    play = Play(cloud, tmp_path, ("huggingface", "openai"))
    cloud.fail("huggingface", "submit", 402)
    receipt = await play.ask()
    assert receipt["model"] == SKETCH, "$0.211 is over the usual ceiling of $0.05"
    assert play.posts() == ["huggingface"]
    dear = {each["model"]: each["message"] for each in receipt["attempts"]}["openai/gpt-image-2"]
    assert dear == "it would cost $0.211, and at most $0.05 is allowed."
    assert (await play.ask(policy=Policy(max_price=Decimal(1))))["model"] == "openai/gpt-image-2"


async def test_an_unknown_price_is_never_under_a_ceiling(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, model in list(MODELS.items()):
        if model.provider in ("fal", "replicate"):
            monkeypatch.setitem(MODELS, name, replace(model, price=Price()))
    receipt = await play.ask(policy=Policy(max_price=Decimal(100)))
    assert receipt["model"] == SKETCH and play.posts() == []
    await play.ask(FAL, Policy(max_price=Decimal(100)))
    assert isinstance(play.error, OverBudget) and play.posts() == []


@pytest.mark.parametrize("wait", [0, 1])
async def test_patience_asks_the_same_once_more(play: Play, cloud: Cloud, wait: int) -> None:
    cloud.fail("fal", "submit", 429, retry_after=wait)
    receipt = await play.ask(policy=Policy(patience=2.0))
    assert [told[:2] for told in tries(receipt)] == [(FAL, "not_accepted"), (FAL, "completed")]
    assert play.posts() == ["fal", "fal"] and len(cloud.jobs()) == 1
    assert play.session.spend.estimated == Decimal("0.003")


async def test_patience_ends(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "submit", 429, retry_after=0, times=2)
    cloud.fail("replicate", "submit", 429, retry_after=3)
    receipt = await play.ask(policy=Policy(patience=2.0))
    assert play.posts() == ["fal", "fal", "replicate"]
    assert receipt["model"] == SKETCH


async def test_a_rest_is_heeded_and_told(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "submit", 402)
    await play.ask()
    receipt = await play.ask()
    first = receipt["attempts"][0]
    assert (first["model"], first["outcome"]) == (FAL, "skipped")
    assert "It is paused until" in first["message"]
    assert play.posts() == ["fal", "replicate", "replicate"]
    play.session.keys["fal"] = "another-key"
    cloud.add_key("fal", "another-key")
    assert (await play.ask())["model"] == FAL, "another user's key is not affected"


async def test_a_refused_key_rests_until_another_is_set(play: Play, cloud: Cloud) -> None:
    play.session.keys["fal"] = "wrong-key"
    assert (await play.ask())["model"] == REPLICATE
    receipt = await play.ask()
    assert "Another key is needed" in receipt["attempts"][0]["message"]
    assert play.posts().count("fal") == 1
    del play.session.keys["fal"]
    assert (await play.ask())["model"] == FAL


async def test_over_the_budget_the_free_ones_are_left(play: Play, cloud: Cloud) -> None:
    play.session.limits.cap = Decimal("0.001")
    receipt = await play.ask()
    assert receipt["model"] == SKETCH and play.posts() == []
    assert receipt["attempts"][0]["kind"] == "over_budget"
    await play.ask(FAL)
    assert isinstance(play.error, OverBudget) and play.error.job_id == ""


async def test_every_try_is_a_job_of_its_own_in_one_order(play: Play, cloud: Cloud) -> None:
    cloud.fail("fal", "submit", 429)
    seen = []
    save = play.studio.store.save
    play.studio.store.save = lambda owner, record: (seen.append(record), save(owner, record))  # type: ignore[method-assign,assignment,func-returns-value]
    receipt = await play.ask()
    assert len({record["id"] for record in seen}) == 2
    assert {record["order"] for record in seen} == {receipt["order"]}
    failed = next(record for record in seen if record["state"] == State.NOT_ACCEPTED)
    assert failed["price"]["basis"] == "not_charged" and failed["error"]["status"] == 429
    assert isinstance(play.error, RateLimited | None)
