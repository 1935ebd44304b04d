"""Which proxy the way to an address leads through: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.

Read as curl, requests and httpx read them: a scheme's own proxy before that of all, small letters
before capitals, a proxy without a scheme is http. NO_PROXY lists, between commas, names (which
stand for all below them), addresses, networks, each with or without a port, or `*`. What is on this
machine itself is never asked for from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Final

import httpx

# In small letters, as settings hand them on.
NAMES: Final = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")
SCHEMES: Final = ("http", "https")


class BadProxy(ValueError):
    """A proxy that cannot be used; the text is the variable's name, never its value, which may
    hold a password."""


@dataclass(frozen=True)
class Proxies:
    """The proxies in force."""

    # The proxy's address for "https" and "http", which may hold a name and a password.
    by_scheme: Mapping[str, str] = field(default_factory=dict, repr=False)
    # What NO_PROXY lists.
    exempt: tuple[str, ...] = ()

    def on_the_way_to(self, url: httpx.URL) -> str:
        """The address of the proxy to ask, "" to go straight."""
        proxy = self.by_scheme.get(url.scheme, "")
        host = url.raw_host.decode("ascii")  # decoded, an odd one would be an error
        port = url.port or (443 if url.scheme == "https" else 80)
        straight = is_here(host) or any(_covers(each, host, port) for each in self.exempt)
        return "" if straight else proxy


def read_proxies(values: Mapping[str, str]) -> Proxies:
    """The proxies that settings name, by names in small letters. Raises `BadProxy`."""
    found = {}
    for scheme in SCHEMES:
        name = next((n for n in (f"{scheme}_proxy", "all_proxy") if values.get(n)), "")
        if name and (address := _address(values[name])):
            found[scheme] = address
        elif name and scheme == "https":  # plain http goes to this machine alone, past any proxy
            raise BadProxy(name.upper())
    listed = values.get("no_proxy", "").replace(" ", ",").split(",")
    return Proxies(found, tuple(each.strip().lower() for each in listed if each.strip()))


def is_here(host: str) -> bool:
    """Whether a host is this machine, by its name or number alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _address(value: str) -> str:
    """A proxy's address, "" for one that cannot be used."""
    text = value if "://" in value else f"http://{value}"
    try:
        url = httpx.URL(text)
        port = 1 if url.port is None else url.port
        named = bool(url.host) and not set(url.host) & set("[]% ")
        usable = url.scheme in SCHEMES and named and 0 < port < 65536
    except (httpx.InvalidURL, UnicodeError, ValueError):
        usable = False
    return text if usable else ""


def _covers(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY speaks of a host and port."""
    if entry == "*":
        return True
    entry = entry.rpartition("://")[2]
    name, colon, number = entry.rpartition(":")
    if colon and number.isdecimal() and (":" not in name or name.endswith("]")):
        if port != int(number[:6]):
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").strip(".")
    try:
        return ip_address(host) in ip_network(entry, strict=False)
    except ValueError:
        return bool(entry) and (host == entry or host.endswith(f".{entry}"))
