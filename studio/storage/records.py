"""The record of a job: its receipt, and what is needed to ask after it again."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from time import monotonic
from typing import cast

from errors import StudioError
from i18n import say
from providers.brief import recall_brief
from providers.catalogue import MODELS
from providers.inputs import recall
from providers.schema import GenerationRequest, Handle, Provider
from studio.jobs.job import Job, State
from studio.jobs.parts import JobMoney, JobOrigin, UpstreamJob
from studio.keys import Key, Owner
from studio.request import UserRequest
from studio.results.receipt_writer import write_receipt
from studio.results.receipts import Record, RecordError
from studio.results.sanitizing import plain

# Failures after which the job may be, or get, done all the same: those of the asking, not of the
# job. An input is found wrong by who is asked after a job, too.
OPEN_ENDS = (
    "timed_out", "result_lost", "not_available", "key_refused", "no_credit", "rate_limited",
    "invalid_input", "unknown_outcome",
)  # fmt: skip


def write_record(job: Job, provider: Provider) -> Record:
    """The receipt, and what is needed to ask after the job again: settings, handle, error."""
    handle, error = job.upstream.handle, job.error
    more = {
        "prompt": job.request.prompt,
        "settings": dict(job.request.settings),
        "pictures": [picture.remembered() for picture in job.request.pictures],
        "handle": {"id": handle.id, "urls": dict(handle.urls)} if handle else None,
        "error": _error(error) if error else None,
        "cancellation": job.upstream.cancellation,
        "brief": job.user_request.brief.remembered() if job.user_request.brief else None,
        "forgotten": job.forgotten,
        "most": None if job.money.most is None else str(job.money.most),
        "drawn": str(job.money.drawn),
    }
    return cast(Record, {**write_receipt(job, provider), **plain(more)})


def public_record(record: Record) -> Record:
    """A record as others may see it: without what is only needed to ask again."""
    hidden = (
        "handle", "prompt", "settings", "pictures", "brief", "forgotten", "most", "drawn",
    )  # fmt: skip
    return cast(Record, {name: value for name, value in record.items() if name not in hidden})


def is_open(record: Record) -> bool:
    """Whether asking after a job again can change what is known of it."""
    if record["state"] == State.UNKNOWN:
        return True
    error = record["error"]
    kind = error["kind"] if error else None
    return record["state"] == State.FAILED and kind in OPEN_ENDS and record["handle"] is not None


def revive(record: Record, key: Key) -> Job:
    """The job of a record, ready to be asked after with this key; it is not submitted again.

    Its money stays whose it was when it was sent, whoever's key asks after it.
    """
    model = MODELS[record["model"]]
    pictures = tuple(recall(picture) for picture in record["pictures"])
    brief = recall_brief(record.get("brief"))
    known = {"pictures", *(brief.asked if brief else ())}
    asked = {name: value for name, value in record["asked"].items() if name not in known}
    prompt = asked.pop("prompt")
    usd = (
        record["price"]["usd"] if record["price"]["usd"] is not None else record["price"]["at_most"]
    )
    handle = record["handle"]
    return Job(
        user_request=UserRequest(prompt, asked, pictures, brief=brief),
        request=GenerationRequest(model, record["prompt"], record["settings"], pictures, brief),
        key=Key(key.value, cast(Owner, record["key"])),
        money=JobMoney(
            None if usd is None else Decimal(str(usd)),
            most=Decimal(most) if (most := record.get("most")) else None,
            drawn=Decimal(record.get("drawn") or 0),
        ),
        warnings=[say("note.restarted")] if record.get("forgotten") else [],
        id=record["id"],
        created=datetime.fromisoformat(record["created"]),
        state=State(record["state"]),
        moments=[(State(to), datetime.fromisoformat(at)) for to, at in record["moments"]],
        origin=JobOrigin(
            record["order"],
            list(record["attempts"][:-1]),  # the last is its own, and is written anew
            record.get("translated_by"),
        ),
        upstream=UpstreamJob(
            record["upstream_id"], Handle(handle["id"], handle["urls"]) if handle else None
        ),
        text=record["text"],
        forgotten=record.get("forgotten", False),
        _start=monotonic() - record["seconds"],
    )


def _error(error: StudioError) -> RecordError:
    return {
        "kind": error.kind,
        "message": error.message,
        "advice": error.what_now,
        "status": error.status,
        "provider": error.provider,
    }
