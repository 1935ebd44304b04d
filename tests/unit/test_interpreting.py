"""A picture and its translation as one request: one price, one set of limits, one receipt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from errors import Cancelled, OverBudget, UnknownOutcome
from providers.catalogue import MODELS, PROVIDERS
from providers.schema import Task
from settings import read_settings
from studio.jobs.job import Job
from studio.policy import Policy
from studio.request import UserRequest, read_request
from studio.service import Studio
from studio.session import Session, VisitorLimits
from studio.storage.records import revive
from tests.cloud import Cloud

FOX = "Рыжая лиса в снегу"
SCHNELL, TASK = "fal/flux-schnell", Task.TEXT_TO_IMAGE
PICTURE = Decimal("0.003")


@pytest.fixture
def cloud(shared_cloud: Cloud) -> Iterator[Cloud]:
    shared_cloud.reset()
    yield shared_cloud
    assert shared_cloud.bugs == [] and shared_cloud.leaks() == []


def studio_with(cloud: Cloud, folder: Path, *keys: str, **more: str) -> Studio:
    """A studio with these keys alone."""
    every = cloud.environment()
    bases = {name: url for name, url in every.items() if not name.endswith(("_KEY", "_TOKEN"))}
    return Studio(
        read_settings(PROVIDERS, bases | {key: every[key] for key in keys} | more, None), folder
    )


@pytest.fixture
def studio(cloud: Cloud, tmp_path: Path) -> Studio:
    """One with a translator whose price is known: OpenAI's."""
    return studio_with(cloud, tmp_path, "FAL_KEY", "OPENAI_API_KEY")


async def run(
    studio: Studio, session: Session, asked: UserRequest | str = FOX, name: str = SCHNELL,
    policy: Policy | None = None,
) -> list[Job]:  # fmt: skip
    """Every job that was seen, once each."""
    asked = read_request(asked, {}) if isinstance(asked, str) else asked
    seen: dict[str, Job] = {}
    steps = studio.run(TASK, name, asked, session, studio.keyring(session), policy)
    async with aclosing(steps):
        async for job in steps:
            seen[job.id] = job
    return [*seen.values()]


def posts(cloud: Cloud, chat: bool) -> list[Any]:
    """What was sent to language models, or to others."""
    return [call.body for call in cloud.submissions() if ("messages" in call.body) is chat]


async def test_two_jobs_one_request(cloud: Cloud, studio: Studio) -> None:
    session, keys = Session(), studio.keyring(Session())
    first = await studio.choose(TASK, SCHNELL, read_request(FOX, {}), keys)
    assert first.translator and first.translator.model.id == "openai/gpt-6-luna"
    assert first.whole == PICTURE + (first.translator.price or 0) > PICTURE
    chat, picture = await run(studio, session)
    assert picture.request.prompt == chat.text
    assert picture.user_request.prompt == picture.receipt["asked"]["prompt"] == FOX
    assert picture.receipt["sent"]["prompt"] == chat.text
    told = picture.receipt["translated_by"]
    assert (told["id"], told["usd"]) == (chat.id, chat.receipt["price"]["usd"])
    assert session.spend.total == PICTURE + Decimal(str(told["usd"]))
    assert [each["id"] for each in session.results.history] == [picture.id]
    assert picture.origin.order != chat.origin.order
    record = studio.status(session, picture.id)
    again = revive(record, picture.key)
    assert (again.origin.translated_by, again.request.prompt) == (told, chat.text)


async def test_it_is_known_the_second_time(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    await run(studio, session)
    keys, asked = studio.keyring(session), read_request(FOX, {})
    again = await studio.choose(TASK, SCHNELL, asked, keys, None, session)
    assert again.translator is None and again.whole == PICTURE
    (picture,) = await run(studio, session)
    assert picture.origin.translated_by["repeated"] and len(posts(cloud, chat=True)) == 1


@pytest.mark.parametrize("most", ["0.003", "0.0035"])
async def test_a_price_for_both_that_only_one_fits(cloud: Cloud, studio: Studio, most: str) -> None:
    (picture,) = await run(studio, Session(), policy=Policy(Decimal(most)))
    assert posts(cloud, chat=True) == [] and picture.request.prompt == FOX
    assert any("looks Russian" in text for text in picture.warnings)
    assert any("No model could translate" in text for text in picture.warnings)


@pytest.mark.parametrize("limit", ["budget", "cap"])
async def test_a_limit_that_only_one_fits_stops_both(
    cloud: Cloud, tmp_path: Path, limit: str
) -> None:
    budget = {"EASEL_BUDGET_USD": "0.0032"} if limit == "budget" else {}
    studio = studio_with(cloud, tmp_path, "FAL_KEY", "OPENAI_API_KEY", **budget)
    session = Session(limits=VisitorLimits(cap=Decimal("0.0032") if limit == "cap" else None))
    with pytest.raises(OverBudget, match="no picture was started"):
        await run(studio, session)
    assert cloud.submissions() == [] and session.spend.held == 0
    refused = replace(read_request(FOX, {}), translate=False)
    (picture,) = await run(studio, session, refused)
    assert picture.request.prompt == FOX


async def test_an_unknown_price_is_not_asked_within_limits(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(MODELS, "fal/gemini-3.5-flash-lite")  # the one whose price is known
    studio = studio_with(cloud, tmp_path, "FAL_KEY")
    free, capped = Session(), Session(limits=VisitorLimits(cap=Decimal(1)))
    keys, asked = studio.keyring(free), read_request(FOX, {})
    first = await studio.choose(TASK, SCHNELL, asked, keys, None, free)
    assert first.translator and first.whole is None
    first = await studio.choose(TASK, SCHNELL, asked, keys, Policy(Decimal(1)), free)
    assert first.translator is None
    first = await studio.choose(TASK, SCHNELL, asked, keys, None, capped)
    assert first.translator is None
    assert any("No model could translate" in text for text in first.warnings)


async def test_a_broken_translation_ends_it(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    cloud.fail("openai", "stream", "cut_after")
    with pytest.raises(UnknownOutcome, match="no picture was started") as caught:
        await run(studio, session)
    assert "translate=no" in caught.value.what_now
    assert posts(cloud, chat=False) == [] and len(posts(cloud, chat=True)) == 1
    assert session.spend.unknown == 1 and session.results.history == []


async def test_a_stop_while_it_is_translated(cloud: Cloud, studio: Studio) -> None:
    session, asked = Session(), read_request(FOX, {})
    cloud.pace("openai", delay=0.3)
    steps = studio.run(TASK, SCHNELL, asked, session, studio.keyring(session))
    with pytest.raises(Cancelled):
        async for _ in steps:
            await studio.stop(session)
    await studio.all_over(session)
    assert posts(cloud, chat=False) == [] and session.results.history == []


async def test_auto_asks_who_reads_it(cloud: Cloud, studio: Studio) -> None:
    keys, asked = studio.keyring(Session()), read_request(FOX, {})
    first = await studio.choose(TASK, "auto", asked, keys)
    assert first.checked.read and first.translator is None
    english = await studio.choose(TASK, SCHNELL, read_request("A red fox", {}), keys)
    assert english.translator is None
