"""How pictures travel: inside the request, as files, over an upload; and what a failure means."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from errors import KeyRefused, NotAvailable, StudioError, UnknownOutcome
from providers.catalogue import MODELS, provider_of
from providers.fal import files as fal_files
from providers.http import address
from providers.http import picture_uploads as uploads
from providers.http.client import Access, GuardedTransport
from providers.inputs import InputPicture, recall
from providers.schema import Done, GenerationRequest, Handle, Running
from studio.request import check
from tests.making import asked_of, picture_bytes

KEY = "the-key-of-this-test"
Answer = Callable[[httpx.Request], httpx.Response]
HOME = "http://127.0.0.1:9"


class Wire:
    """What would have left this machine, answered by path."""

    def __init__(self, model: str, **answers: Any) -> None:
        row = MODELS[model]
        self.provider = provider_of(row)
        self.answers = answers
        self.sent: list[httpx.Request] = []
        self.transport = GuardedTransport(self.provider, KEY)
        self.transport._inner = httpx.MockTransport(self._answer)  # type: ignore[assignment]

    def access(self, **bases: str) -> Access:
        found = {**self.provider.bases, **bases}
        return Access(self.provider, KEY, found, self.transport, {})

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.sent.append(request)
        for path, answer in self.answers.items():
            if request.url.path.endswith(path.replace("__", "/").replace("_o_", "-")):
                if isinstance(answer, Exception):
                    raise answer
                return answer if isinstance(answer, httpx.Response) else ok(answer)
        return httpx.Response(404, json={"detail": "no"})

    @property
    def lines(self) -> list[str]:
        return [f"{each.method} {each.url.host}{each.url.path}" for each in self.sent]


def ok(body: Any) -> httpx.Response:
    return httpx.Response(200, json=body)


def request_for(model: str, data: bytes | None = None) -> GenerationRequest:
    """A request with the least pictures; `data` in place of each one's own."""
    row = MODELS[model]
    found = check(row, asked_of(row)).request
    if data is None:
        return found
    pictures = tuple(InputPicture(p.name, data, "image/jpeg", 64, 48) for p in found.pictures)
    return GenerationRequest(row, found.prompt, found.settings, pictures)


def body_of(request: httpx.Request) -> Any:
    return json.loads(request.content)


QUEUED = {"request_id": "r1", "status_url": "https://queue.fal.run/s"}
BIG = b"\xff\xd8" + b"x" * 8_000_000  # too large for fal's requests as base64


async def test_fal_takes_small_pictures_inside_the_request() -> None:
    wire = Wire("fal/nano-banana-edit", edit=QUEUED)
    request = request_for("fal/nano-banana-edit")
    assert isinstance(await wire.provider.submit(request, wire.access()), Handle)
    (post,) = wire.sent
    (uri,) = body_of(post)["image_urls"]
    head, _, data = uri.partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data) == request.pictures[0].data


async def test_fal_takes_large_pictures_over_its_cdn_and_only_it_sees_the_key() -> None:
    wire = Wire(
        "fal/flux-kontext-pro",
        auth__token={"token": "brief", "token_type": "Bearer", "base_url": "https://evil.example"},
        files__upload={"access_url": "https://v3.fal.media/files/x.jpg"},
        kontext=QUEUED,
    )
    await wire.provider.submit(request_for("fal/flux-kontext-pro", BIG), wire.access())
    assert wire.lines == [
        "POST rest.fal.ai/storage/auth/token",
        "POST v3.fal.media/files/upload",
        "POST queue.fal.run/fal-ai/flux-pro/kontext",
    ]
    token, upload, post = wire.sent
    assert token.headers["authorization"] == post.headers["authorization"] == f"Key {KEY}"
    assert token.url.params["storage_type"] == "fal-cdn-v3"
    assert upload.headers["authorization"] == "Bearer brief"
    assert upload.headers["x-fal-file-name"] == "picture-1.jpg"
    assert json.loads(upload.headers["x-fal-object-lifecycle"]) == {
        "expiration_duration_seconds": 3600
    }
    assert upload.content == BIG
    assert body_of(post)["image_url"] == "https://v3.fal.media/files/x.jpg"


