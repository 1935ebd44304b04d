"""The one way out to a provider: a transport that turns every failure into a `StudioError`.

Official SDKs and our own calls go through the same `GuardedTransport`, so the rules hold
whatever a library does by itself: no paid POST leaves twice (the SDKs' own retries never see an
answer they could retry on), the HTTP status decides before any text, and no key stands in a
message. Deadlines: connecting 10 s; between bytes as long as the caller says; size and time of the
whole answer by its kind (`bounds`). Redirects are never followed. A proxy is asked where the
operator's settings name one.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cache, partial
from threading import Event
from typing import Any, Protocol

import httpx

from errors import MissingKey, NotAvailable, StudioError, UnknownOutcome
from i18n import say
from providers.http.answers import Answer, explain_status, read_json, scrub
from providers.http.bounds import EXPLAINED_BYTES, MEGABYTE, Bounds, bounds_of
from providers.http.proxy import Proxies
from providers.http.stream import GuardedStream, is_stream, wanted_as_it_comes
from providers.http.unpacking import WANTED, TooLarge, read_body

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError,
            httpx.UnsupportedProtocol)  # fmt: skip
LONG = 32 * 1024  # bytes from which on an answer is parsed in a thread


def ignore(fraction: float) -> None:
    """Nobody wants to hear how far it is."""


class Service(Protocol):
    """What the way out has to know of a provider; `providers.schema.Provider` is one."""

    @property
    def name(self) -> str:
        """Its short name."""

    @property
    def title(self) -> str:
        """Its name as people know it."""

    @property
    def needs_key(self) -> bool:
        """Whether it is asked with a key."""

    @property
    def bases(self) -> Mapping[str, str]:
        """Its usual base URLs, by the names of their settings."""

    @property
    def explain(self) -> Callable[[Answer], StudioError | None] | None:
        """What a failed answer means where the status alone would mislead."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends a request once and raises a `StudioError` for anything but success.

    The provider's own `explain` reads a failed answer first; where it returns None, the HTTP
    status decides by the table in `explain_status`.
    """

    def __init__(self, provider: Service, key: str, proxies: Proxies | None = None) -> None:
        self._provider = provider
        self._key = key
        self._proxies = proxies or Proxies()
        self._inner = httpx.AsyncHTTPTransport(verify=tls(), retries=0)
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}
        self.posted = False  # whether any POST was on its way out

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, its body read in full, or as it comes where that is asked."""
        self.posted = self.posted or request.method == "POST"
        bounds, line = bounds_of(request), Line()
        request.extensions = {**request.extensions, "trace": line.hear}
        request.headers["Accept-Encoding"] = WANTED
        end = asyncio.get_running_loop().time() + bounds.seconds
        try:
            async with asyncio.timeout_at(end):
                response = await self._way(request.url).handle_async_request(request)
                if response.is_success and is_stream(response) and wanted_as_it_comes(request):
                    return self._as_it_comes(request, response, bounds, end)
                most = bounds.most if response.is_success else EXPLAINED_BYTES
                content = await read_body(response, most, cut=not response.is_success)
        except (httpx.RequestError, TimeoutError) as error:  # a broken encoding is one too
            raise self._cut(request, line, bounds, error) from error
        if response.is_success:
            headers = _plain(response.headers)
            return httpx.Response(response.status_code, headers=headers, content=content)
        raise await asyncio.to_thread(self._failure, request, response, content)

    async def aclose(self) -> None:
        """Close every connection."""
        for each in (self._inner, *self._proxied.values()):
            await each.aclose()

    def _way(self, url: httpx.URL) -> httpx.AsyncBaseTransport:
        """Straight, or through the proxy that is set for such an address."""
        proxy = self._proxies.on_the_way_to(url)
        if not proxy:
            return self._inner
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx.AsyncHTTPTransport(verify=tls(), proxy=through(proxy))
        return self._proxied[proxy]

    def _as_it_comes(
        self, request: httpx.Request, response: httpx.Response, bounds: Bounds, end: float
    ) -> httpx.Response:
        """The answer with its body still on the way."""
        cut = partial(self._cut, request, Line(), bounds)
        body = GuardedStream(response, bounds.most, end, cut)
        return httpx.Response(response.status_code, headers=_plain(response.headers), stream=body)

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
            text=scrub(content.decode(errors="replace"), self._key),
        )
        own = self._provider.explain(answer) if self._provider.explain else None
        return own or explain_status(answer)

    def _cut(
        self, request: httpx.Request, line: Line, bounds: Bounds, error: Exception
    ) -> StudioError:
        """What a broken line means: proof of anything is only that the request never left."""
        who, name = self._provider.title, self._provider.name
        if isinstance(error, NOT_SENT) or line.never_sent:
            proxied = bool(self._proxies.on_the_way_to(request.url))
            text = say("error.unreachable", who=who)
            if proxied:
                text = say("error.proxy", who=who, said=proxy_said(error))
            return NotAvailable(text, provider=name, created=False)
        posted = request.method == "POST"
        text = say("error.cut.sent" if posted else "error.cut", who=who)
        if isinstance(error, TooLarge):
            text = say("error.answer.large", who=who, most=bounds.most // MEGABYTE)
        elif isinstance(error, TimeoutError):
            text = say("error.answer.slow", who=who, seconds=bounds.seconds)
        return (UnknownOutcome if posted else NotAvailable)(text, provider=name)


class Line:
    """What became of one request on the wire, from httpx's own trace of it."""

    def __init__(self) -> None:
        self._connecting = False
        self._sent = False

    async def hear(self, event: str, info: dict[str, Any]) -> None:
        """One event of the trace; a proxy is asked for the way with a request of its own."""
        if event.endswith("connect_tcp.started"):
            self._connecting = True
        elif event.endswith("send_request_headers.started"):
            self._sent = self._sent or getattr(info.get("request"), "method", b"") != b"CONNECT"

    @property
    def never_sent(self) -> bool:
        """Whether it is proven that not a byte of the request left: it was still connecting."""
        return self._connecting and not self._sent


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider for one job: the key, the base URLs in force, the way out.

    Made by `open_access` and closed when the job is over: neither key nor connection is ever
    shared between two jobs.
    """

    # Who is asked.
    provider: Service
    # The key to ask with; blank for our own engines.
    key: str = field(repr=False)
    # The base URLs in force, by the names of their settings.
    bases: Mapping[str, str]
    # The way out: a `GuardedTransport`, or a test's own.
    transport: httpx.AsyncBaseTransport = field(repr=False)
    # Where an adapter keeps what outlives a job (never a key).
    memory: MutableMapping[Any, Any] = field(repr=False)
    # What stood for the job's pictures when it was sent, to know it again by.
    addresses: list[str] = field(default_factory=list, repr=False)
    # Our own engines say here how far they are (0 to 1, from any thread),
    report: Callable[[float], None] = field(default=ignore, repr=False)
    # and how many are ahead while there is no room to begin.
    waiting: Callable[[int], None] = field(default=ignore, repr=False)
    # Ends our own engines when it is set.
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

    async def json(self, answer: httpx.Response, *, paid: bool) -> dict[str, Any]:
        """The JSON object of a successful answer; see `answers.read_json`. A long one is parsed in
        a thread, so that nobody else waits for it."""
        about = (answer, self.key, self.provider.name, self.provider.title)
        if len(answer.content) <= LONG:
            return read_json(*about, paid=paid)
        return await asyncio.to_thread(read_json, *about, paid=paid)

    @property
    def posted(self) -> bool:
        """Whether a POST may have left; while none has, nothing can have been created."""
        return bool(getattr(self.transport, "posted", True))

    async def aclose(self) -> None:
        """Close every connection of the job."""
        await self.transport.aclose()


def open_access(
    provider: Service,
    key: str,
    bases: Mapping[str, str],
    memory: MutableMapping[Any, Any],
    report: Callable[[float], None] = ignore,
    proxies: Proxies | None = None,
    waiting: Callable[[int], None] = ignore,
) -> Access:
    """The way to a provider for one job; the caller closes it with `aclose`.

    Raises `MissingKey` for a blank key, before any SDK could fall back to one of its own.
    """
    if provider.needs_key and not key.strip():
        raise MissingKey(say("error.no_key", who=provider.title), provider=provider.name)
    transport = GuardedTransport(provider, key, proxies)
    return Access(provider, key, bases, transport, memory, report=report, waiting=waiting)


def timeouts(read_seconds: float = READ_SECONDS) -> httpx.Timeout:
    """Connecting in 10 s, then `read_seconds` between bytes."""
    return httpx.Timeout(read_seconds, connect=CONNECT_SECONDS)


@cache
def tls() -> ssl.SSLContext:
    """One TLS context for the process: making one costs about 50 ms."""
    return httpx.create_ssl_context()


def through(proxy: str) -> httpx.Proxy:
    """A proxy's address with our own TLS context, for one that is spoken to over https."""
    secure = httpx.URL(proxy).scheme == "https"
    return httpx.Proxy(proxy, ssl_context=tls() if secure else None)


def proxy_said(error: Exception) -> str:
    """The end of a sentence about a proxy: its status where it gave one. Never its own words, in
    which its name and password may stand."""
    status = re.match(r"\d{3}\b", str(error)) if isinstance(error, httpx.ProxyError) else None
    return f" ({status[0]})." if status else "."


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """The headers without those that describe an encoding already undone."""
    gone = {"content-encoding", "transfer-encoding", "content-length"}
    return {name: value for name, value in headers.items() if name.lower() not in gone}
