"""The receipt of a job: what was asked, what was sent, who answered, at what price."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from time import monotonic
from typing import Any

from errors import StudioError
from i18n import say
from providers.brief import recall_brief
from providers.catalogue import MODELS
from providers.inputs import recall
from providers.schema import GenerationRequest, Handle, Price, Provider
from studio.job import ENDED, Job, State
from studio.keys import Key
from studio.money.spend import cost
from studio.request import UserRequest
from studio.results.image_files import StoredPicture
from studio.results.sanitizing import plain
from studio.session import Receipt
from studio.storage.job_store import Record

# Failures after which the job may be, or get, done all the same: those of the asking, not of the
# job. An input is found wrong by who is asked after a job, too.
OPEN_ENDS = (
    "timed_out", "result_lost", "not_available", "key_refused", "no_credit", "rate_limited",
    "invalid_input", "unknown_outcome",
)  # fmt: skip


def write_receipt(job: Job, provider: Provider) -> Receipt:
    """The job as JSON-ready data. Paths are this machine's; the API turns them into addresses."""
    model = job.request.model
    told = {
        "id": job.id,
        "created": job.created.isoformat(timespec="seconds"),
        "state": str(job.state),
        "task": str(model.task),
        "model": model.id,
        "title": model.title,
        "provider": provider.title,
        "asked": _asked(job),
        "sent": dict(provider.payload(job.request, job.request.labels)),
        "warnings": list(job.warnings),
        "seed": job.seed,
        "images": [describe_image(stored) for stored in job.stored],
        "text": job.text,
        **({"findings": job.findings} if job.findings else {}),
        **({"translated_by": dict(job.translated_by)} if job.translated_by else {}),
        "seconds": round(job.seconds, 2),
        "price": price_paid(job),
        "key": job.key.owner,
        "upstream_id": job.upstream_id,
        "order": job.order or job.id,
        "attempts": [*job.attempts, attempt(job)],
        "moments": [
            [str(state), at.isoformat(timespec="milliseconds")] for state, at in job.moments
        ],
    }
    return dict(plain(told))


def _asked(job: Job) -> dict[str, Any]:
    """What the user asked; pictures by their labels, never their bytes."""
    labels = [picture.label for picture in job.user_request.pictures]
    for number, taken in enumerate(job.user_request.originals):
        labels[number] = ", ".join([labels[number], *taken.notes])
    pictures = {"pictures": labels} if labels else {}
    brief = job.user_request.brief.asked if job.user_request.brief else {}
    prompt = job.user_request.template or job.user_request.prompt
    told = {"prompt": prompt, **_picked(job.user_request), **pictures}
    return {**told, **brief, **job.user_request.settings}


def _picked(user_request: UserRequest) -> dict[str, Any]:
    """What was picked where the prompt left a choice, and the seed that decided it."""
    if not user_request.template:
        return {}
    which = {"picture": say("receipt.picture", number=user_request.number, of=user_request.of)}
    told = {"picked": list(user_request.picked), "picked_by_seed": user_request.dice}
    return told | (which if user_request.of > 1 else {})


def attempt(job: Job) -> dict[str, Any]:
    """One line of the list of tries: who was asked, and what became of it."""
    error = job.error
    return {
        "model": job.request.model.id,
        "outcome": str(job.state),
        "kind": error.kind if error else None,
        "message": error.message if error else None,
        "status": error.status if error else None,
        "upstream_id": job.upstream_id,
        "seconds": round(job.seconds, 2),
    }


def price_paid(job: Job) -> dict[str, Any]:
    """US dollars and how they are known: actual, estimate, free, not charged or unknown.

    `at_most` is what an unknown one was expected to cost.
    """
    row: Price = job.request.model.price
    expected = job.price if job.charged is None else job.charged
    usd = cost(job) if job.state in ENDED else expected
    return {
        "usd": None if usd is None else float(usd),
        "basis": _basis(job, usd),
        "at_most": float(job.price) if usd is None and job.price is not None else None,
        "verified": row.verified,
        "source": row.source,
        "checked": row.checked.isoformat() if row.checked else None,
        "note": row.note,
    }


