"""Under which names this app answers, which other pages may call it, which proxies it believes.

A page elsewhere could otherwise reach the app under a name of its own (DNS rebinding), read the
answers with the visitor's cookies, or have the addresses in answers point to itself.

Names: those of this machine's loopback; on a Space its own; what the operator lists. Bound to
another address the app also answers to plain IP addresses, which no DNS can lend to anybody, and
to the machine's own name. Origins: the app's own, those listed, and one of this machine's pages
towards another. What proxies say of host, scheme and prefix is believed of those listed, and on a
Space of the platform's, as far as the host is one of the app's names.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from i18n import say
from settings import LOOPBACK, Settings
from ui.http.answers import Refused, send_refusal

NAME: Final = r"\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?"
HOST: Final = re.compile(rf"({NAME})\.?(?::\d{{1,5}})?")
PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]{1,64}){1,8}")
# What gradio and others read from proxies; X-Forwarded-For is read by those who count addresses.
FORWARDED: Final = frozenset(
    {
        b"forwarded",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
        b"x-gradio-server",
    }
)
PREFLIGHT_SECONDS: Final = 600
METHODS: Final = "GET, HEAD, OPTIONS, POST"
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Hosts:
    """The rules."""

    # Host names in lower case; "*.example.org" for all under one, "*" for any Host, but not for
    # any Origin.
    names: frozenset[str]
    # Which IP addresses may stand for a name: "none", "private" or "any".
    addresses: str = "none"
    # Whose headers are believed.
    proxies: tuple[Network, ...] = ()
    # Whether a Space's proxy is in front.
    platform: bool = False

    def allows(self, host: str) -> bool:
        """Whether the app answers to a Host header: a name or an address, and a port or none."""
        name = name_in(host)
        known = "*" in self.names or name in LOOPBACK or self._listed(name) or self._address(name)
        return bool(name) and known

    def origin_allowed(self, origin: str, host: str) -> bool:
        """Whether pages of an Origin may call the app at this Host."""
        place = _place(origin)
        if not place:
            return False
        name, here = name_in(place), name_in(host)
        if place == _without_usual_port(host.lower()):
            return True
        return self._listed(name) or (name in LOOPBACK and here in LOOPBACK)

    def believes(self, address: str) -> bool:
        """Whether the peer at this IP address is a proxy the operator named."""
        if not self.proxies:
            return False
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        return any(peer.version == each.version and peer in each for each in self.proxies)

    def _listed(self, name: str) -> bool:
        if name in self.names:
            return True
        return any(each.startswith("*.") and name.endswith(each[1:]) for each in self.names)

    def _address(self, name: str) -> bool:
        if self.addresses == "none":
            return False
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return self.addresses == "any" or address.is_private


def hosts_of(settings: Settings) -> Hosts:
    """The rules that follow from the settings."""
    names = frozenset(name_in(each) or each for each in settings.allowed_hosts)
    if settings.on_space:
        # The platform's own health checks come by the container's address.
        return Hosts(names | settings.space_hosts, "private", settings.proxies, platform=True)
    if settings.server_name is None or settings.server_name in LOOPBACK:
        return Hosts(names, "none", settings.proxies)
    return Hosts(names | _own_names(settings.server_name), "any", settings.proxies)


def _own_names(bound: str) -> frozenset[str]:
    """This machine's name, as others on its network write it, and the one it was bound to."""
    name = socket.gethostname().lower()
    return frozenset({name, f"{name}.local", bound.lower()}) - {"", ".local"}


def name_in(host: str) -> str:
    """The name or address in a Host, without brackets, port and last dot; "" for none."""
    match = HOST.fullmatch(host.strip().lower())
    return match[1].strip("[]") if match else ""


def _place(origin: str) -> str:
    """The host and port of an Origin, without the scheme's usual port; "" for "null" and what is
    none."""
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.path or parts.query or parts.fragment:
        return ""
    return _without_usual_port(parts.netloc) if name_in(parts.netloc) else ""


