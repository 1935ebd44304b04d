"""The price before the click: its basis, its age, and the most that Auto may come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from providers.catalogue import MODELS
from providers.schema import Price
from studio.keys import Key
from studio.money.pricing import estimate
from studio.money.quote import OLD_DAYS, age_days, is_old, quote
from studio.policy import Policy
from studio.request import check, read_request
from studio.routing import Candidate

TODAY = date(2026, 11, 21)


def candidate(price: Price, number: int = 1) -> Candidate:
    model = replace(MODELS["fal/flux-dev"], price=price)
    checked = check(model, read_request("a fox", {"num_images": number}))
    return Candidate(checked, Key("secret", "user"), estimate(checked.request))


@pytest.mark.parametrize(
    ("days", "old"), [(0, False), (OLD_DAYS - 1, False), (90, False), (91, True), (400, True)]
)
def test_age(days: int, old: bool) -> None:
    price = Price(usd=Decimal("0.1"), checked=TODAY - timedelta(days))
    assert (age_days(price, TODAY), is_old(price, TODAY)) == (days, old)


def test_no_date_no_age() -> None:
    assert age_days(Price(usd=Decimal(1)), TODAY) is None and not is_old(Price(), TODAY)


@pytest.mark.parametrize(
    ("usd", "number", "total", "basis", "most"),
    [
        ("0.039", 4, 0.156, "estimate", 0.312),
        ("0.003", 1, 0.003, "estimate", 0.05),
        ("0", 4, 0.0, "free", 0.05),
        (None, 2, None, "unknown", 0.05),
    ],
)
def test_in_auto(
    usd: str | None, number: int, total: float | None, basis: str, most: float
) -> None:
    found = candidate(Price(usd=None if usd is None else Decimal(usd)), number)
    told = quote(found, Policy(), pinned=False)
    assert (told["usd"], told["basis"], told["max_price"]) == (total, basis, most)
    assert told["num_images"] == number
    assert told["each_usd"] == (None if usd is None else float(usd))
    assert told["key"] == "user" and "secret" not in str(told)


def test_named_or_with_a_limit_of_ones_own() -> None:
    found = candidate(Price(usd=Decimal("0.1")))
    assert quote(found, Policy(), pinned=True)["max_price"] is None
    for pinned in (True, False):
        assert quote(found, Policy(max_price=Decimal("0.2")), pinned=pinned)["max_price"] == 0.2
        assert quote(found, Policy(max_price=Decimal(0)), pinned=pinned)["max_price"] == 0.0
