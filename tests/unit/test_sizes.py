"""Shapes become pixels that the model takes: for every row, every ratio, every tier, any size."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InvalidInput
from providers.catalogue import MODELS
from providers.params import NAMED_RATIOS, TIERS
from providers.schema import Model, Pixels
from providers.sizes import fit_exact, parse_ratio, pixels_for, refuse_size
from studio.request import check
from tests.loops import for_each
from tests.making import asked_of

ROWS = [model for model in MODELS.values() if model.limits.pixels]
SIDE = st.integers(1, 9000)


def limits_of(model: Model) -> Pixels:
    assert model.limits.pixels
    return model.limits.pixels


def choices(model: Model, name: str) -> list[str]:
    param = model.param(name)
    return [str(choice) for choice in param.choices] if param and param.wire != name else []


SHAPED = [
    (model, ratio, tier)
    for model in ROWS
    for ratio in choices(model, "aspect_ratio")
    for tier in [None, *choices(model, "resolution")]
]


@for_each(SHAPED)
def test_every_row_takes_what_its_shapes_become(model: Model, ratio: str, tier: str | None) -> None:
    limits = limits_of(model)
    found = check(model, asked_of(model, aspect_ratio=ratio, resolution=tier))
    width, height = (int(found.request.settings[side]) for side in ("width", "height"))
    assert refuse_size(width, height, limits) == ""
    assert width % limits.multiple == height % limits.multiple == 0
    shape = parse_ratio(ratio)
    assert shape
    # Rounding moves a side by half a multiple; keeping within the area, by one or two more.
    assert abs(width - height * shape) <= 2.5 * limits.multiple * max(1, shape)
    area = limits.tiers.get(tier or "", TIERS.get(tier or "", limits.default))
    low, high = limits.area or (1, limits.maximum**2)
    assert width * height <= max(high, area)
    if low <= area <= high:
        longest = max(width, height)
        capped = longest + limits.multiple > limits.maximum
        floored = min(width, height) - limits.multiple < limits.minimum
        assert (
            capped
            or floored
            or abs(width * height - area) <= 2 * limits.multiple * (width + height)
        )


@given(model=st.sampled_from(ROWS), width=SIDE, height=SIDE)
def test_an_exact_size_is_taken_within_the_limits_or_refused(
    model: Model, width: int, height: int
) -> None:
    limits = limits_of(model)
    try:
        found = check(model, asked_of(model, width=width, height=height))
    except InvalidInput as error:
        assert error.field in ("width", "height")
        near = fit_exact(width, height, limits)
        bounds = [model.param(side) for side in ("width", "height")]
        outside = [
            p is None or not (p.minimum or 0) <= side <= (p.maximum or 1e9)
            for p, side in zip(bounds, (width, height), strict=True)
        ]
        assert any(outside) or refuse_size(width, height, limits) or refuse_size(*near, limits)
        return
    made = (int(found.request.settings["width"]), int(found.request.settings["height"]))
    assert refuse_size(*made, limits) == ""
    assert made[0] % limits.multiple == made[1] % limits.multiple == 0
    assert abs(made[0] - width) < limits.multiple and abs(made[1] - height) < limits.multiple
    assert bool(found.warnings) == (made != (width, height))


@st.composite
def any_limits(draw: st.DrawFn) -> Pixels:
    """Limits as a row may have them: a square of the least side fits the area."""
    multiple = draw(st.sampled_from([1, 8, 16, 32]))
    minimum = draw(st.integers(64, 512))
    maximum = draw(st.integers(1024, 4096))
    low = draw(st.integers(minimum**2, 512**2))
    return Pixels(minimum, maximum, multiple, (low, draw(st.integers(1024**2, maximum**2))))


@given(limits=any_limits(), across=st.integers(1, 21), down=st.integers(1, 21), area=st.integers(1))
def test_pixels_for_stays_within_sides_and_area(
    limits: Pixels, across: int, down: int, area: int
) -> None:
    width, height = pixels_for(Fraction(across, down), min(area, 10**9), limits)
    assert limits.minimum <= min(width, height)
    assert max(width, height) <= limits.maximum
    assert limits.area
    assert width * height <= limits.area[1]
    assert width % limits.multiple == height % limits.multiple == 0


@given(width=st.integers(1, 10_000), height=st.integers(1, 10_000), limits=any_limits())
def test_fit_exact_is_the_nearest_and_stays_put(width: int, height: int, limits: Pixels) -> None:
    near = fit_exact(width, height, limits)
    assert fit_exact(*near, limits) == near
    assert all(limits.minimum <= side <= limits.maximum for side in near)
    assert all(side % limits.multiple == 0 for side in near)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("4:3", Fraction(4, 3)), ("1:1", Fraction(1)), ("portrait", Fraction(3, 4))],
)
def test_ratios_are_read(text: str, ratio: Fraction) -> None:
    assert parse_ratio(text) == ratio


def test_named_ratios_are_ratios() -> None:
    for name, ratio in NAMED_RATIOS.items():
        assert parse_ratio(name) == parse_ratio(ratio) is not None


@pytest.mark.parametrize("text", ["", "4", "4:", ":3", "0:3", "4:0", "-4:3", "4:3:2", "a:b", "4/3"])
def test_what_is_no_ratio(text: str) -> None:
    assert parse_ratio(text) is None


@given(st.text(max_size=12))
def test_any_text_is_a_ratio_or_none(text: str) -> None:
    ratio = parse_ratio(text)
    assert ratio is None or ratio > 0


def test_refusals_name_the_bound() -> None:
    limits = Pixels(256, 1024, 8, (300_000, 900_000), 2)
    assert "width must be 256 to 1024, not 100" in refuse_size(100, 512, limits)
    assert "height must be" in refuse_size(512, 2000, limits)
    assert "300,000 to 900,000" in refuse_size(256, 256, limits)
    assert "2 times" in refuse_size(1024, 400, limits)
    assert refuse_size(1024, 512, limits) == ""
