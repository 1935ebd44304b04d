"""Whatever JSON a service sends, what reads it answers in our types or raises a `StudioError`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fal_client.client import Completed, InProgress
from fal_client.client import Queued as InQueue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import StudioError
from providers import chat_protocol as chat
from providers.catalogue import MODELS, PROVIDERS
from providers.fal import adapter as fal
from providers.fal import text_answers as fal_words
from providers.http.answers import Answer, explain_status
from providers.http.bounded_json import parse
from providers.huggingface import adapter as huggingface
from providers.huggingface import hub, router
from providers.openai import adapter as openai
from providers.replicate import adapter as replicate
from providers.replicate import text_answers as replicate_words
from providers.schema import Done, Handle, Queued, Running, Task
from providers.wavespeed import adapter as wavespeed
from tests.contract.odd import CALLS

# Fields that services document, so that what is drawn is looked at.
FIELDS = (
    "id", "request_id", "status", "data", "code", "urls", "get", "status_url", "response_url",
    "images", "image", "output", "outputs", "url", "b64_json", "error", "error_type", "detail",
    "type", "loc", "msg", "message", "param", "seed", "queue_position", "logs", "metrics", "usage",
    "predict_time", "input_tokens_details", "text_tokens", "output_tokens", "prompt_tokens",
    "completion_tokens", "cost", "has_nsfw_concepts", "has_nsfw_contents", "description", "partial",
    "data_removed", "choices", "delta", "content", "refusal", "finish_reason", "invalid_fields",
    "field", "provider", "providerId", "task", "inferenceProviderMapping", "price",
)  # fmt: skip
WORDS = (
    "succeeded", "completed", "COMPLETED", "IN_QUEUE", "IN_PROGRESS", "failed", "processing",
    "starting", "canceled", "aborted", "live", "text-to-image", "fal-ai", "replicate", "400", "",
    "..", "../../x", "a/b", "x" * 10_000, "https://files.example/1.png", "https://x:99999/",
    "data:image/png;base64,*", "http://[", "nsfw", "\ud800", "\x1b[2J", "\u202e", "sc\x00re",
)  # fmt: skip
NUMBERS = (0, -1, 7, True, False, 10**400, -(10**4000), 1e308, float("inf"),
           float("nan"), 2**63)  # fmt: skip
LEAVES = st.one_of(st.none(), st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.text(max_size=8))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=12,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=10)
SERVERS = [hub.Serving(each, "a/b") for each in hub.KNOWN[hub.TEXT_TO_IMAGE]]
HANDLE = Handle("1")
TOKENS = next(row.price for row in MODELS.values() if row.price.tokens)
SECONDS = next(row.price for row in MODELS.values() if row.price.per == "second")
often = settings(
    max_examples=50, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def heard(body: dict[str, Any]) -> str:
    found = chat.ChatAnswer()
    found.hear(body)
    found.hear({"choices": [body]})
    return found.text + found.ended + found.id + found.refusal + found.wrong


READERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "fal images": lambda body: fal.images(body, HANDLE),
    "fal queued": lambda body: fal.progress(InQueue(body.get("queue_position"))),  # type: ignore[arg-type]
    "fal running": lambda body: fal.progress(InProgress(body.get("logs"))),  # type: ignore[arg-type]
    "fal ended": lambda body: fal.progress(
        Completed(body.get("logs"), {}, body.get("error"), body.get("error_type"))  # type: ignore[arg-type]
    ),
    "fal words": lambda body: fal_words.written(body, HANDLE),
    "replicate": replicate.status,
    "replicate text": lambda body: replicate.status(body, Task.PROMPT_WRITING),
    "replicate images": replicate.images,
    "replicate seconds": lambda body: replicate.charged(body, SECONDS),
    "replicate tokens": lambda body: replicate_words.charged(body, TOKENS),
    "wavespeed": wavespeed.status,
    "wavespeed images": wavespeed.images,
    "wavespeed submitted": lambda body: wavespeed._data(body, "POST"),
    "wavespeed polled": lambda body: wavespeed._data(body, "GET"),
    "openai": lambda body: openai.images(body, "x"),
    "openai tokens": lambda body: openai.charged(body, TOKENS),
    "chat": heard,
    "chat tokens": lambda body: chat.charged(body, TOKENS),
    "hub": lambda body: hub.pick(body, "text-to-image"),
    **{f"router {it.provider}": lambda body, it=it: router.result(body, it) for it in SERVERS},  # type: ignore[misc]
}


@often
@given(BODIES)
def test_what_reads_an_answer_raises_nothing_else(body: dict[str, Any]) -> None:
    for name, read in READERS.items():
        try:
            check(read(body))
        except StudioError as error:
            check_words(error)
        except Exception as error:
            raise AssertionError(name) from error


def test_integers_that_python_does_not_write_are_read() -> None:
    """`str` refuses more than 4,300 digits."""
    for number in (10**5000, -(10**5000)):
        for name, read in READERS.items():
            try:
                check(read(dict.fromkeys(FIELDS, number)))
                check(read({"data": {"id": number}, "images": [{"url": number}], "seed": number}))
            except StudioError as error:
                check_words(error)
            except ValueError as error:
                raise AssertionError(name) from error


@often
@given(BODIES, st.sampled_from((100, 101, 302, 400, 402, 403, 404, 422, 429, 500, 503, 999)))
def test_what_explains_a_failure_raises_nothing_else(body: dict[str, Any], status: int) -> None:
    for method in ("GET", "POST"):
        for provider in PROVIDERS:
            text = json.dumps(body, default=str) if writable(body) else "{" * 90
            path = "/fal-ai/flux/requests/1"
            answer = Answer(provider.name, provider.title, method, path, status, {}, text)
            found = (provider.explain(answer) if provider.explain else None) or None
            check_words(found or explain_status(answer))


@often
@given(st.one_of(st.binary(max_size=60), BODIES.filter(lambda it: writable(it))))
def test_what_is_parsed_is_json_within_bounds(body: bytes | dict[str, Any]) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        found = parse(raw)
    except ValueError:
        return
    assert "NaN" not in (again := json.dumps(found)) and "Infinity" not in again
    assert all(abs(number) < 10**30 for number in whole_numbers(found))


def writable(body: object) -> bool:
    """Whether Python writes it: not the integers of more than 4,300 digits."""
    try:
        return bool(json.dumps(body))
    except ValueError:
        return False


def whole_numbers(found: object) -> list[int]:
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    mine = [found] if isinstance(found, int) else []
    return [*mine, *(number for each in inner for number in whole_numbers(each))]


def check(found: Any) -> None:
    """Of our types, and nothing in it that could not be shown, stored or asked for."""
    if isinstance(found, Queued):
        assert found.position is None or (found.position >= 0 and found.position is not True)
    if isinstance(found, Running):
        found.message.encode()
        found.unknown.encode()
        assert len(found.message) <= 300 and len(found.unknown) <= 40
        assert found.fraction is None or 0 <= found.fraction <= 1
    if isinstance(found, Done):
        assert found.seed is None or (0 <= found.seed <= 2**64 and found.seed is not True)
        assert len(found.upstream_id) <= 200 and "/" not in found.upstream_id
        assert all(isinstance(it.url, str) and (it.url or it.data) for it in found.pictures)
        for words in found.warnings:
            words.encode()
            assert len(words) < 1000
    if isinstance(found, Handle):
        assert found.id and ".." not in found.id and "/" not in found.id
        assert all(".." not in url and len(url) < 1000 for url in found.urls.values())


def check_words(error: StudioError) -> None:
    assert error.message and error.what_now and len(error.message) < 1000
    (error.message + error.upstream_id).encode()
    assert "\x1b" not in error.message and len(error.upstream_id) <= 200


def test_every_adapter_is_among_the_readers() -> None:
    """A provider that is added is read by one of the functions above."""
    paid = {provider.name for provider in PROVIDERS if provider.needs_key}
    assert paid == {"fal", "replicate", "wavespeed", "openai", huggingface.NAME}
    assert {model.partition("/")[0] for model, _, _ in CALLS.values()} == paid


def test_numbers_nobody_counts_to_are_nothing() -> None:
    body = parse(b'{"a": 1e999, "b": NaN, "c": -Infinity, "d": ' + b"9" * 31 + b', "e": 7, "e": 8}')
    assert body == {"a": None, "b": None, "c": None, "d": None, "e": 8}
    assert parse(b'{"d": ' + b"9" * 30 + b"}") == {"d": int("9" * 30)}
    long = b"[" + b"9" * 1_000_000 + b"]"
    assert parse(long) == [None]


def test_depth_and_number_of_values_are_bounded() -> None:
    for body in (b"[" * 65 + b"]" * 65, b'{"a":' * 65 + b"1" + b"}" * 65, b"[" * 100_000):
        try:
            parse(body)
        except ValueError:
            continue
        raise AssertionError(body[:20])
    assert parse(b"[" * 64 + b"]" * 64)
    assert len(parse(b"[" + b"0," * 150_000 + b"0]")) == 150_001
    many = [b"[" + b"0," * 200_000 + b"0]", b"[" + b"[]," * 100_000 + b"0]"]
    for body in many:
        try:
            parse(body)
        except ValueError:
            continue
        raise AssertionError("too many values were read")
