"""What a request will cost, from the model's row. Decimal all the way; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from easel.providers.brief import LETTERS_A_TOKEN
from easel.providers.inputs import InPicture
from easel.providers.schema import GenerationRequest, Model, Settings

MEGAPIXEL = 1024 * 1024
MILLION = Decimal(1_000_000)


def estimate(request: GenerationRequest) -> Decimal | None:
    """US dollars for the whole request, or None where the row does not tell. Where tokens are
    paid for, the most it may come to."""
    if request.model.price.per == "token":
        return most_for_tokens(request)
    each = per_image(request.model, request.settings, request.pictures)
    return None if each is None else each * count(request.settings)


def per_image(
    model: Model, settings: Settings, pictures: Sequence[InPicture] = ()
) -> Decimal | None:
    """US dollars for one picture made, or None where the row does not tell, or where it depends
    on pictures that are not there yet."""
    price = model.price
    if price.usd is None:
        return None
    usd = price.usd
    if price.by:
        param = model.param(price.by)
        value = settings.get(price.by, param.default if param else None)
        usd = price.steps.get(value, usd) if value is not None else usd
    if price.per in ("megapixel", "input megapixel") and model.slots and not pictures:
        return None
    if price.per == "megapixel":
        return usd * megapixels(model, settings, pictures)
    if price.per == "input megapixel":
        return usd * sum(_begun(picture.width * picture.height) for picture in pictures)
    return usd if price.per == "image" else None


def most_for_tokens(request: GenerationRequest) -> Decimal | None:
    """US dollars for the words that go in and the longest answer allowed; None where the row does
    not tell, and with pictures, whose tokens nobody tells before."""
    rates, brief = request.model.price.tokens, request.brief
    if brief is None or request.pictures or not {"text", "output"} <= rates.keys():
        return None
    told = -(-(len(brief.told) + len(request.prompt)) // LETTERS_A_TOKEN)
    return (rates["text"] * told + rates["output"] * brief.most_tokens) / MILLION


def megapixels(model: Model, settings: Settings, pictures: Sequence[InPicture] = ()) -> int:
    """Megapixels made, as providers bill them: begun ones count whole, at least one.

    A picture that is changed keeps its size, times the square of the scale.
    """
    area = int(settings.get("width", 0)) * int(settings.get("height", 0))
    if not area and pictures:
        scale = model.param("scale")
        times = settings.get("scale", scale.default if scale else None) or 1
        area = pictures[0].width * pictures[0].height * int(times) ** 2
    limits = model.limits.pixels
    return _begun(area or (limits.default if limits else MEGAPIXEL))


def _begun(area: int) -> int:
    return max(1, -(-area // MEGAPIXEL))


def count(settings: Settings) -> int:
    """How many pictures are asked for."""
    return int(settings.get("num_images", 1))
