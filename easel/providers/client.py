"""The one way out to a provider: a transport that turns every failure into a `StudioError`.

Official SDKs and our own calls go through the same `GuardedTransport`, so the rules hold
whatever a library does by itself: no paid POST leaves twice (the SDKs' own retries never see an
answer they could retry on), the HTTP status decides before any text, and no key stands in a
message. Deadlines: connecting 10 s; reading as long as the caller says.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from json import JSONDecodeError, loads
from time import time
from typing import Any

import httpx

from easel.providers.errors import (
    InvalidInput,
    KeyRefused,
    MissingKey,
    NoCredit,
    NotAvailable,
    RateLimited,
    StudioError,
    UnknownOutcome,
)
from easel.providers.schema import Provider

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
ANSWER_BYTES = 96 * 1024**2  # ten 4K pictures as base64 still fit; more is not an answer
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
WORDS = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: enough to explain a failure with."""

    provider: str
    method: str
    status: int
    headers: Mapping[str, str]
    text: str = field(repr=False)

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object in the body, or {} where it is something else."""
        try:
            body = loads(self.text)
        except (JSONDecodeError, RecursionError):
            return {}
        return body if isinstance(body, dict) else {}

    @property
    def words(self) -> str:
        """The service's own sentence, short and plain: HTML pages say nothing worth repeating."""
        body = self.body
        error = body.get("error")
        nested = error.get("message") if isinstance(error, dict) else error
        found = next((w for w in (body.get("detail"), nested, body.get("message")) if w), "")
        if isinstance(found, list):
            found = "; ".join(
                str(d.get("msg", d)) if isinstance(d, dict) else str(d) for d in found
            )
        if not body and "<" not in self.text[:200]:
            found = self.text
        return " ".join(str(found).split())[:WORDS]

    @property
    def retry_after(self) -> float | None:
        """The wait the service asks for in seconds, from its header or its own words."""
        header = self.headers.get("retry-after", "")
        if re.fullmatch(r"\d+(\.\d+)?", header):
            return float(header)
        try:
            return max(0.0, parsedate_to_datetime(header).timestamp() - time())
        except ValueError:
            pass
        spoken = re.search(r"resets in ~?(\d+)\s*s", self.text)
        return float(spoken.group(1)) if spoken else None