@pytest.mark.parametrize("base", [f"{HOME}/fal", "https://gateway.example"])
async def test_another_address_in_fals_place_is_the_only_one_asked(base: str) -> None:
    wire = Wire("fal/flux-kontext-pro", kontext=QUEUED)
    access = wire.access(FAL_BASE_URL=base)
    await wire.provider.submit(request_for("fal/flux-kontext-pro", BIG), access)
    (post,) = wire.sent
    assert str(post.url).startswith(base)
    assert body_of(post)["image_url"].startswith("data:image/jpeg;base64,")


FAILURES = [
    httpx.ReadError("cut"),
    httpx.ConnectError("no"),
    httpx.Response(500, json={"detail": "no"}),
    httpx.Response(504, text="<html>"),
    httpx.Response(200, text="<html>"),
    httpx.Response(200, json={}),
]


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
@pytest.mark.parametrize(
    ("model", "step"),
    [
        ("fal/flux-kontext-pro", "files__upload"),
        ("replicate/real-esrgan", "v1__files"),
        ("wavespeed/image-face-swap", "media__uploads"),
    ],
)
async def test_a_failed_upload_means_that_nothing_was_created(
    model: str, step: str, failure: Any
) -> None:
    token = {"token": "brief", "token_type": "Bearer"}
    wire = Wire(model, **{"auth__token": token, step: failure})
    with pytest.raises(StudioError) as caught:
        await wire.provider.submit(request_for(model, BIG), wire.access())
    assert caught.value.created is False and not isinstance(caught.value, UnknownOutcome)
    assert caught.value.provider == wire.provider.name
    assert wire.lines[-1].endswith(step.replace("__", "/")), "nothing was sent after it"


async def test_a_refused_key_is_said_as_such_by_an_upload_too() -> None:
    wire = Wire("replicate/real-esrgan", v1__files=httpx.Response(401, json={"detail": "no"}))
    with pytest.raises(KeyRefused):
        await wire.provider.submit(request_for("replicate/real-esrgan", BIG), wire.access())


async def test_uploads_have_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOAD_SECONDS", 0.01)

    async def never(picture: InputPicture, number: int) -> str:
        await asyncio.Event().wait()
        return ""

    (picture,) = request_for("fal/esrgan").pictures
    access = Wire("fal/esrgan").access()
    with pytest.raises(NotAvailable, match="took longer") as caught:
        await uploads.upload_each([picture], never, access)
    assert caught.value.created is False


FILE = {"id": "f1", "urls": {"get": "https://api.replicate.com/v1/files/f1"}}


async def test_replicate_takes_small_pictures_inside_and_a_community_model_by_version() -> None:
    wire = Wire("replicate/real-esrgan", predictions={"id": "p1"})
    request = request_for("replicate/real-esrgan")
    handle = await wire.provider.submit(request, wire.access())
    assert handle == Handle("p1", {})
    (post,) = wire.sent
    assert post.url.path == "/v1/predictions"
    assert set(body_of(post)) == {"input", "version"} and len(body_of(post)["version"]) == 64
    assert body_of(post)["input"] == {"image": request.pictures[0].data_uri}


async def test_replicates_uploads_are_deleted_when_the_job_has_ended() -> None:
    done = {"id": "p1", "status": "succeeded", "output": "https://x/y.png"}
    gone = httpx.Response(204)
    wire = Wire(
        "replicate/flux-kontext-pro", v1__files=FILE, predictions={"id": "p1"}, p1=done, f1=gone
    )
    request, access = request_for("replicate/flux-kontext-pro", BIG), wire.access()
    handle = await wire.provider.submit(request, access)
    assert isinstance(handle, Handle) and handle.urls == {"file 1": "/v1/files/f1"}
    upload, post = wire.sent
    assert b'name="content"; filename="picture-1.jpg"' in upload.content
    assert b"Content-Type: image/jpeg" in upload.content and BIG in upload.content
    assert body_of(post)["input"]["input_image"] == FILE["urls"]["get"]  # type: ignore[index]
    assert wire.provider.poll
    assert isinstance(await wire.provider.poll(request, handle, access), Done)
    assert wire.lines[-1] == "DELETE api.replicate.com/v1/files/f1"
    assert all(each.url.host == "api.replicate.com" for each in wire.sent)


async def test_replicates_uploads_are_deleted_when_nothing_was_created() -> None:
    wire = Wire(
        "replicate/flux-kontext-pro",
        v1__files=FILE,
        predictions=httpx.Response(402, json={"detail": "no"}),
        f1=httpx.Response(500),
    )
    with pytest.raises(StudioError, match="cannot pay"):
        await wire.provider.submit(request_for("replicate/flux-kontext-pro", BIG), wire.access())
    assert wire.lines[-1].startswith("DELETE")


