"""What a request costs: per picture, per megapixel, by a param, or unknown; to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from providers.catalogue import MODELS
from providers.inputs import InputPicture, Slot
from providers.params import num_images, resolution, scale
from providers.schema import GenerationRequest, Model, Pixels, Price, Task
from studio.money.pricing import count, estimate, megapixels, per_image
from studio.request import check
from tests.loops import for_each
from tests.making import asked_of, in_picture, priced

ROW = Model("fal/x", "X", "x", Task.TEXT_TO_IMAGE, (num_images(10), resolution(("1K", "4K"), "1K")))
LIVE = [model for model in MODELS.values() if model.status.state != "retired"]


def cost(price: Price, **settings: Any) -> Decimal | None:
    return estimate(GenerationRequest(priced(ROW, price), "a fox", settings))


def test_per_image_times_the_number_exactly() -> None:
    price = Price(Decimal("0.039"))
    assert cost(price) == Decimal("0.039")
    assert cost(price, num_images=10) == Decimal("0.390")
    assert cost(Price(Decimal("0.1")), num_images=3) == Decimal("0.3")
    assert isinstance(cost(price, num_images=3), Decimal)


def test_free_is_zero_and_unknown_is_none() -> None:
    assert cost(Price(Decimal(0)), num_images=4) == 0
    assert cost(Price()) is None
    assert cost(Price(Decimal("0.002"), per="second")) is None
    assert cost(Price(Decimal("0.002"), per="token")) is None


@pytest.mark.parametrize(
    ("settings", "usd"),
    [
        ({}, "0.08"),
        ({"resolution": "4K"}, "0.16"),
        ({"resolution": "1K"}, "0.08"),
        ({"resolution": "4K", "num_images": 2}, "0.32"),
        ({"resolution": "3K"}, "0.08"),
    ],
)
def test_by_a_param(settings: dict[str, Any], usd: str) -> None:
    steps = {"1K": Decimal("0.08"), "4K": Decimal("0.16")}
    price = Price(Decimal("0.08"), by="resolution", steps=steps)
    assert cost(price, **settings) == Decimal(usd)


def test_by_a_param_the_model_has_not() -> None:
    price = Price(Decimal("0.08"), by="quality", steps={"high": Decimal(1)})
    assert cost(price) == Decimal("0.08")


@pytest.mark.parametrize(
    ("width", "height", "number"),
    [(1024, 1024, 1), (1025, 1024, 2), (512, 512, 1), (2048, 1024, 2), (2048, 2048, 4)],
)
def test_begun_megapixels_count_whole(width: int, height: int, number: int) -> None:
    settings = {"width": width, "height": height}
    assert megapixels(ROW, settings) == number
    assert cost(Price(Decimal("0.025"), per="megapixel"), **settings) == number * Decimal("0.025")


def test_megapixels_of_the_usual_size() -> None:
    assert megapixels(ROW, {}) == 1
    big = MODELS["fal/seedream-4"]
    assert big.limits.pixels == Pixels(
        512, 8192, 1, (960 * 960, 4096 * 4096), tiers=big.limits.pixels.tiers, default=2048 * 2048
    )
    assert megapixels(big, {}) == 4


def test_the_number_of_pictures() -> None:
    assert count({}) == 1
    assert count({"num_images": 4}) == 4


@for_each(LIVE)
def test_every_row_is_priced_or_unknown(model: Model) -> None:
    request = check(model, asked_of(model)).request
    usd, each = estimate(request), per_image(model, request.settings, request.pictures)
    assert usd == each
    assert (usd is None) == (model.price.usd is None or model.price.per == "second")
    assert usd is None or (isinstance(usd, Decimal) and usd >= 0)
    for step in model.price.steps.values():
        assert isinstance(step, Decimal)


UPSCALER = Model(
    "fal/up", "Up", "up", Task.UPSCALE, (scale(1, 4, 2),), slots=(Slot("picture", "image_url"),)
)


@pytest.mark.parametrize(
    ("per", "size", "settings", "megapixels"),
    [
        ("megapixel", (1024, 1024), {}, 4),
        ("megapixel", (1024, 1024), {"scale": 4}, 16),
        ("megapixel", (1000, 1000), {"scale": 1}, 1),
        ("megapixel", (1025, 1024), {"scale": 1}, 2),
        ("input megapixel", (1025, 1024), {"scale": 4}, 2),
        ("input megapixel", (64, 64), {"scale": 4}, 1),
    ],
)
def test_an_upscale_is_priced_by_its_picture(
    per: Any, size: tuple[int, int], settings: dict[str, Any], megapixels: int
) -> None:
    model = priced(UPSCALER, Price(Decimal("0.03"), per=per))
    picture = InputPicture("picture 1", b"x", "image/png", *size)
    request = GenerationRequest(model, "", settings, (picture,))
    assert estimate(request) == megapixels * Decimal("0.03")


@pytest.mark.parametrize("per", ["megapixel", "input megapixel"])
def test_without_its_picture_an_upscale_has_no_price(per: Any) -> None:
    model = priced(UPSCALER, Price(Decimal("0.03"), per=per))
    assert per_image(model, {}) is None
    assert per_image(model, {}, [in_picture()]) is not None


def test_an_edit_in_a_size_of_its_own_is_priced_by_that() -> None:
    request = GenerationRequest(
        priced(ROW, Price(Decimal("0.01"), per="megapixel")),
        "a fox",
        {"width": 2048, "height": 1024},
        (in_picture(),),
    )
    assert estimate(request) == Decimal("0.02")
