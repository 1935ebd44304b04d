"""Money and jobs over the API: max_price, /estimate, /status, /check, /statistics."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gradio_client import Client

from tests.cloud import Cloud
from tests.integration.conftest import quick
from tests.integration.waiting import until
from tests.running import App, create

JOB = re.compile(r"job's id in Easel is ([0-9a-f]{16})\.")
GONER = """
import sys
from gradio_client import Client
client = Client(sys.argv[1], verbose=False)
client.submit(prompt="a fox", model="fal/flux-schnell", api_name="/text_to_image").result()
"""
PRELUDE = "from studio.jobs import timing\ntiming.FIND_PAUSES = (0.05, 0.1)\n"
# A visitor who wants his paid jobs finished, and whose ticket the test knows.
STAYING = """
from studio.session import Session
from ui import visitors
from ui.context import AppContext
visitors.GRACE_SECONDS, meet = 0.3, AppContext.meet

def staying(self, session, request):
    back = request.headers.get("x-back")
    if not back:
        session.visitor.ticket = session.visitor.ticket or "the-ticket"
    session.limits.finish_when_gone = bool(session.visitor.ticket)
    meet(self, session, request)
    if back:
        self.visitors.collect(back, session)

AppContext.meet = staying
"""


@pytest.fixture(scope="module")
def one(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, with a quick search."""
    folder = tmp_path_factory.mktemp("jobs")
    with App(folder, shared_cloud.environment(), PRELUDE) as found:
        yield found


@pytest.fixture
def caller(one: App, cloud: Cloud) -> Iterator[Client]:
    found = one.client()
    yield found
    found.close()


def estimate(client: Client, **asked: Any) -> dict[str, Any]:
    told: dict[str, Any] = client.predict(**asked, api_name="/estimate")
    return told


def ask(client: Client, name: str, job_id: str) -> dict[str, Any]:
    told: dict[str, Any] = client.predict(id=job_id, api_name=name)
    return told


def failure(client: Client, name: str = "/text_to_image", **asked: Any) -> str:
    with pytest.raises(Exception) as caught:
        client.predict(**asked, api_name=name)
    return str(caught.value)


def job_of(told: str) -> str:
    """The job's id in a sentence."""
    found = JOB.search(told)
    assert found and told.rstrip().endswith("."), told
    return found.group(1)


@pytest.mark.parametrize(
    "asked",
    [
        {"model": "fal/flux-schnell", "num_images": 2},
        {"model": "fal/flux-dev", "width": 1920, "height": 1080},
        {"model": "openai/gpt-image-2", "quality": "low"},
        {"model": "replicate/nano-banana-2", "resolution": "2K"},
        {"model": "auto"},
        {"model": "auto", "max_price": 0},
        {"model": "local/sketch"},
    ],
)
def test_the_estimate_is_what_the_receipt_says(
    caller: Client, cloud: Cloud, asked: dict[str, Any]
) -> None:
    told = estimate(caller, **asked)
    assert cloud.submissions() == [], "an estimate sends nothing"
    _, receipt = create(caller, **asked)
    assert told["model"] == receipt["model"] and told["provider"] == receipt["provider"]
    paid = receipt["price"]
    assert paid["basis"] in (told["basis"], "actual")
    if paid["basis"] == told["basis"]:
        assert paid["usd"] == told["usd"]
    for name in ("source", "checked", "verified", "note"):
        assert paid[name] == told[name]


def test_an_estimate_tells_choices_and_reads_values_as_they_are_written(
    caller: Client, cloud: Cloud
) -> None:
    json_prompt = '{"scene": "a shop", "sign_text": "OPEN | CLOSED"}'
    assert estimate(caller, prompt=json_prompt)["choices"] == []
    assert estimate(caller, prompt="a {red|green} fox")["choices"] == ["{red|green}"]
    assert "more than 100 choices" in failure(caller, "/estimate", prompt="{a|b} " * 101)
    odd = {
        "task": "Text_To_Image",
        "model": "null",
        "aspect_ratio": "16x9",
        "seed": "-1",
        "quality": "None",
        "max_price": "null",
        "width": "",
        "output_format": ".PNG",
    }
    assert estimate(caller, **odd)["title"]
    assert "-1 for a random one" in failure(caller, "/estimate", seed=2**31, model="fal/flux-dev")
    for seed in ("seven", True):
        assert "seed must be a number" in failure(caller, "/estimate", seed=seed)
    assert cloud.submissions() == []


def test_estimates_that_cannot_be(caller: Client, cloud: Cloud) -> None:
    assert "There is no model 'nope'" in failure(caller, "/estimate", model="nope")
    assert "There is no task 'singing'" in failure(caller, "/estimate", task="singing")
    assert "max_price must be an amount" in failure(caller, "/estimate", max_price=-1)
    dear = failure(caller, "/estimate", model="fal/flux-dev", max_price=0.01)
    assert "more than max_price $0.01" in dear
    told = estimate(caller, model=" Auto ")
    assert told["max_price"] == 0.05 and told["usd"] == 0.0
    assert estimate(caller, model="fal/flux-dev")["max_price"] is None
    assert cloud.submissions() == []


def test_max_price(caller: Client, cloud: Cloud) -> None:
    told = failure(caller, prompt="a fox", model="fal/flux-dev", max_price=0.02)
    assert "would cost about $0.025" in told and not JOB.search(told), "there is no job"
    assert "max_price" in failure(caller, prompt="a fox", max_price="much")
    assert cloud.submissions() == []
    cloud.fail("huggingface", "submit", 402)
    _, receipt = create(caller, max_price=0)
    assert receipt["model"] == "local/sketch"
    assert cloud.submissions("huggingface") and not cloud.jobs()


