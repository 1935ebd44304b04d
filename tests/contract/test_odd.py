"""Odd answers: whatever JSON a service sends, an adapter gives progress or a `StudioError`.

A good answer of each call is bent at every place, one at a time, into every odd value; the real
transport, SDK and adapter read it. Nothing else than a `StudioError` may come out.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from errors import NotAvailable, ResultLost, StudioError, UnknownOutcome
from providers.catalogue import MODELS, provider_of
from providers.http.client import Access, open_access
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Provider,
    Queued,
    Running,
)
from tests.contract.odd import BODIES, CALLS, EXPLAINED, ODD, PROBLEM, STATUSES


class Played(httpx.AsyncBaseTransport):
    """Answers what it is told to, in turn; remembers what was asked."""

    def __init__(self, answers: list[httpx.Response]) -> None:
        self.answers = answers
        self.posts = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.posts += request.method == "POST"
        return self.answers.pop(0) if self.answers else reply({})


def reply(body: Any, status: int = 200, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, content=content, headers=headers)


def bent(body: Any) -> Iterator[Any]:
    """The body with every place replaced by every odd value, and with every field left out."""
    for path in places(body):
        for odd in ODD:
            yield changed(body, path, lambda parent, key, odd=odd: parent.__setitem__(key, odd))
        yield changed(body, path, lambda parent, key: parent.__delitem__(key))


def places(body: Any) -> Iterator[list[Any]]:
    inner = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in inner:
        yield [key]
        if isinstance(value, (dict, list)):
            yield from ([key, *rest] for rest in places(value))


def changed(body: Any, path: list[Any], change: Callable[[Any, Any], None]) -> Any:
    found = copy.deepcopy(body)
    parent = found
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return found


async def play(model: str, call: str, answers: list[httpx.Response]) -> tuple[Any, Played]:
    """One call of the adapter over the real transport; its result or its `StudioError`."""
    row = MODELS[model]
    provider = provider_of(row)
    access = open_access(provider, "a-key-for-this-test", provider.bases, {})
    played = Played(answers)
    access.transport._inner = played  # type: ignore[attr-defined]
    try:
        return await ask(provider, call, GenerationRequest(row, "a fox", {}), access), played
    except StudioError as error:
        assert error.message and error.what_now and "{" not in error.message
        return error, played


async def ask(provider: Provider, call: str, request: GenerationRequest, access: Access) -> Any:
    handle = Handle("1", {"get": "/wavespeed/api/v3/predictions/1/result", "server": "wavespeed"})
    if provider.name != "huggingface":
        handle = Handle("1")
    if call == "submit":
        return await provider.submit(request, access)
    if call == "serves":
        assert provider.serves
        return await provider.serves(request.model, access)
    act = provider.poll if call == "poll" else provider.cancel
    assert act
    return await act(request, handle, access)


def check_result(result: Any, call: str) -> None:
    """What came out is of the types the studio knows, all the way down."""
    if isinstance(result, StudioError):
        return
    assert isinstance(
        result, str if call in ("cancel", "serves") else (Handle, Done, Queued, Running)
    )
    if isinstance(result, Handle):
        assert result.id and all(isinstance(url, str) for url in result.urls.values())
    if isinstance(result, Done):
        assert result.pictures and all(isinstance(note, str) for note in result.warnings)
        assert all(isinstance(it, Picture) and (it.url or it.data) for it in result.pictures)
        assert isinstance(result.seed, int | None) and isinstance(result.upstream_id, str)
    if isinstance(result, Queued):
        assert isinstance(result.position, int | None)
    if isinstance(result, Running):
        assert isinstance(result.message, str)
        assert result.fraction is None or 0 <= result.fraction <= 1


@pytest.mark.parametrize("name", CALLS)
async def test_good_answers_are_read(name: str) -> None:
    model, call, good = CALLS[name]
    result, played = await play(model, call, [reply(body) for body in good])
    assert played.answers == []
    check_result(result, call)
    assert isinstance(result, StudioError) is name.endswith("failed")


@pytest.mark.parametrize("name", CALLS)
async def test_bent_answers_break_nothing(name: str) -> None:
    model, call, good = CALLS[name]
    for turn, body in enumerate(good):
        for odd in bent(body):
            answers = [*good[:turn], odd, *good[turn + 1 :]]
            result, played = await play(model, call, [reply(each) for each in answers])
            check_result(result, call)
            assert played.posts <= 1
            check_paid(result, call, played)


@pytest.mark.parametrize("name", CALLS)
async def test_bodies_that_are_no_object(name: str) -> None:
    model, call, good = CALLS[name]
    for turn in range(len(good)):
        for body in BODIES:
            answers = [*(reply(each) for each in good[:turn]), reply(body)]
            answers += [reply(each) for each in good[turn + 1 :]]
            result, played = await play(model, call, answers)
            check_result(result, call)
            check_paid(result, call, played)


def check_paid(result: Any, call: str, played: Played) -> None:
    """An answer of 200 to a paid POST is never taken for proof that nothing was created, unless
    it says so itself (WaveSpeed's envelope)."""
    if call == "submit" and played.posts and isinstance(result, StudioError):
        assert result.created is not False or result.status in range(400, 600), repr(result)


@pytest.mark.parametrize("name", CALLS)
async def test_failures_in_any_words(name: str) -> None:
    """Every status, with every body there is and every bent one: always a `StudioError`."""
    model, call, good = CALLS[name]
    odd = [*BODIES, *(bent(PROBLEM) if name in EXPLAINED else ())]
    for index, body in enumerate(odd):
        for status in STATUSES[index % 11 :: 11]:
            answers = [*(reply(each) for each in good[:-1]), reply(body, status)]
            result, _ = await play(model, call, answers)
            check_result(result, call)
            if status >= 300:
                late = call == "cancel" and status in (400, 404)
                assert isinstance(result, StudioError) or late, (status, body)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry-after": "soon"}, {"retry-after": "-5"}, {"retry-after": "9" * 400},
        {"retry-after": "Wed, 21 Oct 0001 07:28:00 GMT"}, {"retry-after": "nan"},
        {"retry-after": "Thu, 99 Xyz 99999 99:99:99"}, {"ratelimit": ";t="},
        {"content-type": "application/json; charset=no-such"},
        {"content-type": "text/plain; charset=idna"},
        {"content-encoding": "gzip"}, {"location": "http://[bad"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 302, 429])
