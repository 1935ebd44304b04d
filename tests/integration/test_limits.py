"""Limits of the operator hold: jobs at once, dollars per session; own keys are not capped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.cloud import Cloud
from tests.integration.waiting import quick, report, until
from tests.running import App, create, leave

Make = Callable[..., App]
CALL = {"prompt": "a fox", "model": "fal/flux-schnell", "api_name": "/text_to_image"}


def active(cloud: Cloud) -> int:
    return sum(not job.over for job in cloud.jobs("fal"))


def test_two_workers_five_jobs(make_app: Make, cloud: Cloud) -> None:
    app = make_app(**cloud.environment(), MAX_WORKERS="2")
    cloud.pace("fal", queue=0, steps=3, delay=0.3)
    clients = [app.client() for _ in range(5)]
    jobs = [client.submit(**CALL) for client in clients]
    most, told = 0, set[str]()

    def done() -> bool:
        nonlocal most
        most = max(most, active(cloud))
        for job in jobs:
            for unit in job.status().progress_data or []:
                told.add(f"{unit.desc} {unit.length if unit.unit == 'ahead' else ''}".strip())
        return all(job.done() for job in jobs)

    until(done, 60)
    assert most == 2
    assert len({job.result()[1]["id"] for job in jobs}) == 5
    assert len(cloud.submissions("fal")) == 5
    assert {"Waiting for a free slot: 1 ahead 1", "Waiting for a free slot: 2 ahead 2"} <= told
    leave(*clients)


@pytest.fixture(scope="module")
def frugal_app(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """$0.007 a session pays for two pictures at $0.003, and not for the third."""
    settings = shared_cloud.environment() | {"EASEL_BUDGET_USD": "0.007"}
    with App(tmp_path_factory.mktemp("frugal"), settings) as found:
        yield found


def test_budget_of_the_operator(frugal_app: App, cloud: Cloud) -> None:
    app = frugal_app
    client = app.client()
    for _ in range(2):
        create(client, model="fal/flux-schnell")
    with pytest.raises(Exception, match=r"would cost about \$0\.003; \$0\.001 of this app's"):
        create(client, model="fal/flux-schnell")
    assert len(cloud.submissions()) == 2
    assert create(client, model="local/sketch", width=64, height=64)[1]["price"]["basis"] == "free"

    other = app.client()
    create(other, model="fal/flux-schnell")
    cloud.add_key("fal", "my-own-fal-key")
    own = app.client(X_Fal_Key="my-own-fal-key")
    own.session_hash = client.session_hash
    for _ in range(3):
        assert create(own, model="fal/flux-schnell")[1]["key"] == "user"
    assert len(cloud.submissions()) == 6
    leave(client, other, own)


def test_budget_counts_jobs_in_flight_and_gives_back(frugal_app: App, cloud: Cloud) -> None:
    app = frugal_app
    client = app.client()
    cloud.pace("fal", queue=0, steps=3, delay=0.3)
    jobs = [client.submit(**CALL) for _ in range(5)]
    ends: list[Any] = [job.exception(timeout=60) for job in jobs]
    assert sum(end is None for end in ends) == 2
    assert len(cloud.submissions()) == 2
    quick(cloud)
    fresh = app.client()
    cloud.fail("fal", "submit", 429, times=3)
    for _ in range(3):
        with pytest.raises(Exception, match="too many"):
            create(fresh, model="fal/flux-schnell")
    for _ in range(2):
        create(fresh, model="fal/flux-schnell")
    leave(client, fresh)


def test_calls_that_name_no_session_have_one_budget(frugal_app: App, cloud: Cloud) -> None:
    """Gradio gives each of them a name of its own: it was a new budget for every call."""
    with httpx.Client(base_url=frugal_app.url, trust_env=False, timeout=60) as web:
        ends = []
        for number in range(5):
            wish = {"prompt": "a fox", "model": "fal/flux-schnell"}
            place, body = "/gradio_api/call/v2/text_to_image", dict[str, Any](wish)
            if number % 2:
                place, data = (
                    "/gradio_api/call/text_to_image",
                    [*wish.values(), "1:1", *[None] * 11],
                )
                data[6] = 1
                body = {"data": data} | ({"session_hash": "mine"} if number == 3 else {})
            event = web.post(place, json=body).json()["event_id"]
            told = web.get(f"/gradio_api/call/text_to_image/{event}").text
            ends.append("event: complete" in told or told[-300:])
    refused = [end for end in ends if end is not True]
    assert [end is True for end in ends] == [True, True, False, True, False]
    assert all("of this app" in str(end) for end in refused), refused
    assert len(cloud.submissions()) == 3


def test_the_loop_is_never_blocked(make_app: Make) -> None:
    """A 10 ms ticker inside the app while four sketches are drawn; its longest gap is printed."""
    app = make_app(TICKER)
    client = app.client()
    create(client, model="local/sketch", width=64, height=64)  # numpy is imported at the first
    (app.temp / "start").touch()
    settings = {"prompt": "a city", "model": "local/sketch", "resolution": "2K"}
    jobs = [client.submit(**settings, api_name="/text_to_image") for _ in range(4)]
    for job in jobs:
        job.result(timeout=120)
    (app.temp / "stop").touch()
    until(lambda: (app.temp / "gap").exists())
    gap = json.loads((app.temp / "gap").read_text())
    report(f"longest gap of a 10 ms ticker while 4 sketches of 2K are drawn: {gap * 1000:.0f} ms")
    assert gap < 0.5
    leave(client)


TICKER = """
import asyncio, os, time
from pathlib import Path
from ui.visitors import Visitors
temp, sweep = Path(os.environ["TMPDIR"]), Visitors.sweep_for_ever

async def tick():
    while not (temp / "start").exists():
        await asyncio.sleep(0.02)
    longest, last = 0.0, time.monotonic()
    while not (temp / "stop").exists():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last - 0.01), time.monotonic()
    (temp / "gap.part").write_text(str(longest))
    (temp / "gap.part").rename(temp / "gap")

async def both(self):
    await asyncio.gather(sweep(self), tick())

Visitors.sweep_for_ever = both
"""
