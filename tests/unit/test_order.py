"""Who is asked after whom: only after proof, never dearer than allowed, and told in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from decimal import Decimal
from typing import Any

import pytest

from errors import (
    Cancelled,
    InvalidInput,
    KeyRefused,
    MissingKey,
    NoCredit,
    NotAvailable,
    OverBudget,
    ProviderFailed,
    RateLimited,
    Refused,
    ResultLost,
    StudioError,
    TimedOut,
    UnknownOutcome,
)
from providers.catalogue import MODELS
from providers.schema import GenerationRequest
from studio import fallback
from studio.fallback import FallbackRun
from studio.health import Health
from studio.jobs.job import Job, State
from studio.keys import Key
from studio.policy import Policy
from studio.request import CheckedRequest, UserRequest
from studio.routing import Candidate, Plan
from studio.session import Session

FIRST, SECOND, THIRD = "huggingface/sdxl", "fal/flux-dev", "replicate/flux-dev"
SKETCH = "local/sketch"
PROOF = (MissingKey, KeyRefused, NoCredit, OverBudget, RateLimited, NotAvailable)
NEVER = (InvalidInput, Refused, TimedOut, ResultLost, UnknownOutcome, Cancelled)
TABLE: list[tuple[StudioError, bool]] = [
    *((kind("No.", created=False), True) for kind in PROOF),
    *((kind("No.", created=True), False) for kind in PROOF),
    *((kind("No.", created=created), False) for kind in NEVER for created in (False, True, None)),
    (NotAvailable("No."), False),  # nobody knows
    (ProviderFailed("No."), False),
    (ProviderFailed("No.", free=True), True),
]


class Studio:
    """As much of the backend as a request knows. `script`: the error of each ask, None for a
    picture; `gone`: models that cannot be had."""

    def __init__(self, *script: StudioError | None) -> None:
        self.script, self.asked = list(script), list[str]()
        self.health, self.gone = Health(), dict[str, str]()
        self.executor = self.runner = self

    async def run(self, job: Job) -> None:
        """Nothing: `watch` plays the job's end."""

    async def serves(self, model: Any, key: Key) -> str:
        return self.gone.get(model.id, "")

    async def watch(self, job: Job, session: Session, work: object) -> AsyncGenerator[Job, None]:
        error = self.script.pop(0) if self.script else None
        self.asked.append(job.request.model.id)
        if isinstance(error, OverBudget):
            raise error
        job.enter(State.SUBMITTING)
        yield job
        if error:
            job.error = error
            job.enter(State.NOT_ACCEPTED if error.created is False else State.FAILED)
            raise error
        job.enter(State.COMPLETED)
        yield job


def candidate(model: str, price: str | None) -> Candidate:
    request = GenerationRequest(MODELS[model], "a fox", {})
    return Candidate(CheckedRequest(request), Key("key"), None if price is None else Decimal(price))


def line(*prices: str | None) -> list[Candidate]:
    models = (FIRST, SECOND, THIRD)
    return [candidate(model, price) for model, price in zip(models, prices, strict=False)]


async def ask(
    studio: Studio, candidates: Sequence[Candidate], policy: Policy | None = None, **more: Any
) -> Job:
    plan = Plan(list(candidates), more.pop("pinned", False))
    steps = FallbackRun(studio, plan, UserRequest("a fox"), policy or Policy())  # type: ignore[arg-type]
    async for job in steps.run(more.get("session") or Session()):
        last = job
    return last


@pytest.mark.parametrize(("error", "goes_on"), TABLE)
async def test_only_proof_leads_to_another(error: StudioError, goes_on: bool) -> None:
    studio = Studio(error)
    if goes_on:
        job = await ask(studio, line("0.01", "0.02"))
        assert job.origin.attempts[0]["outcome"] in ("not_accepted", "failed", "priced")
        assert job.origin.attempts[0]["kind"] == error.kind
        assert studio.asked == [FIRST, SECOND]
    else:
        with pytest.raises(type(error)):
            await ask(studio, line("0.01", "0.02"))
        assert studio.asked == [FIRST]


@pytest.mark.parametrize("error", [error for error, _ in TABLE])
async def test_pinned_nothing_else_is_tried(error: StudioError) -> None:
    studio = Studio(error)
    with pytest.raises(type(error)) as caught:
        await ask(studio, line("0.01", "0.02"), pinned=True)
    assert studio.asked == [FIRST]
    assert bool(caught.value.job_id) is not isinstance(error, OverBudget), "refused here: no job"


@pytest.mark.parametrize(
    ("prices", "most", "asked"),
    [
        (("0.10", "0.20"), None, 2),
        (("0.10", "0.201"), None, 1),
        (("0", "0.05"), None, 2),
        (("0", "0.051"), None, 1),
        (("0.01", "0.05", "0.05"), None, 3),
        (("0.01", "0.021", "0.05"), "0.02", 1),
        (("0.10", "0.30"), "0.30", 2),
        (("0", "0", "0.001"), "0", 2),
        (("0", None), None, 1),
        ((None, "0.05"), None, 2),
        (("0.01", None), "5", 1),
    ],
)
async def test_never_dearer_than_allowed(
    prices: tuple[str | None, ...], most: str | None, asked: int
) -> None:
    studio = Studio(*(NotAvailable("Down.", created=False) for _ in prices))
    policy = Policy(max_price=None if most is None else Decimal(most))
    with pytest.raises(NotAvailable):
        await ask(studio, line(*prices), policy)
    assert studio.asked == [FIRST, SECOND, THIRD][:asked]


