"""The catalogue as data: every row, ready for JSON, with what is missing."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from errors import NotAvailable
from providers.catalogue import ALIASES, MODELS, PROVIDERS, provider_of
from providers.schema import Model, Price, Task
from studio.keys import Key, Keyring
from studio.model_listing import describe, list_models, price_text
from tests.loops import for_each

EVERY = Keyring(operator={it.name: "key" for it in PROVIDERS if it.needs_key})
FIELDS = {
    "id", "title", "task", "provider", "aliases", "available", "why_not", "params", "price",
    "limits", "prompt", "pictures", "languages", "licence", "status", "notes", "source",
}  # fmt: skip
PARAM_FIELDS = {
    "name", "help", "kind", "default", "minimum", "maximum", "choices", "unverified"
}  # fmt: skip


@for_each(MODELS.values())
def test_every_row_is_json(model: Model) -> None:
    row = describe(model, "because")
    again = json.loads(json.dumps(row, allow_nan=False))
    assert set(again) == FIELDS
    assert (again["id"], again["available"], again["why_not"]) == (model.id, False, "because")
    assert [param["name"] for param in again["params"]] == [param.name for param in model.params]
    assert all(set(param) == PARAM_FIELDS for param in again["params"])
    assert all(model.id in ALIASES[alias] for alias in again["aliases"])
    assert again["price"]["text"]
    if model.price.usd is None:
        assert again["price"]["usd"] is None
    if model.status.until:
        assert date.fromisoformat(again["status"]["until"]) == model.status.until


async def test_all_rows_in_catalogue_order() -> None:
    rows = await list_models(None, EVERY)
    assert [row["id"] for row in rows] == list(MODELS)
    for row in rows:
        gone = row["status"]["state"] == "retired"
        assert row["available"] is not gone
        assert (row["why_not"] is None) is not gone


async def test_by_task() -> None:
    (text,) = await list_models(Task.TEXT_OVERLAY, EVERY)
    assert text["id"] == "local/text"
    rows = await list_models(Task.TEXT_TO_IMAGE, EVERY)
    assert {row["task"] for row in rows} == {"text-to-image"}


async def test_without_keys_each_row_says_what_to_set() -> None:
    for row in await list_models(None, Keyring()):
        model = MODELS[row["id"]]
        if not provider_of(model).needs_key:
            assert row["available"]
        elif row["status"]["state"] != "retired":
            assert provider_of(model).key_names[0] in row["why_not"]


async def test_the_network_is_asked_only_where_keys_allow() -> None:
    asked = []

    async def serves(model: Model, key: Key) -> str:
        asked.append(model.id)
        if model.id == "fal/flux-dev":
            raise NotAvailable("Down.", advice="Wait.")
        return "Nobody serves it." if model.id == "fal/flux-schnell" else ""

    keys = Keyring(operator={"fal": "k"})
    rows = {row["id"]: row for row in await list_models(None, keys, serves)}
    assert {provider_of(MODELS[each]).name for each in asked} == {"fal", "local"}
    assert rows["fal/flux-dev"]["why_not"] == "Down. Wait."
    assert rows["fal/flux-schnell"]["why_not"] == "Nobody serves it."
    assert rows["fal/seedream-4"]["available"]


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (Price(), "unknown"),
        (Price(Decimal(0)), "free"),
        (Price(Decimal(0), note="with PRO"), "free, with PRO"),
        (Price(Decimal("0.03")), "$0.03 per image"),
        (Price(Decimal("0.025"), per="megapixel"), "$0.025 per megapixel"),
        (Price(Decimal("0.03"), verified=False), "$0.03 per image, unverified"),
        (
            Price(
                Decimal("0.08"),
                by="resolution",
                steps={"1K": Decimal("0.08"), "4K": Decimal("0.16")},
            ),
            "$0.08 per image (4K $0.16)",
        ),
    ],
)
def test_prices_in_words(price: Price, text: str) -> None:
    assert price_text(price) == text


def test_an_old_price_tells_its_age() -> None:
    price = Price(Decimal("0.03"), checked=date(2026, 11, 21))
    assert price_text(price, date(2027, 2, 19)) == "$0.03 per image"
    assert price_text(price, date(2027, 2, 20)) == "$0.03 per image, read 91 days ago"


def test_no_key_in_a_listing() -> None:
    rows: Any = [describe(model) for model in MODELS.values()]
    assert "operators" not in json.dumps(rows)
