"""What may be spent of the operator's money a day, by all together and from one network address.

A job on a key of the operator is counted before it is sent: at the dearest it can come to, or,
where nobody knows that, as a call. What is counted is written down (`day_ledger`), so that it
outlives the run, a kill included.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from time import time

from errors import OverBudget, StorageFailed
from i18n import say
from settings import Settings
from studio.jobs.job import Job
from studio.money.day_ledger import HOUR, DailySpent, DayLedger
from studio.money.pricing import count
from studio.money.spend import may_be_paid
from studio.storage.database import Database

NANO = Decimal(10) ** 9
MOST_NANO = 2**61  # a column of SQLite holds twice as much; no limit is worth so many dollars
TIDY_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class DailyRemaining:
    """What is left now, None where there is no limit."""

    # US dollars for everybody today.
    usd: Decimal | None = None
    # Calls for everybody today.
    calls: int | None = None
    # US dollars for one address today.
    own_usd: Decimal | None = None
    # Calls for one address today.
    own_calls: int | None = None
    # Jobs for one address this hour.
    jobs: int | None = None


class Quota:
    """The operator's limits by day, address and hour. `clock` gives Unix time."""

    def __init__(
        self, settings: Settings, database: Database, clock: Callable[[], float] = time
    ) -> None:
        self._settings = settings
        self._ledger = DayLedger(database)
        self._clock = clock

    @property
    def limited(self) -> bool:
        """Whether there is any limit; where there is none, nothing is written down."""
        it = self._settings
        return any(each is not None for each in (it.daily_usd, it.daily_calls, it.address_jobs))

    @property
    def own_usd(self) -> Decimal | None:
        """What one address may spend a day."""
        daily = self._settings.daily_usd
        return None if daily is None else daily * self._settings.address_share

    @property
    def own_calls(self) -> int | None:
        """The calls one address may have a day: one at least, for a share of few would be none."""
        daily, share = self._settings.daily_calls, self._settings.address_share
        return None if daily is None else max(int(daily * share), min(daily, 1))

    def counts(self, job: Job) -> bool:
        """Whether a job is counted when it begins: on the operator's key, and not sent before."""
        return self.limited and job.submitted is None and job.key.owner == "operator"

    async def reserve(self, job: Job, address: str) -> None:
        """Count a job, and see that there is room for what has to follow it: the job it leads to,
        and the other pictures of its request. It is written down when this returns.

        Raises `OverBudget`, which says what is used up and until when, or `StorageFailed`; the
        job must not be sent then. A job that was sent before is only asked after: it counts once.
        """
        jobs = [job, *([job.leads_to] if job.leads_to else [])]
        jobs = [each for each in jobs if self.counts(each)]
        if job.submitted is not None or not jobs:
            return
        self._check_unknown(jobs)
        now = self._clock()
        needed = _Needed(
            sum(_nano(each) * each.user_request.left for each in jobs),
            sum(_calls(each) * each.user_request.left for each in jobs),
            sum(each.user_request.left for each in jobs),
        )
        amount = (_nano(job), _calls(job)) if self.counts(job) else None
        refused = await self._ledger.enter(
            job.id, address, now, amount, lambda used: self._refuse(used, needed, now)
        )
        if refused:
            refused.provider = job.request.model.provider
            raise refused

    async def settle(self, job: Job) -> None:
        """Count a job that has ended at what its provider says it cost. What nobody knows stays
        counted in full, as does what cannot be written down."""
        if not self.limited or job.key.owner != "operator":
            return
        with contextlib.suppress(StorageFailed, RuntimeError):  # the latter: the app has closed
            if job.submitted is None:
                await self._ledger.remove(job.id)
            elif not may_be_paid(job):
                await self._ledger.release(job.id)
            elif job.money.charged:  # said to have cost nothing, it stays counted at its price
                await self._ledger.correct(job.id, _billionths(job.money.charged))

    async def left(self, address: str) -> DailyRemaining:
        """What is left for everybody and for one address. Raises `StorageFailed`."""
        if not self.limited:
            return DailyRemaining()
        used, it = await self._ledger.used(address, self._clock()), self._settings
        return DailyRemaining(
            usd=_rest(it.daily_usd, used.nano),
            calls=_fewer(it.daily_calls, used.calls),
            own_usd=_rest(self.own_usd, used.own_nano),
            own_calls=_fewer(self.own_calls, used.own_calls),
            jobs=_fewer(it.address_jobs, len(used.began)),
        )

    async def tidy_for_ever(self) -> None:
        """Every five minutes: delete what is over."""
        while self.limited:
            with contextlib.suppress(StorageFailed):
                await self._ledger.tidy(self._clock())
            await asyncio.sleep(TIDY_SECONDS)

    def _check_unknown(self, jobs: list[Job]) -> None:
        """Where dollars are limited and calls are not, a price nobody knows fits no limit."""
        if self._settings.daily_usd is None or self._settings.daily_calls is not None:
            return
        for job in jobs:
            if job.money.price is None:
                model = job.request.model
                text = say("studio.daily.unknown", model=model.id)
                raise OverBudget(text, provider=model.provider, advice=say("studio.daily.own"))

    def _refuse(self, used: DailySpent, needed: _Needed, now: float) -> OverBudget | None:
        """Why there is no room for what is needed, None where there is."""
        it = self._settings
        if it.address_jobs is not None and len(used.began) + needed.jobs > it.address_jobs:
            return _too_many(used.began, it.address_jobs, needed.jobs, now)
        advice = say("studio.daily.advice", hours=_until_midnight(now))
        for name, limit, spent in (
            ("usd", it.daily_usd, used.nano),
            ("usd_own", self.own_usd, used.own_nano),
        ):
            if needed.nano and limit is not None and spent + needed.nano > limit * NANO:
                sums = {"price": Decimal(needed.nano) / NANO, "limit": limit}
                sums["left"] = _rest(limit, spent) or Decimal(0)
                values = {key: _dollars(value) for key, value in sums.items()}
                return OverBudget(say(f"studio.daily.{name}", **values), advice=advice)
        for name, most, made in (
            ("calls", it.daily_calls, used.calls),
            ("calls_own", self.own_calls, used.own_calls),
        ):
            if needed.calls and most is not None and made + needed.calls > most:
                text = say(f"studio.daily.{name}", most=most, left=_fewer(most, made))
                return OverBudget(text, advice=advice)
        return None


