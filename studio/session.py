"""What one visitor's session holds: receipts, typed keys, spend. No picture bytes, but
for the one small copy that previews are drawn on.

One small object, changed in place: two jobs that each returned a new list would lose one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any

from errors import InvalidInput
from i18n import say
from studio.money.spend import Spend
from studio.prompts.translated import Translated
from studio.results.image_files import remove
from studio.results.receipts import Receipt
from studio.statistics import Statistics

CARRIED = 2
PROMPTS = 200
LINGER_SECONDS = 60.0  # somebody may still be fetching what the history's limit pushed out


@dataclass
class Session:
    """One visitor. `id` is ours and secret; it is not gradio's session hash. `cap`: US dollars
    the visitor will spend at most; `max_price`: for one request. `patience`: seconds to wait for
    a busy provider before another is tried. `price_seen`: a price nobody knows was agreed to
    once. `finish_when_gone`: paid jobs are finished when the visitor leaves. `stops`: how often he
    has stopped what runs, so that a request between two models hears of it too. `pressed`: how many
    presses of a button are being worked on. `files`: what was
    written besides pictures. `ticket`: what a browser shows to collect results that came after its
    visitor `left`. `shared`: where those who bring no session of their own are counted together.
    `address`: the network address the last call came from, "" where it is not known.
    `before`: the picture a result was made from, by the result's id, where there was just one;
    `maps`: what was changed in it, drawn, by the same id, where that was asked for.
    `carried`: copies of results on their way to being edited again.
    `sheet`: the small copy of a picture that previews are drawn on.
    `ended`: the visitor will not come back. `consent`: he has said once that the people in his
    pictures agree. `faces`: where they are in his pictures, by the pictures' digests.
    `translations`: what was translated, by the words and the language.
    `caller`, `browser`: digests of the session's name and of a token that the browser keeps, by
    which open jobs are found again when the app was restarted.
    `fading`: pictures no longer in the history, and since when. `prompts`: what was asked, newest
    first, no two the same."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    history: list[Receipt] = field(default_factory=list, repr=False)
    spend: Spend = field(default_factory=Spend)
    cap: Decimal | None = None
    max_price: Decimal | None = None
    patience: float = 0.0
    price_seen: bool = False
    finish_when_gone: bool = False
    stops: int = 0
    pressed: int = 0
    ticket: str = field(default="", repr=False)
    left: datetime | None = None
    caller: str = field(default="", repr=False)
    browser: str = field(default="", repr=False)
    statistics: Statistics = field(default_factory=Statistics)
    shared: Spend | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    before: dict[str, Path] = field(default_factory=dict, repr=False)
    maps: dict[str, Path] = field(default_factory=dict, repr=False)
    carried: list[Path] = field(default_factory=list, repr=False)
    sheet: Any = field(default=None, repr=False)
    consent: bool = False
    ended: bool = False
    faces: dict[str, Any] = field(default_factory=dict, repr=False)
    translations: dict[tuple[str, str], Translated] = field(default_factory=dict, repr=False)
    files: list[Path] = field(default_factory=list, repr=False)
    fading: list[tuple[float, Path]] = field(default_factory=list, repr=False)
    prompts: list[str] = field(default_factory=list, repr=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Session:
        """A new session: gradio copies the first one for each visitor, and that more than once."""
        return Session()

    def remember(self, receipt: Receipt, limit: int) -> None:
        """Add a receipt; beyond the limit the oldest goes, and a minute later its pictures."""
        self.history.append(receipt)
        self.tidy()
        while len(self.history) > limit:
            gone = self.history.pop(0)
            self.fading += [(monotonic(), path) for path in self._files_of(gone)]

    def note(self, prompt: str) -> None:
        """Remember what was asked, as it was written; a blank prompt is none."""
        if prompt in self.prompts:
            self.prompts.remove(prompt)
        if prompt:
            self.prompts.insert(0, prompt)
        del self.prompts[PROMPTS:]

    def tidy(self, older: float = LINGER_SECONDS) -> None:
        """Delete pictures that left the history so many seconds ago."""
        limit = monotonic() - older
        while self.fading and self.fading[0][0] <= limit:
            remove(self.fading.pop(0)[1])

    def came_after_leaving(self) -> list[Receipt]:
        """The receipts of jobs that were completed after the visitor had left."""
        if self.left is None:
            return []
        return [each for each in self.history if _completed(each) >= self.left]

    def keep_only_late(self) -> None:
        """Delete every result but those that came after the visitor had left."""
        late = self.came_after_leaving()
        self.prompts.clear()
        for receipt in [each for each in self.history if each not in late]:
            self.delete(receipt["id"])

    def paths(self) -> set[Path]:
        """Where the files lie that were made for it; its uploads are in the upload register."""
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
        """Forget every result, every prompt and what was translated, and delete every picture."""
        self.translations.clear()
        self.prompts.clear()
        while self.history:
            self._remove(self.history.pop())
        self.tidy(older=0)

    def _remove(self, receipt: Receipt) -> None:
        for path in self._files_of(receipt):
            remove(path)

    def _files_of(self, receipt: Receipt) -> list[Path]:
        """A result's pictures, and those that belong to it, which are forgotten."""
        made = [Path(image["path"]) for image in receipt["images"]]
        beside = (kept.pop(receipt["id"], None) for kept in (self.before, self.maps))
        return [*made, *(path for path in beside if path)]

    def carry(self, path: Path) -> None:
        """Note a copy that was handed on; the one before the last is no longer in use."""
        self.carried.append(path)
        while len(self.carried) > CARRIED:
            remove(self.carried.pop(0))

    def end(self) -> None:
        """Forget everything; what comes late is not kept."""
        self.ended = True
        self.clear()
        self.keys.clear()
        self.sheet = None
        self.faces.clear()
        for kept in (self.files, self.carried):
            while kept:
                remove(kept.pop())


def _completed(receipt: Receipt) -> datetime:
    return datetime.fromisoformat(receipt["moments"][-1][1])