def _basis(job: Job, usd: Decimal | None) -> str:
    if usd is None:
        return "unknown"
    if job.charged is not None:
        return "actual"
    if job.state in ENDED and job.state is not State.COMPLETED:
        return "free" if job.may_be_charged and job.price == 0 else "not_charged"
    return "estimate" if usd else "free"


def write_record(job: Job, provider: Provider) -> Record:
    """The receipt, and what is needed to ask after the job again: settings, handle, error."""
    handle, error = job.handle, job.error
    more = {
        "prompt": job.request.prompt,
        "settings": dict(job.request.settings),
        "pictures": [picture.remembered() for picture in job.request.pictures],
        "handle": {"id": handle.id, "urls": dict(handle.urls)} if handle else None,
        "error": _error(error) if error else None,
        "cancellation": job.cancellation,
        "brief": job.user_request.brief.remembered() if job.user_request.brief else None,
        "forgotten": job.forgotten,
        "most": None if job.most is None else str(job.most),
        "drawn": str(job.drawn),
    }
    return {**write_receipt(job, provider), **plain(more)}


def public_record(record: Record) -> Record:
    """A record as others may see it: without what is only needed to ask again."""
    hidden = (
        "handle", "prompt", "settings", "pictures", "brief", "forgotten", "most", "drawn",
    )  # fmt: skip
    return {name: value for name, value in record.items() if name not in hidden}


def is_open(record: Record) -> bool:
    """Whether asking after a job again can change what is known of it."""
    if record["state"] == State.UNKNOWN:
        return True
    kind = (record["error"] or {}).get("kind")
    return record["state"] == State.FAILED and kind in OPEN_ENDS and record["handle"] is not None


def revive(record: Record, key: Key) -> Job:
    """The job of a record, ready to be asked after with this key; it is not submitted again.

    Its money stays whose it was when it was sent, whoever's key asks after it.
    """
    model = MODELS[record["model"]]
    pictures = tuple(recall(told) for told in record["pictures"])
    brief = recall_brief(record.get("brief"))
    known = {"pictures", *(brief.asked if brief else ())}
    user_request = {name: value for name, value in record["asked"].items() if name not in known}
    prompt = user_request.pop("prompt")
    usd = (
        record["price"]["usd"] if record["price"]["usd"] is not None else record["price"]["at_most"]
    )
    handle = record["handle"]
    return Job(
        user_request=UserRequest(prompt, user_request, pictures, brief=brief),
        request=GenerationRequest(model, record["prompt"], record["settings"], pictures, brief),
        key=Key(key.value, record["key"]),
        price=None if usd is None else Decimal(str(usd)),
        warnings=[say("note.restarted")] if record.get("forgotten") else [],
        id=record["id"],
        order=record["order"],
        created=datetime.fromisoformat(record["created"]),
        state=State(record["state"]),
        moments=[(State(to), datetime.fromisoformat(at)) for to, at in record["moments"]],
        attempts=list(record["attempts"][:-1]),  # the last is its own, to be told anew
        upstream_id=record["upstream_id"],
        text=record["text"],
        translated_by=record.get("translated_by", {}),
        handle=Handle(handle["id"], handle["urls"]) if handle else None,
        forgotten=record.get("forgotten", False),
        most=Decimal(record["most"]) if record.get("most") else None,
        drawn=Decimal(record.get("drawn") or 0),
        _start=monotonic() - record["seconds"],
    )


def _error(error: StudioError) -> dict[str, Any]:
    return {
        "kind": error.kind,
        "message": error.message,
        "advice": error.what_now,
        "status": error.status,
        "provider": error.provider,
    }


def describe_image(stored: StoredPicture) -> dict[str, Any]:
    """A result's file as a receipt tells it."""
    return {
        "name": stored.path.name,
        "path": str(stored.path),
        "format": stored.format,
        "width": stored.width,
        "height": stored.height,
        "bytes": stored.bytes,
    }
