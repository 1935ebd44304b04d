"""What happened in the cloud: calls, jobs, planned faults and the paces of jobs, under one lock."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .inputs import Received, Upload

SERVICES = ("replicate", "fal", "huggingface", "wavespeed", "openai")
ALIASES = {"hf": "huggingface", "hub": "huggingface", "router": "huggingface"}

Json = dict[str, Any]


def service_name(name: str) -> str:
    """The full name of a service; "hf" is "huggingface". Raises ValueError for a stranger."""
    full = ALIASES.get(name, name)
    if full not in SERVICES:
        raise ValueError(f"no such service: {name!r}; one of {', '.join(SERVICES)}")
    return full


@dataclass
class Call:
    """One request as it arrived, and what became of it.

    `path` is the whole path on the wire ("/replicate/v1/account"); `body` is parsed JSON, a dict
    of parts for multipart (files as {"filename", "content_type", "data"}), bytes otherwise, None
    when empty; `at` is time.monotonic(). `status` is None while unanswered or when the line was
    cut. `stage` is submit, poll, result, cancel, mapping, upload, put, fetch or "" (the rest).
    `accepted` tells whether a job was created, `job` which one; `fault` which fault struck;
    `runs_on` whether a cancellation is to be answered and disobeyed.
    """

    service: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    raw: bytes = field(repr=False, default=b"")
    at: float = field(default_factory=time.monotonic)
    status: int | None = None
    stage: str = ""
    accepted: bool = False
    job: str | None = None
    fault: str | None = None
    runs_on: bool = field(repr=False, default=False)


@dataclass
class Fault:
    """A planned failure. `times` None means for ever; `details` are read by the kind."""

    service: str
    stage: str
    kind: str | int
    times: int | None = 1
    details: Json = field(default_factory=dict)


@dataclass
class Pace:
    """How a job moves: polls in queue, polls running, at least `delay` seconds for each."""

    queue: int = 2
    steps: int = 3
    delay: float = 0.05

    @property
    def total(self) -> float:
        """Seconds from acceptance to the end for who waits without polling."""
        return (self.queue + self.steps) * self.delay


@dataclass
class Job:
    """A paid job. `state`: queued, running, succeeded, failed, cancelled, aborted or unknown.

    A job moves one tick per poll, but never faster than one tick per `pace.delay` seconds:
    `pace.queue` ticks queued, then `pace.steps` ticks running, then its end. `outcome` is the
    planned fault that decides the end; `pictures` are what it makes (see pictures.py);
    `received` are those it was given, decoded (see inputs.py); `invalid` when the model will find
    the request wrong.
    """

    id: str
    service: str
    model: str
    input: Json
    pace: Pace
    outcome: Fault | None = None
    state: str = "queued"
    cancelled: bool = False
    ticks: int = 0
    created: float = field(default_factory=time.time)
    moved: float = field(default_factory=time.monotonic)
    finished: float | None = None
    pictures: list[Any] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    invalid: bool = False
    notes: Json = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the job has come to its end."""
        return self.state not in ("queued", "running")

    @property
    def position(self) -> int:
        """How many jobs stand before this one in the queue."""
        return max(self.pace.queue - self.ticks, 0)

    @property
    def step(self) -> int:
        """Running ticks done, 0 to pace.steps."""
        return min(max(self.ticks - self.pace.queue, 0), self.pace.steps)

    def poll(self) -> None:
        """Show the next tick, when enough time has passed since the last."""
        now = time.monotonic()
        if self.over or now - self.moved < self.pace.delay:
            return
        self.ticks, self.moved = self.ticks + 1, now
        self.settle()

    def settle(self) -> None:
        """Set the state that the ticks amount to."""
        if self.ticks >= self.pace.queue + self.pace.steps:
            self.end()
        elif self.ticks >= self.pace.queue:
            self.state = "running"

    def end(self) -> None:
        """Come to the end at once: the planned outcome, or success."""
        if self.over:
            return
        kind = self.outcome.kind if self.outcome else ""
        ends = {"failed": "failed", "aborted": "aborted", "unknown_status": "unknown"}
        polite = self.outcome is not None and self.outcome.details.get("form") == "text"
        ends["refusal"] = "succeeded" if self.pictures or polite else "failed"
        self.state = "failed" if self.invalid else ends.get(str(kind), "succeeded")
        self.ticks, self.finished = self.pace.queue + self.pace.steps, time.time()

    def cancel(self, state: str = "cancelled") -> None:
        """Stop the job for good."""
        self.state, self.finished = state, time.time()
        self.cancelled = True


