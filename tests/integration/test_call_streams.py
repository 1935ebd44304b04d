"""Calls by REST under one session's name: each stream carries its own call's answer."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.cloud import Cloud
from tests.integration.waiting import until
from tests.running import App

Events = list[tuple[str, Any]]
BLANK = [None] * 11


@pytest_asyncio.fixture
async def web(app: App) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=f"{app.url}/gradio_api", trust_env=False, timeout=60
    ) as found:
        yield found


async def begin(web: httpx.AsyncClient, session: str, prompt: str, model: str) -> str:
    """The event id of a /text_to_image that has been asked for."""
    body = {"data": [prompt, model, *BLANK]} | ({"session_hash": session} if session else {})
    answer = await web.post("/call/text_to_image", json=body)
    return str(answer.raise_for_status().json()["event_id"])


async def follow(web: httpx.AsyncClient, event: str, name: str = "text_to_image") -> Events:
    """The events of a call's stream, heartbeats aside."""
    answer = await web.get(f"/call/{name}/{event}")
    assert answer.status_code == 200
    found = []
    for part in answer.text.strip().split("\n\n"):
        kind, data = (line.partition(": ")[2] for line in part.split("\n"))
        found.append((kind, json.loads(data)))
    return [each for each in found if each[0] != "heartbeat"]


def prompt_of(events: Events) -> str:
    kind, data = events[-1]
    assert kind == "complete", events
    return str(data[1]["asked"]["prompt"])


async def test_twelve_at_once_each_with_its_own_answer(web: httpx.AsyncClient) -> None:
    session = secrets.token_hex(16)
    prompts = [f"fox number {n}" for n in range(12)]

    async def one(prompt: str) -> Events:
        return await follow(web, await begin(web, session, prompt, "fal/flux-schnell"))

    found = await asyncio.gather(*map(one, prompts))
    assert [prompt_of(events) for events in found] == prompts
    body = {"data": [], "session_hash": session}
    event = (await web.post("/call/history", json=body)).json()["event_id"]
    ((_, (receipts,)),) = await follow(web, event, "history")
    assert sorted(each["asked"]["prompt"] for each in receipts) == sorted(prompts)


async def test_a_stream_opened_late_or_twice(web: httpx.AsyncClient) -> None:
    session = secrets.token_hex(16)
    early, late = [await begin(web, session, each, "fal/flux-schnell") for each in "ab"]
    first, second = await asyncio.gather(follow(web, early), follow(web, early))
    assert prompt_of(first) == prompt_of(second) == "a"
    assert prompt_of(await follow(web, late)) == "b", "its answer waited"
    assert prompt_of(await follow(web, late)) == "b", "a line that was cut may come again"


async def test_dropping_one_stream_ends_that_job_alone(
    app: App, web: httpx.AsyncClient, cloud: Cloud
) -> None:
    cloud.pace("fal", queue=0, steps=10_000, delay=0.05)
    session = secrets.token_hex(16)
    kept = await begin(web, session, "kept", "fal/flux-dev")
    dropped = await begin(web, session, "dropped", "fal/flux-dev")
    staying = asyncio.create_task(follow(web, kept))
    async with web.stream("GET", f"/call/text_to_image/{dropped}") as lines:
        async for _ in lines.aiter_lines():
            if len(cloud.jobs("fal")) == 2:
                break
    await asyncio.to_thread(until, lambda: cloud.cancels("fal"))
    assert [each.input["prompt"] for each in cloud.jobs("fal") if each.cancelled] == ["dropped"]
    assert not staying.done()
    cloud.pace("fal", queue=0, steps=1, delay=0)
    staying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await staying
    await asyncio.to_thread(until, lambda: len(cloud.cancels("fal")) == 2)


async def test_a_call_that_is_not_there_is_a_sentence(web: httpx.AsyncClient) -> None:
    for place in ("call", "call/v2"):
        for event in ("nope", secrets.token_hex(16), "some-session"):
            answer = await web.get(f"/{place}/text_to_image/{event}")
            assert answer.status_code == 404
            assert "no such call" in answer.json()["detail"]


async def test_a_job_of_a_second_is_few_events(web: httpx.AsyncClient, cloud: Cloud) -> None:
    cloud.pace("fal", queue=2, steps=6, delay=0.1)
    for session in ("", secrets.token_hex(16)):
        events = await follow(web, await begin(web, session, "a fox", "fal/flux-dev"))
        assert prompt_of(events) == "a fox"
        assert 2 <= len(events) <= 6, [kind for kind, _ in events]


async def test_a_call_that_is_cancelled_is_told_so(
    app: App, web: httpx.AsyncClient, cloud: Cloud
) -> None:
    cloud.pace("fal", queue=0, steps=10_000, delay=0.05)
    session = secrets.token_hex(16)
    config = (await web.get(f"{app.url}/config")).json()
    (number,) = [
        each["id"] for each in config["dependencies"] if each["api_name"] == "text_to_image"
    ]
    event = await begin(web, session, "a fox", "fal/flux-dev")
    following = asyncio.create_task(follow(web, event))
    await asyncio.to_thread(until, lambda: cloud.jobs("fal"))
    body = {"session_hash": session, "fn_index": number, "event_id": event}
    (await web.post("/cancel", json=body)).raise_for_status()
    kind, data = (await following)[-1]
    assert kind == "error"
    assert "stopped" in data["error"]
    await asyncio.to_thread(until, lambda: cloud.cancels("fal"))
