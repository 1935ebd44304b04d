"""The catalogue as data: what each model takes, costs and reads, and whether it can be had now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from errors import StudioError
from i18n import say
from providers.catalogue import ALIASES, MODELS, provider_of
from providers.schema import Model, Param, Price, Task
from studio.keys import Keyring
from studio.money.quote import age_days, is_old
from studio.routing import Serves, obstacle


async def list_models(
    task: Task | None, keys: Keyring, serves: Serves | None = None
) -> list[dict[str, Any]]:
    """Every row of a task (or of all), with why it cannot be had now.

    With `serves` the network is asked where that decides; without it, only keys and status.
    """
    rows = [model for model in MODELS.values() if task in (None, model.task)]
    why_not = await asyncio.gather(*(_why_not(model, keys, serves) for model in rows))
    return [describe(model, reason) for model, reason in zip(rows, why_not, strict=True)]


def describe(model: Model, why_not: str = "") -> dict[str, Any]:
    """One row as JSON-ready data."""
    return {
        "id": model.id,
        "title": model.title,
        "task": str(model.task),
        "provider": model.provider,
        "aliases": [alias for alias, ids in ALIASES.items() if model.id in ids],
        "available": not why_not,
        "why_not": why_not or None,
        "params": [_param(param) for param in model.params],
        "price": _price(model.price),
        "limits": {**asdict(model.limits), "images": model.most_pictures},
        "prompt": model.words,
        "pictures": [
            {"name": slot.name, "least": slot.least, "most": slot.most} for slot in model.slots
        ],
        "languages": list(model.languages),
        "licence": model.licence,
        "status": _plain(asdict(model.status)),
        "notes": model.notes,
        "source": model.source,
    }


def price_text(price: Price, today: date | None = None) -> str:
    """A price in a few words: "$0.08 per image (4K $0.16), unverified"; an old one with its age."""
    unsure = "" if price.verified else say("studio.price.unsure")
    old = say("studio.price.old", days=age_days(price, today)) if is_old(price, today) else ""
    if price.per == "token" and {"text", "output"} <= price.tokens.keys():
        text_price, written = price.tokens["text"], price.tokens["output"]
        return say("studio.price.tokens", told=text_price, written=written, unsure=unsure, old=old)
    if price.usd is None:
        return say("studio.price.unknown")
    if not price.usd:
        note = price.note
        return say("studio.price.free.note", note=note) if note else say("studio.price.free")
    others = {value: usd for value, usd in price.steps.items() if usd != price.usd}
    steps = ", ".join(say("studio.price.step", value=v, usd=usd) for v, usd in others.items())
    return say(
        "studio.price.each",
        usd=price.usd,
        per=price.per,
        steps=f" ({steps})" if steps else "",
        unsure=unsure,
        old=old,
    )


async def _why_not(model: Model, keys: Keyring, serves: Serves | None) -> str:
    reason = obstacle(model, keys)
    if reason or serves is None:
        return reason
    try:
        return await serves(model, keys.require(provider_of(model)))
    except StudioError as error:
        return str(error)


def _param(param: Param) -> dict[str, Any]:
    shown = ("name", "help", "kind", "default", "minimum", "maximum", "choices", "unverified")
    return _plain({name: getattr(param, name) for name in shown})


def _price(price: Price) -> dict[str, Any]:
    return {**_plain(asdict(price)), "text": price_text(price)}


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """JSON has no Decimal, date or tuple."""
    return {name: _json(value) for name, value in data.items()}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {str(name): _json(each) for name, each in value.items()}
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value.isoformat() if hasattr(value, "isoformat") else value
    return [_json(each) for each in value]
