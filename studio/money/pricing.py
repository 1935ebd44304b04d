"""What a request will cost, from the model's row. Decimal all the way; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from providers.inputs import InputPicture
from providers.schema import GenerationRequest, Model, Price, Settings, Value

MEGAPIXEL = 1024 * 1024
MILLION = Decimal(1_000_000)
NOTHING = Decimal(0)
# Of gpt-image a picture sent is about 1,600 tokens (models-2026-11, section 1.1).
TOKENS_A_PICTURE = 1600
# Sizes above are called experimental by OpenAI, so that no model picks one by itself.
AREA_OF_CHOICE = 2560 * 1440


def estimate(request: GenerationRequest) -> Decimal | None:
    """US dollars for the whole request, or None where the row does not tell. Where tokens are
    paid for, the most it may come to."""
    if request.model.price.per == "token":
        return most_for_tokens(request)
    each = per_image(request.model, request.settings, request.pictures)
    return None if each is None else each * count(request.settings)


def dearest(request: GenerationRequest) -> Decimal | None:
    """The most that a request can come to in US dollars, or None where the row does not tell: what
    is held back until it is known. In the size that a model may pick where none is asked, at the
    dearest of what sources tell, and with the words and pictures that are sent where those are
    billed by tokens."""
    price = request.model.price
    if price.per == "token":
        return most_for_tokens(request)
    each = per_image(request.model, request.settings, request.pictures, AREA_OF_CHOICE)
    if each is None:
        return None
    sent = token_price(request, len(request.pictures) * TOKENS_A_PICTURE)
    return (max(each, price.most or each) + sent) * count(request.settings)


def per_image(
    model: Model,
    settings: Settings,
    pictures: Sequence[InputPicture] = (),
    unsized: int = 0,
) -> Decimal | None:
    """US dollars for one picture made, or None where the row does not tell, or where it depends
    on pictures that are not there yet. `unsized`: the area in pixels to count where none is asked;
    0 for the usual one."""
    price = model.price
    if price.usd is None:
        return None
    usd = price.usd
    if price.by:
        param = model.param(price.by)
        value = settings.get(price.by, param.default if param else None)
        area = int(settings.get("width", 0)) * int(settings.get("height", 0)) or unsized
        usd = _steps(price, area).get(value, usd) if value is not None else usd
    if price.per in ("megapixel", "input megapixel") and model.slots and not pictures:
        return None
    if price.per == "megapixel":
        return usd * megapixels(model, settings, pictures)
    if price.per == "input megapixel":
        return usd * sum(_begun(picture.width * picture.height) for picture in pictures)
    return usd if price.per == "image" else None


def _steps(price: Price, area: int) -> Mapping[Value, Decimal]:
    """The prices by a param's value for a picture of so many pixels; 0 for the usual size."""
    if not area or not price.areas:
        return price.steps
    fitting = [limit for limit in price.areas if area <= limit]
    return price.areas[min(fitting) if fitting else max(price.areas)]


def token_price(request: GenerationRequest, picture_tokens: int = 0) -> Decimal:
    """The most that what is sent may come to in US dollars, where tokens of it are paid for. A
    token is a byte or more, whatever the language and however odd the words."""
    rates, model = request.model.price.tokens, request.model
    instructions = request.brief.told if request.brief else ""
    words = len(f"{instructions}{model.guard}{request.prompt}".encode(errors="replace"))
    sent = rates.get("text", NOTHING) * words + rates.get("image", NOTHING) * picture_tokens
    return sent / MILLION


def most_for_tokens(request: GenerationRequest) -> Decimal | None:
    """US dollars for the words that go in and the longest answer allowed; None where the row does
    not tell, and with pictures, whose tokens nobody tells before."""
    rates, brief = request.model.price.tokens, request.brief
    if brief is None or request.pictures or not {"text", "output"} <= rates.keys():
        return None
    return token_price(request) + rates["output"] * brief.most_tokens / MILLION


def megapixels(model: Model, settings: Settings, pictures: Sequence[InputPicture] = ()) -> int:
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
