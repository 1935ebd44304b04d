"""Fetching a result over a real line: redirects, statuses, sizes, lines that break."""

from __future__ import annotations

import asyncio
from typing import Any

import httpcore
import httpx
import pytest

from errors import NotAvailable, ResultLost, StudioError
from providers.http import download
from providers.http.address import NOBODY, Address, PublicOnlyBackend, Trusted
from providers.http.download import fetch
from providers.http.proxy import Proxies
from tests.contract.host import Host, lose
from tests.contract.wire import HEAD, dripping, endless, packed, playing


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
    assert await fetch(url, host.home, "fal") == b"picture"
    ((_, head),) = host.asked
    assert b"authorization" not in head.lower() and b"cookie" not in head.lower()
    assert b"identity" in head
    assert isinstance(await lose(url), ResultLost)
    assert len(host.asked) == 1


async def test_redirects_within_the_host_are_followed(host: Host) -> None:
    host.say("/3", 200, b"picture")
    for status, (start, location) in zip((301, 302), (("/2", "/3"), ("/1", "2")), strict=True):
        url = host.say(start, status, Location=location)
    assert await fetch(url, host.home, "fal") == b"picture"
    assert [path for path, _ in host.asked] == ["/1", "/2", "/3"]


async def test_redirects_end(host: Host) -> None:
    url = host.say("/0", 302, Location="/0")
    error = await lose(url, host.home)
    assert isinstance(error, ResultLost) and len(host.asked) == download.REDIRECTS + 1
    for number in range(6):
        host.say(f"/n{number}", 307, Location=f"/n{number + 1}")
    assert isinstance(await lose(url.replace("/0", "/n0"), host.home), ResultLost)


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
    assert isinstance(await lose(url, host.home), ResultLost)
    assert [path for path, _ in host.asked] == ["/1"]


async def test_a_redirect_from_outside_may_not_lead_in(
    host: Host, names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even to a host that would have been trusted as the first address."""
    hops = []

    async def hop(
        address: Address, trusted: Trusted, provider: str, proxies: Proxies
    ) -> bytes | str:
        hops.append((address.url, trusted))
        inside = f"http://127.0.0.1:{host.port}/1"
        return inside if len(hops) == 1 else await real(address, trusted, provider, proxies)

    real = download._hop
    monkeypatch.setattr(download, "_hop", hop)
    host.say("/1", 200, b"secret")
    assert isinstance(await lose("https://files.example/1", host.home), ResultLost)
    assert len(hops) == 1 and host.asked == []


async def test_size_is_capped(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "RESULT_BYTES", 1000)
    assert len(await fetch(host.say("/1", 200, bytes(1000)), host.home, "fal")) == 1000
    error = await lose(host.say("/2", 200, bytes(1001)), host.home)
    assert isinstance(error, ResultLost) and "larger" in error.message


async def test_packed_bodies_that_burst_are_lost(host: Host) -> None:
    url = host.say("/1", 200, b"no gzip at all", Content_Encoding="gzip")
    assert isinstance(await lose(url, host.home), NotAvailable)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [(400, ResultLost), (401, ResultLost), (403, ResultLost), (404, ResultLost),
     (410, ResultLost), (408, NotAvailable), (425, NotAvailable), (429, NotAvailable),
     (500, NotAvailable), (503, NotAvailable), (204, None)],
)  # fmt: skip
async def test_statuses(host: Host, status: int, wanted: type[StudioError] | None) -> None:
    url = host.say("/1", status, b"" if status == 204 else b"x")
    if wanted is None:
        assert await fetch(url, host.home, "fal") == b""
    else:
        assert type(await lose(url, host.home)) is wanted


async def test_bodies_cut_short_and_lines_that_hang(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = host.say("/1", 200, b"half", Content_Length="8")
    assert isinstance(await lose(url, host.home), NotAvailable)
    monkeypatch.setattr(download, "timeouts", lambda seconds: httpx.Timeout(0.1))

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the client has gone
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    host.port = server.sockets[0].getsockname()[1]
    assert isinstance(await lose(f"http://127.0.0.1:{host.port}/", host.home), NotAvailable)
    server.close()
    await server.wait_closed()


async def test_sockets_of_this_machine_are_never_used() -> None:
    with pytest.raises(httpcore.ConnectError):
        await PublicOnlyBackend(NOBODY).connect_unix_socket("/var/run/docker.sock")


async def test_a_trickle_is_no_result(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes come all the time, and too few of them: of the head, or of the picture."""
    monkeypatch.setattr(download, "RATE_SECONDS", 0.4)
    monkeypatch.setattr(download, "HEAD_SECONDS", 0.8)
    for data in (HEAD, HEAD + b"\r\n"):
        async with playing(dripping(data)) as wire:
            error = await lose(wire.url, frozenset({("127.0.0.1", wire.port)}))
            assert isinstance(error, NotAvailable) and "slowly" in error.message
    async with playing(endless(HEAD, b"X: " + b"x" * 1000 + b"\r\n")) as wire:
        assert isinstance(await lose(wire.url, frozenset({("127.0.0.1", wire.port)})), NotAvailable)


async def test_a_slow_result_is_waited_for(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as something comes: each part puts the deadline forward."""
    monkeypatch.setattr(download, "RATE_SECONDS", 2.0)
    monkeypatch.setattr(download, "RATE_BYTES", 100)

    async def slow(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: 600\r\n\r\n")
        for _ in range(6):
            writer.write(b"x" * 100)
            await writer.drain()
            await asyncio.sleep(0.5)

    async with playing(slow) as wire:
        body = await fetch(wire.url, frozenset({("127.0.0.1", wire.port)}), "fal")
    assert len(body) == 600  # after three seconds, one and a half times what a pause may be


async def test_a_bomb_is_cut_off_at_the_size_of_a_result(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "RESULT_BYTES", 1_000_000)
    bomb = packed(bytes(50_000_000))
    url = host.say("/1", 200, bomb, Content_Encoding="gzip")
    error = await lose(url, host.home)
    assert isinstance(error, ResultLost) and "larger" in error.message
