"""Where jobs are kept under their ids, behind one small interface.

Today the memory of this process; a store shared by several replicas has to do no more than this.
Records are JSON-ready and hold no key: whoever asks again brings his own.
"""

from __future__ import annotations

from typing import Any, Protocol

Record = dict[str, Any]
KEPT = 200


class JobStore(Protocol):
    """Records by owner (a session's id) and job id."""

    def save(self, owner: str, record: Record) -> None:
        """Keep a record, replacing the one of the same id."""

    def load(self, owner: str, job_id: str) -> Record | None:
        """The owner's record of that id; None where there is none of his."""

    def forget(self, owner: str) -> None:
        """Drop all that is the owner's."""


class MemoryStore:
    """A `JobStore` that lives as long as the process; the oldest go beyond `KEPT` per owner."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, Record]] = {}

    def save(self, owner: str, record: Record) -> None:
        """Keep a record, replacing the one of the same id."""
        mine = self._records.setdefault(owner, {})
        mine[record["id"]] = record
        while len(mine) > KEPT:
            del mine[next(iter(mine))]

    def load(self, owner: str, job_id: str) -> Record | None:
        """The owner's record of that id; None where there is none of his."""
        return self._records.get(owner, {}).get(job_id)

    def forget(self, owner: str) -> None:
        """Drop all that is the owner's."""
        self._records.pop(owner, None)