async def test_a_lost_job_is_found_by_the_addresses_of_its_pictures() -> None:
    model = "replicate/flux-kontext-pro"
    request = request_for(model, BIG)
    wire = Wire(model, v1__files=FILE, pro__predictions=httpx.ReadError("cut"))
    access = wire.access()
    with pytest.raises(UnknownOutcome):
        await wire.provider.submit(request, access)
    sent = dict(wire.provider.payload(request, [FILE["urls"]["get"]]))  # type: ignore[index]
    now = datetime.now(UTC).isoformat()
    endpoint = MODELS[model].endpoint
    rows = [
        {
            "id": "other",
            "model": endpoint,
            "input": {**sent, "input_image": "x"},
            "created_at": now,
        },
        {"id": "mine", "model": endpoint, "input": sent, "created_at": now},
    ]
    wire.answers["v1__predictions"] = {"results": rows}
    assert wire.provider.find
    found = await wire.provider.find(request, datetime.now(UTC), access)
    assert found == Handle("mine", {"file 1": "/v1/files/f1"}), "its upload is deleted with it"
    asked = len(wire.sent)
    assert await wire.provider.find(request, datetime.now(UTC), wire.access()) is None
    assert len(wire.sent) == asked, "without the addresses nobody is asked"


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The storage's name is known, no other is, and nobody outside is asked."""

    async def look_up(host: str, port: int) -> str:
        if host == "store.example":
            return "93.184.216.34"
        if host.replace(".", "").isdecimal() or ":" in host:
            raise address.PrivateAddress(host)
        raise address.UnknownName(host)

    monkeypatch.setattr(address, "public_address", look_up)


TICKET = {
    "code": 200,
    "data": {
        "upload": {
            "method": "PUT",
            "url": "https://store.example/put?x=1",
            # Beside the one it needs those that no request can have.
            "headers": {"X-A": "b", "X-Ü": "x", "X-B": "ü", "X-C": ["x"], "X-D": "a\r\nX-E: x",
                        "X F": "x", "X-G": 10**400, "": "x"},
        },
        "download_url": "https://media.example/x.jpg",
    },
}  # fmt: skip


async def test_wavespeeds_storage_gets_the_picture_and_no_key() -> None:
    wire = Wire(
        "wavespeed/image-face-swap",
        media__uploads=TICKET,
        put=httpx.Response(200),
        swap={"code": 200, "data": {"id": "w1"}},
    )
    await wire.provider.submit(request_for("wavespeed/image-face-swap", BIG), wire.access())
    assert [line.split("/")[0] for line in wire.lines] == [
        *["POST api.wavespeed.ai", "PUT store.example"] * 2,
        "POST api.wavespeed.ai",
    ]
    ticket, put, _, _, post = wire.sent
    assert body_of(ticket) == {
        "filename": "picture-1.jpg", "size": len(BIG), "content_type": "image/jpeg"
    }  # fmt: skip
    assert put.content == BIG and put.headers["x-a"] == "b"
    assert not [field for field in put.headers if field.startswith("x") and field != "x-a"]
    assert KEY not in str(put.headers)
    assert body_of(post) == {
        "face_image": "https://media.example/x.jpg", "image": "https://media.example/x.jpg"
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/x", "ftp://x/y", "", "https://", 7, "https://10.0.0.1/x", "https://[::1]/x",
     "https://store.example:99999/x", "https://me@store.example/x", "https://db.internal/x",
     "https://intranet/x", "https://xn--a/x"],
)  # fmt: skip
async def test_wavespeed_cannot_send_pictures_just_anywhere(url: Any) -> None:
    data: Any = TICKET["data"]
    odd = {"code": 200, "data": {**data, "upload": {"url": url}}}
    wire = Wire("wavespeed/image-face-swap", media__uploads=odd)
    with pytest.raises(NotAvailable, match="storage") as caught:
        await wire.provider.submit(request_for("wavespeed/image-face-swap"), wire.access())
    assert caught.value.created is False and len(wire.sent) == 1


