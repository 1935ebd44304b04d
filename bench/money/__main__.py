"""Simulates jobs with failures, stops, unknown prices, actual charges, a budget and caps.

Prints how they ended and what every book says; fails when two books differ, when a limit was
passed at any reservation, when a job was refused without need, or when an amount is no Decimal.
The recount knows nothing of Easel's: it is made from what the simulated provider did.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from bench.money.books import ZERO, Books, WatchedSpend, close
from bench.money.till import FREE, OPEN, Script, Till
from errors import StudioError
from providers.catalogue import MODELS
from providers.schema import GenerationRequest
from settings import Settings
from studio import runner, service
from studio.jobs import executor, timing
from studio.jobs.job import Job, State
from studio.jobs.parts import JobMoney
from studio.keys import Key, Keyring, Owner
from studio.request import UserRequest
from studio.service import Studio
from studio.session import Session, VisitorLimits
from studio.storage.records import is_open

SESSIONS = 10
AT_ONCE = 5
BUDGET = Decimal("2.40")
CAPS = (None, Decimal("2.5"), Decimal("3.2"), Decimal("1.25"), Decimal(0))
PRICES = ("0.003", "0.0125", "0.027", "0.039", "0.04", "0.078", "0.1333", "0")
ROWS = ("fal/flux-dev", "fal/flux-schnell", "fal/seedream-4")
PAUSES: dict[str, Any] = {"FIRST_POLL": 0.002, "SLOWEST_POLL": 0.01, "FIND_PAUSES": ()}


@dataclass
class Result:
    """What was played: how many jobs ended how, the books, and what is wrong."""

    ends: Counter[str] = field(default_factory=Counter)
    books: list[Books] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    spent: Decimal = ZERO


def main() -> None:
    """Play, print, judge."""
    options = argparse.ArgumentParser(prog="bench.money", description=__doc__)
    options.add_argument("--seed", type=int, default=3)
    options.add_argument("--count", type=int, default=1000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(simulate(given.seed, given.count, Path(folder)))
    print("  ".join(f"{end} {count}" for end, count in sorted(result.ends.items())))
    reserved = sum(each.reserved for each in result.books)
    refused = sum(each.refused for each in result.books)
    print(f"{given.count} jobs: {reserved} reservations, {refused} refused by a limit")
    print(f"spent ${result.spent}, in {SESSIONS} sessions; books that differ: {len(result.wrong)}")
    for line in result.wrong[:20]:
        print(line)
    sys.exit(1 if result.wrong else 0)


async def simulate(seed: int, count: int, folder: Path) -> Result:
    """So many jobs in several sessions of one studio, several at once in each."""
    random, result = Random(seed), Result()
    till = Till({number: _script(random) for number in range(count)})
    studio = Studio(Settings(history_limit=1000, budget=BUDGET), folder)
    numbers = [list(range(start, count, SESSIONS)) for start in range(SESSIONS)]
    served: dict[str, Any] = {"provider_of": lambda model: till.provider()}
    with (
        patch.multiple(timing, **PAUSES),
        patch.multiple(executor, **served),
        patch.multiple(service, **served),
        patch.multiple(runner, POLL_SECONDS=0.01, **served),
    ):
        seeds = [random.randrange(2**32) for _ in numbers]
        plays = [
            _session(studio, till, CAPS[index % len(CAPS)], mine, Random(seeds[index]), result)
            for index, mine in enumerate(numbers)
        ]
        await asyncio.gather(*plays)
    everything = sum((tally.spend for tally in studio.statistics.models.values()), ZERO)
    if everything != result.spent:
        result.wrong.append(f"statistics of the process: {everything} for {result.spent}")
    return result


async def _session(
    studio: Studio, till: Till, cap: Decimal | None, numbers: list[int], random: Random, to: Result
) -> None:
    """One visitor's jobs, then those whose end is open asked after again."""
    books = Books(till, studio.settings.budget, cap)
    session = Session(limits=VisitorLimits(cap=cap), spend=WatchedSpend(books=books))
    jobs = [_job(number, random) for number in numbers]
    waiting = iter(jobs)

    async def lane() -> None:
        for job in waiting:
            to.ends[await _live(studio, session, job, books)] += 1

    await asyncio.gather(*(lane() for _ in range(AT_ONCE)))
    await _ask_again(studio, session, [job for job in jobs if job.id in books.entries], till)
    to.books.append(books)
    to.wrong += [*books.wrong, *close(studio, session, books)]
    to.spent += session.spend.total


async def _live(studio: Studio, session: Session, job: Job, books: Books) -> str:
    """One job to its end, or to where its user stops it; how it ended."""
    stopping = books.till.scripts[int(job.request.settings["seed"])].end == "stopped"
    try:
        backend = studio.backend
        watching = backend.runner.watch(job, session, backend.executor.run)
        async with contextlib.aclosing(watching) as steps:
            async for step in steps:
                if stopping and step.state in (State.ACCEPTED, State.RUNNING):
                    break
    except StudioError as error:
        return error.kind
    await books.entries[job.id].over.wait()
    return str(job.state)


async def _ask_again(studio: Studio, session: Session, jobs: list[Job], till: Till) -> None:
    """The user presses "check again" wherever it is offered."""
    for job in jobs:
        if not is_open(studio.status(session, job.id)):
            continue
        till.second.add(int(job.request.settings["seed"]))
        keys = {"fal": job.key.value}
        ring = Keyring(operator=keys) if job.key.owner == "operator" else Keyring(typed=keys)
        with contextlib.suppress(StudioError):
            async with contextlib.aclosing(studio.check(session, job.id, ring)) as steps:
                async for _ in steps:
                    pass


def _script(random: Random) -> Script:
    """Half of the jobs end well, some of them at a price the provider tells."""
    if random.random() < 0.3:
        return Script(random.choice(FREE))
    if random.random() < 0.35:
        return Script(random.choice(OPEN), found=random.random() < 0.5)
    charged = Decimal(random.randrange(1, 1200)) / 10_000 if random.random() < 0.4 else None
    return Script("done", charged, polls=random.randrange(4))


def _job(number: int, random: Random) -> Job:
    """One job at some price, on somebody's key."""
    owner: Owner = random.choice(["operator", "user"])
    price = None if random.random() < 0.1 else Decimal(random.choice(PRICES))
    row = MODELS[random.choice(ROWS)]
    request = GenerationRequest(row, "a fox", {"seed": number})
    return Job(UserRequest("a fox"), request, Key(f"{owner}-key", owner), JobMoney(price))


if __name__ == "__main__":
    main()
