"""What the emulator saw of one job, and what Easel told: all that the judge is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from providers.catalogue import MODELS
from studio.results.receipts import Receipt
from tests.cloud import Call, Cloud, Job
from tests.cloud.ledger import BENT, OUTCOMES

ROUTES = {
    "fal": "/fal/", "replicate": "/replicate/v1/models/", "wavespeed": "/wavespeed/api/v3/",
}  # fmt: skip


@dataclass
class Sent:
    """One paid POST as it arrived. `model`: the row of ours it was for, the provider's name alone
    where the router hides it. `status`: the answer, None when the line was cut or hung. `job`: the
    job it created. `fault`: what was done to the answer."""

    provider: str
    model: str
    status: int | None
    job: str = ""
    fault: str = ""

    @property
    def answered(self) -> bool:
        """Whether the client was told the job as the service documents it."""
        return self.status in (200, 201) and (not self.fault or self.fault in OUTCOMES)


@dataclass
class Made:
    """One job the provider had, and would ask money for. `good`: it ends, or ended, with pictures;
    so many. `free`: it failed in a way the provider documents as free. `struck`: what was done to
    the answers about it, and to its files."""

    id: str
    provider: str
    pictures: int = 0
    good: bool = True
    free: bool = False
    struck: set[str] = field(default_factory=set)


@dataclass
class Seen:
    """The emulator's side. `faults`: keys that went astray, and breakdowns of the emulator."""

    sent: list[Sent]
    made: list[Made]
    faults: list[str] = field(default_factory=list)


@dataclass
class Told:
    """Easel's side. `delivered`: pictures on disk by the provider's job id, from receipts; `by`:
    the model that answered, "" for none. `recovered`: the same after asking again, once all is
    well. `error`: kind, message, advice, the provider's id. `states`: of every job, at the end.
    `asked_again`: paid POSTs while asking again. `words`: everything said."""

    delivered: dict[str, int] = field(default_factory=dict)
    by: str = ""
    recovered: dict[str, int] = field(default_factory=dict)
    error: dict[str, str] | None = None
    states: list[str] = field(default_factory=list)
    asked_again: int = 0
    words: str = field(default="", repr=False)
    crash: str = ""


def look(cloud: Cloud, among: Collection[str] = ()) -> Seen:
    """What the emulator has seen since it was reset. `among`: the rows that could be asked, which
    tells apart those of several tasks at one address."""
    calls = cloud.calls
    sent = [
        Sent(call.service, _row(call, among), call.status, call.job or "", call.fault or "")
        for call in calls
        if call.stage == "submit"
    ]
    made = [_made(job, calls) for job in cloud.jobs()]
    return Seen(sent, made, [*cloud.leaks(), *cloud.bugs])


def _row(call: Call, among: Collection[str]) -> str:
    """The id of the row a POST was for."""
    endpoint = call.path.removeprefix(ROUTES.get(call.service, "")).removesuffix("/predictions")
    body = call.body if isinstance(call.body, dict) else {}
    if call.service == "openai":
        endpoint = str(body.get("model"))
    version = str(body.get("version") or "")  # a community model's, which has no address of its own
    ids = [
        model.id
        for model in MODELS.values()
        if model.provider == call.service
        and (model.endpoint == endpoint or (version and model.endpoint.endswith(f":{version}")))
    ]
    return next((each for each in ids if each in among), next(iter(ids), call.service))


def _made(job: Job, calls: list[Call]) -> Made:
    kind = job.outcome.kind if job.outcome else ""
    paths = {picture.path for picture in job.pictures}
    about = [call for call in calls if call.path in paths or (call.job == job.id and _asks(call))]
    good = (
        kind in ("", *BENT)
        and not job.invalid
        and job.state not in ("failed", "cancelled", "aborted")
    )
    return Made(
        job.id,
        job.service,
        len(job.pictures),
        good=good,
        free=job.service == "fal" and kind in ("failed", "aborted"),
        struck={call.fault for call in about if call.fault} | _silenced(calls),
    )


def _asks(call: Call) -> bool:
    return call.stage in ("poll", "result")


def _silenced(calls: list[Call]) -> set[str]:
    """Faults that struck a question about a job before the emulator read which job it was."""
    return {call.fault for call in calls if call.fault and _asks(call) and call.job is None}


def pictures(receipt: Receipt) -> int:
    """How many pictures of a receipt lie on the disk."""
    return sum(Path(image["path"]).stat().st_size > 0 for image in receipt["images"])
