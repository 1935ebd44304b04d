"""Where jobs are kept under their ids, behind one small interface.

Today the memory of this process; a store shared by several replicas has to do no more than this.
Records are JSON-ready and hold no key: whoever asks again brings his own.
"""

from __future__ import annotations

from typing import Protocol

from studio.results.receipts import Record

KEPT = 200
OVER = ("completed", "cancelled", "not_accepted")


class JobStore(Protocol):
    """Records by owner (a session's id) and job id."""

    def save(self, owner: str, record: Record) -> None:
        """Keep a record, replacing the one of the same id."""

    def load(self, owner: str, job_id: str) -> Record | None:
        """The owner's record of that id; None where there is none of his."""

    def all_of(self, owner: str) -> list[Record]:
        """Every record of the owner's, oldest first."""

    def drop(self, owner: str, job_id: str) -> None:
        """Drop the owner's record of that id, if he has one."""

    def forget(self, owner: str) -> None:
        """Drop all that is the owner's."""


class MemoryStore:
    """A `JobStore` that lives as long as the process; beyond `KEPT` per owner the oldest go, those
    whose end is certain first."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, Record]] = {}

    def save(self, owner: str, record: Record) -> None:
        """Keep a record, replacing the one of the same id."""
        mine = self._records.setdefault(owner, {})
        mine[record["id"]] = record
        while len(mine) > KEPT:
            over = (each for each, kept in mine.items() if kept.get("state") in OVER)
            del mine[next(over, next(iter(mine)))]

    def load(self, owner: str, job_id: str) -> Record | None:
        """The owner's record of that id; None where there is none of his."""
        return self._records.get(owner, {}).get(job_id)

    def all_of(self, owner: str) -> list[Record]:
        """Every record of the owner's, oldest first."""
        return [*self._records.get(owner, {}).values()]

    def drop(self, owner: str, job_id: str) -> None:
        """Drop the owner's record of that id, if he has one."""
        self._records.get(owner, {}).pop(job_id, None)

    def forget(self, owner: str) -> None:
        """Drop all that is the owner's."""
        self._records.pop(owner, None)
