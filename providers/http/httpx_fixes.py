"""What Easel uses of httpx that it does not document. Read in httpx 0.28.1 and httpcore 1.0.9;
tests/unit/test_provider_fixes.py fails when it changes."""

from __future__ import annotations

import ssl

import httpcore
import httpx


def transport_over(
    backend: httpcore.AsyncNetworkBackend, context: ssl.SSLContext
) -> httpx.AsyncHTTPTransport:
    """A transport whose connections are made by `backend`.

    Why: that is the one place where an address can be checked and then connected to, so that a
    name cannot change in between; httpx has no argument for httpcore's network backend. Can go when
    it has.
    """
    transport = httpx.AsyncHTTPTransport(verify=context)
    transport._pool = httpcore.AsyncConnectionPool(ssl_context=context, network_backend=backend)
    return transport
