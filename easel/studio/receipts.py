"""The receipt of a job: what was asked, what was sent, who answered, at what price."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from easel.providers.schema import Price, Provider
from easel.studio.job import Job
from easel.studio.session import Receipt


def write_receipt(job: Job, provider: Provider) -> Receipt:
    """The job as JSON-ready data. Paths are this machine's; the API turns them into addresses."""
    model = job.request.model
    return {
        "id": job.id,
        "created": job.created.isoformat(timespec="seconds"),
        "state": str(job.state),
        "task": str(model.task),
        "model": model.id,
        "title": model.title,
        "provider": provider.title,
        "asked": {"prompt": job.asked.prompt, **job.asked.settings},
        "sent": dict(provider.payload(job.request)),
        "warnings": list(job.warnings),
        "seed": job.seed,
        "images": [_image(stored) for stored in job.stored],
        "seconds": round(job.seconds, 2),
        "price": price_paid(job),
        "key": job.key.owner,
        "upstream_id": job.upstream_id,
        "moments": [
            [str(state), at.isoformat(timespec="milliseconds")] for state, at in job.moments
        ],
    }


def price_paid(job: Job) -> dict[str, Any]:
    """US dollars and how they are known: actual, estimate, free or unknown."""
    row: Price = job.request.model.price
    usd, basis = (job.charged, "actual") if job.charged is not None else (job.price, "estimate")
    if usd is None:
        basis = "unknown"
    elif usd == Decimal(0):
        basis = "free"
    return {
        "usd": None if usd is None else float(usd),
        "basis": basis,
        "verified": row.verified,
        "source": row.source,
        "checked": row.checked.isoformat() if row.checked else None,
        "note": row.note,
    }


def _image(stored: Any) -> dict[str, Any]:
    return {
        "name": stored.path.name,
        "path": str(stored.path),
        "format": stored.format,
        "width": stored.width,
        "height": stored.height,
        "bytes": stored.bytes,
    }
