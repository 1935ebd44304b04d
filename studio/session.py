"""What one visitor's session holds: results, typed keys, spend. No picture bytes, but for the one
small copy that previews are drawn on.

One object, changed in place: two jobs that each returned a new list would lose one of the two.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from studio.money.spend import Spend
from studio.prompts.translated import Translated
from studio.results.session_results import SessionResults
from studio.statistics import Statistics

PROMPTS = 200


@dataclass
class VisitorLimits:
    """What a visitor allows."""

    # US dollars to spend at most in all, None for any.
    cap: Decimal | None = None
    # US dollars for one request, None for the default.
    max_price: Decimal | None = None
    # Seconds to wait for a busy provider before another is tried.
    patience: float = 0.0
    # Whether a price nobody knows was agreed to once.
    price_seen: bool = False
    # Whether paid jobs are finished when the visitor leaves.
    finish_when_gone: bool = False


@dataclass
class Visitor:
    """Who a session is for, as far as that is known."""

    # Digest of the session's name, by which open jobs are found again after a restart.
    caller: str = ""
    # Digest of a token that the browser keeps, for the same.
    browser: str = ""
    # The network address the last call came from, "" where it is not known.
    address: str = ""
    # What a browser shows to collect results that came after its visitor left.
    ticket: str = ""
    # When the visitor was last noticed to have gone, None while here.
    left: datetime | None = None

    def leave(self) -> None:
        """The visitor has gone; the first sign of it counts until the next call."""
        self.left = self.left or datetime.now(UTC)


@dataclass
class SessionCache:
    """What was worked out once and need not be again."""

    # The small copy of a picture that previews are drawn on.
    sheet: Any = None
    # Where faces are, by the digest of the picture.
    faces: dict[str, Any] = field(default_factory=dict)
    # What was translated, by the words and the language.
    translations: dict[tuple[str, str], Translated] = field(default_factory=dict)


@dataclass
class Session:
    """One visitor."""

    # Our own and secret; it is not gradio's session hash.
    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    # Keys the visitor typed, by provider.
    keys: dict[str, str] = field(default_factory=dict, repr=False)
    # What the visitor allows.
    limits: VisitorLimits = field(default_factory=VisitorLimits)
    # What was made.
    results: SessionResults = field(default_factory=SessionResults, repr=False)
    # Who the session is for.
    visitor: Visitor = field(default_factory=Visitor, repr=False)
    # What need not be worked out again.
    cache: SessionCache = field(default_factory=SessionCache, repr=False)
    # What was spent.
    spend: Spend = field(default_factory=Spend)
    # Where those who bring no session of their own are counted together, None for one's own.
    shared: Spend | None = field(default=None, repr=False)
    # How each model has done in this session.
    statistics: Statistics = field(default_factory=Statistics)
    # Prompts as they were written, newest first, no two the same.
    prompts: list[str] = field(default_factory=list, repr=False)
    # Whether the visitor has said that the people in the pictures agree.
    consent: bool = False
    # How often the visitor has stopped what runs, so that a request between two models notices.
    stops: int = 0
    # The ids of single requests that the visitor has stopped, for the same.
    stopped: set[str] = field(default_factory=set, repr=False)
    # What the page shows of the session; it is the ui's own.
    page: Any = field(default=None, repr=False)
    # How many presses of a button are being worked on.
    pressed: int = 0
    # Whether the visitor will not come back.
    ended: bool = False

    def __deepcopy__(self, memo: dict[int, Any]) -> Session:
        """A new session: gradio copies the first one for each visitor, and that more than once."""
        return Session()

    def has_stopped(self, stops: int, request_id: str) -> bool:
        """Whether this request was stopped, alone or with all others since there were so many
        `stops`."""
        return self.stops != stops or request_id in self.stopped

    def note(self, prompt: str) -> None:
        """Remember a prompt as it was written; a blank one is none."""
        if prompt in self.prompts:
            self.prompts.remove(prompt)
        if prompt:
            self.prompts.insert(0, prompt)
        del self.prompts[PROMPTS:]

    def keep_only_late(self) -> None:
        """Delete every result but those that came after the visitor had left."""
        late = self.results.since(self.visitor.left)
        self.prompts.clear()
        for receipt in [each for each in self.results.history if each not in late]:
            self.results.delete(receipt["id"])

    def clear(self) -> None:
        """Forget every result, every prompt and what was translated, and delete every picture."""
        self.cache.translations.clear()
        self.prompts.clear()
        self.results.clear()

    def end(self) -> None:
        """Forget everything; what comes late is not kept."""
        self.ended = True
        self.page = None
        self.clear()
        self.keys.clear()
        self.cache = SessionCache()
        self.results.end()
