"""What a request will cost, from the model's row. Decimal all the way; unknown stays unknown."""

from __future__ import annotations

from decimal import Decimal

from easel.providers.schema import GenerationRequest, Model, Settings

MEGAPIXEL = 1024 * 1024


def estimate(request: GenerationRequest) -> Decimal | None:
    """US dollars for the whole request, or None where the row does not tell."""
    each = per_image(request.model, request.settings)
    return None if each is None else each * count(request.settings)


def per_image(model: Model, settings: Settings) -> Decimal | None:
    """US dollars for one picture, or None where the row does not tell."""
    price = model.price
    if price.usd is None:
        return None
    usd = price.usd
    if price.by:
        param = model.param(price.by)
        value = settings.get(price.by, param.default if param else None)
        usd = price.steps.get(value, usd) if value is not None else usd
    if price.per == "megapixel":
        return usd * megapixels(model, settings)
    return usd if price.per == "image" else None


def megapixels(model: Model, settings: Settings) -> int:
    """Megapixels as providers bill them: begun ones count whole, at least one."""
    limits = model.limits.pixels
    usual = limits.default if limits else MEGAPIXEL
    area = int(settings.get("width", 0)) * int(settings.get("height", 0)) or usual
    return max(1, -(-area // MEGAPIXEL))


def count(settings: Settings) -> int:
    """How many pictures are asked for."""
    return int(settings.get("num_images", 1))
