"""Figures per model: right sums, right percentiles, nothing private; and the order they give."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import NotAvailable, Refused, StudioError
from providers.schema import Task
from settings import Settings
from studio.jobs.job import Job, State
from studio.keys import Keyring
from studio.request import read_request
from studio.results.image_files import StoredPicture
from studio.routing import plan
from studio.service import Studio
from studio.statistics import REMEMBERED, Statistics, Tally, percentile
from tests.making import fake_job
from ui.results.figures import statistics_page

MODEL = "fal/flux-dev"


def ended(
    state: State,
    seconds: float = 1.0,
    error: StudioError | None = None,
    sizes: tuple[int, ...] = (),
) -> Job:
    job = fake_job(key="secret-key")
    job.state, job.seconds, job.error = state, seconds, error
    job.result.stored = [StoredPicture(Path("/private/a.png"), "png", 8, 8, size) for size in sizes]
    return job


def test_the_figures() -> None:
    statistics = Statistics()
    for seconds in range(1, 21):
        job = ended(State.COMPLETED, float(seconds), sizes=(1000, 2000))
        statistics.add(job, Decimal("0.1"))
    statistics.add(ended(State.FAILED, error=Refused("fox")), None)
    statistics.add(ended(State.NOT_ACCEPTED, error=NotAvailable("a fox")), Decimal(0))
    statistics.add(ended(State.NOT_ACCEPTED, error=NotAvailable("a fox")), Decimal(0))
    statistics.add(ended(State.CANCELLED), None)
    statistics.add(ended(State.UNKNOWN), None)
    data = statistics.as_data()
    assert data == {
        MODEL: {
            "tries": 25, "successes": 20, "refusals": 1, "cancelled": 1,
            "failures": {"not_available": 2, "unknown": 1},
            "mean_seconds": 10.5, "p95_seconds": 19.0, "mean_bytes": 1500, "spend_usd": 2.0,
        }
    }  # fmt: skip
    shown = json.dumps(data) + statistics_page(statistics, Statistics())
    for private in ("fox", "secret-key", "/private", 'prompt"'):
        assert private not in shown


def test_nothing_is_null_not_zero() -> None:
    data = Tally().as_data()
    assert data["mean_seconds"] is data["p95_seconds"] is data["mean_bytes"] is None
    assert "No job has finished yet" in statistics_page(Statistics(), Statistics())


@given(st.lists(st.floats(0, 1e6), max_size=200), st.floats(0.01, 1))
def test_percentile_is_nearest_rank(values: list[float], share: float) -> None:
    found = percentile(values, share)
    if not values:
        assert found is None
        return
    assert found in values
    below = sum(value <= found for value in values)
    assert below >= ceil(share * len(values)) - 1e-9
    assert sum(value < found for value in values) < share * len(values) + 1e-9


def test_percentiles_by_hand() -> None:
    shuffled = random.Random(1).sample(range(1, 101), 100)
    assert [percentile(shuffled, share) for share in (0.5, 0.95, 1.0)] == [50, 95, 100]
    assert percentile([7.0], 0.95) == 7.0


def test_what_is_remembered_is_bounded() -> None:
    tally = Tally()
    for number in range(REMEMBERED + 10):
        tally.add(ended(State.COMPLETED, float(number)), None)
    assert len(tally.seconds) == REMEMBERED and tally.seconds[0] == 10.0


def test_score() -> None:
    statistics = Statistics()
    assert statistics.score("a/x") == statistics.score("a/y"), "nothing is measured"
    statistics.models = {"a/quick": Tally(), "a/slow": Tally(), "a/shaky": Tally()}
    for name, seconds in (("quick", 1.0), ("slow", 9.0), ("shaky", 2.0)):
        statistics.models[f"a/{name}"].add(ended(State.COMPLETED, seconds), None)
    for _ in range(9):
        job = ended(State.NOT_ACCEPTED, error=NotAvailable("Down."))
        statistics.models["a/shaky"].add(job, None)
    ranked = sorted(["a/slow", "a/shaky", "a/quick", "a/new"], key=statistics.score)
    assert ranked == ["a/quick", "a/new", "a/slow", "a/shaky"]


@pytest.mark.parametrize("kind", [Refused, None])
def test_refusals_and_stops_are_not_the_models_fault(kind: type[StudioError] | None) -> None:
    tally = Tally()
    tally.add(ended(State.FAILED, error=kind("No.")) if kind else ended(State.CANCELLED), None)
    assert tally.share == 1.0


def ids(studio: Studio, keys: Keyring) -> list[str]:
    found = studio.plan(Task.TEXT_TO_IMAGE, "auto", read_request("a fox", {}), keys).candidates
    return [each.model.id for each in found]


def test_equals_go_by_what_was_measured_and_stay_in_order_before(tmp_path: Path) -> None:
    """fal and replicate sell flux-schnell at the same price: the quicker one goes first."""
    studio = Studio(Settings(), tmp_path)
    keys = Keyring(operator={"fal": "k", "replicate": "k"})
    asked = read_request("a fox", {})
    unmeasured = [each.model.id for each in plan(Task.TEXT_TO_IMAGE, "", asked, keys).candidates]
    assert ids(studio, keys) == ids(studio, keys) == unmeasured
    assert unmeasured[-1] == "local/sketch"
    one, two = unmeasured[:2]
    assert {one, two} == {"fal/flux-schnell", "replicate/flux-schnell"}
    for quick, slow in ((two, one), (one, two)):
        studio.statistics.models = {quick: Tally(), slow: Tally()}
        studio.statistics.models[quick].add(ended(State.COMPLETED, 1.0), None)
        studio.statistics.models[slow].add(ended(State.COMPLETED, 5.0), None)
        found = ids(studio, keys)
        assert found[:2] == [quick, slow]
        assert sorted(found[2:]) == sorted(unmeasured[2:]), "price goes before speed"
        assert found[-1] == "local/sketch"
