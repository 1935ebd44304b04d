"""What is allowed for one request, and which failures prove that nothing was created."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import errors
from errors import ProviderFailed, StudioError
from studio.policy import DEFAULT_PRICE_CEILING, MAY_GO_ON, Policy, may_fall_back

KINDS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, StudioError) and each is not StudioError
]
dollars = st.decimals(0, 100, places=3)


@given(dollars)
def test_the_usual_ceiling(first: Decimal) -> None:
    assert Policy().ceiling(first) == max(2 * first, DEFAULT_PRICE_CEILING)


@given(dollars, st.none() | dollars)
def test_a_ceiling_of_ones_own(most: Decimal, first: Decimal | None) -> None:
    assert Policy(max_price=most).ceiling(first) == most


def test_an_unknown_first_price_gives_the_least_ceiling() -> None:
    assert Policy().ceiling(None) == DEFAULT_PRICE_CEILING == Decimal("0.05")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("created", [True, None])
def test_without_proof_nobody_else_is_asked(kind: type[StudioError], created: bool | None) -> None:
    error = kind("No.")
    error.created = created
    assert may_fall_back(error) is False


@pytest.mark.parametrize("kind", KINDS)
def test_proof_alone_is_not_enough(kind: type[StudioError]) -> None:
    error = kind("No.", created=False)
    assert may_fall_back(error) is (kind in MAY_GO_ON)


def test_a_failure_documented_as_free() -> None:
    assert may_fall_back(ProviderFailed("No.", free=True))
    assert not may_fall_back(ProviderFailed("No."))
