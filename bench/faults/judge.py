"""Judges one job by what the emulator saw of it. Each complaint belongs to one figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from bench.faults.plan import HERE, Injection
from bench.faults.witness import Made, Seen, Sent, Told
from studio.jobs.job import ENDED
from studio.jobs.polling import LOOKS
from studio.policy import DEFAULT_PRICE_CEILING, DEFAULT_PRICE_FACTOR

# Statuses by which a service says that it has created nothing.
PROOF = frozenset({401, 402, 403, 404, 409, 429, 503})
# The same, but a wish that is wrong here is wrong elsewhere: no reason to ask another.
NOTHING = PROOF | {400, 422}
# After these a question about a job, or for a file, is worth repeating at once.
POLL_WORDS = frozenset({"401", "402", "403", "404", "422"})
FILE_WORDS = frozenset({"403", "404", "redirect"})
SKETCH = "local/"
FIGURES = {
    "twice": "submitted again where a job was possible",
    "double": "jobs accepted beside another",
    "lost": "paid results lost",
    "wrong": "wrong fallbacks",
    "dear": "dearer than allowed",
    "mute": "messages without advice",
    "keys": "keys in messages",
    "stray": "keys astray, emulators broken",
    "open": "jobs left without an end",
}
Complaint = tuple[str, str]


def judge(plan: Injection, seen: Seen, told: Told) -> list[Complaint]:
    """Every complaint about a job: the figure it counts for, and what was found."""
    made = {job.id: job for job in seen.made}
    return [
        *_submissions(seen, made),
        *_fallbacks(plan, seen, told, made),
        *_results(plan, seen, told),
        *_prices(plan, seen),
        *_words(told),
        *(("stray", each) for each in seen.faults),
        *(("open", state) for state in told.states if state not in ENDED),
    ]


def denied(seen: Seen) -> int:
    """Jobs that a provider created while it answered that it had not: nobody can know of them."""
    return sum(bool(sent.job) and sent.status in NOTHING for sent in seen.sent)


def _proves(sent: Sent, made: dict[str, Made]) -> bool:
    """Whether the answer to a POST leaves no doubt that nothing has to be paid for it."""
    if sent.job and made[sent.job].free:
        return True
    return sent.status in PROOF and sent.fault != "refusal"


def _submissions(seen: Seen, made: dict[str, Made]) -> Iterator[Complaint]:
    possible = Counter(sent.provider for sent in seen.sent if not _proves(sent, made))
    yield from (("twice", f"{who}: {count}") for who, count in possible.items() if count > 1)
    paid = [sent for sent in seen.sent if sent.job and not _proves(sent, made)]
    yield from (("double", f"{sent.provider} {sent.job}") for sent in paid[1:])


def _fallbacks(
    plan: Injection, seen: Seen, told: Told, made: dict[str, Made]
) -> Iterator[Complaint]:
    """Whoever was asked after a POST that proved nothing, and anybody but the model named."""
    drawn = told.by.startswith(SKETCH)
    for sent, after in zip_longest(seen.sent, seen.sent[1:]):
        on = after.model if after else told.by if drawn else ""
        if on and (plan.pinned or not _proves(sent, made)):
            yield "wrong", f"{sent.model} {sent.status} {sent.fault or 'well'} -> {on}"
    if plan.pinned and drawn:
        yield "wrong", f"{plan.model} -> {told.by}"


def _results(plan: Injection, seen: Seen, told: Told) -> Iterator[Complaint]:
    """Pictures that were made and could be had, and were not handed over."""
    answered = {sent.job for sent in seen.sent if sent.answered}
    # Replicate's list of recent jobs shows those that were never answered for.
    listed = {
        sent.job
        for sent in seen.sent
        if sent.provider == "replicate" and sent.status not in NOTHING
    }
    for job in seen.made:
        if not job.good or job.id not in answered | listed:
            continue
        lasting = plan.times is None and job.provider == plan.cell.provider
        said = job.struck & _last_words(plan)
        passing = not lasting and not said and not _needs_check(plan)
        got = told.delivered.get(job.id, 0) if passing else _either(told, job.id)
        if got < job.pictures:
            yield "lost", f"{job.provider} {job.id}: {got} of {job.pictures}"
        if lasting and not told.delivered.get(job.id):
            yield from _told_lost(job, told)


def _last_words(plan: Injection) -> frozenset[str]:
    return FILE_WORDS if plan.cell.stage == "fetch" else POLL_WORDS


def _needs_check(plan: Injection) -> bool:
    """What nobody mends but who asks again: a fault of this machine's, or a word that nobody knows
    said so often that it is told."""
    often = plan.times is None or plan.times >= LOOKS
    return plan.cell.stage == HERE or (plan.cell.kind == "unknown_status" and often)


def _either(told: Told, job: str) -> int:
    return max(told.delivered.get(job, 0), told.recovered.get(job, 0))


def _told_lost(job: Made, told: Told) -> Iterator[Complaint]:
    error = told.error or {}
    if (error.get("kind"), error.get("upstream_id")) != ("result_lost", job.id):
        yield "lost", f"{job.provider} {job.id} is told as {error}"


def _prices(plan: Injection, seen: Seen) -> Iterator[Complaint]:
    """Whoever was asked at more than the user, or Auto's own rule, allows."""
    most = plan.max_price
    if most is None and not plan.pinned:
        most = max(
            DEFAULT_PRICE_FACTOR * (plan.prices[plan.first] or Decimal(0)), DEFAULT_PRICE_CEILING
        )
    for sent in seen.sent:
        price = plan.prices.get(sent.model, Decimal(0) if sent.provider == "huggingface" else None)
        if most is not None and (price is None or price > most):
            yield "dear", f"{sent.model} at {price}, allowed {most}"


def _words(told: Told) -> Iterator[Complaint]:
    if told.crash:
        yield "mute", told.crash
    if told.asked_again:
        yield "twice", f"{told.asked_again} while asking again"
    if told.error is not None:
        message, advice = told.error["message"], told.error["advice"]
        if not (message.endswith((".", "!", "?", "…")) and advice.endswith((".", "!", "?", "…"))):
            yield "mute", f"{message!r} {advice!r}"
    if "\0key" in told.words:
        yield "keys", told.words
