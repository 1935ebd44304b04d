"""How each model has done in this process and in one session: counts, seconds, bytes, dollars.

No prompts, no pictures, no keys.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from statistics import median
from typing import Any

from errors import Refused
from studio.jobs.job import Job, State

LEAST_SHARE = 0.05
REMEMBERED = 500  # durations kept per model: enough for a 95th percentile, bounded


@dataclass
class Tally:
    """One model's figures."""

    # Jobs that have ended.
    tries: int = 0
    # Of these, completed.
    successes: int = 0
    # Of these, refused by the provider for what was asked.
    refusals: int = 0
    # Of these, stopped by the user.
    cancelled: int = 0
    # Of these, failed, by kind of error.
    failures: dict[str, int] = field(default_factory=dict)
    # How long successes took, the latest ones.
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    # Of all pictures.
    bytes: int = 0
    # How many were made.
    pictures: int = 0
    # US dollars, as far as known.
    spend: Decimal = Decimal(0)

    def add(self, job: Job, paid: Decimal | None) -> None:
        """Count a job that has ended. `paid`: what it cost, as far as known."""
        self.tries += 1
        self.spend += paid or Decimal(0)
        if job.state is State.COMPLETED:
            self.successes += 1
            self.seconds.append(job.seconds)
            self.pictures += len(job.result.stored)
            self.bytes += sum(stored.bytes for stored in job.result.stored)
        elif job.state is State.CANCELLED:
            self.cancelled += 1
        elif isinstance(job.error, Refused):
            self.refusals += 1
        else:
            kind = job.error.kind if job.error else str(job.state)
            self.failures[kind] = self.failures.get(kind, 0) + 1

    @property
    def share(self) -> float:
        """Successes of the tries that the model itself decided; 1 while there are none."""
        decided = self.successes + sum(self.failures.values())
        return self.successes / decided if decided else 1.0

    @property
    def mean_seconds(self) -> float | None:
        """Mean duration of the successes remembered."""
        return sum(self.seconds) / len(self.seconds) if self.seconds else None

    def as_data(self) -> dict[str, Any]:
        """The figures as JSON-ready data."""
        return {
            "tries": self.tries,
            "successes": self.successes,
            "refusals": self.refusals,
            "cancelled": self.cancelled,
            "failures": dict(self.failures),
            "mean_seconds": _rounded(self.mean_seconds),
            "p95_seconds": _rounded(percentile(self.seconds, 0.95)),
            "mean_bytes": round(self.bytes / self.pictures) if self.pictures else None,
            "spend_usd": float(self.spend),
        }


@dataclass
class Statistics:
    """Tallies of one process or session."""

    # By model id.
    models: dict[str, Tally] = field(default_factory=dict)

    def add(self, job: Job, paid: Decimal | None) -> None:
        """Count a job that has ended."""
        self.models.setdefault(job.request.model.id, Tally()).add(job, paid)

    def of(self, model_id: str) -> Tally:
        """A model's figures, empty where it was never asked."""
        return self.models.get(model_id, Tally())

    def score(self, model_id: str) -> float:
        """Seconds a success takes, more the more often it fails; less is better. A model never
        asked counts like the median of those that were, so that it is neither sought nor shunned.
        """
        measured = [tally.mean_seconds for tally in self.models.values() if tally.mean_seconds]
        tally = self.of(model_id)
        default = median(measured) if measured else 1.0
        return (tally.mean_seconds or default) / max(tally.share, LEAST_SHARE)

    def as_data(self) -> dict[str, Any]:
        """Every model's figures as JSON-ready data."""
        return {model: tally.as_data() for model, tally in sorted(self.models.items())}


def percentile(values: Iterable[float], share: float) -> float | None:
    """The nearest-rank percentile; None of nothing."""
    ranked = sorted(values)
    return ranked[max(0, ceil(share * len(ranked)) - 1)] if ranked else None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
