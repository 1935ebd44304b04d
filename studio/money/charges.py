"""What a provider says that a job cost, believed within reason: the books must hold whatever an
answer says."""

from __future__ import annotations

from decimal import Decimal

from i18n import say
from providers.catalogue import provider_of
from studio.jobs.job import Job

# A job may be dearer than its row tells, by discounts that ended or rounding, but not so much.
MOST_TIMES = 10
# Where no price is known: more than any request in the catalogue could cost.
MOST_UNKNOWN_USD = Decimal(100)


def believe(job: Job, amount: Decimal | None) -> None:
    """Write down what a provider says that a job cost, where that can be: an amount of 0 or more
    and of at most ten times the dearest of its row. Anything else is told in the job's warnings,
    and the row's price counts."""
    if amount is None:
        return
    known = job.money.reserved
    most = MOST_UNKNOWN_USD if known is None else known * MOST_TIMES
    if amount.is_finite() and 0 <= amount <= most:
        job.money.charged = amount
        return
    key = "note.charge.odd" if known is None else "note.charge.odd.counted"
    shown = {
        "who": provider_of(job.request.model).title,
        "told": _short(amount),
        "price": job.money.price,
    }
    job.warnings.append(say(key, **shown))


def _short(amount: Decimal) -> str:
    """An amount in a few letters, "no amount" for what is none."""
    if not amount.is_finite():
        return say("charge.none")
    return f"${amount:.6g}"
