"""What a service answered, and which error that is. The HTTP status decides before any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import httpx

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    NotAvailable,
    RateLimited,
    StudioError,
    UnknownOutcome,
)
from i18n import say
from providers.http.bounded_json import mend, parse
from providers.http.json_reading import WORDS, record, said, sentence

# A gateway gave up, or the service broke down on the way: either may have taken the job all the
# same. Only 503 says that the service is not there, so that nothing was created.
GAVE_UP = frozenset({408, 500, 502, 504, *range(520, 528)})
LEAST_SECRET, MOST_SECRET = 8, 16
LONGEST_SAID = 20_000
WAIT = re.compile(r"\d{1,6}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """A failed answer: enough to explain the failure with."""

    # The provider's name in our catalogue,
    provider: str
    # and the one to show.
    title: str
    # "GET", "POST", …
    method: str
    # Of the address that was asked.
    path: str
    # The HTTP status.
    status: int
    # The answer's.
    headers: Mapping[str, str]
    # The body, without the key.
    text: str = field(repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object in the body, or {} where it is something else."""
        return record(self._json())

    @property
    def words(self) -> str:
        """The service's own sentence, short and plain: a page, or JSON cut short, says nothing
        worth repeating."""
        parsed = self._json()
        if parsed is not None:
            return sentence(parsed)
        code = re.search(r"[<{]|^\s*\[", self.text[:200])
        return "" if code else " ".join(self.text.split())[:WORDS]

    @property
    def retry_after(self) -> float | None:
        """The wait the service asks for in seconds, from its headers or its own words."""
        header = self.headers.get("retry-after", "").strip()
        if WAIT.fullmatch(header):
            return float(header)
        try:
            return max(0.0, parsedate_to_datetime(header).timestamp() - time())
        except (ValueError, OverflowError):
            pass
        window = re.search(r";\s*t=(\d{1,6})", self.headers.get("ratelimit", ""))
        spoken = window or re.search(r"resets in ~?(\d{1,6})\s*s", self.text)
        return float(spoken.group(1)) if spoken else None

    def _json(self) -> Any:
        try:
            return parse(self.text.encode(errors="replace"))
        except ValueError:
            return None


Explain = Callable[[Answer], StudioError | None]


def explain_status(answer: Answer) -> StudioError:
    """What a status means where the provider has no reading of its own."""
    who, status, more = answer.title, answer.status, said(answer.words)
    posted = answer.method == "POST"
    known = 200 <= status < 600
    about: dict[str, Any] = {"provider": answer.provider, "status": status}
    if status in (401, 403):
        return KeyRefused(say("error.key_refused", who=who, said=more), **about)
    if status == 402:
        return NoCredit(say("error.no_credit", who=who, said=more), **about)
    if status == 429:
        text = say("error.rate_limited", who=who, said=more)
        return RateLimited(text, retry_after=answer.retry_after, **about)
    if status == 404:
        return NotAvailable(say("error.unknown_model", who=who, said=more), created=False, **about)
    if posted and (status in GAVE_UP or not known):
        return UnknownOutcome(say("error.gateway", who=who, status=status, said=more), **about)
    if status in (408, 409, 425) or status >= 500 or not known:
        text = say("error.down", who=who, status=status, said=more)
        return NotAvailable(text, created=False if posted else None, **about)
    if 300 <= status < 400:
        kind = UnknownOutcome if posted else NotAvailable
        return kind(say("error.moved", who=who), **about)
    return InvalidInput(say("error.not_accepted", who=who, status=status, said=more), **about)


def read_json(
    response: httpx.Response, key: str, provider: str, title: str, *, paid: bool
) -> dict[str, Any]:
    """The JSON object of a successful answer, without the key in anything it says.

    `paid`: the answer belongs to a POST that may have created a job, so that anything else than
    a JSON object leaves the outcome unknown; elsewhere it only means that the service is unwell.
    """
    try:
        body = _clean(parse(response.content), response.content, key)
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    kind = UnknownOutcome if paid else NotAvailable
    raise kind(say("error.not_json", who=title), provider=provider, status=response.status_code)


def scrub(text: str, key: str) -> str:
    """The text without the key, whole or in any part long enough to help a thief."""
    return _hide(text, _parts(key))


def _parts(key: str) -> list[str]:
    """Every part of the key that is long enough."""
    size = min(max(LEAST_SECRET, len(key) // 2), MOST_SECRET, len(key))
    return list({key[start : start + size] for start in range(len(key) - size + 1)}) if key else []


def _hide(text: str, parts: list[str]) -> str:
    found = [part for part in parts if part in text]
    if not found:
        return text
    hidden = [False] * len(text)
    for part in found:
        at = text.find(part)
        while at >= 0:
            hidden[at : at + len(part)] = [True] * len(part)
            at = text.find(part, at + 1)
    shown = "".join("\0" if gone else letter for letter, gone in zip(text, hidden, strict=True))
    return re.sub("\0+", "…", shown)


def _clean(found: Any, raw: bytes, key: str) -> Any:
    """The value with the key scrubbed from its sentences, and without half characters, which
    nothing could write down. Addresses and data stay."""
    parts = _parts(key)
    escaped = b"\\u" in raw or b"\\/" in raw  # which could spell the key in another way
    if not escaped and not any(part.encode(errors="replace") in raw for part in parts):
        return found

    def change(text: str) -> str:
        if not text.isascii():
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(text) > LONGEST_SAID or text.startswith(("http", "data:")):
            return text
        return _hide(text, parts)

    return mend(found, change)
