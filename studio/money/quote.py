"""The price before the click, with where it comes from and how old it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from providers.catalogue import provider_of
from providers.schema import Price
from studio.money.pricing import count, per_image
from studio.policy import Policy
from studio.retired_models import ending
from studio.routing import Candidate

OLD_DAYS = 90


def quote(candidate: Candidate, policy: Policy, *, pinned: bool) -> dict[str, Any]:
    """What a request would cost, as JSON-ready data; unknown is null, never 0.

    `usd` is for all of it, a `translation` included, which stands there where one is needed;
    `max_price`: the most that Auto may come to when it has to go on to another model.
    """
    model, request = candidate.model, candidate.checked.request
    settings, price = request.settings, model.price
    each = per_image(model, settings, request.pictures)
    ceiling = policy.max_price if pinned else policy.ceiling(candidate.whole)
    return {
        "model": model.id,
        "title": model.title,
        "provider": provider_of(model).title,
        "key": candidate.key.owner,
        "usd": None if candidate.whole is None else float(candidate.whole),
        "each_usd": None if each is None else float(each),
        "num_images": count(settings) * candidate.times,
        "basis": _basis(candidate.whole),
        "verified": price.verified,
        "source": price.source,
        "checked": price.checked.isoformat() if price.checked else None,
        "age_days": age_days(price),
        "note": price.note,
        **_translation(candidate.translator),
        "max_price": None if ceiling is None else float(ceiling),
        "warnings": [each for each in (ending(model), *candidate.warnings) if each],
    }


def _translation(translator: Candidate | None) -> dict[str, Any]:
    """Who would translate the prompt first, and the most that may come to."""
    if translator is None:
        return {}
    row = translator.model
    translation = {
        "model": row.id,
        "title": row.title,
        "provider": provider_of(row).title,
        "key": translator.key.owner,
        "usd": None if translator.price is None else float(translator.price),
        "basis": _basis(translator.price),
        "verified": row.price.verified,
    }
    return {"translation": translation}


def _basis(price: Decimal | None) -> str:
    if price is None:
        return "unknown"
    return "estimate" if price else "free"


def age_days(price: Price, today: date | None = None) -> int | None:
    """Days since the price was read; None where no date is known."""
    return None if price.checked is None else ((today or date.today()) - price.checked).days


def is_old(price: Price, today: date | None = None) -> bool:
    """Whether a price is so old that its age must be said."""
    age = age_days(price, today)
    return age is not None and age > OLD_DAYS
