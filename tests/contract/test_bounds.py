"""No answer holds a job's place, the loop or the memory for as long, or as much, as it likes."""

from __future__ import annotations

import threading
import time
import tracemalloc
from typing import Any

import httpx
import pytest

from errors import NotAvailable, StudioError, UnknownOutcome
from providers.catalogue import MODELS
from providers.http import bounds, client, stream
from providers.http.bounds import Bounds, bounds_of
from providers.openai.chat import write
from providers.schema import Done, GenerationRequest, Running
from tests.contract.wire import (
    HEAD,
    LITTLE,
    Play,
    dripping,
    endless,
    packed,
    playing,
    reach,
    sized,
    whole,
)

CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = packed(bytes(200_000_000))
BAD: dict[str, Play] = {
    "a byte at a time, from the first": dripping(HEAD),
    "a byte at a time, of the body": dripping(HEAD + b'\r\n{"status": "'),
    "headers without end": endless(HEAD, b"X-More: " + b"x" * 1000 + b"\r\n"),
    "one header without end": endless(HEAD + b"X-More: ", b"x" * 1000),
    "a flood of informational answers": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
    "a body without end": endless(HEAD + b"\r\n", b"x" * 10_000),
    "a body in parts of a byte": endless(CHUNKED, b"1\r\nx\r\n" * 1000),
    "a gigabyte, said before": whole(HEAD + b"Content-Length: 1000000000\r\n\r\n" + b"x" * 200_000),
    "a bomb": whole(sized(BOMB, b"Content-Encoding: gzip")),
    "a bomb without a frame": whole(sized(BOMB[10:-8], b"Content-Encoding: deflate")),
    "a bomb in a bomb": whole(sized(packed(BOMB), b"Content-Encoding: gzip, gzip")),
    "a packing nobody asked for": whole(sized(b"x" * 100, b"Content-Encoding: br")),
    "a packing cut short": whole(sized(packed(b"{}" * 9000)[:40], b"Content-Encoding: gzip")),
    "no packing at all": whole(sized(b"{}", b"Content-Encoding: gzip")),
    "another protocol": whole(
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
    ),
    "a status nobody knows": whole(b"HTTP/1.1 999 x\r\nContent-Length: 2\r\n\r\n{}"),
    "a way to elsewhere": whole(
        b"HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    ),
}  # fmt: skip


async def lose(play: Play, method: str, mark: Bounds = LITTLE) -> StudioError:
    """What a call raises that is answered so; and that it was sent once."""
    async with playing(play) as wire:
        access = reach()
        try:
            with pytest.raises(StudioError) as caught:
                await access.client({}).request(method, wire.url, extensions=mark.mark)
        finally:
            await access.aclose()
        assert len(wire.asked) == 1 and b"accept-encoding: gzip\r\n" in wire.asked[0].lower()
    return caught.value


async def test_answers_out_of_bounds_end_soon_and_prove_nothing() -> None:
    for what, play in BAD.items():
        for method, kind in (("GET", NotAvailable), ("POST", UnknownOutcome)):
            began = time.monotonic()
            error = await lose(play, method)
            assert type(error) is kind and error.created is None, (what, method, error)
            assert error.message.endswith(".") and error.what_now
            # The bound, and what a busy machine adds.
            assert time.monotonic() - began < 15, what


async def test_the_sentence_says_which_bound_it_was() -> None:
    assert "within 2 s" in (await lose(BAD["a byte at a time, of the body"], "POST")).message
    large = Bounds(3 * bounds.MEGABYTE, 30.0)
    error = await lose(endless(HEAD + b"\r\n", b"x" * 10_000), "GET", large)
    assert "more than 3 MB" in error.message


async def test_a_bomb_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        await lose(BAD["a bomb"], "GET")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * bounds.MEGABYTE  # of 200; a loop of httpx's own takes 66 for each 64 kB


async def test_what_is_packed_well_is_unpacked() -> None:
    body = b'{"a": "' + b"x" * 90_000 + b'"}'
    for coding, data in (("gzip", packed(body)), ("x-gzip", packed(body)), ("identity", body)):
        async with playing(whole(sized(data, f"Content-Encoding: {coding}".encode()))) as wire:
            access = reach()
            answer = await access.client({}).get(wire.url, extensions=LITTLE.mark)
            assert answer.content == body, coding
            await access.aclose()


async def test_the_words_of_a_failure_are_read_to_a_length_only() -> None:
    """The status is known by then, so that a refusal without end is a refusal all the same."""
    head = b"HTTP/1.1 429 x\r\nContent-Type: application/json\r\n\r\n"
    error = await lose(endless(head + b'{"detail": "', b"x" * 10_000), "POST")
    assert error.kind == "rate_limited" and error.created is False
    deep = b"HTTP/1.1 400 x\r\nContent-Length: 200000\r\n\r\n" + b"[" * 200_000
    assert (await lose(whole(deep), "POST")).kind == "invalid_input"


def test_every_call_has_bounds() -> None:
    """Those of its kind where it is marked; else those of a submission, or of a question."""
    for method, found in (("POST", bounds.SUBMIT), ("PUT", bounds.SUBMIT), ("GET", bounds.STATUS),
                          ("DELETE", bounds.STATUS)):  # fmt: skip
        assert bounds_of(httpx.Request(method, "https://a.example")) is found
    assert bounds.SUBMIT.most == bounds.STATUS.most == bounds.MEGABYTE
    assert bounds.LIST.most == 4 * bounds.MEGABYTE and bounds.LIST.seconds <= 30
    marked = httpx.Request("GET", "https://a.example", extensions=bounds.LIST.mark)
    assert bounds_of(marked) is bounds.LIST


async def test_long_answers_are_parsed_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = client.read_json

    def watched(*args: Any, **more: Any) -> dict[str, Any]:
        seen.append(threading.current_thread() is threading.main_thread())
        return real(*args, **more)

    monkeypatch.setattr(client, "read_json", watched)
    access = reach()
    for size in (10, client.LONG + 1):
        body = b'{"a": "%s"}' % (b"x" * size)
        assert await access.json(httpx.Response(200, content=body), paid=False)
    assert seen == [True, False]
    await access.aclose()


WISH = GenerationRequest(MODELS["openai/gpt-4.1-mini"], "a fox", {})
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def event(text: str) -> bytes:
    return f'data: {{"choices": [{{"delta": {{"content": "{text}"}}}}]}}'.encode()


async def written(play: Play, request: GenerationRequest) -> tuple[list[Running | Done], Any]:
    """What is told of a text that comes so, and what ended it."""
    told: list[Running | Done] = []
    async with playing(play) as wire:
        access = reach(OPENAI_BASE_URL=wire.url)
        try:
            async for step in write(request, access):
                told.append(step)
        except StudioError as error:
            return told, error
        finally:
            await access.aclose()
    return told, None


async def test_texts_come_whole_however_their_lines_end() -> None:
    """Three ends of a line, also cut in two; letters at which Python would end one."""
    odd = "one\u2028two\u2029three\x85four"
    for end in (b"\n", b"\r\n", b"\r"):
        body = event(odd) + end + end + event(" six") + end + end + b"data: [DONE]" + end + end
        for play in (whole(EVENTS + body), dripping(EVENTS + body, then=b"", pause=0)):
            told, error = await written(play, WISH)
            assert error is None and told[-1].text == f"{odd} six", end  # type: ignore[union-attr]


async def test_a_text_that_stalls_is_cut_and_what_came_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "EVENT_SECONDS", 0.5)
    good = EVENTS + event("a red fox") + b"\n\n"
    for play in (
        dripping(good + b"data: "),  # bytes without a line
        endless(good + b"data: ", b"x" * 10_000),  # a line without end
        endless(good, b"data: " + b"x" * 1000 + b"\n"),  # an event without end
        whole(good + b"data: {\n\n"),
        whole(good),
    ):
        told, error = await written(play, WISH)
        assert isinstance(error, UnknownOutcome) and error.message.endswith(".")
        assert [step.text for step in told] == ["a red fox"]  # type: ignore[union-attr]


async def test_a_text_without_end_is_ended_and_costs_no_more_for_its_length() -> None:
    letters = event("x" * 500) + b"\n\n"
    told, error = await written(endless(EVENTS, letters), WISH)
    assert error is None and isinstance(told[-1], Done)
    assert len(told[-1].text) == 100_000 and told[-1].warnings
    assert len(told) < 1000  # of two hundred thousand events' worth