Explain = Callable[[Answer], StudioError | None]


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends a request once and raises a `StudioError` for anything but success.

    `explain` is the provider's own reading of a failed answer; where it returns None, the HTTP
    status decides by the table in `explain_status`.
    """

    def __init__(self, provider: str, key: str, explain: Explain | None = None) -> None:
        self._provider = provider
        self._key = key
        self._explain = explain or (lambda answer: None)
        self._inner = httpx.AsyncHTTPTransport(verify=tls(), retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, its body read in full."""
        try:
            response = await self._inner.handle_async_request(request)
            content = await self._read(response)
        except httpx.TransportError as error:
            raise self._cut(request, error) from error
        if response.is_success:
            return httpx.Response(
                response.status_code, headers=_plain(response.headers), content=content
            )
        answer = Answer(
            provider=self._provider,
            method=request.method,
            status=response.status_code,
            headers=response.headers,
            text=scrub(_decoded(response, content), self._key),
        )
        raise self._explain(answer) or explain_status(answer)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ANSWER_BYTES:
                    raise httpx.ReadError("the answer is too large")
        finally:
            await response.aclose()
        return bytes(body)

    def _cut(self, request: httpx.Request, error: httpx.TransportError) -> StudioError:
        who = self._provider
        if isinstance(error, NOT_SENT):
            return NotAvailable(f"{who} cannot be reached.", provider=who, created=False)
        if request.method == "POST":
            return UnknownOutcome(f"The line to {who} was cut after the request.", provider=who)
        return NotAvailable(f"The line to {who} was cut.", provider=who)


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider for one job: the key, the base URLs in force, the way out.

    Made by `open_access` and closed when the job is over: neither key nor connection is ever
    shared between two jobs. `memory` is where an adapter keeps what outlives a job (never a key).
    """

    key: str = field(repr=False)
    bases: Mapping[str, str]
    transport: httpx.AsyncBaseTransport = field(repr=False)
    memory: MutableMapping[Any, Any] = field(repr=False)

    def client(
        self, headers: Mapping[str, str], read_seconds: float = READ_SECONDS
    ) -> httpx.AsyncClient:
        """An httpx client over this way out; it needs no closing of its own."""
        return httpx.AsyncClient(
            transport=self.transport,
            headers={"User-Agent": "easel", **headers},
            timeout=timeouts(read_seconds),
        )

    async def aclose(self) -> None:
        """Close every connection of the job."""
        await self.transport.aclose()


def open_access(
    provider: Provider, key: str, bases: Mapping[str, str], memory: MutableMapping[Any, Any]
) -> Access:
    """The way to a provider for one job; the caller closes it with `aclose`.

    Raises `MissingKey` for a blank key, before any SDK could fall back to one of its own.
    """
    if provider.needs_key and not key.strip():
        raise MissingKey(f"There is no key for {provider.title}.", provider=provider.name)
    transport = GuardedTransport(provider.name, key, provider.explain)
    return Access(key, bases, transport, memory)


def timeouts(read_seconds: float = READ_SECONDS) -> httpx.Timeout:
    """Connecting in 10 s, then `read_seconds` between bytes."""
    return httpx.Timeout(read_seconds, connect=CONNECT_SECONDS)


def explain_status(answer: Answer) -> StudioError:
    """What a status means where the provider has no reading of its own."""
    who, status, words = answer.provider, answer.status, answer.words
    said = f": {words}" if words else "."
    details: dict[str, Any] = {"provider": who, "status": status}
    if status == 401 or status == 403:
        return KeyRefused(f"{who} refused the key{said}", **details)
    if status == 402:
        return NoCredit(f"{who} says the account cannot pay{said}", **details)
    if status == 429:
        return RateLimited(
            f"{who} has too many requests{said}", retry_after=answer.retry_after, **details
        )
    if status == 404:
        return NotAvailable(f"{who} does not know this model{said}", created=False, **details)
    if status in (502, 504) and answer.method == "POST":
        # A gateway gave up: what stood behind it may have taken the job all the same.
        return UnknownOutcome(f"{who}'s gateway answered {status}{said}", **details)
    if status == 408 or status >= 500:
        created = False if answer.method == "POST" else None
        return NotAvailable(f"{who} is down ({status}){said}", created=created, **details)
    if 300 <= status < 400:
        return NotAvailable(f"{who} moved somewhere Easel does not follow.", **details)
    return InvalidInput(f"{who} did not accept the request ({status}){said}", **details)


def read_json(response: httpx.Response, provider: str, *, paid: bool) -> dict[str, Any]:
    """The JSON object of a successful answer.

    `paid`: the answer belongs to a POST that may have created a job, so that anything else than
    JSON leaves the outcome unknown; elsewhere it only means that the service is unwell.
    """
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    if paid:
        raise UnknownOutcome(f"{provider} answered something that is not JSON.", provider=provider)
    raise NotAvailable(f"{provider} answered something that is not JSON.", provider=provider)


def scrub(text: str, key: str) -> str:
    """The text without the key, whole or quoted back in part."""
    if not key:
        return text
    return text.replace(key, "…").replace(key[: max(8, len(key) // 2)], "…")


@cache
def tls() -> ssl.SSLContext:
    """One TLS context for the process: making one costs about 50 ms."""
    return httpx.create_ssl_context()


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """The headers without those that describe an encoding already undone."""
    gone = {"content-encoding", "transfer-encoding", "content-length"}
    return {name: value for name, value in headers.items() if name.lower() not in gone}


def _decoded(response: httpx.Response, content: bytes) -> str:
    """The body as text, whatever it holds."""
    return content[:20_000].decode(response.charset_encoding or "utf-8", errors="replace")
