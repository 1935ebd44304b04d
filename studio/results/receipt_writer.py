"""The receipt of a job: what was asked, what was sent, who answered, at what price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from i18n import say
from providers.schema import Price, Provider
from studio.jobs.job import ENDED, Job, State
from studio.money.spend import cost
from studio.request import UserRequest
from studio.results.image_files import StoredPicture
from studio.results.receipts import Attempt, Receipt, ReceiptImage, ReceiptPrice, TranslatedBy
from studio.results.sanitizing import plain


def write_receipt(job: Job, provider: Provider) -> Receipt:
    """The job as JSON-ready data. Paths are this machine's; the API turns them into addresses."""
    model = job.request.model
    receipt: Receipt = {
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
        "seed": job.result.seed,
        "images": [describe_image(stored) for stored in job.result.stored],
        "text": job.text,
        "findings": job.result.findings,
        "translated_by": cast(TranslatedBy, job.origin.translated_by),
        "seconds": round(job.seconds, 2),
        "price": price_paid(job),
        "key": job.key.owner,
        "upstream_id": job.upstream.id,
        "order": job.origin.order or job.id,
        "attempts": [*job.origin.attempts, attempt(job)],
        "moments": [
            [str(state), at.isoformat(timespec="milliseconds")] for state, at in job.moments
        ],
    }
    if not job.result.findings:
        del receipt["findings"]
    if not job.origin.translated_by:
        del receipt["translated_by"]
    return cast(Receipt, plain(receipt))


def _asked(job: Job) -> dict[str, Any]:
    """What the user asked; pictures by their labels, never their bytes."""
    labels = [picture.label for picture in job.user_request.pictures]
    for number, taken in enumerate(job.user_request.originals):
        labels[number] = ", ".join([labels[number], *taken.notes])
    pictures = {"pictures": labels} if labels else {}
    brief = job.user_request.brief.asked if job.user_request.brief else {}
    prompt = job.user_request.template or job.user_request.prompt
    shown = {"prompt": prompt, **_picked(job.user_request), **pictures}
    return {**shown, **brief, **job.user_request.settings}


def _picked(user_request: UserRequest) -> dict[str, Any]:
    """What was picked where the prompt left a choice, and the seed that decided it."""
    if not user_request.template:
        return {}
    which = {"picture": say("receipt.picture", number=user_request.number, of=user_request.of)}
    shown = {"picked": list(user_request.picked), "picked_by_seed": user_request.dice}
    return shown | (which if user_request.of > 1 else {})


def attempt(job: Job) -> Attempt:
    """One line of the list of tries: who was asked, and what became of it."""
    error = job.error
    return {
        "model": job.request.model.id,
        "outcome": str(job.state),
        "kind": error.kind if error else None,
        "message": error.message if error else None,
        "status": error.status if error else None,
        "upstream_id": job.upstream.id,
        "seconds": round(job.seconds, 2),
    }


def price_paid(job: Job) -> ReceiptPrice:
    """US dollars and how they are known: actual, estimate, free, not charged or unknown.

    `at_most` is what an unknown one was expected to cost.
    """
    row: Price = job.request.model.price
    expected = job.money.price if job.money.charged is None else job.money.charged
    usd = cost(job) if job.state in ENDED else expected
    return {
        "usd": None if usd is None else float(usd),
        "basis": _basis(job, usd),
        "at_most": float(job.money.price) if usd is None and job.money.price is not None else None,
        "verified": row.verified,
        "source": row.source,
        "checked": row.checked.isoformat() if row.checked else None,
        "note": row.note,
    }


def _basis(job: Job, usd: Decimal | None) -> str:
    if usd is None:
        return "unknown"
    if job.money.charged is not None:
        return "actual"
    if job.state in ENDED and job.state is not State.COMPLETED:
        return "free" if job.may_be_charged and job.money.price == 0 else "not_charged"
    return "estimate" if usd else "free"


def describe_image(stored: StoredPicture) -> ReceiptImage:
    """A result's file as a receipt tells it."""
    return {
        "name": stored.path.name,
        "path": str(stored.path),
        "format": stored.format,
        "width": stored.width,
        "height": stored.height,
        "bytes": stored.bytes,
    }
