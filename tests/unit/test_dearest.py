"""What is held back before a job is sent is never below what the facts say it can cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from errors import InvalidInput
from providers.brief import Brief
from providers.catalogue import MODELS
from providers.schema import GenerationRequest, Model
from studio.money.pricing import count, dearest, estimate
from studio.request import check
from tests.making import asked_of, in_picture

D = Decimal
# GPT Image 2 by quality and size (facts of 2026-11-30, section 1.1): 1024x768, 1024x1024,
# 1024x1536, 1920x1080, 2560x1440, 3840x2160. US dollars for a picture made.
GPT_IMAGE_2 = {
    "low": (".005", ".006", ".005", ".005", ".007", ".012"),
    "medium": (".037", ".053", ".042", ".040", ".056", ".101"),
    "high": (".145", ".211", ".165", ".158", ".222", ".401"),
}
SIZES = ((1024, 768), (1024, 1024), (1024, 1536), (1920, 1080), (2560, 1440), (3840, 2160))
# By quality whatever the size (1.2), by resolution (2), or one price, by the rows' names: the
# dearest that the facts have for a picture, at the hosts of the catalogue.
BY_QUALITY = {"replicate/gpt-image-2": {"low": ".012", "medium": ".047", "high": ".128"}}
BY_RESOLUTION = {
    "fal/nano-banana-2": {"1K": ".08", "2K": ".12", "4K": ".16"},
    "fal/nano-banana-pro": {"1K": ".15", "2K": ".15", "4K": ".30"},
    "replicate/nano-banana-2": {"1K": ".067", "2K": ".101", "4K": ".151"},
    "replicate/nano-banana-pro": {"1K": ".134", "2K": ".134", "4K": ".24"},
}
FLAT = {
    "fal/nano-banana": ".039",
    "fal/seedream-4.5": ".04",
    "fal/seedream-5-lite-edit": ".035",
    "replicate/nano-banana": ".039",
    "replicate/seedream-4.5": ".045",
    "replicate/recraft-crisp": ".04",
}
BY_OUTPUT_MEGAPIXEL = {"fal/flux-schnell": ".003", "fal/flux-dev": ".025"}
PAID = [
    model
    for model in MODELS.values()
    if model.status.state != "retired" and (model.price.usd or model.price.tokens)
]


def requests(model: Model) -> Iterator[GenerationRequest]:
    """A request for every quality, resolution, size of the table and least and most pictures."""
    choices = {}
    for name in ("quality", "resolution"):
        param = model.param(name)
        choices[name] = (None, *(param.choices if param else ()))
    number = model.param("num_images")
    counts = (1, int(number.maximum or 1)) if number else (1,)
    sizes = (None, *SIZES) if model.param("width") else (None,)
    for quality, tier, size, images in product(*choices.values(), sizes, counts):
        if tier and size:
            continue
        settings = {"quality": quality, "resolution": tier, "num_images": images}
        settings |= {"width": size[0], "height": size[1]} if size else {}
        try:
            yield check(model, asked_of(model, **settings)).request
        except InvalidInput:  # a size that this model has not
            assert size, (model.id, settings)


def fact(request: GenerationRequest) -> Decimal:
    """What one picture can cost by the facts; 0 where they have nothing for the row."""
    model, said = request.model, request.settings
    name = model.id.removesuffix("-edit")
    quality = str(said.get("quality", "high")).replace("auto", "high")
    if name in ("openai/gpt-image-2", "fal/gpt-image-2"):
        size = (said.get("width"), said.get("height"))
        places = [SIZES.index(size)] if size in SIZES else [1]  # type: ignore[arg-type]
        return max(D(GPT_IMAGE_2[quality][place]) for place in places)
    if name in BY_QUALITY:
        return D(BY_QUALITY[name][quality])
    if name in BY_RESOLUTION:
        return D(BY_RESOLUTION[name][str(said.get("resolution", "1K"))])
    if name in BY_OUTPUT_MEGAPIXEL and "width" in said:
        return D(BY_OUTPUT_MEGAPIXEL[name]) * int(said["width"]) * int(said["height"]) / 1024**2
    return D(FLAT.get(name, FLAT.get(model.id, "0")))


def test_no_row_is_held_back_below_what_the_facts_say() -> None:
    walked = set()
    for model in PAID:
        for request in requests(model):
            held, shown = dearest(request), estimate(request)
            if shown is None:
                assert held is None, model.id
                continue
            assert held is not None
            assert held >= shown, (model.id, request.settings)
            least = fact(request) * count(request.settings)
            assert held >= least, (model.id, request.settings, held, least)
            walked.add(model.id) if least else None
    table = {*FLAT, *BY_QUALITY, *BY_RESOLUTION, *BY_OUTPUT_MEGAPIXEL}
    assert table | {"openai/gpt-image-2", "fal/gpt-image-2-edit"} <= walked


@pytest.mark.parametrize("name", ["openai/gpt-image-2", "fal/gpt-image-2"])
def test_the_largest_picture_is_priced_as_such(name: str) -> None:
    """It was held back at the price of 1024x1024."""
    asked = asked_of(MODELS[name], width=3840, height=2160, quality="high")
    request = check(MODELS[name], asked).request
    price = estimate(request)
    assert price is not None
    assert price >= D("0.401")


def test_what_is_sent_counts_where_tokens_are_paid_for() -> None:
    """A long prompt at low quality costs more than its picture, and every picture is tokens."""
    row = MODELS["openai/gpt-image-2-edit"]
    request = check(row, asked_of(row, "ы" * 31_000, quality="low")).request
    plain = check(row, asked_of(row, quality="low")).request
    assert dearest(request) - dearest(plain) >= 31_000 * D(5) / 10**6  # type: ignore[operator]
    more = replace(plain, pictures=tuple(in_picture(f"picture {n}") for n in range(14)))
    each = (dearest(more) - dearest(plain)) / 13  # type: ignore[operator]
    assert each >= D("0.0128")


def test_a_text_is_held_back_at_a_token_for_every_byte() -> None:
    """Odd signs are a token each: two letters to a token would be too few."""
    rows = [row for row in PAID if row.price.per == "token"]
    assert rows
    for row in rows:
        odd, plain = (
            GenerationRequest(row, words, {}, brief=Brief("write", "Write."))
            for words in ("!?" * 500, "!")
        )
        more = dearest(odd) - dearest(plain)  # type: ignore[operator]
        assert more == 999 * row.price.tokens["text"] / 10**6
        russian = replace(plain, prompt="ы" * 500)
        assert dearest(russian) == estimate(russian)
