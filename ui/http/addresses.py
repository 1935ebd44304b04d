"""Which network address a call comes from, so that nobody can choose his own by a header.

The address is the socket's peer. Where the peer is a proxy that the operator named, it is the
right-most entry of X-Forwarded-For that is no such proxy: whatever stands left of that the visitor
may have written himself. On a Hugging Face Space without `EASEL_PROXIES` every private address is
a proxy of the platform, which connects from one and adds the visitor's address on the right.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import Scope

from settings import Settings

# What one customer of a network gets at least: anybody has 2 ** 64 addresses of IPv6.
IPV6_PREFIX = 64
PRIVATE = tuple(
    ip_network(each)
    for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8")
) + tuple(ip_network(each) for each in ("fc00::/7", "::1/128"))
LONGEST = 64  # characters of an address, with its port
MOST_ENTRIES = 32


def address_of(scope: Scope, settings: Settings) -> str:
    """The address that a request counts for: of IPv4 as it is, of IPv6 its network of 64 bits,
    "" where the server knows none."""
    peer = _read(str((scope.get("client") or ("",))[0]))
    address = peer
    for entry in reversed(_forwarded(scope)):
        if address is None or not _is_proxy(address, settings):
            break
        nearer = _read(entry)
        if nearer is None:  # no address: who sent it is the last that can be believed
            break
        address = nearer
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, IPV6_PREFIX), strict=False))
    return "" if address is None else str(address)


def _forwarded(scope: Scope) -> list[str]:
    """The entries of X-Forwarded-For that count, nearest last; several headers are one list."""
    lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return b",".join(lines).decode("latin-1").split(",")[-MOST_ENTRIES:] if lines else []


def _is_proxy(address: IPv4Address | IPv6Address, settings: Settings) -> bool:
    known = settings.proxies or (PRIVATE if settings.on_space else ())
    return any(address in network for network in known if network.version == address.version)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with or without a port; an IPv4 one in IPv6's clothes as itself. None for
    anything else."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
