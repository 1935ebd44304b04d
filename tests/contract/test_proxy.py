"""HTTPS_PROXY and its like: providers and results are asked for through it, and nothing else opens.

The proxy is one of ours on loopback. It speaks CONNECT, and leads every name to a TLS server beside
it, whose certificate is made for the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from errors import NotAvailable, ResultLost, StudioError, UnknownOutcome
from providers.catalogue import PROVIDERS
from providers.http import client, download
from providers.http.address import NOBODY
from providers.http.bounds import Bounds
from providers.http.download import fetch
from providers.http.proxy import BadProxy, Proxies, read_proxies
from providers.schema import Task
from settings import read_settings
from studio.jobs.job import State
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from tests.contract.wire import KEY, reach

API, FILES = "api.provider.example", "files.provider.example"
LOGIN = "visitor:pass-nobody-may-see"
PUBLIC = "93.184.216.34"


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for our two names, signed by its own key, for an hour."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests")])
    names = x509.SubjectAlternativeName([x509.DNSName(each) for each in (API, FILES)])
    hour = datetime.timedelta(hours=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - hour).not_valid_after(now + hour)
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
    made = builder.sign(key, hashes.SHA256())
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


class Tunnel:
    """A proxy that takes CONNECT, and the server at its other end.

    `says`: the proxy's answer, b"" for silence, None to lead on. `cuts`: the server hangs up on who
    asks. `heard`, `asked`: the heads that the proxy, and the server, were sent.
    """

    def __init__(self) -> None:
        self.says: bytes | None = None
        self.heard: list[bytes] = []
        self.asked: list[bytes] = []
        self.cuts = False
        self.port = self.target = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def proxies(self) -> Proxies:
        return read_proxies({"https_proxy": f"http://{LOGIN}@127.0.0.1:{self.port}"})

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._answering(writer), contextlib.suppress(OSError, asyncio.IncompleteReadError):
            self.heard.append(await reader.readuntil(b"\r\n\r\n"))
            if self.says is not None:
                writer.write(self.says)
                await writer.drain()
                if not self.says:
                    await reader.read()
                return
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with contextlib.closing(back):
                await asyncio.gather(pour(reader, back), pour(there, writer))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._answering(writer), contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.asked.append(head)
            if self.cuts:
                return
            body = b'{"id": "1"}'
            if head.startswith(b"GET /picture"):
                body = b"picture"
            line = b"HTTP/1.1 200 OK"
            if head.startswith(b"GET /inside"):
                line = b"HTTP/1.1 302 x\r\nLocation: https://10.0.0.1/x"
            writer.write(line + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()

    @contextlib.contextmanager
    def _answering(self, writer: asyncio.StreamWriter) -> Any:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()


@pytest.fixture
async def tunnel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]
) -> AsyncIterator[Tunnel]:
    """A proxy, and what the whole process trusts."""
    certificate, key = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=str(certificate))
    for room in (client, download):
        monkeypatch.setattr(room, "tls", lambda: trusting)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    names["127.0.0.1"] = ["127.0.0.1"]
    found = Tunnel()
    front = await asyncio.start_server(found.lead, "127.0.0.1", 0)
    behind = await asyncio.start_server(found.serve, "127.0.0.1", 0, ssl=own)
    found.port, found.target = (it.sockets[0].getsockname()[1] for it in (front, behind))
    yield found
    front.close()
    behind.close()
    await found.end()


async def lose(tunnel: Tunnel, method: str = "POST", seconds: float = 20.0) -> StudioError:
    access = reach(proxies=tunnel.proxies)
    with pytest.raises(StudioError) as caught:
        mark = Bounds(1000, seconds).mark
        await access.client({}).request(method, f"https://{API}/x", extensions=mark)
    await access.aclose()
    shown = f"{caught.value} {caught.value!r} {caught.value.__dict__}"
    assert "pass-nobody" not in shown and "visitor" not in shown
    return caught.value


async def test_a_provider_is_asked_through_the_proxy(tunnel: Tunnel) -> None:
    access = reach(proxies=tunnel.proxies)
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = await access.client(headers).post(f"https://{API}/x", json={})
    assert await access.json(answer, paid=True) == {"id": "1"}
    await access.aclose()
    (head,) = tunnel.heard
    assert head.startswith(f"CONNECT {API}:443 ".encode())
    assert b"proxy-authorization: basic " in head.lower() and KEY.encode() not in head
    (asked,) = tunnel.asked
    assert KEY.encode() in asked and b"proxy-authorization" not in asked.lower()


async def test_a_proxy_that_does_not_lead_on_is_proof_that_nothing_was_sent(
    tunnel: Tunnel,
) -> None:
    for status in (407, 403, 502, 503):
        tunnel.says = b"HTTP/1.1 %d Not for visitor\r\nContent-Length: 0\r\n\r\n" % status
        error = await lose(tunnel)
        assert type(error) is NotAvailable and error.created is False
        assert f"({status})" in error.message and "proxy" in error.message
    for says in (b"", b"HTTP/1.1 200", b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nno TLS"):
        tunnel.says = says  # silence, half an answer, nonsense, and a way that leads nowhere
        error = await lose(tunnel, seconds=1.0 if not says else 20.0)
        assert type(error) is NotAvailable and error.created is False, says
    assert tunnel.asked == []


async def test_a_proxy_that_is_not_there(tunnel: Tunnel) -> None:
    gone = read_proxies({"all_proxy": f"{LOGIN}@127.0.0.1:9"})
    access = reach(proxies=gone)
    with pytest.raises(NotAvailable) as caught:
        await access.client({}).post(f"https://{API}/x")
    assert caught.value.created is False and "proxy" in caught.value.message
    await access.aclose()


async def test_a_line_cut_behind_the_proxy_is_no_proof(tunnel: Tunnel) -> None:
    tunnel.cuts = True
    error = await lose(tunnel)
    assert type(error) is UnknownOutcome and error.created is None and len(tunnel.asked) == 1


async def test_results_come_through_the_proxy(tunnel: Tunnel, names: dict[str, list[str]]) -> None:
    for known in ([PUBLIC], None):  # a name that is known here, and one only the proxy knows
        names.pop(FILES, None)
        if known:
            names[FILES] = known
        url = f"https://{FILES}/picture.png"
        assert await fetch(url, NOBODY, "fal", tunnel.proxies) == b"picture"
    assert all(head.startswith(f"CONNECT {FILES}:443".encode()) for head in tunnel.heard)
    assert all(b"authorization" not in head.lower() for head in tunnel.asked)


async def test_what_is_inside_stays_closed_through_a_proxy(
    tunnel: Tunnel, names: dict[str, list[str]]
) -> None:
    names["inside.example"] = ["192.168.1.1"]
    names["both.example"] = [PUBLIC, "127.0.0.1"]
    names.update({"localhost": ["127.0.0.1"], "x.localhost": ["127.0.0.1"], "::1": ["::1"]})
    inside = (
        "inside.example", "both.example", "127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254",
        "2130706433", "0x7f.1", "[::1]", "[::ffff:10.0.0.1]", "intranet", "printer.local",
        "db.internal", "x.localhost", "box.lan", "a.home.arpa", "127.0.0.1.", "1.2.3.4.5",
    )  # fmt: skip
    for host in inside:
        with pytest.raises(ResultLost):
            await fetch(f"https://{host}/picture.png", NOBODY, "fal", tunnel.proxies)
    assert tunnel.heard == []
    names[FILES] = [PUBLIC]
    with pytest.raises(ResultLost) as caught:
        await fetch(f"https://{FILES}/inside", NOBODY, "fal", tunnel.proxies)
    assert "inside a network" in caught.value.message and len(tunnel.heard) == 1


async def test_a_proxy_that_does_not_lead_to_a_result_is_named(
    tunnel: Tunnel, names: dict[str, list[str]]
) -> None:
    names[FILES] = [PUBLIC]
    tunnel.says = b"HTTP/1.1 407 visitor\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(NotAvailable) as caught:
        await fetch(f"https://{FILES}/picture.png", NOBODY, "fal", tunnel.proxies)
    assert "proxy" in caught.value.message and "407" in caught.value.message
    assert "visitor" not in str(caught.value)


async def test_the_studio_goes_through_the_operator_s_proxy(tmp_path: Path) -> None:
    """Nobody listens there: what is not sent is told as not sent, and not paid for."""
    values = {"HTTPS_PROXY": f"http://{LOGIN}@127.0.0.1:9", "FAL_KEY": KEY}
    studio = Studio(read_settings(PROVIDERS, values, None), tmp_path)
    session, states = Session(), set()
    wish = read_request("a fox", {}, ())
    with pytest.raises(NotAvailable) as caught:
        async for each in studio.run(
            Task.TEXT_TO_IMAGE, "fal/flux-dev", wish, session, studio.keyring(session)
        ):
            states.add(each.state)
    assert caught.value.created is False and "proxy" in caught.value.message
    assert State.ACCEPTED not in states and State.UNKNOWN not in states
    assert "pass-nobody" not in str(caught.value)
    assert studio.backend.executor.fetcher.proxies is studio.settings.outbound


def way(values: dict[str, str], url: str) -> str:
    return read_proxies(values).on_the_way_to(httpx.URL(url))


def test_whose_proxy_is_asked() -> None:
    one, other = "http://one.example:3128", "http://other.example"
    table = [
        ({}, ""),
        ({"https_proxy": one}, one),
        ({"https_proxy": "one.example:3128"}, one),
        ({"http_proxy": one}, ""),
        ({"all_proxy": one}, one),
        ({"all_proxy": other, "https_proxy": one}, one),
        ({"all_proxy": "socks5://x:1", "https_proxy": one}, one),
    ]
    for values, wanted in table:
        assert way(values, "https://fal.run/x") == wanted, values
    both = {"https_proxy": one, "http_proxy": other, "all_proxy": other}
    for host in ("localhost", "127.0.0.1", "[::1]", "127.9.9.9", "x.localhost"):
        for scheme in ("http", "https"):
            assert way(both, f"{scheme}://{host}:7860/x") == ""


def test_what_no_proxy_lists_goes_straight() -> None:
    table = [
        ("*", "fal.run", True), ("fal.run", "fal.run", True), ("fal.run", "queue.fal.run", True),
        (".fal.run", "fal.run", True), ("*.fal.run", "queue.fal.run", True),
        ("fal.run", "notfal.run", False), ("run", "fal.run", True), ("al.run", "fal.run", False),
        ("FAL.RUN", "fal.run", True), ("a, fal.run ,b", "fal.run", True), ("", "fal.run", False),
        ("a b fal.run", "fal.run", True), ("fal.run:443", "fal.run", True),
        ("fal.run:8443", "fal.run", False), ("fal.run:8443", "fal.run:8443", True),
        ("https://fal.run", "fal.run", True), ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False), ("10.1.2.3", "10.1.2.3", True),
        ("fd00::/8", "[fd12::1]", True), ("[fd12::1]", "[fd12::1]", True),
        ("[fd12::1]:443", "[fd12::1]", True), (",,", "fal.run", False), (".", "fal.run", False),
    ]  # fmt: skip
    for listed, host, straight in table:
        values = {"https_proxy": "http://one.example", "no_proxy": listed}
        assert (way(values, f"https://{host}/x") == "") is straight, (listed, host)


def test_proxies_that_cannot_be_used_are_named_without_their_password() -> None:
    bad = ("socks5://secret@x:1", "http://", "http://x:99999", "http://x:0", "ftp://x", "http://[",
           "http://x:secret", "://x")  # fmt: skip
    for value in bad:
        assert read_proxies({"http_proxy": value}).by_scheme == {}  # never asked: see above
        for name in ("https_proxy", "all_proxy"):
            with pytest.raises(BadProxy) as caught:
                read_proxies({name: value})
            assert str(caught.value) == name.upper(), value
    assert "secret" not in repr(read_proxies({"https_proxy": "http://secret@x"}))
