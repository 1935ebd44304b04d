"""Whose address counts: nobody chooses his own by a header."""

from __future__ import annotations

from ipaddress import ip_network

from settings import Settings
from ui.http.addresses import address_of

HOME = Settings()
SPACE = Settings(on_space=True)
NAMED = Settings(proxies=(ip_network("10.0.0.0/8"), ip_network("2001:db8:ffff::/48")))
SPACE_NAMED = Settings(on_space=True, proxies=(ip_network("198.51.100.0/24"),))


def test_whose_address_counts() -> None:
    for settings, peer, forwarded, expected in (
        (HOME, "203.0.113.7", [], "203.0.113.7"),
        (HOME, "127.0.0.1", ["1.2.3.4"], "127.0.0.1"),  # no proxy was named
        (HOME, "10.0.0.1", ["1.2.3.4"], "10.0.0.1"),
        (NAMED, "203.0.113.7", ["1.2.3.4"], "203.0.113.7"),  # not by way of the proxy
        (NAMED, "10.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        (NAMED, "10.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),  # the left is the visitor's own
        (NAMED, "10.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
        (NAMED, "10.0.0.1", ["6.6.6.6, 1.2.3.4, 10.0.0.2"], "1.2.3.4"),
        (NAMED, "10.0.0.1", ["6.6.6.6, garbage"], "10.0.0.1"),
        (NAMED, "10.0.0.1", ["6.6.6.6, garbage, 10.0.0.2"], "10.0.0.2"),
        (NAMED, "10.0.0.1", ["1.2.3.4:5678"], "1.2.3.4"),
        (NAMED, "10.0.0.1", [""], "10.0.0.1"),
        (NAMED, "10.0.0.1", ["6" * 9000], "10.0.0.1"),
        (NAMED, "10.0.0.1", ["unknown, for=1.2.3.4"], "10.0.0.1"),
        (NAMED, "2001:db8:ffff::1", ["[2001:db8:1:2:3:4:5:6]:443"], "2001:db8:1:2::/64"),
        (NAMED, "10.0.0.1", ["::ffff:1.2.3.4"], "1.2.3.4"),
        (HOME, "2001:db8:1:2:3::1", [], "2001:db8:1:2::/64"),
        (HOME, "2001:db8:1:2:9::9", [], "2001:db8:1:2::/64"),
        (HOME, "fe80::1%eth0", [], "fe80::/64"),
        (HOME, "::ffff:203.0.113.7", [], "203.0.113.7"),
        (SPACE, "10.16.3.4", ["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
        (SPACE, "10.16.3.4", ["6.6.6.6, 203.0.113.7, 10.20.1.1"], "203.0.113.7"),
        (SPACE, "10.16.3.4", [], "10.16.3.4"),
        (SPACE, "203.0.113.9", ["6.6.6.6"], "203.0.113.9"),
        (SPACE_NAMED, "198.51.100.9", ["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
        (SPACE_NAMED, "10.16.3.4", ["6.6.6.6"], "10.16.3.4"),
        (HOME, "", ["6.6.6.6"], ""),
        (HOME, "a socket of a file", [], ""),
    ):
        headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
        scope = {"type": "http", "client": (peer, 1) if peer else None, "headers": headers}
        assert address_of(scope, settings) == expected, (peer, forwarded)
