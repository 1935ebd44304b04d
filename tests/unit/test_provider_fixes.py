"""Each private hook of the providers' libraries still fits, and is still needed."""

from __future__ import annotations

import inspect
import ssl
from typing import Any

import fal_client
import httpcore
import httpx
import pytest
import replicate.client
from huggingface_hub.inference._providers import PROVIDERS as HELPERS

from providers.fal.fal_fixes import FIELDS, read_status
from providers.http.client import Access
from providers.http.httpx_fixes import transport_over
from providers.huggingface.hub import KNOWN
from providers.huggingface.hub_fixes import body_of, path_of
from providers.replicate.adapter import PROVIDER as REPLICATE
from providers.replicate.replicate_fixes import BASE, call


def test_fal_reads_a_status_that_somebody_else_fetched() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing is sent")

    client = httpx.AsyncClient(transport=httpx.MockTransport(never))
    job = fal_client.AsyncRequestHandle("id", "r", "s", "c", client=client)
    assert read_status(job, {"status": "IN_QUEUE"}) == fal_client.Queued(None)  # type: ignore[arg-type]
    assert isinstance(read_status(job, {"status": "IN_PROGRESS"}), fal_client.InProgress)
    ended = read_status(job, {"status": "COMPLETED", "error": "e", "error_type": "t"})
    assert isinstance(ended, fal_client.Completed)
    assert (ended.error, ended.error_type) == ("e", "t")
    for unknown in ({}, {"status": "PAUSED"}):
        with pytest.raises(ValueError):
            read_status(job, unknown)


def test_fal_still_breaks_on_a_missing_field() -> None:
    """When this fails, `FIELDS` can go."""
    read: Any = fal_client.AsyncRequestHandle("id", "r", "s", "c", client=None)._parse_status  # type: ignore[arg-type]
    for status, name in (("IN_QUEUE", "queue_position"), ("IN_PROGRESS", "logs")):
        body = {**FIELDS, "status": status}
        del body[name]
        with pytest.raises(KeyError):
            read(body)


async def test_replicate_sends_what_it_is_told_by_our_way_out() -> None:
    seen: list[httpx.Request] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"status": "aborted"})

    bases = {BASE: "https://replicate.example"}
    access = Access(REPLICATE, "r8_key", bases, httpx.MockTransport(answer), {})
    mark = {"bounds": "ours"}
    got = await call(access, "POST", "/v1/predictions", json={"input": {}}, extensions=mark)
    (sent,) = seen
    assert got.json() == {"status": "aborted"}
    assert (sent.method, str(sent.url)) == ("POST", "https://replicate.example/v1/predictions")
    assert sent.headers["authorization"] == "Bearer r8_key"
    assert sent.extensions["bounds"] == "ours" and sent.extensions["timeout"]["connect"] == 10.0


def test_replicates_transport_is_ours_alone() -> None:
    """Its own around ours sends again after a 503; nothing but success comes out of ours."""
    source = inspect.getsource(replicate.client._build_httpx_client)
    assert "RetryTransport" in source and "wrapped_transport=transport" in source


def test_the_hub_knows_every_provider_whose_answers_are_read() -> None:
    for task, providers in KNOWN.items():
        for provider in providers:
            if provider != "hf-inference":  # its route is our own
                path = path_of(provider, task, "owner/model")
                assert path and not path.startswith(("/", "http")), provider
            if (provider, task) == ("wavespeed", "image-to-image"):
                continue  # its form is our own, as the SDK looks for a file by that name
            inputs = "data:image/png;base64,AA==" if task == "image-to-image" else "a fox"
            sent = body_of(provider, task, "owner/model", "hub/model", inputs, {"seed": 7})
            assert "7" in str(sent), (provider, task)


def test_the_hub_still_has_no_request_without_sending() -> None:
    """When this fails, `hub_fixes` may go."""
    helper: Any = HELPERS["together"]["text-to-image"]
    assert "_prepare_url" in inspect.getsource(type(helper).prepare_request)
    names = list(inspect.signature(helper.prepare_request).parameters)
    assert names == ["inputs", "parameters", "headers", "model", "api_key", "extra_payload"]


async def test_httpx_connects_by_our_backend() -> None:
    asked: list[tuple[str, int]] = []

    class Refusing(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, port: int, *rest: Any, **how: Any) -> Any:
            asked.append((host, port))
            raise httpcore.ConnectError("refused")

    transport = transport_over(Refusing(), ssl.create_default_context())
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("https://example.com/")
    assert asked == [("example.com", 443)]


def test_httpx_still_has_no_argument_for_a_backend() -> None:
    """When this fails, `transport_over` can go."""
    assert "network_backend" not in inspect.signature(httpx.AsyncHTTPTransport).parameters
