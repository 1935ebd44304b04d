"""A visitor's session: money reserved and settled, history kept and forgotten."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from errors import InvalidInput, OverBudget
from studio.jobs.job import Job, State
from studio.results import session_results
from studio.results.session_results import LINGER_SECONDS
from studio.session import Session
from tests.loops import for_each
from tests.making import fake_job

BUDGET = Decimal("0.50")
SENT = (State.SUBMITTING,)
DONE = (State.SUBMITTING, State.ACCEPTED, State.RUNNING, State.FETCHING, State.COMPLETED)


def lived(job: Job, *states: State) -> Job:
    for state in states:
        job.enter(state)
    return job


def receipt(number: int, folder: Path) -> dict[str, Any]:
    """A receipt with two pictures on disk."""
    paths = [folder / f"r{number}-{place}" / "easel.png" for place in range(2)]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(b"x")
    return {"id": f"r{number}", "images": [{"path": str(path)} for path in paths]}


def on_disk(folder: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in folder.iterdir()}


def test_reserved_before_and_counted_once_after() -> None:
    session, job = Session(), fake_job("0.20")
    session.spend.reserve(job, BUDGET)
    assert session.spend.held_operator == Decimal("0.20")
    session.spend.settle(lived(job, *DONE))
    assert session.spend.held_operator == session.spend.estimated == Decimal("0.20")
    assert session.spend.total == Decimal("0.20")


def test_jobs_in_flight_count() -> None:
    session = Session()
    for _ in range(2):
        session.spend.reserve(fake_job("0.20"), BUDGET)
    with pytest.raises(OverBudget) as caught:
        session.spend.reserve(fake_job("0.20"), BUDGET)
    assert "$0.10" in caught.value.message
    assert caught.value.created is False
    session.spend.reserve(fake_job("0.10"), BUDGET)
    assert session.spend.held_operator == BUDGET


def test_unknown_price_is_refused_under_a_budget_only() -> None:
    session = Session()
    with pytest.raises(OverBudget, match="unknown"):
        session.spend.reserve(fake_job(None), BUDGET)
    job = fake_job(None)
    session.spend.reserve(job, None)
    session.spend.settle(lived(job, *DONE))
    assert session.spend.unknown == 1
    assert session.spend.total == 0


@pytest.mark.parametrize(
    "states", [(), (State.CANCELLED,), (State.SUBMITTING, State.NOT_ACCEPTED)], ids=str
)
def test_released_when_nothing_was_created(states: tuple[State, ...]) -> None:
    session, job = Session(), fake_job("0.20")
    session.spend.reserve(job, BUDGET)
    session.spend.settle(lived(job, *states))
    assert (session.spend.held_operator, session.spend.total) == (0, 0)


@pytest.mark.parametrize("end", [State.FAILED, State.CANCELLED, State.UNKNOWN])
def test_what_may_have_been_charged_is_counted(end: State) -> None:
    session, job = Session(), fake_job("0.20")
    session.spend.reserve(job, BUDGET)
    session.spend.settle(lived(job, *SENT, end))
    assert session.spend.held_operator == session.spend.held == Decimal("0.20")
    assert (session.spend.unknown, session.spend.total) == (1, 0)


def test_the_actual_price_replaces_the_estimate() -> None:
    session, job = Session(), fake_job("0.20")
    session.spend.reserve(job, BUDGET)
    job.money.charged = Decimal("0.35")
    session.spend.settle(lived(job, *DONE))
    assert session.spend.held_operator == session.spend.actual == Decimal("0.35")
    assert session.spend.estimated == 0


def test_free_jobs_pass_even_when_the_budget_is_overdrawn() -> None:
    session, job = Session(), fake_job("0.20")
    session.spend.reserve(job, BUDGET)
    job.money.charged = Decimal("0.90")
    session.spend.settle(lived(job, *DONE))
    session.spend.reserve(fake_job("0"), BUDGET)
    with pytest.raises(OverBudget, match=r"\$0 of"):
        session.spend.reserve(fake_job("0.01"), BUDGET)


@pytest.mark.parametrize("owner", ["user", "none"])
def test_own_keys_are_shown_and_never_capped(owner: Any) -> None:
    session = Session()
    for _ in range(5):
        job = fake_job("10", owner)
        session.spend.reserve(job, BUDGET)
        session.spend.settle(lived(job, *DONE))
    assert session.spend.estimated == 50
    assert session.spend.held_operator == 0


def test_without_a_budget_nothing_is_refused() -> None:
    session, job = Session(), fake_job("10")
    session.spend.reserve(job, None)
    session.spend.settle(lived(job, *DONE))
    assert session.spend.held_operator == session.spend.estimated == 10


@for_each(range(20))
def test_money_adds_up_in_any_order(seed: int) -> None:
    """Reserved and settled in a random order: what is left is what may have been charged."""
    dice, session = random.Random(seed), Session()
    flying: list[Job] = []
    owed = Decimal(0)
    for _ in range(60):
        if flying and dice.random() < 0.5:
            job = flying.pop(dice.randrange(len(flying)))
            charged = dice.random() < 0.6
            session.spend.settle(lived(job, *(DONE if charged else (State.CANCELLED,))))
            owed += (job.money.price or 0) if charged else 0
            continue
        job = fake_job(dice.choice(["0.01", "0.039", "0.2", "0"]))
        try:
            session.spend.reserve(job, BUDGET)
        except OverBudget:
            continue
        flying.append(job)
        assert session.spend.held_operator <= BUDGET
    for job in flying:
        session.spend.settle(lived(job, State.CANCELLED))
    assert session.spend.held_operator == session.spend.estimated == owed <= BUDGET


def test_the_history_is_limited_and_its_pictures_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(session_results, "monotonic", lambda: now)
    session = Session()
    for number in range(4):
        session.results.remember(receipt(number, tmp_path), 2)
    assert [each["id"] for each in session.results.history] == ["r2", "r3"]
    assert on_disk(tmp_path) == {"r0", "r1", "r2", "r3"}, "somebody may still be fetching them"
    now += LINGER_SECONDS - 1
    session.results.tidy()
    assert on_disk(tmp_path) == {"r0", "r1", "r2", "r3"}
    now += 1
    session.results.tidy()
    assert on_disk(tmp_path) == {"r2", "r3"}


def test_delete_takes_one_and_its_pictures(tmp_path: Path) -> None:
    session = Session()
    for number in range(3):
        session.results.remember(receipt(number, tmp_path), 20)
    session.results.delete("r1")
    assert [each["id"] for each in session.results.history] == ["r0", "r2"]
    assert on_disk(tmp_path) == {"r0", "r2"}
    with pytest.raises(InvalidInput) as caught:
        session.results.delete("r1")
    assert caught.value.field == "id"
    assert "'r1'" in caught.value.message


def test_clear_takes_all_and_those_on_their_way_out(tmp_path: Path) -> None:
    session = Session()
    for number in range(3):
        session.results.remember(receipt(number, tmp_path), 1)
    session.clear()
    assert (session.results.history, on_disk(tmp_path)) == ([], set())


def test_end_forgets_everything_and_can_be_said_twice(tmp_path: Path) -> None:
    session = Session(keys={"fal": "secret"})
    session.results.remember(receipt(1, tmp_path), 20)
    export = tmp_path / "e-0" / "history.json"
    export.parent.mkdir()
    export.write_text("[]")
    session.results.files.append(export)
    session.end()
    session.end()
    assert (session.keys, session.results.history, session.results.files, on_disk(tmp_path)) == (
        {},
        [],
        [],
        set(),
    )


def test_two_sessions_share_nothing() -> None:
    one, other = Session(), Session()
    one.keys["fal"] = "secret"
    one.results.history.append({"id": "x", "images": []})
    one.spend.operator += 1
    assert (other.keys, other.results.history, other.spend.operator) == ({}, [], 0)
    assert one.id != other.id
    assert "secret" not in repr(one)
