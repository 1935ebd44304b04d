"""What a service tells a job cost, and how the session's spend is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from errors import OverBudget, ProviderFailed
from providers.catalogue import MODELS
from providers.http.json_reading import told_price
from providers.openai import adapter as openai
from providers.replicate import adapter as replicate
from providers.schema import Price, Task
from studio.money.charges import believe
from studio.money.spend import Spend
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from tests.making import Bench, fake_job
from ui import cards
from ui.visitors import Visitors

D = Decimal
PRICE = MODELS["openai/gpt-image-2"].price
USAGE = {
    "input_tokens": 1300,
    "input_tokens_details": {"text_tokens": 300, "image_tokens": 1000},
    "output_tokens": 4160,
}


def test_usage_in_dollars() -> None:
    # 300 x $5 + 1000 x $8 + 4160 x $30, each per million
    assert openai.charged({"usage": USAGE}, PRICE) == D("0.1343")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"usage": None},
        {"usage": {**USAGE, "output_tokens": "many"}},
        {"usage": {**USAGE, "output_tokens": -1}},
        {"usage": {**USAGE, "output_tokens": float("inf")}},
        {"usage": {"input_tokens": 1300, "output_tokens": 4160}},
    ],
)
def test_usage_that_cannot_be_read_is_no_charge(body: dict[str, Any]) -> None:
    assert openai.charged(body, PRICE) is None
    assert openai.charged({"usage": USAGE}, replace(PRICE, tokens={})) is None


def test_seconds_in_dollars() -> None:
    body = {"metrics": {"predict_time": 2.5}}
    by_second = Price(D("0.000725"), per="second")
    assert replicate.charged(body, by_second) == D("0.0018125")
    assert replicate.charged(body, Price(D("0.03"))) is None
    assert replicate.charged({"metrics": {}}, by_second) is None


def spent(**amounts: Any) -> str:
    session = Session()
    session.spend = Spend(**amounts)
    return cards.spend(session)


def test_the_spend_in_sight() -> None:
    assert "<b>$0.00</b>" in spent()
    assert "<b>about $0.156</b>" in spent(estimated=D("0.156"))
    assert "<b>$0.02 charged + about $0.156</b>" in spent(estimated=D("0.156"), actual=D("0.02"))
    unknown = {job.id: job for job in (fake_job(), fake_job())}
    assert "<b>about $0.01 + 2 unknown</b>" in spent(estimated=D("0.01"), open=unknown)


def test_a_failure_says_what_it_costs() -> None:
    error = ProviderFailed("It failed.", provider="fal")
    assert "It is not known whether this was charged" in cards.failed(error, "unknown")
    assert "Nothing was charged." in cards.failed(error, "not_charged")
    assert "charged" not in cards.failed(error, "free").replace(error.what_now, "")


async def test_callers_without_a_session_share_one_budget(
    bench: Bench, make_studio: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio: Studio = make_studio(budget=D("0.06"), keys={"fal": "key"})
    visitors = Visitors(studio, tmp_path)
    bench.finish.set()

    async def call(session_hash: str | None) -> None:
        session = Session()
        visitors.meet(session_hash, session)
        keys, asked = studio.keyring(session), read_request("a fox", {})
        async for _ in studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", asked, session, keys):
            pass

    await call(None)
    await call(None)
    with pytest.raises(OverBudget, match="is left for you"):
        await call(None)
    await call("a browser's own")
    monkeypatch.setattr("ui.visitors.DAY_SECONDS", -1.0)  # the next day
    await call(None)


def test_what_a_service_says_is_believed_within_reason() -> None:
    """Whatever it says, the job counts something sound, and what is odd is told."""
    for price, told, charged, note in (
        ("0.10", None, None, ""),
        ("0.10", "0", "0", ""),
        ("0.10", "0.07", "0.07", ""),
        ("0.10", "1.00", "1.00", ""),
        (
            "0.10",
            "1.01",
            None,
            "says that this cost $1.01, which cannot be right; $0.10 is counted.",
        ),
        ("0.10", "-0.01", None, "$-0.01"),
        ("0.10", "NaN", None, "no amount"),
        ("0.10", "sNaN", None, "no amount"),
        ("0.10", "Infinity", None, "no amount"),
        ("0.10", "1e400", None, "$1e+400"),
        ("0", "5", None, "$0 is counted"),
        (None, "1.36", "1.36", ""),
        (None, "1e400", None, "the real cost is unknown"),
    ):
        job = fake_job(price)
        believe(job, None if told is None else D(told))
        assert job.money.charged == (None if charged is None else D(charged)), (price, told)
        assert bool(job.warnings) is bool(note), (price, told)
        assert note in "".join(job.warnings)


@pytest.mark.parametrize("odd", [-1, "0.03", True, float("nan"), float("inf"), [], {}, ""])
def test_a_price_that_is_none_is_not_a_number(odd: object) -> None:
    told = told_price(odd)
    assert told is not None
    assert told.is_nan()
    assert told_price(None) is None
    assert told_price(10**400).is_nan()
