"""Fetches a result: no key, capped in size, never from a private address.

A result's address comes from a provider's answer, so it is not trusted: https only, at most
three redirects, every hop resolved here and refused when it points inside (loopback, private,
link-local, carrier NAT, reserved). Only hosts the operator named as base URLs are exempt.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any, cast

import httpcore
import httpx

from easel.providers.client import timeouts, tls
from easel.providers.errors import NotAvailable, ResultLost
from easel.providers.reading import picture_bytes
from easel.words import say

RESULT_BYTES = 160 * 1024**2  # a PNG of 100 megapixels; `studio.outcome` asks for no more
REDIRECTS = 3
PLAIN = {"User-Agent": "easel", "Accept-Encoding": "identity"}  # packed data could burst the cap
# Closed although some Python calls them global: carrier NAT, protocol assignments, and the IPv6
# ranges that carry an IPv4 address inside, a way in through a translator.
CLOSED = tuple(
    ipaddress.ip_network(each)
    for each in (
        "100.64.0.0/10", "192.0.0.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96"
    )
)  # fmt: skip


class PublicOnlyBackend(httpcore.AsyncNetworkBackend):
    """Connects to the address it has checked, so that a name cannot change in between."""

    def __init__(self, trusted: frozenset[str]) -> None:
        self._trusted = trusted
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to a trusted host, or to a public address of any other."""
        address = host if host in self._trusted else await public_address(host, port)
        return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise httpcore.ConnectError("results are not fetched from sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        """Used by the pool between its own attempts."""
        await asyncio.sleep(seconds)


async def fetch(url: str, trusted: frozenset[str], provider: str) -> bytes:
    """The bytes behind a result's address (`https:` or `data:`), at most 160 MB.

    Raises `ResultLost` when asking again is of no use, `NotAvailable` when it may help.
    """
    if url.startswith("data:"):
        return _inline(url, provider)
    for _ in range(REDIRECTS + 1):
        found = await _hop(url, trusted, provider)
        if isinstance(found, bytes):
            return found
        # A redirect may lead anywhere, so it is trusted only within the host and port it left.
        trusted = trusted if _origin(found) == _origin(url) else frozenset()
        url = found
    raise ResultLost(say("error.fetch.circles"), provider=provider)


async def _hop(url: str, trusted: frozenset[str], provider: str) -> bytes | str:
    """The bytes behind one address, or the address it redirects to."""
    _check_scheme(url, trusted, provider)
    try:
        async with (
            httpx.AsyncClient(transport=_transport(trusted), timeout=timeouts(30)) as client,
            client.stream("GET", url, headers=PLAIN) as response,
        ):
            if response.is_redirect:
                return str(response.url.join(response.headers.get("location", "")))
            return await _body(response, provider)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ResultLost(say("error.fetch.address"), provider=provider) from error
    except httpx.RequestError as error:
        raise _failure(error, provider) from error


async def public_address(host: str, port: int) -> str:
    """The first address of a host, when all of its addresses are public.

    Raises `httpcore.ConnectError` otherwise, which `fetch` turns into `ResultLost`.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address") from error
    addresses = [cast(str, entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise PrivateAddress(f"{host} points to a private address")
    return addresses[0]


class PrivateAddress(httpcore.ConnectError):
    """A result's address points inside."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    closed = any(mapped in network for network in CLOSED if network.version == mapped.version)
    return mapped.is_global and not mapped.is_multicast and not closed


def _transport(trusted: frozenset[str]) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport(verify=tls())
    # httpx has no argument for httpcore's network backend, the one place to check an address.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=tls(), network_backend=PublicOnlyBackend(trusted)
    )
    return transport


def _check_scheme(url: str, trusted: frozenset[str], provider: str) -> None:
    """https to anywhere, http to a host the operator named; nothing else."""
    scheme, host, _ = _origin(url)
    if host and (scheme == "https" or (scheme == "http" and host in trusted)):
        return
    raise ResultLost(say("error.fetch.scheme"), provider=provider)


def _origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port as the client will read them; blanks for what is no address."""
    try:
        parts = httpx.URL(url)
        return parts.scheme, parts.host, parts.port
    except (httpx.InvalidURL, UnicodeError):
        return "", "", None


async def _body(response: httpx.Response, provider: str) -> bytes:
    status = response.status_code
    about: dict[str, Any] = {"provider": provider, "status": status}
    if status in (408, 425, 429) or status >= 500:
        raise NotAvailable(say("error.fetch.status", status=status), created=True, **about)
    if not response.is_success:
        raise ResultLost(say("error.fetch.status", status=status), **about)
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > RESULT_BYTES:
            raise ResultLost(say("error.fetch.large", most=RESULT_BYTES // 1024**2), **about)
    return bytes(body)


def _failure(error: httpx.RequestError, provider: str) -> ResultLost | NotAvailable:
    """A private address stays private; anything else may pass."""
    if isinstance(error.__cause__, PrivateAddress):
        return ResultLost(say("error.fetch.private"), provider=provider)
    return NotAvailable(say("error.fetch.cut"), provider=provider, created=True)


def _inline(url: str, provider: str) -> bytes:
    """The bytes of a base64 data URI."""
    head, _, text = url.partition(",")
    if not head.endswith(";base64") or len(text) > RESULT_BYTES * 4 // 3 + 4:
        raise ResultLost(say("error.fetch.form"), provider=provider)
    return picture_bytes(text, provider)