def _without_usual_port(host: str) -> str:
    return host.removesuffix(":443").removesuffix(":80")


class HostGuard:
    """ASGI middleware: refuses foreign hosts and origins, answers preflights, adds the CORS
    headers of allowed origins, and takes out what nobody may claim."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # gradio has none
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            origin = self._look(scope)
        except Refused as why:
            await send_refusal(scope, receive, send, why)
            return
        if origin is None:
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await _send_preflight(scope, send, origin)
        else:
            await self._app(scope, receive, _with_cors(send, origin))

    def _look(self, scope: Scope) -> bytes | None:
        """The Origin of another page that may call, None for the app's own. Raises `Refused`."""
        host: str | None = None
        origin: bytes | None = None
        forwarded: dict[bytes, bytes] = {}
        kept = []
        for pair in scope["headers"]:
            name, value = pair
            if name in FORWARDED:
                forwarded[name] = value  # of several the last, which the nearest proxy wrote
                continue
            if name == b"origin":
                origin = value  # gradio's own CORS answers whoever sends one
                continue
            if name == b"host":
                host = value.decode("latin-1")
            kept.append(pair)
        if host is None or not self._hosts.allows(host):
            raise Refused(400, say("http.host", host=_shown(host or "")))
        if forwarded:
            host = self._believe(scope, forwarded, kept, host)
        if origin is None:
            scope["headers"] = kept
            return None
        text = origin.decode("latin-1")
        if not self._hosts.origin_allowed(text, host):
            raise Refused(403, say("http.origin", origin=_shown(text)))
        scope["headers"] = kept
        return origin

    def _believe(
        self,
        scope: Scope,
        forwarded: dict[bytes, bytes],
        kept: list[tuple[bytes, bytes]],
        host: str,
    ) -> str:
        """Add what a believed proxy says of the address it was reached at; the host in force."""
        client = scope.get("client")
        named = self._hosts.believes(client[0] if client else "")
        if not named and not self._hosts.platform:
            return host
        claimed = _last(forwarded.get(b"x-forwarded-host", b"")) or host
        if not name_in(claimed) or not (named or self._hosts.allows(claimed)):
            claimed = host
        prefix = _last(forwarded.get(b"x-forwarded-prefix", b"")).rstrip("/") if named else ""
        if prefix and PREFIX.fullmatch(prefix):
            # Gradio knows no such header, but takes the whole of this one for its address.
            kept.append((b"x-forwarded-host", f"{claimed}{prefix}".encode("latin-1")))
            if scope["path"].startswith(f"{prefix}/"):
                scope["path"] = scope["path"][len(prefix) :]
        elif b"x-forwarded-host" in forwarded:
            kept.append((b"x-forwarded-host", claimed.encode("latin-1")))
        if _last(forwarded.get(b"x-forwarded-proto", b"")) == "https":
            kept.append((b"x-forwarded-proto", b"https"))
            scope["scheme"] = "https"
        return claimed


def _last(value: bytes) -> str:
    return value.decode("latin-1").rpartition(",")[2].strip()


def _shown(value: str) -> str:
    return repr(value[:80])


async def _send_preflight(scope: Scope, send: Send, origin: bytes) -> None:
    wanted = next(
        (v for k, v in scope["headers"] if k == b"access-control-request-headers"), b"content-type"
    )
    headers = [
        *_cors(origin),
        (b"access-control-allow-methods", METHODS.encode()),
        (b"access-control-allow-headers", wanted[:1000]),
        (b"access-control-max-age", str(PREFLIGHT_SECONDS).encode()),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _with_cors(send: Send, origin: bytes) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_cors(origin)]
        await send(message)

    return sending


def _cors(origin: bytes) -> Iterable[tuple[bytes, bytes]]:
    yield b"access-control-allow-origin", origin
    yield b"access-control-allow-credentials", b"true"
    yield b"vary", b"Origin"
