"""The emulators are strict, and every planned failure strikes where it was planned."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from . import Cloud
from .client import DEV, FLUX, PAID, RESULT, SD, WEB, finish, fresh, picture, send, submit

UNKNOWN_FIELD = {"openai": (400, "unknown_parameter"), "wavespeed": (400, "not supported"),
                 "huggingface": (422, "validation")}  # fmt: skip
ILL_TYPED: dict[str, tuple[dict[str, Any], int, str]] = {
    "replicate": ({"num_outputs": 9}, 422, "input.num_outputs"),
    "fal": ({"num_images": "two"}, 422, "type_error.integer"),
    "huggingface": ({"width": "wide"}, 422, "validation"),
    "wavespeed": ({"size": "1024x1024"}, 400, "size"),
    "openai": ({"size": "1000x1000"}, 400, "divisible by 16"),
}
STATUSES = [400, 401, 402, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504]


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud) -> Iterator[Cloud]:
    yield from fresh(running)


@pytest.mark.parametrize("service", PAID)
def test_strangers_are_turned_away(cloud: Cloud, service: str) -> None:
    path, body = PAID[service]
    assert send(cloud, service, "POST", path, json=body, key="wrong").status_code == 401
    assert WEB.post(cloud.url + path, json=body).status_code == 401
    assert send(cloud, service, "PATCH", path).status_code == 405
    room = path.split("/")[1]
    assert send(cloud, service, "GET", f"/{room}/no/such/path").status_code in (404, 405)
    assert send(cloud, service, "POST", f"/{room}/v1/no-such-model", json=body).status_code == 404
    assert cloud.jobs() == [] and not any(call.accepted for call in cloud.calls)
    cloud.add_key(service, "another-key")
    assert send(cloud, service, "POST", path, json=body, key="another-key").is_success


@pytest.mark.parametrize("service", PAID)
def test_each_service_checks_its_fields(cloud: Cloud, service: str) -> None:
    wrong, status, said = ILL_TYPED[service]
    answer = submit(cloud, service, **wrong)
    if service == "fal":  # the queue takes anything; the model refuses when it runs
        answer = finish(cloud, service, answer)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text
    answer = submit(cloud, service, nonsense=1)
    if service in UNKNOWN_FIELD:
        status, said = UNKNOWN_FIELD[service]
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
    else:  # taken without a word, as recorded: only the emulator tells
        assert answer.is_success and cloud.ignored()[0].endswith(": nonsense")


@pytest.mark.parametrize("service", PAID)
def test_a_form_is_no_json(cloud: Cloud, service: str) -> None:
    path, body = PAID[service]
    flat = {name: str(value) for name, value in body.items()}
    files = {"image": ("fox.png", b"", "image/png")}
    answer = send(cloud, service, "POST", path, data=flat, files=files)
    assert (answer.status_code, cloud.jobs()) == (400, [])


def test_words_are_those_recorded(cloud: Cloud) -> None:
    body = {"input": {"prompt": "x"}, "provider": "replicate"}
    answer = send(cloud, "replicate", "POST", FLUX, json=body)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json() == {
        "detail": "- Additional property provider is not allowed\n", "status": 422,
        "title": "Input validation failed",
        "invalid_fields": [{"type": "additional_property_not_allowed", "field": "",
                            "description": "Additional property provider is not allowed"}],
    }  # fmt: skip
    answer = submit(cloud, "openai", response_format="b64_json")
    assert answer.json()["error"] == {
        "message": "Unknown parameter: 'response_format'.", "type": "invalid_request_error",
        "param": "response_format", "code": "unknown_parameter",
    }  # fmt: skip
    assert submit(cloud, "openai", model="dall-e-3").json()["error"]["code"] == "model_not_found"
    missing = send(cloud, "fal", "POST", "/fal-run/fal-ai/flux/dev", json={})
    detail = {"loc": ["body", "prompt"], "msg": "field required", "type": "value_error.missing"}
    assert (missing.status_code, missing.json()) == (422, {"detail": [detail]})
    wrong = send(cloud, "huggingface", "POST", SD, json={}, key="wrong")
    assert wrong.json() == {"error": "Invalid username or password."}


@pytest.mark.parametrize("service", PAID)
def test_every_status_at_both_ends_of_acceptance(cloud: Cloud, service: str) -> None:
    for status in STATUSES:
        cloud.fail(service, "submit", status, retry_after=7)
        answer = submit(cloud, service)
        assert (answer.status_code, answer.headers["retry-after"]) == (status, "7")
        assert "nginx" in answer.text if status == 502 else answer.json()
    assert cloud.jobs() == [] and [c.accepted for c in cloud.submissions()] == [False] * 13
    cloud.fail(service, "accepted", 500)
    assert submit(cloud, service).status_code == 500 and len(cloud.jobs(service)) == 1
    assert cloud.submissions(service)[-1].accepted and cloud.pending() == []


@pytest.mark.parametrize("service", PAID)
def test_lines_are_cut_and_bodies_go_missing(cloud: Cloud, service: str) -> None:
    for stage, kind, jobs in (("submit", "cut_before", 0), ("submit", "cut_after", 1),
                              ("accepted", "cut_after", 2)):  # fmt: skip
        cloud.fail(service, stage, kind)
        with pytest.raises(httpx.TransportError):
            submit(cloud, service)
        last = cloud.submissions(service)[-1]
        assert (len(cloud.jobs(service)), last.accepted, last.status) == (jobs, jobs > 0, None)
    cloud.fail(service, "submit", "html_200")
    assert submit(cloud, service).headers["content-type"].startswith("text/html")
    cloud.fail(service, "submit", "empty_body")
    assert submit(cloud, service).content == b""
    cloud.fail(service, "accepted", "hang")
    path, body = PAID[service]
    scheme = "Key" if service == "fal" else "Bearer"
    headers = {"Authorization": f"{scheme} {cloud.keys[service]}"}
    with pytest.raises(httpx.ReadTimeout):
        WEB.post(cloud.url + path, json=body, headers=headers, timeout=0.1)
    assert len(cloud.jobs(service)) == 3


@pytest.mark.parametrize("service", RESULT)
def test_jobs_end_as_planned(cloud: Cloud, service: str) -> None:
    def ended(kind: str, **details: Any) -> Any:
        cloud.fail(service, "submit", kind, **details)
        answer = finish(cloud, service, submit(cloud, service))
        return answer.json() if service == "fal" else answer

    assert not ended("empty_result")[RESULT[service]]
    refused, failed = ended("refusal"), ended("failed")
    if service == "fal":
        assert refused["detail"][0]["type"] == "content_policy_violation"
        assert failed["error_type"] == "runner_server_error"
        black = ended("refusal", form="nsfw")
        assert black["has_nsfw_concepts"] == [True]
        assert picture(black["images"][0]["url"]).getextrema() == ((0, 0),) * 3
        assert ended("wrong_content_type")["images"][0]["content_type"] == "image/jpeg"
    else:
        assert (refused["status"], failed["status"]) == ("failed", "failed")
        assert "sensitive" in refused["error"] and "sensitive" not in failed["error"]
        assert ended("unknown_status")["status"] == "paused"
    if service == "replicate":
        assert ended("aborted")["status"] == "aborted"
    if service == "wavespeed":
        assert refused["has_nsfw_contents"] == [True]
    cloud.fail(service, "poll", "unknown_status")
    cloud.fail(service, "poll", 503)
    made = finish(cloud, service, submit(cloud, service))
    assert (made.json() if service == "fal" else made)[RESULT[service]]


def test_services_that_answer_at_once_refuse_and_fail(cloud: Cloud) -> None:
    cloud.fail("openai", "submit", "refusal")
    refused = submit(cloud, "openai")
    assert refused.json()["error"]["code"] == "moderation_blocked" and cloud.jobs() == []
    cloud.fail("openai", "submit", "empty_result")
    assert submit(cloud, "openai").json()["data"] == []
    cloud.fail("huggingface", "submit", "failed")
    assert submit(cloud, "huggingface").status_code == 500 and len(cloud.jobs("hf")) == 1
    with pytest.raises(ValueError, match="cannot fail"):
        cloud.fail("openai", "cancel", 500)


def test_a_cancel_can_fail_and_can_be_disobeyed(cloud: Cloud) -> None:
    made = submit(cloud, "replicate").json()
    path = made["urls"]["cancel"].removeprefix(cloud.url)
    cloud.fail("replicate", "cancel", 500)
    assert send(cloud, "replicate", "POST", path).status_code == 500
    cloud.fail("replicate", "cancel", "runs_on")
    assert send(cloud, "replicate", "POST", path).json()["status"] == "starting"
    assert not cloud.jobs()[0].cancelled


def test_fetching_fails_as_planned(cloud: Cloud) -> None:
    url = finish(cloud, "wavespeed", submit(cloud, "wavespeed"))["outputs"][0]
    for status in (403, 404):
        cloud.fail("wavespeed", "fetch", status)
        assert WEB.get(url).status_code == status
    for kind in ("truncated", "cut_after"):
        cloud.fail("wavespeed", "fetch", kind)
        with pytest.raises(httpx.TransportError):
            WEB.get(url)
    cloud.fail("wavespeed", "fetch", "truncated_ok")
    with pytest.raises(OSError, match="truncated"):
        picture(url)
    cloud.fail("wavespeed", "fetch", "wrong_type")
    wrong = WEB.get(url)
    assert wrong.headers["content-type"] == "image/png" and wrong.text.startswith("<html>")
    cloud.fail("wavespeed", "fetch", "redirect")
    assert WEB.get(url).headers["location"].startswith("http://127.0.0.1:")
    cloud.fail("wavespeed", "fetch", "hang")
    with pytest.raises(httpx.ReadTimeout):
        WEB.get(url, timeout=0.1)
    cloud.fail("wavespeed", "fetch", "huge")
    with WEB.stream("GET", url) as answer:
        seen = 0
        for chunk in answer.iter_raw():
            seen += len(chunk)
            if seen > 65 * 1024 * 1024:
                break
    assert seen > 64 * 1024 * 1024
    assert picture(url).size == (2048, 2048) and cloud.pending() == []


def test_leaks_are_caught(cloud: Cloud) -> None:
    url = finish(cloud, "wavespeed", submit(cloud, "wavespeed"))["outputs"][0]
    assert cloud.leaks() == []
    key = cloud.keys["wavespeed"]
    WEB.get(url, headers={"Authorization": f"Bearer {key}"})
    WEB.get(f"{url}?key={key}")
    send(cloud, "fal", "POST", DEV, json={"prompt": key})
    path = url.removeprefix(cloud.url)
    assert sorted(cloud.leaks()) == sorted([
        f"GET {path}: the file host was sent the header authorization",
        f"GET {path}: files was shown the key of wavespeed",
        f"GET {path}: the key of wavespeed stands in the URL",
        f"POST {DEV}: fal was shown the key of wavespeed",
    ])  # fmt: skip


def test_a_slow_job_stands_still(cloud: Cloud) -> None:
    cloud.pace("wavespeed", delay=30)
    began = time.monotonic()
    assert finish(cloud, "wavespeed", submit(cloud, "wavespeed"))["status"] == "created"
    assert time.monotonic() - began < 5 and cloud.jobs("wavespeed")[0].state == "queued"