def test_fallback_is_told_in_the_receipt(make_app: Callable[..., App], cloud: Cloud) -> None:
    client = make_app(PRELUDE, **cloud.environment()).client()
    cloud.fail("huggingface", "submit", 402)
    _, receipt = create(client)
    assert receipt["attempts"][0]["kind"] == "no_credit"
    assert receipt["attempts"][-1]["model"] == receipt["model"] != "local/sketch"
    assert len(cloud.submissions()) == 2 and len(cloud.jobs()) == 1
    figures = client.predict(api_name="/statistics")
    first = receipt["attempts"][0]["model"]
    assert figures["session"][first]["failures"] == {"no_credit": 1}
    assert figures["session"][receipt["model"]]["spend_usd"] == receipt["price"]["usd"]
    shown = json.dumps(figures)
    assert "a fox" not in shown and not any(key in shown for key in cloud.keys.values())
    other = client.predict(api_name="/statistics")
    assert other["process"] == figures["process"]
    client.close()


def test_status(one: App, caller: Client, cloud: Cloud) -> None:
    _, receipt = create(caller, model="fal/flux-schnell")
    told = ask(caller, "/status", receipt["id"])
    assert told["state"] == "completed" and told["upstream_id"] == cloud.jobs()[0].id
    assert [state for state, _ in told["moments"]][:2] == ["submitting", "accepted"]
    assert told["images"][0]["url"].startswith(one.url) and "path" not in told["images"][0]
    assert not {"handle", "settings"} & told.keys()
    shown = json.dumps(told)
    assert not any(key in shown for key in cloud.keys.values())
    assert ask(caller, "/check", receipt["id"])["state"] == "completed"
    assert len(cloud.submissions()) == 1
    other = one.client()
    for client, job_id in ((other, receipt["id"]), (caller, "nope"), (caller, "")):
        for name in ("/status", "/check"):
            assert "This session has no job" in failure(client, name, id=job_id)
    other.close()


@pytest.mark.parametrize(
    ("stage", "kind", "state"),
    [
        ("submit", 402, "not_accepted"),
        ("submit", 422, "not_accepted"),
        ("accepted", "failed", "failed"),
        ("accepted", "cut_after", "unknown"),
        ("fetch", 404, "failed"),
    ],
)
def test_an_error_names_the_job(
    caller: Client, cloud: Cloud, stage: str, kind: str | int, state: str
) -> None:
    cloud.fail("openai" if kind == 422 else "fal", stage, kind)
    model = "openai/gpt-image-2" if kind == 422 else "fal/flux-schnell"
    told = failure(caller, prompt="a fox", model=model)
    record = ask(caller, "/status", job_of(told))
    assert record["state"] == state and record["error"]["message"] in told


def test_check_brings_the_result(caller: Client, cloud: Cloud) -> None:
    cloud.fail("fal", "fetch", 404)
    job_id = job_of(failure(caller, prompt="a fox", model="fal/flux-schnell"))
    (listed,) = caller.predict(api_name="/history")  # open jobs stand there, too
    assert (listed["id"], listed["state"], listed["images"]) == (job_id, "failed", [])
    told = ask(caller, "/check", job_id)
    assert told["state"] == "completed" and len(told["images"]) == 1
    assert [each["id"] for each in caller.predict(api_name="/history")] == [job_id]
    assert len(cloud.submissions()) == len(cloud.jobs()) == 1


def test_check_says_what_is_still_open(caller: Client, cloud: Cloud) -> None:
    cloud.fail("wavespeed", "accepted", "cut_after")
    told = failure(caller, prompt="a fox", model="wavespeed/flux-dev")
    assert "may have been charged" in told
    job_id = job_of(told)
    again = failure(caller, "/check", id=job_id)
    assert "may have been charged" in again and job_of(again) == job_id
    assert ask(caller, "/status", job_id)["price"]["basis"] == "unknown"
    assert len(cloud.submissions()) == 1


def test_replicates_job_is_adopted(caller: Client, cloud: Cloud) -> None:
    cloud.fail("replicate", "accepted", "cut_after")
    _, receipt = create(caller, model="replicate/flux-schnell")
    assert receipt["upstream_id"] == cloud.jobs()[0].id and len(cloud.submissions()) == 1


def test_paid_jobs_are_finished_for_who_left_and_collected_by_ticket(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    app = make_app(STAYING, **cloud.environment())
    # Long enough for a busy machine to notice that he has gone before the job is done: what was
    # done while he was here does not wait for him.
    cloud.pace("fal", queue=0, steps=1, delay=6.0)
    tab = subprocess.Popen([sys.executable, "-c", GONER, app.url])
    until(lambda: cloud.jobs("fal"))
    tab.kill()
    tab.wait()
    until(lambda: cloud.jobs("fal")[0].over)
    assert not cloud.jobs("fal")[0].cancelled and cloud.cancels() == []
    quick(cloud)
    wrong, back = app.client(X_Back="wrong"), app.client(X_Back="the-ticket")
    assert wrong.predict(api_name="/history") == []
    found: list[Any] = []
    until(lambda: found or found.extend(back.predict(api_name="/history")) or found)
    assert [each["upstream_id"] for each in found] == [cloud.jobs("fal")[0].id]
    assert len(cloud.submissions()) == 1
    for each in (wrong, back):
        each.close()
