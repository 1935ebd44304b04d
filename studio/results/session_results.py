"""What was made for one visitor: the receipts of the session, and the files that go with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from errors import InvalidInput
from i18n import say
from studio.results.image_files import remove
from studio.results.receipts import Receipt

CARRIED = 8
LINGER_SECONDS = 60.0  # somebody may still be fetching what the history's limit pushed out


@dataclass
class SessionResults:
    """Changed in place: two jobs that each returned a new list would lose one of the two."""

    # The receipts, oldest first.
    history: list[Receipt] = field(default_factory=list)
    # The picture a result was made from, by the result's id, where there was just one.
    before: dict[str, Path] = field(default_factory=dict)
    # Drawings of what was changed in it, by the same id, where that was asked for.
    maps: dict[str, Path] = field(default_factory=dict)
    # Copies of results on their way to being edited again.
    carried: list[Path] = field(default_factory=list)
    # Files written besides pictures.
    files: list[Path] = field(default_factory=list)
    # Pictures no longer in the history, and since when.
    fading: list[tuple[float, Path]] = field(default_factory=list)

    def remember(self, receipt: Receipt, limit: int) -> None:
        """Add a receipt; beyond the limit the oldest goes, and a minute later its pictures."""
        self.history.append(receipt)
        self.tidy()
        while len(self.history) > limit:
            oldest = self.history.pop(0)
            self.fading += [(monotonic(), path) for path in self._files_of(oldest)]

    def tidy(self, older: float = LINGER_SECONDS) -> None:
        """Delete pictures that left the history so many seconds ago."""
        limit = monotonic() - older
        while self.fading and self.fading[0][0] <= limit:
            remove(self.fading.pop(0)[1])

    def since(self, moment: datetime | None) -> list[Receipt]:
        """The receipts of jobs that were completed at that moment or later; none without one."""
        return [each for each in self.history if moment and _completed(each) >= moment]

    def paths(self) -> set[Path]:
        """Where the files lie that were made; the session's uploads are in the upload register."""
        made = (Path(image["path"]) for receipt in self.history for image in receipt["images"])
        beside = (*self.before.values(), *self.maps.values(), *self.carried, *self.files)
        return {*made, *beside, *(path for _, path in self.fading)}

    def find(self, job_id: str) -> Receipt:
        """The receipt of that id. Raises `InvalidInput` when the session has none."""
        for receipt in self.history:
            if receipt["id"] == job_id:
                return receipt
        raise InvalidInput(
            say("studio.find.none", id=repr(job_id[:40])),
            field="id",
            advice=say("studio.find.advice"),
        )

    def delete(self, job_id: str) -> None:
        """Forget one result and delete its pictures."""
        receipt = self.find(job_id)
        self.history.remove(receipt)
        self._remove(receipt)

    def clear(self) -> None:
        """Forget every result and delete every picture."""
        while self.history:
            self._remove(self.history.pop())
        self.tidy(older=0)

    def end(self) -> None:
        """Delete everything, what was written or handed on besides pictures included."""
        self.clear()
        for kept in (self.files, self.carried):
            while kept:
                remove(kept.pop())

    def carry(self, path: Path) -> None:
        """Note a copy that was handed on; the one before the last is no longer in use."""
        self.carried.append(path)
        while len(self.carried) > CARRIED:
            remove(self.carried.pop(0))

    def _remove(self, receipt: Receipt) -> None:
        for path in self._files_of(receipt):
            remove(path)

    def _files_of(self, receipt: Receipt) -> list[Path]:
        """A result's pictures, and those that belong to it, which are forgotten."""
        made = [Path(image["path"]) for image in receipt["images"]]
        beside = (kept.pop(receipt["id"], None) for kept in (self.before, self.maps))
        return [*made, *(path for path in beside if path)]


def _completed(receipt: Receipt) -> datetime:
    return datetime.fromisoformat(receipt["moments"][-1][1])
