"""What a session spends: counted before a job is sent, settled when it has ended.

Amounts are Decimal US dollars. A job in flight counts in full; one that ended without anybody
knowing whether it is charged goes on counting against both caps, and is shown as unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from errors import OverBudget, ProviderFailed
from i18n import say
from studio.jobs.job import Job, State

ZERO = Decimal(0)


@dataclass
class Spend:
    """What one visitor has spent, and what may yet be."""

    # Completed jobs whose price is an estimate.
    estimated: Decimal = ZERO
    # Completed jobs whose price the provider told.
    actual: Decimal = ZERO
    # What of these was on the operator's keys, with what was drawn from the operator's credit.
    operator: Decimal = ZERO
    # Jobs that ended without anybody knowing whether they are charged.
    open: dict[str, Job] = field(default_factory=dict, repr=False)
    # Jobs that have not ended.
    flying: dict[str, Job] = field(default_factory=dict, repr=False)

    @property
    def total(self) -> Decimal:
        """All that is known to have been spent."""
        return self.estimated + self.actual

    @property
    def unknown(self) -> int:
        """How many jobs nobody knows the cost of."""
        return len(self.open)

    @property
    def held(self) -> Decimal:
        """What counts against the user's cap: spent, possibly spent, and in flight."""
        return self.total + self._sum(self.open) + self._sum(self.flying)

    @property
    def held_operator(self) -> Decimal:
        """The same of the operator's money, against the operator's budget."""
        return self.operator + self._sum(self.open, True) + self._sum(self.flying, True)

    def reserve(self, job: Job, budget: Decimal | None, cap: Decimal | None = None) -> None:
        """Count a job before it is sent. `budget`: the operator's, for jobs on those keys; `cap`:
        the user's own, for all. Raises `OverBudget` when one would be passed or, with a price
        nobody knows, could be. A job that is only asked after again was counted when it was sent;
        one that is a step towards another is not begun where that one could not follow.
        """
        if self.open.pop(job.id, None) is None:
            jobs = [job, *([job.leads_to] if job.leads_to else [])]
            operators = [each for each in jobs if each.key.owner == "operator"]
            self._hold(operators, budget, self.held_operator, "budget")
            self._hold(jobs, cap, self.held, "cap")
        self.flying[job.id] = job

    def release(self, job: Job) -> None:
        """Stop counting a job that is not sent after all."""
        self.flying.pop(job.id, None)

    def settle(self, job: Job) -> Decimal | None:
        """Count a job that has ended; what it cost, None where nobody knows."""
        if self.flying.pop(job.id, None) is None:
            return ZERO  # settled before
        paid = cost(job)
        if paid is None:
            self.open[job.id] = job
            return None
        if job.key.owner == "operator":
            self.operator += _operators(job, paid)
        if job.money.charged is not None:
            self.actual += paid
        else:
            self.estimated += paid
        return paid

    @staticmethod
    def _sum(jobs: dict[str, Job], operators: bool = False) -> Decimal:
        counted = (job for job in jobs.values() if not operators or job.key.owner == "operator")
        return sum((_price(job, operators) or ZERO for job in counted), ZERO)

    def _hold(self, jobs: list[Job], limit: Decimal | None, spent: Decimal, kind: str) -> None:
        """Hold jobs to a limit, with the pictures of their request that are still to come."""
        operators = kind == "budget"
        if limit is None or all(_price(job, operators) == ZERO for job in jobs):
            return
        total = ZERO
        for job in jobs:
            model, price = job.request.model, _price(job, operators)
            if price is None:
                text = say(f"studio.{kind}.unknown", model=model.id, budget=limit)
                raise OverBudget(text, provider=model.provider)
            total += price * job.user_request.left
        if spent + total > limit:
            left = max(ZERO, limit - spent)
            text = say(f"studio.{kind}.over", price=total, left=left, budget=limit)
            raise OverBudget(text, provider=model.provider)


def _price(job: Job, operators: bool) -> Decimal | None:
    """What a job costs the visitor, or the operator, whose credit it may draw from as well."""
    price = job.money.reserved
    return price + job.money.drawn if operators and price is not None else price


def _operators(job: Job, paid: Decimal) -> Decimal:
    """What a job that ended counts of the operator's money: what was charged, where that was
    told, else the most it can have been."""
    if not may_be_paid(job):
        return ZERO
    return paid if job.money.charged is not None else _price(job, True) or ZERO


def may_be_paid(job: Job) -> bool:
    """Whether a job that ended may cost anybody anything, a credit included."""
    return job.may_be_charged and not (isinstance(job.error, ProviderFailed) and job.error.free)


def cost(job: Job) -> Decimal | None:
    """What a job that ended cost in US dollars, as far as anybody knows; None for unknown."""
    if not job.may_be_charged:
        return ZERO
    if job.money.charged is not None:
        return job.money.charged
    if job.state is State.COMPLETED:
        return job.money.price
    free = isinstance(job.error, ProviderFailed) and job.error.free
    return ZERO if free or job.money.price == ZERO else None