async def test_openai_takes_pictures_as_files_in_a_form() -> None:
    answer = {"data": [{"b64_json": base64.b64encode(picture_bytes()).decode()}]}
    wire = Wire("openai/gpt-image-2-edit", images__edits=answer)
    done = await wire.provider.submit(request_for("openai/gpt-image-2-edit", BIG), wire.access())
    assert isinstance(done, Done) and len(done.pictures) == 1
    (post,) = wire.sent
    assert post.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="image[]"; filename="picture-1.jpg"' in post.content
    for field, value in (("model", "gpt-image-2"), ("prompt", "a fox"), ("size", "auto")):
        assert f'name="{field}"\r\n\r\n{value}\r\n'.encode() in post.content


async def test_hugging_face_follows_fals_queue() -> None:
    mapping = {"fal-ai": {"status": "live", "providerId": "fal-ai/kontext/dev",
                          "task": "image-to-image"}}  # fmt: skip
    place = "/fal-ai/kontext/requests/r1"
    wire = Wire(
        "huggingface/flux-kontext-dev",
        Kontext_o_dev={"inferenceProviderMapping": mapping},
        kontext__dev={"request_id": "r1", "status": "IN_QUEUE",
                      "response_url": f"https://queue.fal.run{place}"},
        status={"status": "IN_PROGRESS"},
        r1={"images": [{"url": "https://x/y.png"}]},
    )  # fmt: skip
    request, access = request_for("huggingface/flux-kontext-dev"), wire.access()
    handle = await wire.provider.submit(request, access)
    assert isinstance(handle, Handle) and handle.id == "r1"
    uri = request.pictures[0].data_uri
    post = wire.sent[-1]
    assert str(post.url).endswith("/fal-ai/fal-ai/kontext/dev?_subdomain=queue")
    sent = {k: v for k, v in body_of(post).items() if k != "seed"}
    assert sent == {"image_url": uri, "image_urls": [uri], "prompt": "a fox"}
    assert wire.provider.poll
    assert await wire.provider.poll(request, handle, access) == Running()
    wire.answers["status"] = {"status": "COMPLETED"}
    done = await wire.provider.poll(request, handle, access)
    assert isinstance(done, Done) and done.pictures[0].url == "https://x/y.png"
    assert str(wire.sent[-1].url).endswith(f"/fal-ai{place}?_subdomain=queue")


@pytest.mark.parametrize(
    ("server", "field"), [("wavespeed", "image"), ("together", "image_url"), ("replicate", "input")]
)
async def test_hugging_face_writes_each_servers_own_form(server: str, field: str) -> None:
    mapping = {server: {"status": "live", "providerId": "x/FLUX.1-kontext",
                        "task": "image-to-image"}}  # fmt: skip
    wire = Wire(
        "huggingface/flux-kontext-dev",
        Kontext_o_dev={"inferenceProviderMapping": mapping},
    )
    request = request_for("huggingface/flux-kontext-dev")
    with pytest.raises(StudioError):
        await wire.provider.submit(request, wire.access())
    found = body_of(wire.sent[-1])[field]
    uri = request.pictures[0].data_uri
    assert (found["input_image"] if server == "replicate" else found) == uri


async def test_a_model_that_only_hf_inference_names_is_not_served() -> None:
    mapping = {"hf-inference": {"status": "live", "providerId": "x", "task": "image-to-image"}}
    wire = Wire(
        "huggingface/flux-kontext-dev",
        Kontext_o_dev={"inferenceProviderMapping": mapping},
    )
    assert wire.provider.serves
    assert await wire.provider.serves(MODELS["huggingface/flux-kontext-dev"], wire.access())


def test_a_record_remembers_a_picture_without_its_bytes() -> None:
    (picture,) = request_for("fal/esrgan", BIG).pictures
    assert "xxx" not in repr(picture)
    told = json.loads(json.dumps(picture.remembered()))
    again = recall(told)
    assert again.label == picture.label == "picture 1: 64×48 JPEG, 8001 kB"
    assert again.data == b""


@pytest.mark.parametrize(
    ("url", "base", "own"),
    [
        ("https://rest.fal.ai", "https://queue.fal.run", True),
        ("https://rest.fal.ai", f"{HOME}/fal", False),
        ("https://rest.fal.ai", "https://gateway.example", False),
        ("https://rest.fal.ai", "https://fal.run.evil.example", False),
    ],
)
def test_whose_host_may_see_the_key(url: str, base: str, own: bool) -> None:
    assert fal_files.is_own(url, base, (".fal.ai",)) is own
