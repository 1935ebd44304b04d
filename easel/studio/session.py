"""What one visitor's session holds: receipts, typed keys, spend. No picture bytes.

One small object, changed in place: two jobs that each returned a new list would lose one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any

from easel.providers.errors import InvalidInput, OverBudget
from easel.studio.job import Job
from easel.studio.pictures import remove
from easel.words import say

Receipt = dict[str, Any]
LINGER_SECONDS = 60.0  # somebody may still be fetching what the history's limit pushed out


@dataclass
class Spend:
    """US dollars of this session. `estimated` and `actual` are sums over completed and
    possibly charged jobs; `unknown` counts jobs whose price nobody tells; `operator` is what
    counts against the operator's budget, jobs in flight included."""

    estimated: Decimal = Decimal(0)
    actual: Decimal = Decimal(0)
    unknown: int = 0
    operator: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """All that is known."""
        return self.estimated + self.actual


@dataclass
class Session:
    """One visitor. `id` is ours and secret; it is not gradio's session hash. `files`: what was
    written for this visitor besides pictures. `fading`: pictures no longer in the history, and
    since when."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    history: list[Receipt] = field(default_factory=list, repr=False)
    spend: Spend = field(default_factory=Spend)
    files: list[Path] = field(default_factory=list, repr=False)
    fading: list[tuple[float, Path]] = field(default_factory=list, repr=False)

    def reserve(self, job: Job, budget: Decimal | None) -> None:
        """Count a job on the operator's key against the budget before it is sent.

        Raises `OverBudget` when it does not fit, or when its price is unknown.
        """
        if job.key.owner != "operator" or budget is None:
            return
        if job.price is None:
            message = say("studio.budget.unknown", model=job.request.model.id, budget=budget)
            raise OverBudget(message, provider=job.request.model.provider)
        if job.price and self.spend.operator + job.price > budget:
            left = max(Decimal(0), budget - self.spend.operator)
            message = say("studio.budget.over", price=job.price, left=left, budget=budget)
            raise OverBudget(message, provider=job.request.model.provider)
        self.spend.operator += job.price

    def settle(self, job: Job, budget: Decimal | None) -> None:
        """Count what a job that ended costs, or give back what was reserved for it."""
        reserved = job.price if job.key.owner == "operator" and budget is not None else None
        if not job.may_be_charged:
            self.spend.operator -= reserved or Decimal(0)
            return
        if job.charged is not None:
            self.spend.actual += job.charged
            self.spend.operator += job.charged - reserved if reserved is not None else 0
        elif job.price is not None:
            self.spend.estimated += job.price
        else:
            self.spend.unknown += 1

    def remember(self, receipt: Receipt, limit: int) -> None:
        """Add a receipt; beyond the limit the oldest goes, and a minute later its pictures."""
        self.history.append(receipt)
        self.tidy()
        while len(self.history) > limit:
            gone = self.history.pop(0)
            self.fading += [(monotonic(), Path(image["path"])) for image in gone["images"]]

    def tidy(self, older: float = LINGER_SECONDS) -> None:
        """Delete pictures that left the history so many seconds ago."""
        limit = monotonic() - older
        while self.fading and self.fading[0][0] <= limit:
            remove(self.fading.pop(0)[1])

    def find(self, job_id: str) -> Receipt:
        """The receipt of that id. Raises `InvalidInput` when the session has none."""
        for receipt in self.history:
            if receipt["id"] == job_id:
                return receipt
        raise InvalidInput(
            say("studio.find.none", id=repr(job_id[:40])),
            field="id",
            advice=say("studio.find.advice"),
        )

    def delete(self, job_id: str) -> None:
        """Forget one result and delete its pictures."""
        receipt = self.find(job_id)
        self.history.remove(receipt)
        _remove_pictures(receipt)

    def clear(self) -> None:
        """Forget every result and delete every picture."""
        while self.history:
            _remove_pictures(self.history.pop())
        self.tidy(older=0)

    def end(self) -> None:
        """Forget everything."""
        self.clear()
        self.keys.clear()
        while self.files:
            remove(self.files.pop())


def _remove_pictures(receipt: Receipt) -> None:
    for image in receipt["images"]:
        remove(Path(image["path"]))