@dataclass(frozen=True, slots=True)
class _Needed:
    """What a job and all that has to follow it come to."""

    nano: int
    calls: int
    jobs: int


def _too_many(began: tuple[float, ...], most: int, number: int, now: float) -> OverBudget:
    """Too many jobs from an address: there is room when those that are in the way are an hour
    old."""
    values = {"most": most, "number": number, "done": len(began), "minutes": 60}
    place = most - number
    if 0 <= place < len(began):
        values["minutes"] = max(1, -int((now - began[place] - HOUR) // 60))
    key = "studio.daily.jobs.advice" if number <= most else "studio.daily.jobs.never"
    return OverBudget(say("studio.daily.jobs", **values), advice=say(key, **values))


def _nano(job: Job) -> int:
    """What a job counts in billionths of a dollar; 0 for one that counts as calls."""
    return _billionths((job.money.reserved or Decimal(0)) + job.money.drawn)


def _calls(job: Job) -> int:
    """A call for each picture of a job without a price in dollars."""
    return 0 if _nano(job) else count(job.request.settings)


def _billionths(usd: Decimal) -> int:
    """Dollars in whole billionths, never less than they are."""
    return min(MOST_NANO, int((usd * NANO).to_integral_value(ROUND_CEILING)))


def _rest(limit: Decimal | None, nano: int) -> Decimal | None:
    return None if limit is None else max(Decimal(0), limit - Decimal(nano) / NANO)


def _fewer(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def _dollars(usd: Decimal) -> str:
    """At least cents, and as many more decimals as there are."""
    exact = usd.normalize()
    return f"{exact:.{max(2, -int(exact.as_tuple().exponent))}f}"


def _until_midnight(now: float) -> str:
    """How long until the day of UTC ends, in words."""
    moment = datetime.fromtimestamp(now, UTC)
    midnight = datetime.combine(moment.date() + timedelta(days=1), datetime.min.time(), UTC)
    minutes = max(1, -int((moment - midnight).total_seconds() // 60))
    key = "studio.daily.hours" if minutes >= 90 else "studio.daily.minutes"
    return say(key, hours=round(minutes / 60), minutes=minutes)
