"""Injects failures, prints what became of the jobs, fails when a figure that must be 0 is not.

Every job runs through the real studio and SDKs against emulated services, and is judged by what
these saw. About three in ten start from pictures, one row of each service: an edit, an upscaling, a
face swap; those also fail while the pictures are handed in. "here" is what happens on this machine
while a job is at its provider: its disk is full when the result comes, the app is killed and
started anew, an adapter breaks down over an answer. Columns: jobs played; paid POSTs that
arrived; jobs the services accepted; requests that brought pictures; those that brought them only
after "check again"; those in which another model was asked, or the sketch drawn; those that ended
in an error; those with a complaint. Figures:

submitted again    a second POST to a provider whose answer to the first left a job possible, or
                   any POST while asking again
accepted beside    a job accepted although another was accepted before it, and not one that failed
                   in a way its provider documents as free
results lost       pictures that were made and could be had, yet were not handed over: at once where
                   the failure passes, after "check again" where the service or the file host gave
                   its last word; a host that fails for ever must be told as `result_lost`, with
                   the provider's id
wrong fallbacks    another model asked, or the sketch drawn, after anything but proof that the last
                   provider had made nothing; anybody at all beside a model the user named
dearer             a POST for a model above `max_price`, or above Auto's own ceiling
without advice     an error without a sentence on what happened or on what to do, or no StudioError
keys in messages   half a key or more in an error, a record or a receipt
keys astray        a key where it does not belong, as the emulators saw it; or one broke down
without an end     jobs whose last state is none of the five that end a job

The last line counts jobs that a service created while its status said that it had created none
(401-404, 409, 422, 429, 503): no client can know of those, so they are no complaint.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.faults.judge import FIGURES, denied, judge
from bench.faults.plan import Injection, plans
from bench.faults.play import play_all
from bench.faults.witness import Seen, Told

LANES = 16
SHOWN = 40


def main() -> None:
    """Play them, print the table and the figures."""
    options = argparse.ArgumentParser(
        prog="bench.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--seed", type=int, default=3)
    options.add_argument("--count", type=int, default=1200)
    options.add_argument("--lanes", type=int, default=LANES)
    given = options.parse_args()
    began = time.monotonic()
    chosen = list(plans(given.seed, given.count))
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(play_all(chosen, Path(folder), given.lanes))
    bad = report(chosen, played)
    print(f"{len(chosen)} faults, seed {given.seed}, {time.monotonic() - began:.0f} s")
    sys.exit(1 if bad else 0)


def report(chosen: list[Injection], played: list[tuple[Seen, Told]]) -> int:
    """Print the table, the totals and the first complaints; how many complaints there are."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    figures: Counter[str] = Counter(dict.fromkeys(FIGURES, 0))
    complaints: list[str] = []
    said_no = 0
    for plan, (seen, told) in zip(chosen, played, strict=True):
        found = judge(plan, seen, told)
        row = rows.setdefault((plan.cell.stage, str(plan.cell.kind)), Counter())
        row.update(_counted(plan, seen, told, bool(found)))
        figures.update(figure for figure, _ in found)
        said_no += denied(seen)
        complaints += [f"{figure}: {what}  [{plan.number}: {plan.cell}]" for figure, what in found]
    _print_table(rows)
    for line in complaints[:SHOWN]:
        print(line)
    for figure, title in FIGURES.items():
        print(f"{title:45} {figures[figure]:5}")
    print(f"{'(created by a provider that denied it)':45} {said_no:5}")
    return len(complaints)


COLUMNS = ("jobs", "POSTs", "accepted", "delivered", "by check", "went on", "errors", "bad")


def _counted(plan: Injection, seen: Seen, told: Told, bad: bool) -> dict[str, int]:
    late = set(told.recovered) - set(told.delivered)
    return {
        "jobs": 1,
        "POSTs": len(seen.sent),
        "accepted": sum(bool(sent.job) for sent in seen.sent),
        "delivered": bool(told.delivered),
        "by check": bool(late),
        "went on": len(seen.sent) > 1 or (bool(seen.sent) and told.by.startswith("local/")),
        "errors": told.error is not None,
        "bad": bad,
    }


def _print_table(rows: dict[tuple[str, str], Counter[str]]) -> None:
    print(f"{'stage':9} {'kind':15}" + "".join(f"{name:>10}" for name in COLUMNS))
    for (stage, kind), row in sorted(rows.items()):
        print(f"{stage:9} {kind:15}" + "".join(f"{row[name]:10}" for name in COLUMNS))
    total = sum(rows.values(), Counter[str]())
    print(f"{'all':9} {'':15}" + "".join(f"{total[name]:10}" for name in COLUMNS))


if __name__ == "__main__":
    main()