class Ledger:
    """All that the emulators remember; every method takes the lock."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.keys = {name: f"{name}-key-for-tests" for name in SERVICES}
        self.good: dict[str, set[str]] = {name: {key} for name, key in self.keys.items()}
        self.clear()

    def clear(self) -> None:
        """Forget everything but the keys."""
        with self.lock:
            self.calls: list[Call] = []
            self.jobs: dict[str, Job] = {}
            self.faults: list[Fault] = []
            self.paces: dict[str, Pace] = {}
            self.mappings: dict[str, Json | list[Json] | None] = {}
            self.files: dict[str, Any] = {}
            self.uploads: dict[str, Upload] = {}
            self.ignored: list[str] = []
            self.texts: list[str] = []

    def plan(self, fault: Fault) -> None:
        """Add a fault to the plan."""
        with self.lock:
            self.faults.append(fault)

    def take(self, service: str, stage: str, outcome: bool | None = None) -> Fault | None:
        """The first planned fault for the stage, used up by one; None when there is none.

        `outcome` True keeps to faults that decide a job's end, False to all others.
        """
        with self.lock:
            for fault in self.faults:
                fits = outcome is None or outcome is (fault.kind in OUTCOMES)
                if fault.service == service and fault.stage == stage and fits:
                    if fault.times is not None:
                        fault.times -= 1
                        if fault.times <= 0:
                            self.faults.remove(fault)
                    return fault
        return None

    def create(self, job: Job, call: Call) -> Job:
        """Enter a job: from here on it is paid for. Marks the call as accepted."""
        with self.lock:
            job.settle()
            self.jobs[job.id] = job
            call.accepted, call.job = True, job.id
            return job

    def find(self, service: str, job_id: str) -> Job | None:
        """The job of this id at this service."""
        with self.lock:
            job = self.jobs.get(job_id)
            return job if job and job.service == service else None

    def pace(self, service: str) -> Pace:
        """The pace in force for new jobs of the service."""
        with self.lock:
            return self.paces.get(service, Pace())

    def ignore(self, service: str, model: str, names: list[str]) -> None:
        """Note fields that the service takes without a word and does nothing with."""
        with self.lock:
            self.ignored += [f"{service} {model}: {name}" for name in names]

    def leaks(self) -> list[str]:
        """Every place where a key was seen that should not have been."""
        with self.lock:
            return [leak for call in self.calls for leak in self.leaks_of(call)]

    def leaks_of(self, call: Call) -> list[str]:
        """The leaks of one call: a stranger's key, a key in the URL, any key at the file host."""
        where = f"{call.method} {call.path}"
        found = []
        if call.service == "files":
            names = [name for name in call.headers if name in CREDENTIALS]
            found += [f"{where}: the file host was sent the header {name}" for name in names]
        url = " ".join([call.path, *call.query, *call.query.values()])
        seen = " ".join(call.headers.values()) + call.raw.decode("utf-8", "replace")
        for key in {key for keys in self.good.values() for key in keys}:
            owners = sorted(name for name, keys in self.good.items() if key in keys)
            if key in url:
                found.append(f"{where}: the key of {'/'.join(owners)} stands in the URL")
            if key in seen and call.service not in owners:
                who = call.service or "a stranger"
                found.append(f"{where}: {who} was shown the key of {'/'.join(owners)}")
        return found


# Jobs that end well and are told of in odd ways (bending.py); the others end as they are called.
BENT = frozenset({"many", "odd_values", "foreign_url", "black"})
OUTCOMES = BENT | {
    "refusal", "failed", "aborted", "empty_result", "unknown_status", "wrong_content_type"
}  # fmt: skip
CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key"})
