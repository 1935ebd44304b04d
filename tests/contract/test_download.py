"""Results are fetched from the open Internet only: never from inside, never without end."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import httpcore
import pytest

from errors import NotAvailable, ResultLost
from providers.http import download
from providers.http.address import NOBODY, Trusted, is_public
from providers.http.download import fetch
from providers.http.proxy import Proxies, read_proxies
from tests.contract.host import HOME, lose

PUBLIC = "93.184.216.34"
INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fc00::", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip
OUTSIDE = [PUBLIC, "1.1.1.1", "172.32.0.1", "172.15.0.1", "100.63.0.1", "100.128.0.1",
           "2606:4700:4700::1111", "::ffff:1.1.1.1"]  # fmt: skip
# Other ways to write an address inside, as resolvers read them.
NUMBERS = ["2130706433", "0x7f000001", "017700000001", "127.1", "0", "0x7f.1", "3232235521",
           "0251.0376.0251.0376"]  # fmt: skip


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were connected to; nobody answers there."""
    found: list[str] = []

    async def dial(it: object, host: str, *_: Any) -> Any:
        found.append(host)
        raise httpcore.ConnectError("nobody answers in a test")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", dial)
    return found


@pytest.mark.parametrize("address", INSIDE)
async def test_inside_is_refused(
    names: dict[str, list[str]], dialled: list[str], address: str
) -> None:
    assert not is_public(address)
    names["files.example"] = [address]
    error = await lose("https://files.example/1.png")
    assert isinstance(error, ResultLost) and "inside a network" in error.message
    names["files.example"] = [PUBLIC, address]  # one address of several is enough
    assert isinstance(await lose("https://files.example/1.png"), ResultLost)
    assert dialled == []


@pytest.mark.parametrize("number", NUMBERS)
async def test_numbers_are_no_way_in(
    names: dict[str, list[str]], dialled: list[str], number: str
) -> None:
    assert isinstance(await lose(f"https://{number}/1.png"), ResultLost)
    assert dialled == []


@pytest.mark.parametrize("literal", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3"])
async def test_literal_addresses_are_checked(
    names: dict[str, list[str]], dialled: list[str], literal: str
) -> None:
    names[literal.strip("[]")] = [literal.strip("[]")]
    assert isinstance(await lose(f"https://{literal}/1.png"), ResultLost)
    assert dialled == []


@pytest.mark.parametrize("address", OUTSIDE)
async def test_outside_is_dialled_by_the_address_that_was_checked(
    names: dict[str, list[str]], dialled: list[str], address: str
) -> None:
    assert is_public(address)
    names["files.example"] = [address]
    error = await lose("https://files.example/1.png")
    assert isinstance(error, NotAvailable) and dialled == [address]


@pytest.mark.parametrize(
    "url",
    ["", "x", "//files.example/x", "http://files.example/x", "ftp://files.example/x",
     "file:///etc/passwd", "HTTP://files.example/x", "javascript:1", "https://", "https:///x",
     "https://xn--.example/x", "https://a:port/x", "https://\x00/x", "unix:///var/run/docker.sock",
     "DATA:image/png;base64,aaaa", "http://127.0.0.1.files.example/x"],
)  # fmt: skip
async def test_only_https_and_data_are_addresses(
    names: dict[str, list[str]], dialled: list[str], url: str
) -> None:
    assert isinstance(await lose(url, HOME), ResultLost)
    assert dialled == []


@pytest.mark.parametrize("host", ["nowhere.example", "x" * 64 + ".example", "[bad", "ü..x"])
async def test_names_that_are_none(
    names: dict[str, list[str]], dialled: list[str], host: str
) -> None:
    if host.startswith("x" * 64):
        names[host] = []
    await lose(f"https://{host}/1.png")
    assert dialled == []


async def test_a_name_too_long_for_a_resolver_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look_up(*_: Any, **__: Any) -> Any:
        raise UnicodeError("label too long")

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", look_up)
    assert isinstance(await lose("https://files.example/1.png"), NotAvailable)


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("data:image/png;base64,aGVsbG8=", b"hello"),
        ("data:;base64,", b""),
        ("data:text/html;charset=x;base64,aGk=", b"hi"),
        ("data:image/png;base64,aGVsbG8", None),
        ("data:image/png;base64,*", None),
        ("data:image/png;base64,картинка", None),
        ("data:image/png,hello", None),
        ("data:", None),
        ("data:base64", None),
    ],
)
async def test_data_addresses(url: str, data: bytes | None) -> None:
    if data is None:
        assert isinstance(await lose(url), ResultLost)
    else:
        assert await fetch(url, NOBODY, "fal") == data


