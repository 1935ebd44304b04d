"""Small samples of the benches, and whether their judges can complain at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bench.faults.judge import FIGURES, judge
from bench.faults.plan import KINDS, PAID, Cell, Injection, plans
from bench.faults.play import KEYS, _marked, play_all
from bench.faults.witness import Made, Seen, Sent, Told
from bench.money import __main__ as money
from bench.money.books import Books, WatchedSpend, compare
from errors import OverBudget
from studio.money.spend import Spend
from studio.results import receipt_writer
from tests.making import fake_job

FAL, REPLICATE = "fal/flux-schnell", "replicate/flux-schnell"
PLAN = Injection(
    0, Cell("fal", "accepted", "cut_after", "auto"), "auto", ("fal", "replicate"), first=FAL,
    prices={FAL: Decimal("0.003"), REPLICATE: Decimal("0.003"), "fal/x": Decimal("0.10")},
)  # fmt: skip
CUT = Sent("fal", FAL, None, job="a", fault="cut_after")
WELL = Sent("replicate", REPLICATE, 201, job="b")
NO_CREDIT = Sent("fal", FAL, 402, fault="402")
MADE = [Made("a", "fal", 1), Made("b", "replicate", 1)]
ENDED = {"kind": "unknown_outcome", "message": "It was cut.", "advice": "Look.", "upstream_id": ""}


def complaints(plan: Injection, seen: Seen, told: Told) -> set[str]:
    return {figure for figure, _ in judge(plan, seen, told)}


def test_the_plan_depends_on_its_seed_alone() -> None:
    first, second = list(plans(5, 900)), list(plans(5, 900))
    assert first == second != list(plans(6, 900))
    cells = {(each.cell.stage, each.cell.kind) for each in first}
    assert cells == {(stage, kind) for stage, kinds in KINDS.items() for kind in kinds}
    assert {each.cell.provider for each in first} == set(PAID)
    assert all(each.first.startswith(each.cell.provider) for each in first)


async def test_a_sample_of_faults_does_no_harm(tmp_path: Path) -> None:
    sample = [each for each in plans(11, 120) if each.cell.kind not in ("hang", "unknown_status")]
    sample = sample[:60]
    played = await play_all(sample, tmp_path, lanes=8)
    for plan, (seen, told) in zip(sample, played, strict=True):
        assert judge(plan, seen, told) == [], plan
    assert any(told.delivered for _, told in played) and any(told.error for _, told in played)
    assert any(told.recovered.keys() - told.delivered.keys() for _, told in played)


def test_the_judge_is_content_with_what_is_right() -> None:
    told = Told(delivered={"b": 1}, by=REPLICATE, states=["not_accepted", "completed"])
    assert complaints(PLAN, Seen([NO_CREDIT, WELL], [MADE[1]]), told) == set()
    told = Told(error=ENDED, states=["unknown"])
    assert complaints(PLAN, Seen([CUT], [MADE[0]]), told) == set()


def test_the_judge_sees_a_second_submission() -> None:
    twice = Seen([CUT, CUT], [MADE[0]])
    assert {"twice", "double", "wrong"} <= complaints(PLAN, twice, Told(error=ENDED))
    assert "twice" in complaints(PLAN, Seen([CUT], MADE[:1]), Told(asked_again=1))


def test_the_judge_sees_a_wrong_fallback() -> None:
    told = Told(delivered={"b": 1}, by=REPLICATE)
    assert complaints(PLAN, Seen([CUT, WELL], MADE), told) == {"double", "wrong"}
    refused = replace(CUT, status=400, fault="refusal", job="")
    assert complaints(PLAN, Seen([refused, WELL], [MADE[1]]), told) == {"wrong"}
    drawn = Told(delivered={"": 1}, by="local/sketch")
    assert complaints(PLAN, Seen([CUT], MADE[:1]), drawn) == {"wrong"}
    pinned = replace(PLAN, cell=replace(PLAN.cell, mode="pinned"))
    assert complaints(pinned, Seen([NO_CREDIT, WELL], [MADE[1]]), told) == {"wrong"}
    assert complaints(pinned, Seen([], []), drawn) == {"wrong"}


def test_a_failure_that_is_free_may_be_followed() -> None:
    failed = [replace(MADE[0], good=False, free=True), MADE[1]]
    told = Told(delivered={"b": 1}, by=REPLICATE)
    seen = Seen([replace(CUT, status=200, fault="failed"), WELL], failed)
    assert complaints(PLAN, seen, told) == set()


def test_the_judge_sees_what_is_lost() -> None:
    seen = Seen([WELL], [replace(MADE[1], pictures=2)])
    assert complaints(PLAN, seen, Told()) == {"lost"}
    assert complaints(PLAN, seen, Told(delivered={"b": 1})) == {"lost"}
    assert complaints(PLAN, seen, Told(recovered={"b": 2})) == {"lost"}  # too late for a cut
    gone = Seen([WELL], [replace(MADE[1], struck={"404"})])
    assert complaints(PLAN, gone, Told(recovered={"b": 1})) == set()
    for_ever = replace(PLAN, cell=Cell("replicate", "fetch", 503, "auto"), times=None)
    lost = ENDED | {"kind": "result_lost", "upstream_id": "b"}
    assert complaints(for_ever, gone, Told(recovered={"b": 1}, error=lost)) == set()
    assert complaints(for_ever, gone, Told(recovered={"b": 1}, error=ENDED)) == {"lost"}


def test_the_judge_sees_the_rest() -> None:
    seen = Seen([replace(NO_CREDIT, model="fal/x")], [], faults=["a key went astray"])
    mute = ENDED | {"advice": ""}
    words = _marked(f"not with {KEYS['fal'][9:]}")
    told = Told(error=mute, states=["running"], words=words)
    assert complaints(PLAN, seen, told) == {"dear", "stray", "mute", "keys", "open"}
    assert complaints(PLAN, Seen([], []), Told(crash="KeyError()")) == {"mute"}
    assert {"twice", "double", "lost", "wrong", "dear", "stray", "mute", "keys", "open"} == set(
        FIGURES
    )


async def test_a_sample_of_money_adds_up(tmp_path: Path) -> None:
    result = await money.simulate(7, 150, tmp_path)
    assert result.wrong == [] and result.spent > 0
    assert {"completed", "cancelled", "over_budget", "unknown_outcome"} <= result.ends.keys()


async def test_money_that_does_not_add_up_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt_writer, "cost", lambda job: Decimal("0.01"))
    result = await money.simulate(7, 40, tmp_path)
    assert any("receipts" in each for each in result.wrong)
    assert any("record" in each for each in result.wrong)


async def test_a_cap_that_is_passed_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spend, "_hold", lambda self, job, limit, spent, kind: None)
    result = await money.simulate(7, 60, tmp_path)
    assert any("passes a limit" in each for each in result.wrong)


def test_a_refusal_without_need_and_what_is_no_decimal_are_seen() -> None:
    books = Books(money.Till({1: money.Script("done")}), None, Decimal("0.25"))
    spend = WatchedSpend(books=books)
    spend.estimated = Decimal("0.20")
    with pytest.raises(OverBudget):
        spend.reserve(fake_job("0.10"), None, books.cap)
    assert any("without need" in each for each in books.wrong)
    spend.actual = 1  # type: ignore[assignment]
    assert any("no Decimal" in each for each in compare(spend, books))
