"""Whoever leaves stops paying: every way of leaving reaches the provider.

The measured seconds are printed (`pytest -s`); the limits only catch what never arrives.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.cloud import Cloud
from tests.integration.waiting import until
from tests.running import App

CALL = {"prompt": "a fox", "model": "fal/flux-dev"}
GONER = """
import sys
from gradio_client import Client
client = Client(sys.argv[1], verbose=False)
client.submit(prompt="a fox", model="fal/flux-dev", api_name="/text_to_image").result()
"""


@pytest.fixture(autouse=True)
def endless(cloud: Cloud) -> None:
    """Jobs that nobody sees the end of."""
    cloud.pace("fal", queue=1, steps=10_000, delay=0.05)


def cancelled(cloud: Cloud, how: str, since: float) -> None:
    until(lambda: cloud.cancels("fal"))
    (call,) = cloud.cancels("fal")
    (job,) = cloud.jobs("fal")
    assert call.method == "PUT"
    assert call.job in (None, job.id)
    assert job.id in call.path
    until(lambda: cloud.jobs("fal")[0].cancelled)
    assert len(cloud.submissions("fal")) == 1
    print(f"\ncancel delivery, {how}: {call.at - since:.2f} s")


def test_gradio_client_cancels(app: App, cloud: Cloud) -> None:
    client = app.client()
    job = client.submit(**CALL, api_name="/text_to_image")
    until(lambda: cloud.jobs("fal"))
    since = time.monotonic()
    job.cancel()
    cancelled(cloud, "job.cancel() of gradio_client", since)
    client.close()


@pytest.fixture
def goner(app: App, cloud: Cloud) -> Iterator[subprocess.Popen[bytes]]:
    """A client in a process of its own, its job running."""
    found = subprocess.Popen([sys.executable, "-c", GONER, app.url])
    try:
        until(lambda: cloud.jobs("fal"))
        yield found
    finally:
        found.kill()
        found.wait()


def test_client_killed(cloud: Cloud, goner: subprocess.Popen[bytes]) -> None:
    since = time.monotonic()
    goner.send_signal(signal.SIGKILL)
    cancelled(cloud, "client killed (SIGKILL)", since)


def test_stream_dropped(app: App, cloud: Cloud) -> None:
    with httpx.Client(base_url=app.url, trust_env=False, timeout=30) as web:
        event = web.post("/gradio_api/call/v2/text_to_image", json=CALL).json()["event_id"]
        with web.stream("GET", f"/gradio_api/call/text_to_image/{event}") as lines:
            for _ in lines.iter_lines():
                if cloud.jobs("fal"):
                    break
            since = time.monotonic()
    cancelled(cloud, "REST stream dropped", since)


def test_client_closed(app: App, cloud: Cloud) -> None:
    """The heartbeat ends although the call's own stream is still open."""
    client = app.client()
    client.submit(**CALL, api_name="/text_to_image")
    until(lambda: cloud.jobs("fal"))
    since = time.monotonic()
    client.close()
    cancelled(cloud, "heartbeat closed", since)


def test_the_place_is_free_again(app: App, cloud: Cloud) -> None:
    """Ten is the most a key may run: ten cancelled jobs leave room for the eleventh."""
    clients = [app.client() for _ in range(10)]
    jobs = [client.submit(**CALL, api_name="/text_to_image") for client in clients]
    until(lambda: len(cloud.jobs("fal")) == 10)
    waiting = app.client()
    last = waiting.submit(**CALL, api_name="/text_to_image")
    for job in jobs:
        job.cancel()
    until(lambda: len(cloud.cancels("fal")) == 10)
    until(lambda: len(cloud.jobs("fal")) == 11)
    last.cancel()
    until(lambda: len(cloud.cancels("fal")) == 11)
    for client in (*clients, waiting):
        client.close()
