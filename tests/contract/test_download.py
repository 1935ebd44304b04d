"""Results are fetched from the open Internet only: never from inside, never without end."""

from __future__ import annotations

import asyncio
import base64
import socket
from typing import Any

import httpcore
import httpx
import pytest

from easel.providers import download
from easel.providers.download import fetch, is_public
from easel.providers.errors import NotAvailable, ResultLost, StudioError

NOBODY: frozenset[str] = frozenset()
HOME = frozenset({"127.0.0.1"})
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
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The only names there are; numbers are read as the resolver reads them."""
    found: dict[str, list[str]] = {}

    async def look_up(it: object, host: str, port: int, **_: Any) -> list[Any]:
        if host not in found:
            try:
                found[host] = [socket.inet_ntoa(socket.inet_aton(host))]
            except OSError as error:
                raise socket.gaierror(socket.EAI_NONAME, "no such name") from error
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in found[host]]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", look_up)
    return found


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were connected to; nobody answers there."""
    found: list[str] = []

    async def dial(it: object, host: str, *_: Any) -> Any:
        found.append(host)
        raise httpcore.ConnectError("nobody answers in a test")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", dial)
    return found


async def lose(url: str, trusted: frozenset[str] = NOBODY) -> StudioError:
    with pytest.raises((ResultLost, NotAvailable)) as caught:
        await fetch(url, trusted, "fal")
    assert caught.value.provider == "fal" and caught.value.created is True
    return caught.value


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


class Host:
    """A file host on loopback: answers by path, remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[tuple[str, bytes]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split()[1].decode()
        self.asked.append((path, head))
        writer.write(self.answers.get(path, b"HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n"))
        await writer.drain()
        writer.close()

    def say(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [] if "Content_Length" in headers else [f"Content-Length: {len(body)}"]
        text = f"HTTP/1.1 {status} x\r\n" + "".join(f"{line}\r\n" for line in lines) + "\r\n"
        self.answers[path] = text.encode() + body
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
async def host() -> Any:
    found = Host()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()
    await server.wait_closed()


async def test_a_trusted_host_is_asked_plainly(host: Host) -> None:
    url = host.say("/1.png", 200, b"picture")
    assert await fetch(url, HOME, "fal") == b"picture"
    ((_, head),) = host.asked
    assert b"authorization" not in head.lower() and b"cookie" not in head.lower()
    assert b"identity" in head
    assert isinstance(await lose(url), ResultLost)
    assert len(host.asked) == 1


async def test_redirects_within_the_host_are_followed(host: Host) -> None:
    host.say("/3", 200, b"picture")
    for status, (start, location) in zip((301, 302), (("/2", "/3"), ("/1", "2")), strict=True):
        url = host.say(start, status, Location=location)
    assert await fetch(url, HOME, "fal") == b"picture"
    assert [path for path, _ in host.asked] == ["/1", "/2", "/3"]


async def test_redirects_end(host: Host) -> None:
    url = host.say("/0", 302, Location="/0")
    error = await lose(url, HOME)
    assert isinstance(error, ResultLost) and len(host.asked) == download.REDIRECTS + 1
    for number in range(6):
        host.say(f"/n{number}", 307, Location=f"/n{number + 1}")
    assert isinstance(await lose(url.replace("/0", "/n0"), HOME), ResultLost)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:9/x", "http://localhost:{port}/x", "http://2130706433:{port}/x",
     "https://169.254.169.254/latest", "https://inside.example/x", "//10.0.0.1/x", "http://[bad",
     "file:///etc/passwd", "data:image/png;base64,aGk=", "https://127.0.0.1:{port}/x"],
)  # fmt: skip
async def test_redirects_off_the_host_lose_its_trust(
    host: Host, names: dict[str, list[str]], location: str
) -> None:
    names["inside.example"] = ["192.168.1.1"]
    url = host.say("/1", 302, Location=location.replace("{port}", str(host.port)))
    assert isinstance(await lose(url, HOME), ResultLost)
    assert [path for path, _ in host.asked] == ["/1"]


async def test_a_redirect_from_outside_may_not_lead_in(
    host: Host, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to a host that would have been trusted as the first address."""
    hops = []

    async def hop(url: str, trusted: frozenset[str], provider: str) -> bytes | str:
        hops.append((url, trusted))
        inside = f"http://127.0.0.1:{host.port}/1"
        return inside if len(hops) == 1 else await real(url, trusted, provider)

    real = download._hop
    monkeypatch.setattr(download, "_hop", hop)
    host.say("/1", 200, b"secret")
    assert isinstance(await lose("https://files.example/1", HOME), ResultLost)
    assert hops[1][1] == NOBODY and host.asked == []


async def test_size_is_capped(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "RESULT_BYTES", 1000)
    assert len(await fetch(host.say("/1", 200, bytes(1000)), HOME, "fal")) == 1000
    error = await lose(host.say("/2", 200, bytes(1001)), HOME)
    assert isinstance(error, ResultLost) and "larger" in error.message


async def test_packed_bodies_that_burst_are_lost(host: Host) -> None:
    url = host.say("/1", 200, b"no gzip at all", Content_Encoding="gzip")
    assert isinstance(await lose(url, HOME), NotAvailable)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [(400, ResultLost), (401, ResultLost), (403, ResultLost), (404, ResultLost),
     (410, ResultLost), (408, NotAvailable), (425, NotAvailable), (429, NotAvailable),
     (500, NotAvailable), (503, NotAvailable), (204, None)],
)  # fmt: skip
async def test_statuses(host: Host, status: int, wanted: type[StudioError] | None) -> None:
    url = host.say("/1", status, b"" if status == 204 else b"x")
    if wanted is None:
        assert await fetch(url, HOME, "fal") == b""
    else:
        assert type(await lose(url, HOME)) is wanted


async def test_bodies_cut_short_and_lines_that_hang(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = host.say("/1", 200, b"half", Content_Length="8")
    assert isinstance(await lose(url, HOME), NotAvailable)
    monkeypatch.setattr(download, "timeouts", lambda seconds: httpx.Timeout(0.1))

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the client has gone
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert isinstance(await lose(f"http://127.0.0.1:{port}/", HOME), NotAvailable)
    server.close()
    await server.wait_closed()


async def test_sockets_of_this_machine_are_never_used() -> None:
    with pytest.raises(httpcore.ConnectError):
        await download.PublicOnlyBackend(HOME).connect_unix_socket("/var/run/docker.sock")
