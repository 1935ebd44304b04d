"""How each provider is doing, and which rest after a failure (a circuit breaker by error kind).

A refused key rests until another key is used; a missing balance ten minutes; too many requests
as long as the provider says; a service that is down, with growing pauses. Keys, balances and
rate limits belong to one key; being down belongs to the provider. Only Auto heeds a rest: a
model the user names is always asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from time import time

from errors import KeyRefused, NoCredit, NotAvailable, RateLimited, StudioError
from studio.keys import Key

NO_CREDIT_SECONDS = 600.0
RATE_SECONDS = 30.0
LONGEST_RATE_SECONDS = 3600.0
DOWN_SECONDS = 30.0
LONGEST_DOWN_SECONDS = 600.0
FOR_EVER = float("inf")
KEPT_KEYS = 1000  # of keys: visitors bring theirs, and the longest unused is forgotten


@dataclass
class HealthRecord:
    """What is known of one provider, or of one key there. Moments are Unix times, 0 for never."""

    last_success: float = 0.0
    last_error: str = ""
    last_error_at: float = 0.0
    kind: str = ""
    resting_until: float = 0.0
    failures: int = 0


@dataclass
class Health:
    """The records of this process. `clock` gives Unix time."""

    clock: Callable[[], float] = time
    _records: dict[tuple[str, str], HealthRecord] = field(default_factory=dict)
    _everyone: dict[str, HealthRecord] = field(default_factory=dict)

    def succeeded(self, provider: str, key: Key) -> None:
        """A job was answered: nothing rests any more."""
        for record in self._both(provider, key):
            record.last_success = self.clock()
            record.resting_until, record.failures, record.kind = 0.0, 0, ""

    def failed(self, provider: str, key: Key, error: StudioError) -> None:
        """A job failed, and not by what was asked. Only what proves that the next job would fail
        too makes it rest."""
        ours, everyone = self._both(provider, key)
        record = everyone if isinstance(error, NotAvailable) else ours
        record.failures += 1
        record.last_error, record.last_error_at = error.message, self.clock()
        record.kind = error.kind
        record.resting_until = self.clock() + _rest(error, record.failures)

    def resting(self, provider: str, key: Key) -> HealthRecord | None:
        """The record of whatever rests now, the longer rest first; None when nothing does."""
        resting = [each for each in self._both(provider, key) if each.resting_until > self.clock()]
        return max(resting, key=lambda each: each.resting_until, default=None)

    def of(self, provider: str, key: Key) -> HealthRecord:
        """What to show: the latest of what is known of the provider and of this key there."""
        ours, everyone = self._both(provider, key)
        latest = max(ours, everyone, key=lambda each: each.last_error_at)
        resting = self.resting(provider, key)
        return HealthRecord(
            last_success=max(ours.last_success, everyone.last_success),
            last_error=latest.last_error,
            last_error_at=latest.last_error_at,
            kind=latest.kind,
            resting_until=resting.resting_until if resting else 0.0,
            failures=latest.failures,
        )

    def _both(self, provider: str, key: Key) -> tuple[HealthRecord, HealthRecord]:
        """The record of this key at the provider, and that of the provider for everyone."""
        mark = hashlib.sha256(key.value.encode()).hexdigest() if key.value else "-"
        ours = self._records.pop((provider, mark), None) or HealthRecord()
        self._records[provider, mark] = ours  # now the latest used
        everyone = self._everyone.setdefault(provider, HealthRecord())
        while len(self._records) > KEPT_KEYS:
            del self._records[next(iter(self._records))]
        return ours, everyone


def _rest(error: StudioError, failures: int) -> float:
    """How long to rest after an error, in seconds; 0 for errors that are nobody's illness."""
    if isinstance(error, KeyRefused):
        return FOR_EVER
    if isinstance(error, NoCredit):
        return NO_CREDIT_SECONDS
    if isinstance(error, RateLimited):
        return min(error.retry_after or RATE_SECONDS, LONGEST_RATE_SECONDS)
    if isinstance(error, NotAvailable) and error.status != 404:
        return min(DOWN_SECONDS * 2.0 ** min(failures - 1, 10), LONGEST_DOWN_SECONDS)
    return 0.0
