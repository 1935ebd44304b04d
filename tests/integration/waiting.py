"""Waiting for what must happen, with a generous limit and the measured time as the answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from gradio_client.client import Job

from tests.cloud import Cloud

LIMIT = 30.0
SERVICES = ("replicate", "fal", "huggingface", "wavespeed", "openai")


def report(text: str) -> None:
    """Print a measured figure; `pytest -s` shows it."""
    sys.stdout.write(f"\nmeasured: {text}\n")


def until(condition: Callable[[], object], limit: float = LIMIT) -> float:
    """Seconds until the condition held. Fails after `limit`."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > limit:
            raise AssertionError(f"it did not happen in {limit:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - started


def cancel(*jobs: Job) -> None:
    """Cancel these calls once their numbers have come: gradio_client tells the app of no other."""
    for job in jobs:
        until(lambda job=job: job.communicator and job.communicator.event_id)
        job.cancel()


def quick(cloud: Cloud) -> None:
    """Jobs that are done at the first poll."""
    for service in SERVICES:
        cloud.pace(service, queue=0, steps=1, delay=0)