async def test_data_addresses_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "RESULT_BYTES", 300)
    small, large = (base64.b64encode(bytes(size)).decode() for size in (300, 400))
    assert len(await fetch(f"data:;base64,{small}", NOBODY, "fal")) == 300
    assert isinstance(await lose(f"data:;base64,{large}"), ResultLost)


# No address, whatever else it is; with what a provider's JSON may put in its place.
ODD_ADDRESSES = [
    *(f"https://files.example:{port}/1.png" for port in (99999, 65536, 0, -1, "x", "1e3", " 443")),
    "https://user@files.example/x", "https://user:pw@files.example/x", "https://good\\@10.0.0.1/x",
    "https:\\\\files.example/x", "https://files.example\\.evil/x", "https://[fe80::1%25eth0]/x",
    "https://[fe80::1%eth0]/x", "https://[::1", "https://[/x", "https://]/x", "https://./x",
    "https://files.example./x", "https://127.0.0.1./x", "https://١٢٧.0.0.1/x", "https://１２７.0.0.1/",
    "https://xn--a/x", "https://xn--/x", "https://\ud800/x", "https://files.example/\x00",
    "https://files.example/\n/x", "https://a b/x", "https://%31%32%37.0.0.1/x", "//files.example/x",
    "https://" + "a" * 70_000, "https://files.example/" + "a" * 20_000, "https://a..b/x", "https:",
    "[]", "{'url': 1}", "null", "<html>", "data:image/png", "DATA:image/png;base64,aGk=",
]  # fmt: skip


async def test_whatever_an_address_is_made_of_the_result_is_lost_in_a_sentence(
    names: dict[str, list[str]], dialled: list[str]
) -> None:
    names["files.example"] = [PUBLIC]
    through = read_proxies({"https_proxy": "http://127.0.0.1:9"})
    for url in ODD_ADDRESSES:
        for proxies in (Proxies(), through):
            with pytest.raises((ResultLost, NotAvailable)) as caught:
                await fetch(url, HOME, "fal", proxies)
            assert caught.value.message.endswith("."), url
            assert type(caught.value) is ResultLost, url
    assert dialled == []


async def test_trust_is_for_a_port_too(names: dict[str, list[str]], dialled: list[str]) -> None:
    """The host named as a base URL has other doors beside its own."""
    names["127.0.0.1"] = ["127.0.0.1"]
    trusted: Trusted = frozenset({("127.0.0.1", 8080), ("gateway.example", 443)})
    names["gateway.example"] = ["10.0.0.9"]
    for url in ("http://127.0.0.1/x", "http://127.0.0.1:22/x", "https://127.0.0.1/x",
                "http://127.0.0.1:80801/x", "https://gateway.example:8443/x", "http://gateway.example",
                "http://gateway.example:443.evil.example/x"):  # fmt: skip
        with pytest.raises(ResultLost):
            await fetch(url, trusted, "fal")
    assert dialled == []
    for url, host in (("http://127.0.0.1:8080/x", "127.0.0.1"),
                      ("https://gateway.example/x", "gateway.example"),
                      ("https://GATEWAY.example:443/x", "gateway.example")):  # fmt: skip
        assert isinstance(await lose(url, trusted), NotAvailable)
        assert dialled.pop() == host
