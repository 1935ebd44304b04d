"""An independent count of a session's money, and every place where it differs from Easel's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bench.money.till import FREE, OPEN, Till
from errors import OverBudget
from studio.jobs.job import Job
from studio.money.spend import Spend
from studio.service import Studio
from studio.session import Session

ZERO = Decimal(0)


@dataclass
class Entry:
    """One job. `held`: what counts against the caps now; `paid`: what it cost, None where nobody
    knows; `actual`: the provider told."""

    number: int
    owner: str
    price: Decimal | None
    held: Decimal
    paid: Decimal | None = ZERO
    actual: bool = False
    flying: bool = True
    model: str = ""
    over: asyncio.Event = field(default_factory=asyncio.Event, repr=False)


@dataclass
class Books:
    """The count of one session. `wrong`: what was found amiss on the way."""

    till: Till
    budget: Decimal | None
    cap: Decimal | None
    entries: dict[str, Entry] = field(default_factory=dict)
    refused: int = 0
    reserved: int = 0
    wrong: list[str] = field(default_factory=list)

    def held(self, owner: str = "") -> Decimal:
        """What counts against the cap, or of one owner's keys against the budget."""
        entries = self.entries.values()
        return sum((each.held for each in entries if owner in ("", each.owner)), ZERO)

    def allowed(self, job: Job) -> bool:
        """Whether there is room for a job."""
        known = self.entries.get(job.id)
        if known is not None and not known.flying and known.paid is None:
            return True  # asked after again: it was counted when it was sent
        limits = [(self.cap, self.held())]
        if job.key.owner == "operator":
            limits.append((self.budget, self.held("operator")))
        if job.money.price == ZERO:
            return True
        return all(
            limit is None or (job.money.price is not None and held + job.money.price <= limit)
            for limit, held in limits
        )

    def begin(self, job: Job) -> None:
        """A job was let through."""
        number = int(job.request.settings["seed"])
        price = job.money.price or ZERO
        model = job.request.model.id
        self.entries[job.id] = Entry(number, job.key.owner, job.money.price, price, model=model)
        self.reserved += 1

    def finish(self, job: Job) -> None:
        """A job ended: what the till's own script says of its money."""
        entry = self.entries[job.id]
        script = self.till.scripts[entry.number]
        entry.flying = False
        entry.paid = entry.price
        if entry.number not in self.till.accepted or script.end in FREE:
            entry.paid = ZERO
        elif script.end in OPEN and not self.till.turned_out_well(entry.number):
            entry.paid = ZERO if entry.price == ZERO else None
        elif script.charged is not None and believable(script.charged, entry.price):
            entry.paid, entry.actual = script.charged, True
        entry.held = (entry.price or ZERO) if entry.paid is None else entry.paid
        entry.over.set()


@dataclass
class WatchedSpend(Spend):
    """Easel's own count, watched: at each reservation and each end the books must agree."""

    books: Books = field(kw_only=True)

    def reserve(self, job: Job, budget: Decimal | None, cap: Decimal | None = None) -> None:
        """Let Easel decide; compare."""
        books, due = self.books, self.books.allowed(job)
        try:
            super().reserve(job, budget, cap)
        except OverBudget:
            books.refused += 1
            if due:
                books.wrong.append(f"{job.id} at {job.money.price} was refused without need")
            raise
        if not due:
            books.wrong.append(f"{job.id} at {job.money.price} passes a limit: {books.held()} held")
        books.begin(job)
        books.wrong += compare(self, books)

    def settle(self, job: Job) -> Decimal | None:
        """Let Easel count; compare."""
        paid = super().settle(job)
        self.books.finish(job)
        self.books.wrong += compare(self, self.books)
        return paid


def believable(charged: Decimal, price: Decimal | None) -> bool:
    """Whether what a provider says it took is at most ten times the price that was known."""
    return price is None or charged <= 10 * price


def compare(spend: Spend, books: Books) -> list[str]:
    """Every figure of `Spend` that is not the one recounted, or no Decimal."""
    entries = books.entries.values()
    ended = [each for each in entries if not each.flying and each.paid is not None]
    paid = {
        actual: sum((each.paid or ZERO for each in ended if each.actual is actual), ZERO)
        for actual in (True, False)
    }
    operators = (each.paid or ZERO for each in ended if each.owner == "operator")
    wanted: dict[str, Any] = {
        "actual": paid[True],
        "estimated": paid[False],
        "total": paid[True] + paid[False],
        "operator": sum(operators, ZERO),
        "held": books.held(),
        "held_operator": books.held("operator"),
        "unknown": sum(each.paid is None for each in entries if not each.flying),
    }
    found = {name: getattr(spend, name) for name in wanted}
    wrong = [f"{k}: {found[k]} for {wanted[k]}" for k in wanted if found[k] != wanted[k]]
    floats = [k for k, value in found.items() if k != "unknown" and type(value) is not Decimal]
    return wrong + [f"{name} is no Decimal" for name in floats]


def close(studio: Studio, session: Session, books: Books) -> Iterator[str]:
    """What differs at the end between the books and receipts, records and statistics."""
    if session.spend.flying:
        yield f"still in flight: {list(session.spend.flying)}"
    yield from compare(session.spend, books)
    known = [receipt["price"]["usd"] for receipt in session.results.history]
    receipts = sum((Decimal(str(usd)) for usd in known if usd is not None), ZERO)
    if receipts != session.spend.total:
        yield f"receipts: {receipts} for {session.spend.total}"
    for job, entry in books.entries.items():
        usd = studio.status(session, job)["price"]["usd"]
        if (None if usd is None else Decimal(str(usd))) != entry.paid:
            yield f"record {job}: {usd} for {entry.paid}"
    for model, tally in session.statistics.models.items():
        rows = [each.paid or ZERO for each in books.entries.values() if each.model == model]
        if tally.spend != sum(rows, ZERO) or type(tally.spend) is not Decimal:
            yield f"statistics of {model}: {tally.spend} for {sum(rows, ZERO)}"
