"""The list of predictions: which are asked for, and the page of them; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from .ledger import Job, Json

PAGE = 100


def chosen(jobs: list[Job], query: Mapping[str, str]) -> list[Job]:
    """The jobs asked for, newest first. Raises ValueError with what is wrong.

    source=web asks for those made on the website: there are none here.
    """
    if query.get("source", "web") != "web":
        raise ValueError("source must be web")
    if "source" in query:
        return []
    if "created_after" in query:
        jobs = [job for job in jobs if when(job) >= moment(query["created_after"])]
    if "created_before" in query:
        jobs = [job for job in jobs if when(job) < moment(query["created_before"])]
    return jobs[::-1]


def when(job: Job) -> datetime:
    """When a job was created, to the microsecond that its `created_at` shows."""
    return datetime.fromtimestamp(job.created, UTC)


def moment(text: str) -> datetime:
    """A time in ISO 8601, which is in UTC when it does not say. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def page(jobs: list[Job], query: Mapping[str, str], url: str) -> Json:
    """The page that the cursor names; `next` and `previous` are whole addresses or None."""
    cursor = query.get("cursor", "0")
    if not cursor.isdecimal():
        raise ValueError("Invalid cursor")
    start = int(cursor)

    def at(offset: int) -> str:
        return f"{url}?{urlencode({**query, 'cursor': str(offset)})}"

    return {
        "next": at(start + PAGE) if start + PAGE < len(jobs) else None,
        "previous": at(max(start - PAGE, 0)) if start else None,
        "results": jobs[start : start + PAGE],
    }
