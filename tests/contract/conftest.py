"""One emulated cloud for all; quick polls; and what must hold after every test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from providers.fal import files as fal_files
from studio import runner as floor
from studio.jobs import timing
from studio.results import fetching
from tests.cloud import Cloud
from tests.contract.play import PAID

# An SDK that fell back on the environment would send these.
POISON = {
    "REPLICATE_API_TOKEN": "poison-replicate-token",
    "FAL_KEY": "poison-fal-key",
    "FAL_KEY_ID": "poison-fal-key-id",
    "FAL_KEY_SECRET": "poison-fal-key-secret",
    "HF_TOKEN": "hf_poison_token",
    "HUGGING_FACE_HUB_TOKEN": "hf_poison_token",
    "WAVESPEED_API_KEY": "poison-wavespeed-key",
    "OPENAI_API_KEY": "poison-openai-key",
}
FAL_HOSTS = {"queue.fal.run": "fal", "rest.fal.ai": "fal-rest", "v3.fal.media": "fal-cdn"}


@pytest.fixture(scope="session")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud) -> Iterator[Cloud]:
    """A cloud with nothing remembered. After the test: no key went astray, none came from the
    environment, every planned failure struck, no emulator broke down."""
    running.reset()
    for name in PAID:
        running.pace(name, queue=1, steps=1, delay=0)
    yield running
    assert running.bugs == []
    assert running.leaks() == []
    assert running.pending() == []
    seen = " ".join(value for call in running.calls for value in call.headers.values())
    assert "poison" not in seen


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses, and keys in the environment that nobody may use. Patience stays long: a busy
    machine must not fail a test. Where a line hangs, `hasty` is asked for."""
    patch(monkeypatch, FIRST_POLL=0.005, SLOWEST_POLL=0.02, FIRST_TROUBLE=0.01,
          LONGEST_PAUSE=0.05)  # fmt: skip
    monkeypatch.setattr(fetching, "FETCH_PAUSE", 0.005)
    for name, value in POISON.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience with lines that hang."""
    patch(monkeypatch, ONE_POLL=0.5, WITHDRAW_SECONDS=0.5)
    monkeypatch.setattr(floor, "STOP_SECONDS", 0.5)


def patch(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> None:
    for name, value in seconds.items():
        monkeypatch.setattr(timing, name, value)


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
def fal_at_home(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """fal under its own names, which lead to the cloud: with a base address in their place its
    storage is not used. Pictures above 100 kB count as large."""
    real, elsewhere = httpx.AsyncHTTPTransport.handle_async_request, cloud.environment()
    del elsewhere["FAL_BASE_URL"]

    async def lead(it: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.url.host in FAL_HOSTS:
            path = f"/{FAL_HOSTS[request.url.host]}".encode() + request.url.raw_path
            request.url = httpx.URL(cloud.url).copy_with(raw_path=path)
        return await real(it, request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", lead)
    monkeypatch.setattr(cloud, "environment", lambda: elsewhere)
    monkeypatch.setattr(fal_files, "IN_REQUEST", 100_000)
