"""What a user allows for one request: how dear, how patient; and when another model may be tried.

Another model is tried only after proof that the last one created nothing, and never one dearer
than allowed. Everything else ends the request: a refusal, a wrong input, an unknown outcome, a
stop, a job that ran and failed at a price.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from errors import (
    KeyRefused,
    MissingKey,
    NoCredit,
    NotAvailable,
    OverBudget,
    ProviderFailed,
    RateLimited,
    StudioError,
)

DEFAULT_PRICE_FACTOR = 2
DEFAULT_PRICE_CEILING = Decimal("0.05")
MAY_GO_ON = (MissingKey, KeyRefused, NoCredit, OverBudget, RateLimited, NotAvailable)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a user allows for one request."""

    # US dollars for the whole of it; None for the default limit in Auto, 0 for free only.
    max_price: Decimal | None = None
    # Seconds to wait for a provider that asks for a pause before the next model is tried.
    patience: float = 0.0

    def ceiling(self, first: Decimal | None) -> Decimal:
        """The dearest that may be tried in Auto when the first candidate costs `first`."""
        if self.max_price is not None:
            return self.max_price
        return max(DEFAULT_PRICE_FACTOR * (first or Decimal(0)), DEFAULT_PRICE_CEILING)


def may_fall_back(error: StudioError) -> bool:
    """Whether another model may be tried after this failure."""
    if isinstance(error, ProviderFailed):
        return error.free
    return error.created is False and isinstance(error, MAY_GO_ON)