async def test_odd_headers(headers: dict[str, str], status: int) -> None:
    for name in ("fal submit", "replicate done", "wavespeed done", "openai submit", "hub"):
        model, call, good = CALLS[name]
        body = {key: value for key, value in good[0].items() if key != "x"}
        answer = httpx.Response(
            status, headers=headers, stream=httpx.ByteStream(json.dumps(body).encode())
        )
        check_result((await play(model, call, [answer]))[0], call)


async def test_what_is_lost_and_what_is_unknown() -> None:
    """The names of the commonest odd ends."""
    table = [
        ("openai submit", {"data": [{"b64_json": "*damaged*"}]}, ResultLost),
        ("openai submit", {"data": [{"b64_json": "кириллица"}]}, ResultLost),
        ("openai submit", {}, UnknownOutcome),
        ("fal submit", {"detail": "?"}, UnknownOutcome),
        ("replicate submit", {"status": "starting"}, UnknownOutcome),
        ("wavespeed submit", {"code": 200, "data": None}, UnknownOutcome),
        ("wavespeed running", {"code": 200, "data": []}, NotAvailable),
    ]
    for name, body, wanted in table:
        model, call, _ = CALLS[name]
        result, _played = await play(model, call, [reply(body)])
        assert type(result) is wanted, (name, result)
    model, call, good = CALLS["router nscale"]
    damaged = {"data": [{"b64_json": "a"}]}
    result, _played = await play(model, call, [reply(good[0]), reply(damaged)])
    assert type(result) is ResultLost and result.created
