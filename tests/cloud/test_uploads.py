"""Uploads, and what they and the jobs cost: strict, and able to fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from . import Cloud, replicate_files, replicate_list
from .client import SEEDREAM, WEB, finish, fresh, photo, picture, send, submit

PHOTO = photo()
FILES = "/replicate/v1/files"
FILE: dict[str, Any] = {"content": ("fox.jpg", PHOTO, "image/jpeg")}
SWAP = "/wavespeed/api/v3/wavespeed-ai/image-face-swap"
TICKETS = "/wavespeed/api/v3/media/uploads"
TICKET = {"filename": "my fox.jpg", "size": len(PHOTO), "content_type": "image/jpeg"}
CRISP = "/replicate/v1/models/recraft-ai/recraft-crisp-upscale/predictions"


@pytest.fixture(scope="module")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud) -> Iterator[Cloud]:
    yield from fresh(running)


def upload(cloud: Cloud, **more: Any) -> httpx.Response:
    return send(cloud, "replicate", "POST", FILES, **({"files": FILE} | more))


def crisp(cloud: Cloud, url: str) -> Any:
    asked = {"input": {"image": url}}
    return finish(cloud, "replicate", send(cloud, "replicate", "POST", CRISP, json=asked))


def test_replicate_keeps_files(cloud: Cloud) -> None:
    answer = upload(cloud, data={"metadata": '{"a": 1}'})
    told = answer.json()
    assert answer.status_code == 201 and list(told) == [
        "id", "name", "content_type", "size", "etag", "checksums", "metadata", "created_at",
        "expires_at", "urls"]  # fmt: skip
    assert (told["name"], told["size"], told["metadata"]) == ("fox.jpg", len(PHOTO), {"a": 1})
    path = told["urls"]["get"].removeprefix(cloud.url)
    assert send(cloud, "replicate", "GET", path).json() == told
    assert send(cloud, "replicate", "GET", FILES).json()["results"] == [told]
    assert WEB.get(told["urls"]["get"]).status_code == 401
    assert picture(crisp(cloud, told["urls"]["get"])["output"]).size == (256, 192)
    (job,), (kept,) = cloud.jobs(), cloud.uploads("replicate")
    assert (job.received[0].way, job.received[0].data, kept.data) == ("upload", PHOTO, PHOTO)
    assert send(cloud, "replicate", "DELETE", path).status_code == 204
    assert send(cloud, "replicate", "DELETE", path).status_code == 404
    assert send(cloud, "replicate", "GET", path).json() == {
        "detail": "File not found", "status": 404}  # fmt: skip
    assert crisp(cloud, told["urls"]["get"])["status"] == "failed" and cloud.uploads() == []


def test_a_file_of_replicate_expires(cloud: Cloud) -> None:
    told = upload(cloud).json()
    cloud.uploads()[0].created -= 24 * 3600 + 1
    assert crisp(cloud, told["urls"]["get"])["status"] == "failed"
    assert send(cloud, "replicate", "GET", f"{FILES}/{told['id']}").status_code == 404
    assert cloud.uploads() == []


def test_replicate_refuses_odd_forms(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    assert upload(cloud, key="wrong").status_code == 401
    assert upload(cloud, files=None, json={"content": "x"}).status_code == 400
    assert upload(cloud, files={"file": FILE["content"]}).status_code == 400
    assert upload(cloud, data={"metadata": "{"}).status_code == 400
    assert send(cloud, "replicate", "PUT", FILES).status_code == 405
    monkeypatch.setattr(replicate_files, "LIMIT", len(PHOTO) - 1)
    assert upload(cloud).status_code == 413
    assert cloud.uploads() == []


def ticket(cloud: Cloud, **more: Any) -> Any:
    answer = send(cloud, "wavespeed", "POST", TICKETS, json={**TICKET, **more})
    return answer.json()["data"] if answer.is_success else answer


def test_wavespeed_takes_a_ticket_and_a_file(cloud: Cloud) -> None:
    got = ticket(cloud)
    put, url = got["upload"], got["download_url"]
    assert put["method"] == "PUT" and WEB.get(url).status_code == 404
    assert WEB.put(put["url"], content=PHOTO).status_code == 403
    assert WEB.put(put["url"], content=PHOTO[1:], headers=put["headers"]).status_code == 400
    asked = {"image": url, "face_image": url}
    early = finish(cloud, "wavespeed", send(cloud, "wavespeed", "POST", SWAP, json=asked))
    assert early["status"] == "failed"
    assert WEB.put(put["url"], content=PHOTO, headers=put["headers"]).status_code == 200
    assert WEB.get(url).content == PHOTO
    done = finish(cloud, "wavespeed", send(cloud, "wavespeed", "POST", SWAP, json=asked))
    assert picture(done["outputs"][0]).size == (64, 48)
    assert [it.way for it in cloud.jobs()[-1].received] == ["upload", "upload"]
    assert cloud.leaks() == []
    key = f"Bearer {cloud.keys['wavespeed']}"
    WEB.put(put["url"], content=PHOTO, headers={**put["headers"], "Authorization": key})
    assert len(cloud.leaks()) == 2  # the key is shown to the file host


def test_wavespeed_refuses_odd_tickets(cloud: Cloud) -> None:
    odd: tuple[dict[str, Any], ...] = (
        {"filename": ""}, {"filename": "a/b"}, {"size": 0}, {"size": 201 * 2**20}, {"size": "1"},
        {"content_type": "jpeg"}, {"extra": 1},
    )  # fmt: skip
    for wrong in odd:
        assert ticket(cloud, **wrong).status_code == 400, wrong
    assert send(cloud, "wavespeed", "POST", TICKETS, json=TICKET, key="x").status_code == 401
    assert send(cloud, "wavespeed", "GET", TICKETS).status_code == 405
    assert cloud.uploads() == []


def test_a_file_of_one_service_is_nothing_to_another(cloud: Cloud) -> None:
    url = upload(cloud).json()["urls"]["get"]
    asked = {"image": url, "face_image": url}
    done = finish(cloud, "wavespeed", send(cloud, "wavespeed", "POST", SWAP, json=asked))
    assert done["status"] == "failed"


def test_uploads_fail_as_planned(cloud: Cloud) -> None:
    for status in (402, 429, 500, 502):
        cloud.fail("replicate", "upload", status)
        assert upload(cloud).status_code == status
        cloud.fail("wavespeed", "upload", status)
        assert ticket(cloud).status_code == status
    assert cloud.uploads() == []
    cloud.fail("replicate", "upload", "cut_before")
    with pytest.raises(httpx.TransportError):
        upload(cloud)
    assert cloud.uploads() == []
    cloud.fail("replicate", "upload", "cut_after")
    with pytest.raises(httpx.TransportError):
        upload(cloud)
    assert len(cloud.uploads()) == 1
    put = ticket(cloud)["upload"]
    cloud.fail("wavespeed", "put", 503)
    assert WEB.put(put["url"], content=PHOTO, headers=put["headers"]).status_code == 503
    cloud.fail("wavespeed", "put", "cut_before")
    with pytest.raises(httpx.TransportError):
        WEB.put(put["url"], content=PHOTO, headers=put["headers"])
    assert cloud.uploads("wavespeed")[0].data is None and cloud.pending() == []
    with pytest.raises(ValueError, match="cannot fail"):
        cloud.fail("openai", "upload", 500)


def test_wavespeed_tells_what_things_cost(cloud: Cloud) -> None:
    asked: dict[str, Any] = {"model_id": "wavespeed-ai/flux-dev"}
    asked["inputs"] = {"prompt": "x", "num_images": 3}
    new, old = "/wavespeed/api/v3/model/price", "/wavespeed/api/v3/model/pricing"
    assert send(cloud, "wavespeed", "POST", new, json=asked).json() == {
        "code": 200, "message": "success",
        "data": {"model_id": "wavespeed-ai/flux-dev", "price": 0.036, "discounted_price": 0.036,
                 "currency": "USD"}}  # fmt: skip
    told = send(cloud, "wavespeed", "POST", old, json=asked).json()["data"]
    assert told["unit_price"] == 0.036
    for wrong in ({}, {"model_id": "a/b", "inputs": {}}, {**asked, "inputs": 1},
                  {**asked, "inputs": {}}):  # fmt: skip
        assert send(cloud, "wavespeed", "POST", new, json=wrong).status_code == 400
    assert cloud.jobs() == []

    def balance() -> float:
        answer = send(cloud, "wavespeed", "GET", "/wavespeed/api/v3/balance").json()
        return float(answer["data"]["balance"])

    assert balance() == 10
    finish(cloud, "wavespeed", send(cloud, "wavespeed", "POST", SEEDREAM, json={"prompt": "x"}))
    assert balance() == 9.973
    cloud.fail("wavespeed", "submit", "failed")
    finish(cloud, "wavespeed", submit(cloud, "wavespeed"))
    assert balance() == 9.973


def test_replicate_lists_its_predictions(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate_list, "PAGE", 2)
    made = [submit(cloud, "replicate", prompt=f"fox {n}").json() for n in range(5)]
    at: str | None = "/replicate/v1/predictions"
    seen, pages = [], 0
    while at:
        page = send(cloud, "replicate", "GET", at).json()
        seen += page["results"]
        pages, at = pages + 1, page["next"] and page["next"].removeprefix(cloud.url)
    assert (pages, [job["id"] for job in seen]) == (3, [job["id"] for job in made[::-1]])
    assert seen[0]["input"] == {"prompt": "fox 4"} and seen[0]["created_at"].endswith("Z")
    assert page["previous"].endswith("cursor=2")
    monkeypatch.setattr(replicate_list, "PAGE", 5)
    assert send(cloud, "replicate", "GET", "/replicate/v1/predictions").json()["next"] is None

    def ids(**query: str) -> list[str]:
        answer = send(cloud, "replicate", "GET", "/replicate/v1/predictions", params=query)
        return [job["id"] for job in answer.json()["results"]]

    assert ids(created_after=made[3]["created_at"]) == [made[4]["id"], made[3]["id"]]
    assert ids(created_before=made[0]["created_at"], source="web") == []
    for wrong in ({"created_after": "soon"}, {"cursor": "x"}, {"source": "api"}):
        answer = send(cloud, "replicate", "GET", "/replicate/v1/predictions", params=wrong)
        assert answer.status_code == 400