async def test_the_ceiling_is_the_first_one_asked_not_the_last() -> None:
    """0.05, 0.10, 0.20: each is twice the one before, but only the first sets the ceiling."""
    studio = Studio(*(NotAvailable("Down.", created=False) for _ in range(3)))
    with pytest.raises(NotAvailable):
        await ask(studio, line("0.05", "0.10", "0.20"))
    assert studio.asked == [FIRST, SECOND]


async def test_free_only_says_why_nobody() -> None:
    studio = Studio()
    with pytest.raises(InvalidInput, match=r"would cost \$0.01.*its price is unknown"):
        await ask(studio, line("0.01", None), Policy(max_price=Decimal(0)))
    assert studio.asked == []


@pytest.mark.parametrize(("price", "most", "held"), [
    ("0.10", "0.10", False), ("0.11", "0.10", True), (None, "1", True), (None, None, False),
    ("0.01", "0", True), ("0", "0", False),
])  # fmt: skip
async def test_a_named_model_is_held_to_max_price(
    price: str | None, most: str | None, held: bool
) -> None:
    studio, policy = Studio(), Policy(max_price=None if most is None else Decimal(most))
    if held:
        with pytest.raises(OverBudget, match="max_price"):
            await ask(studio, line(price), policy, pinned=True)
    else:
        await ask(studio, line(price), policy, pinned=True)
    assert studio.asked == ([] if held else [FIRST])


async def test_the_attempts_are_told_in_order() -> None:
    studio = Studio(NoCredit("No credit."), None)
    studio.gone[FIRST] = "Nobody serves it."
    last = candidate("wavespeed/flux-dev", "0.02")
    job = await ask(studio, [*line("0.01", "0.02", "0.30"), last])
    assert [(each["model"], each["outcome"], each["message"]) for each in job.origin.attempts] == [
        (FIRST, "skipped", "Nobody serves it."),
        (SECOND, "not_accepted", "No credit."),
        (THIRD, "skipped", "it would cost $0.30, and at most $0.05 is allowed."),
    ]
    assert job.request.model.id == "wavespeed/flux-dev"


async def test_everyone_down_is_the_last_failure() -> None:
    studio = Studio(NoCredit("First."), NotAvailable("Second.", created=False))
    with pytest.raises(NotAvailable, match="Second") as caught:
        await ask(studio, line("0.01", "0.02"))
    assert caught.value.job_id


@pytest.mark.parametrize(
    ("wait", "patience", "asked"),
    [
        (0.01, 1.0, [FIRST, FIRST, SECOND]),
        (0.0, 0.0, [FIRST, FIRST, SECOND]),
        (5.0, 1.0, [FIRST, SECOND]),
        (None, 60.0, [FIRST, SECOND]),
    ],
)
async def test_patience(wait: float | None, patience: float, asked: list[str]) -> None:
    """Within patience the same model is asked once more, not twice."""
    studio = Studio(*(RateLimited("Busy.", retry_after=wait) for _ in asked[1:]), None)
    job = await ask(studio, line("0.01", "0.02"), Policy(patience=patience))
    assert studio.asked == asked
    assert [each["model"] for each in job.origin.attempts] == asked[:-1]


async def test_other_failures_are_not_waited_for() -> None:
    studio = Studio(NotAvailable("Down.", created=False), None)
    await ask(studio, line("0.01", "0.02"), Policy(patience=60.0))
    assert studio.asked == [FIRST, SECOND]


async def test_stop_during_the_wait_sends_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fallback, "POLL_SECONDS", 0.01)
    studio, session = Studio(RateLimited("Busy.", retry_after=30.0), None), Session()
    work = asyncio.create_task(
        ask(studio, line("0.01", "0.02"), Policy(patience=60.0), session=session)
    )
    await asyncio.sleep(0.05)
    session.stops += 1
    with pytest.raises(Cancelled, match="Nothing was sent"):
        await asyncio.wait_for(work, 1)
    assert studio.asked == [FIRST]


async def test_gone_during_the_wait_sends_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fallback, "POLL_SECONDS", 0.01)
    studio = Studio(RateLimited("Busy.", retry_after=30.0), None)
    plan = Plan(line("0.01", "0.02"))
    policy = Policy(patience=60.0)
    steps = FallbackRun(studio, plan, UserRequest("a fox"), policy).run(Session())  # type: ignore[arg-type]
    for _ in range(5):
        await anext(steps)
    await asyncio.wait_for(steps.aclose(), 1)
    assert studio.asked == [FIRST]
