"""Where a result may come from: an address is read once, strictly, and its host is looked up here.

https to any public host; plain http only to a host and port that the operator named as a base URL.
Whatever an address is made of, nothing but `ResultLost` comes out.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import httpcore
import httpx

from errors import ResultLost
from i18n import say

Trusted = frozenset[tuple[str, int]]  # host and port of the base URLs that the operator named
NOBODY: Trusted = frozenset()
PORTS = {"https": 443, "http": 80}
HOST = re.compile(r"(?!.*\.(\.|$))[\w:.-]+", re.ASCII)  # no step of a name is empty
# Host and port as every library reads them alike.
AUTHORITY = re.compile(r"(\[[\da-fA-F:.]+\]|[^:\[\]\s@]+)(:\d{0,5})?", re.ASCII)
LONGEST = 16_000  # characters; signed addresses come to a few thousand
# Closed although some Python calls them global: carrier NAT, protocol assignments, and the IPv6
# ranges that carry an IPv4 address inside, a way in through a translator.
CLOSED = tuple(
    ipaddress.ip_network(each)
    for each in (
        "100.64.0.0/10", "192.0.0.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96"
    )
)  # fmt: skip
# Names that lead inside wherever they lead at all: RFC 6761, 6762, 8375, 9476, ICANN's .internal,
# and what networks call themselves.
INSIDE = (
    "localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa",
    "onion", "alt", "invalid",
)  # fmt: skip


class PrivateAddress(httpcore.ConnectError):
    """A result's address points inside."""


class UnknownName(httpcore.ConnectError):
    """A host's name is not known here."""


@dataclass(frozen=True, slots=True)
class Address:
    """A result's address."""

    # What is asked for.
    url: httpx.URL
    # "https" or "http".
    scheme: str
    # As it goes over the wire: small letters, ASCII.
    host: str
    # Also where the address names none.
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """What a redirect must keep to stay where it was."""
        return self.scheme, self.host, self.port


def read_address(text: str, trusted: Trusted, provider: str) -> Address:
    """The address behind a text. Raises `ResultLost` for one that is none, or is not allowed."""
    try:
        url = httpx.URL(text)
        scheme, host, port = url.scheme, url.raw_host.decode("ascii"), url.port
        authority = re.split("[/?#]", text.partition("://")[2], maxsplit=1)[0]
        plain = HOST.fullmatch(host) and AUTHORITY.fullmatch(authority) and not url.userinfo
        plain = plain and "\\" not in text and len(text) <= LONGEST and text.isprintable()
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise ResultLost(say("error.fetch.address"), provider=provider) from error
    port = PORTS.get(scheme, 0) if port is None else port
    if not plain or (scheme in PORTS and not 0 < port < 65536):
        raise ResultLost(say("error.fetch.address"), provider=provider)
    if scheme != "https" and not (scheme == "http" and (host, port) in trusted):
        raise ResultLost(say("error.fetch.scheme"), provider=provider)
    return Address(url, scheme, host, port)


class PublicOnlyBackend(httpcore.AsyncNetworkBackend):
    """Connects to the address it has checked, so that a name cannot change in between."""

    def __init__(self, trusted: Trusted) -> None:
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
        """A connection to a trusted host and port, or to a public address of any other."""
        known = (host, port) in self._trusted
        address = host if known else await public_address(host, port)
        return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise httpcore.ConnectError("results are not fetched from sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        """Used by the pool between its own attempts."""
        await asyncio.sleep(seconds)


async def public_address(host: str, port: int) -> str:
    """The first address of a host, when all of its addresses are public.

    Raises `PrivateAddress` or `UnknownName` otherwise.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError, OverflowError) as error:
        raise UnknownName(f"{host} has no address") from error
    addresses = [cast(str, entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise PrivateAddress(f"{host} points to a private address")
    return addresses[0]


async def check_open(address: Address, trusted: Trusted) -> None:
    """Whether an address may be asked for by who looks it up himself, such as a proxy. Raises
    `PrivateAddress` where it may not.

    The name is looked up here first. Behind many proxies only the proxy
    knows the names of the Internet; there one that we do not know may be asked for if it cannot be
    a name of the network's own: it has a dot, and none of the endings that stay inside.
    """
    if (address.host, address.port) in trusted:
        return
    try:
        await public_address(address.host, address.port)
    except UnknownName as error:
        steps = address.host.rstrip(".").split(".")
        last = steps[-1]
        named = last.replace("-", "").isalnum() and not last.isdecimal() and not last[:1].isdigit()
        if len(steps) < 2 or last in INSIDE or not named:
            raise PrivateAddress(f"{address.host} is a name inside") from error


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or ip
    closed = any(mapped in network for network in CLOSED if network.version == mapped.version)
    return mapped.is_global and not mapped.is_multicast and not closed
