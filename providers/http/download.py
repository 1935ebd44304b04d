"""Fetches a result: no key, capped in size, never from a private address, never at a trickle.

A result's address comes from a provider's answer, so it is not trusted: https only, at most three
redirects, every hop looked up here and refused when it points inside (loopback, private,
link-local, carrier NAT, reserved), through a proxy as well. Only host and port of what the operator
named as a base URL are exempt.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import httpcore
import httpx

from errors import NotAvailable, ResultLost
from i18n import say
from providers.http.address import (
    NOBODY,
    Address,
    PrivateAddress,
    PublicOnlyBackend,
    Trusted,
    check_open,
    read_address,
)
from providers.http.client import proxy_said, through, timeouts, tls
from providers.http.httpx_fixes import transport_over
from providers.http.json_reading import picture_bytes
from providers.http.proxy import Proxies
from providers.http.unpacking import pieces

RESULT_BYTES = (
    160 * 1024**2
)  # a PNG of 100 megapixels; `studio.results.expected_size` asks for no more
REDIRECTS = 3
HEAD_SECONDS = 40.0  # to connect, and until the first byte of the picture
# The least that must come while a picture is read: 2 kB a second, looked at every ten seconds.
RATE_SECONDS, RATE_BYTES = 10.0, 20_000
PLAIN = {"User-Agent": "easel", "Accept-Encoding": "identity"}
DIRECT = Proxies()


async def fetch(url: str, trusted: Trusted, provider: str, proxies: Proxies = DIRECT) -> bytes:
    """The bytes behind a result's address (`https:` or `data:`), at most 160 MB.

    Raises `ResultLost` when asking again is of no use, `NotAvailable` when it may help.
    """
    if url.startswith("data:"):
        return await asyncio.to_thread(_inline, url, provider)
    address = read_address(url, trusted, provider)
    for _ in range(REDIRECTS + 1):
        found = await _hop(address, trusted, provider, proxies)
        if isinstance(found, bytes):
            return found
        # A redirect may lead anywhere, so it is trusted only within the host and port it left.
        if read_address(found, trusted, provider).origin != address.origin:
            trusted = NOBODY
        address = read_address(found, trusted, provider)
    raise ResultLost(say("error.fetch.circles"), provider=provider)


async def _hop(address: Address, trusted: Trusted, provider: str, proxies: Proxies) -> bytes | str:
    """The bytes behind one address, or the address it redirects to."""
    proxy = proxies.on_the_way_to(address.url)
    try:
        async with asyncio.timeout(HEAD_SECONDS) as clock:
            if proxy:
                await check_open(address, trusted)
            async with (
                httpx.AsyncClient(transport=_way(trusted, proxy), timeout=timeouts(30)) as client,
                client.stream("GET", address.url, headers=PLAIN) as response,
            ):
                if response.is_redirect:
                    return str(response.url.join(response.headers.get("location", "")))
                return await _body(response, provider, clock)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ResultLost(say("error.fetch.address"), provider=provider) from error
    except (httpx.RequestError, httpcore.ConnectError) as error:
        raise _failure(error, provider, bool(proxy)) from error
    except TimeoutError as error:
        text = say("error.fetch.stalled")
        raise NotAvailable(text, provider=provider, created=True) from error


def _way(trusted: Trusted, proxy: str) -> httpx.AsyncHTTPTransport:
    if proxy:
        return httpx.AsyncHTTPTransport(verify=tls(), proxy=through(proxy))
    return transport_over(PublicOnlyBackend(trusted), tls())


async def _body(response: httpx.Response, provider: str, clock: asyncio.Timeout) -> bytes:
    """All of it, as long as it comes fast enough: `clock` is put forward by what has come."""
    status = response.status_code
    about: dict[str, Any] = {"provider": provider, "status": status}
    if status in (408, 425, 429) or status >= 500:
        raise NotAvailable(say("error.fetch.status", status=status), created=True, **about)
    if not response.is_success:
        raise ResultLost(say("error.fetch.status", status=status), **about)
    body, time = bytearray(), asyncio.get_running_loop().time
    clock.reschedule(time() + RATE_SECONDS)
    looked_at = 0
    async with aclosing(pieces(response)) as found:
        async for piece in found:
            body += piece
            if len(body) > RESULT_BYTES:
                raise ResultLost(say("error.fetch.large", most=RESULT_BYTES // 1024**2), **about)
            if len(body) - looked_at >= RATE_BYTES:
                looked_at = len(body)
                clock.reschedule(time() + RATE_SECONDS)
    return bytes(body)


def _failure(error: Exception, provider: str, proxied: bool) -> ResultLost | NotAvailable:
    """A private address stays private; anything else may pass."""
    if isinstance(error, PrivateAddress) or isinstance(error.__cause__, PrivateAddress):
        return ResultLost(say("error.fetch.private"), provider=provider)
    text = say("error.fetch.cut")
    if proxied and isinstance(error, httpx.ConnectError | httpx.ProxyError):
        text = say("error.fetch.proxy", said=proxy_said(error))
    return NotAvailable(text, provider=provider, created=True)


def _inline(url: str, provider: str) -> bytes:
    """The bytes of a base64 data URI."""
    head, _, text = url.partition(",")
    if not head.lower().endswith(";base64") or len(text) > RESULT_BYTES * 4 // 3 + 4:
        raise ResultLost(say("error.fetch.form"), provider=provider)
    return picture_bytes(text, provider)
