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
from tests.integration.waiting import cancel, report, until
from tests.running import App, leave

CALL = {"prompt": "a fox", "model": "fal/flux-dev"}
# It says a word when it hears of its running job: its streams to the app are open then.
GONER = """
import sys, time
from gradio_client import Client
client = Client(sys.argv[1], verbose=False)
job = client.submit(prompt="a fox", model="fal/flux-dev", api_name="/text_to_image")
while not job.status().progress_data:
    time.sleep(0.05)
print("running", flush=True)
job.result()
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
    report(f"cancel delivery, {how}: {call.at - since:.2f} s")


def test_gradio_client_cancels(app: App, cloud: Cloud) -> None:
    client = app.client()
    job = client.submit(**CALL, api_name="/text_to_image")
    until(lambda: cloud.jobs("fal"))
    since = time.monotonic()
    cancel(job)
    cancelled(cloud, "job.cancel() of gradio_client", since)
    leave(client)


@pytest.fixture
def goner(app: App, cloud: Cloud) -> Iterator[subprocess.Popen[bytes]]:
    """A client in a process of its own, its job running."""
    command = [sys.executable, "-c", GONER, app.url]
    found = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert found.stdout
        assert found.stdout.readline() == b"running\n"
        until(lambda: cloud.jobs("fal"))
        yield found
    finally:
        found.kill()
        found.communicate()


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


def test_heartbeat_ended(app: App, cloud: Cloud) -> None:
    """The tab is gone although the call's own stream is still open, or was never opened."""
    data = ["a fox", "fal/flux-dev", *[None] * 11]
    call = {"data": data, "session_hash": "a-tab-of-its-own"}
    with (
        httpx.Client(base_url=app.url, trust_env=False, timeout=30) as web,
        web.stream("GET", "/gradio_api/heartbeat/a-tab-of-its-own") as beats,
    ):
        lines = beats.iter_lines()
        next(lines)
        web.post("/gradio_api/call/text_to_image", json=call)
        until(lambda: cloud.jobs("fal"))
        since = time.monotonic()
    cancelled(cloud, "heartbeat ended (tab closed)", since)


def test_the_place_is_free_again(app: App, cloud: Cloud) -> None:
    """Ten is the most a key may run: ten cancelled jobs leave room for the eleventh."""
    clients = [app.client() for _ in range(10)]
    jobs = [client.submit(**CALL, api_name="/text_to_image") for client in clients]
    until(lambda: len(cloud.jobs("fal")) == 10)
    waiting = app.client()
    last = waiting.submit(**CALL, api_name="/text_to_image")
    cancel(*jobs)
    until(lambda: len(cloud.cancels("fal")) == 10)
    until(lambda: len(cloud.jobs("fal")) == 11)
    cancel(last)
    until(lambda: len(cloud.cancels("fal")) == 11)
    leave(*clients, waiting)
