"""Spend: counted before it is sent, settled after, held to the budget and to the cap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import Cancelled, OverBudget, ProviderFailed, StudioError, TimedOut
from studio.jobs.job import Job, State
from studio.money.spend import Spend, cost
from tests.making import fake_job

D = Decimal
SENT = (State.SUBMITTING, State.ACCEPTED)
DONE = (*SENT, State.FETCHING, State.COMPLETED)


def lived(job: Job, *states: State, error: StudioError | None = None) -> Job:
    job.error = error
    for state in states:
        job.enter(state)
    return job


def paid(job: Job, charged: str | None = None) -> Job:
    job.money.charged = None if charged is None else D(charged)
    return lived(job, *DONE)


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (paid(fake_job("0.10")), "0.10"),
        (paid(fake_job("0.10"), "0.07"), "0.07"),
        (paid(fake_job(None), "0.07"), "0.07"),
        (paid(fake_job(None)), None),
        (paid(fake_job("0")), "0"),
        (lived(fake_job(), State.CANCELLED), "0"),
        (lived(fake_job(), State.SUBMITTING, State.NOT_ACCEPTED), "0"),
        (lived(fake_job(), *SENT, State.CANCELLED), None),
        (lived(fake_job(), *SENT, State.CANCELLED, error=Cancelled("", created=False)), "0"),
        (lived(fake_job("0"), *SENT, State.CANCELLED), "0"),
        (lived(fake_job(), State.SUBMITTING, State.UNKNOWN), None),
        (lived(fake_job(), *SENT, State.FAILED, error=TimedOut("")), None),
        (lived(fake_job(), *SENT, State.FAILED, error=ProviderFailed("")), None),
        (lived(fake_job(), *SENT, State.FAILED, error=ProviderFailed("", free=True)), "0"),
    ],
)
def test_what_a_job_cost(job: Job, expected: str | None) -> None:
    assert cost(job) == (None if expected is None else D(expected))


def test_actual_and_estimated_are_kept_apart() -> None:
    spend = Spend()
    for job in (fake_job("0.10"), fake_job("0.10")):
        spend.reserve(job, None)
        spend.settle(paid(job, "0.07" if spend.estimated else None))
    assert (spend.estimated, spend.actual, spend.total) == (D("0.10"), D("0.07"), D("0.17"))
    assert spend.operator == D("0.17")


def test_a_job_released_counts_no_more() -> None:
    spend, job = Spend(), fake_job("0.10")
    spend.reserve(job, D("0.15"))
    spend.release(job)
    assert spend.held == spend.held_operator == 0
    spend.reserve(fake_job("0.15"), D("0.15"))


def test_settled_once() -> None:
    spend, job = Spend(), fake_job("0.10")
    spend.reserve(job, None)
    spend.settle(paid(job))
    spend.settle(job)
    assert spend.total == D("0.10")


@pytest.mark.parametrize("owner", ["operator", "user"])
def test_the_cap_holds_every_key_the_budget_only_the_operators(owner: str) -> None:
    spend = Spend()
    flying = fake_job("0.10", owner=owner)  # type: ignore[arg-type]
    spend.reserve(flying, D("0.15"), D("0.15"))
    assert spend.held == D("0.10")
    assert spend.held_operator == (D("0.10") if owner == "operator" else 0)
    another = fake_job("0.06", owner="user")
    with pytest.raises(OverBudget, match=r"\$0.05 of your spending limit"):
        spend.reserve(another, D("0.15"), D("0.15"))
    assert another.id not in spend.flying, "refused before it is sent"
    spend.reserve(another, D("0.15"))
    if owner == "operator":
        with pytest.raises(OverBudget, match="this app's budget"):
            spend.reserve(fake_job("0.06"), D("0.15"))
    else:
        spend.reserve(fake_job("0.15"), D("0.15"))


def test_exactly_the_cap_is_allowed_and_a_cent_more_is_not() -> None:
    spend = Spend()
    for _ in range(3):
        spend.reserve(fake_job("0.1"), None, D("0.3"))
    with pytest.raises(OverBudget):
        spend.reserve(fake_job("0.01"), None, D("0.3"))
    spend.reserve(fake_job("0"), None, D("0.3"))


def test_an_unknown_price_under_a_cap_is_refused() -> None:
    spend = Spend()
    with pytest.raises(OverBudget, match="unknown"):
        spend.reserve(fake_job(None, owner="user"), None, D(5))
    with pytest.raises(OverBudget, match="unknown"):
        spend.reserve(fake_job(None), D(5))
    spend.reserve(fake_job(None, owner="user"), D(5))
    spend.settle(paid(next(iter(spend.flying.values()))))
    assert (spend.unknown, spend.held) == (1, 0)


def test_released_when_not_accepted() -> None:
    spend, job = Spend(), fake_job("0.10")
    spend.reserve(job, D("0.10"), D("0.10"))
    assert spend.settle(lived(job, State.SUBMITTING, State.NOT_ACCEPTED)) == 0
    spend.reserve(fake_job("0.10"), D("0.10"), D("0.10"))


def test_checked_again_it_is_not_counted_twice() -> None:
    """A job of unknown cost goes on counting; to ask after it costs nothing, and is allowed."""
    spend, job = Spend(), fake_job("0.10")
    spend.reserve(job, D("0.10"), D("0.10"))
    assert spend.settle(lived(job, State.SUBMITTING, State.UNKNOWN)) is None
    assert (spend.unknown, spend.held, spend.held_operator) == (1, D("0.10"), D("0.10"))
    spend.reserve(job, D("0.10"), D("0.10"))
    assert (spend.unknown, spend.held) == (0, D("0.10"))
    assert spend.settle(lived(job, *DONE)) == D("0.10")
    assert (spend.unknown, spend.held, spend.estimated) == (0, D("0.10"), D("0.10"))


ENDS = st.sampled_from(["done", "charged", "unknown", "free", "refused"])
JOBS = st.lists(st.tuples(st.decimals(0, 2, places=3), ENDS, st.booleans(), st.booleans()))


@given(JOBS, st.decimals(0, 5, places=2))
def test_the_sums_agree_and_the_cap_is_never_passed(
    jobs: list[tuple[Decimal, str, bool, bool]], cap: Decimal
) -> None:
    spend, sum_known, sum_open = Spend(), D(0), D(0)
    for price, end, operators, early in jobs:
        job = fake_job(str(price), owner="operator" if operators else "user")
        try:
            spend.reserve(job, cap, cap)
        except OverBudget:
            assert spend.held + price > cap
            continue
        assert spend.held <= cap
        if early:
            continue  # it flies on to the end of the test
        states = {"unknown": (*SENT, State.UNKNOWN), "refused": (State.NOT_ACCEPTED,)}
        if end == "charged":
            job.money.charged = price / 2
        error = ProviderFailed("", free=True) if end == "free" else None
        lived(job, *((*SENT, State.FAILED) if end == "free" else states.get(end, DONE)))
        job.error = error
        settled = spend.settle(job)
        sum_known += settled or 0
        sum_open += price if settled is None else 0
    in_flight = sum((job.money.price or D(0) for job in spend.flying.values()), D(0))
    assert spend.total == spend.estimated + spend.actual == sum_known
    assert spend.held == sum_known + sum_open + in_flight <= max(cap, D(0))
    assert spend.held_operator <= spend.held


def test_what_is_drawn_from_the_operators_credit_counts_against_his_budget_alone() -> None:
    spend, job = Spend(), fake_job("0")
    job.money.drawn = D("0.10")
    spend.reserve(job, D("0.15"), D("0.01"))
    assert (spend.held, spend.held_operator) == (0, D("0.10"))
    again = fake_job("0")
    again.money.drawn = D("0.10")
    with pytest.raises(OverBudget):
        spend.reserve(again, D("0.15"))
    assert spend.settle(lived(job, *DONE)) == 0
    assert (spend.total, spend.held_operator) == (0, D("0.10"))
