"""The one way out to a provider: a transport that turns every failure into a `StudioError`.

Official SDKs and our own calls go through the same `GuardedTransport`, so the rules hold
whatever a library does by itself: no paid POST leaves twice (the SDKs' own retries never see an
answer they could retry on), the HTTP status decides before any text, and no key stands in a
message. Deadlines: connecting 10 s; reading as long as the caller says.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Event
from typing import Any

import httpx

from easel.providers.answers import Answer, explain_status, read_json, scrub
from easel.providers.errors import MissingKey, NotAvailable, StudioError, UnknownOutcome
from easel.providers.schema import Provider
from easel.providers.stream import GuardedStream, is_stream, wanted_as_it_comes
from easel.words import say

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
ANSWER_BYTES = 96 * 1024**2  # ten 4K pictures as base64 still fit; more is not an answer
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
EXPLAINED_BYTES = 400_000  # a refusal may quote the whole prompt


def ignore(fraction: float) -> None:
    """Nobody wants to hear how far it is."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends a request once and raises a `StudioError` for anything but success.

    The provider's own `explain` reads a failed answer first; where it returns None, the HTTP
    status decides by the table in `explain_status`.
    """

    def __init__(self, provider: Provider, key: str) -> None:
        self._provider = provider
        self._key = key
        self._inner = httpx.AsyncHTTPTransport(verify=tls(), retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, its body read in full, or as it comes where that is asked."""
        try:
            response = await self._inner.handle_async_request(request)
            if response.is_success and is_stream(response) and wanted_as_it_comes(request):
                return self._as_it_comes(request, response)
            content = await _read(response)
        except httpx.RequestError as error:  # a broken encoding is no TransportError
            raise self._cut(request, error) from error
        if response.is_success:
            headers = _plain(response.headers)
            return httpx.Response(response.status_code, headers=headers, content=content)
        raise self._failure(request, response, content)

    def _as_it_comes(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        """The answer with its body still on the way."""
        body = GuardedStream(response, ANSWER_BYTES, partial(self._cut, request))
        return httpx.Response(response.status_code, headers=_plain(response.headers), stream=body)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()

    def _failure(
        self, request: httpx.Request, response: httpx.Response, content: bytes
    ) -> StudioError:
        """What a failed answer means."""
        answer = Answer(
            provider=self._provider.name,
            title=self._provider.title,
            method=request.method,
            path=request.url.path,
            status=response.status_code,
            headers=response.headers,
            text=scrub(content[:EXPLAINED_BYTES].decode(errors="replace"), self._key),
        )
        own = self._provider.explain(answer) if self._provider.explain else None
        return own or explain_status(answer)

    def _cut(self, request: httpx.Request, error: httpx.RequestError) -> StudioError:
        """What a broken line means: only a connection that never stood is proof of anything."""
        who, name = self._provider.title, self._provider.name
        if isinstance(error, NOT_SENT):
            return NotAvailable(say("error.unreachable", who=who), provider=name, created=False)
        if request.method == "POST":
            return UnknownOutcome(say("error.cut.sent", who=who), provider=name)
        return NotAvailable(say("error.cut", who=who), provider=name)


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider for one job: the key, the base URLs in force, the way out.

    Made by `open_access` and closed when the job is over: neither key nor connection is ever
    shared between two jobs. `memory` is where an adapter keeps what outlives a job (never a key).
    `addresses`: what stood for the job's pictures when it was sent, to know it again by. Our own
    engines tell `report` how far they are (0 to 1, from any thread), and `waiting` how many are
    ahead while there is no room to begin; they end when `stop` is set.
    """

    provider: Provider
    key: str = field(repr=False)
    bases: Mapping[str, str]
    transport: httpx.AsyncBaseTransport = field(repr=False)
    memory: MutableMapping[Any, Any] = field(repr=False)
    addresses: list[str] = field(default_factory=list, repr=False)
    report: Callable[[float], None] = field(default=ignore, repr=False)
    waiting: Callable[[int], None] = field(default=ignore, repr=False)
    stop: Event = field(default_factory=Event, repr=False)

    def client(
        self, headers: Mapping[str, str], read_seconds: float = READ_SECONDS
    ) -> httpx.AsyncClient:
        """An httpx client over this way out; it needs no closing of its own."""
        return httpx.AsyncClient(
            transport=self.transport,
            headers={"User-Agent": "easel", **headers},
            timeout=timeouts(read_seconds),
        )

    def json(self, answer: httpx.Response, *, paid: bool) -> dict[str, Any]:
        """The JSON object of a successful answer; see `answers.read_json`."""
        return read_json(answer, self.key, self.provider.name, self.provider.title, paid=paid)

    async def aclose(self) -> None:
        """Close every connection of the job."""
        await self.transport.aclose()


def open_access(
    provider: Provider,
    key: str,
    bases: Mapping[str, str],
    memory: MutableMapping[Any, Any],
    report: Callable[[float], None] = ignore,
    waiting: Callable[[int], None] = ignore,
) -> Access:
    """The way to a provider for one job; the caller closes it with `aclose`.

    Raises `MissingKey` for a blank key, before any SDK could fall back to one of its own.
    """
    if provider.needs_key and not key.strip():
        raise MissingKey(say("error.no_key", who=provider.title), provider=provider.name)
    transport = GuardedTransport(provider, key)
    return Access(provider, key, bases, transport, memory, report=report, waiting=waiting)


def timeouts(read_seconds: float = READ_SECONDS) -> httpx.Timeout:
    """Connecting in 10 s, then `read_seconds` between bytes."""
    return httpx.Timeout(read_seconds, connect=CONNECT_SECONDS)


@cache
def tls() -> ssl.SSLContext:
    """One TLS context for the process: making one costs about 50 ms."""
    return httpx.create_ssl_context()


async def _read(response: httpx.Response) -> bytes:
    """The body in full, unless it is larger than any answer."""
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > ANSWER_BYTES:
                raise httpx.ReadError("the answer is too large")
    finally:
        await response.aclose()
    return bytes(body)


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """The headers without those that describe an encoding already undone."""
    gone = {"content-encoding", "transfer-encoding", "content-length"}
    return {name: value for name, value in headers.items() if name.lower() not in gone}
