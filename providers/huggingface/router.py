"""The forms of the providers behind Hugging Face's router: what each is sent, what it answers.

huggingface_hub knows each one's route and payload, and those are used; the answers are read here,
because the SDK's readers download without a deadline and decode the picture. Source:
huggingface_hub 2.4.0 and its recordings, read 2026-11-21.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from errors import ProviderFailed, Refused, UnknownOutcome
from i18n import say
from providers.http.json_reading import (
    flags,
    job_id,
    name,
    picture_bytes,
    record,
    refused,
    rows,
    said,
    sentence,
    whole,
)
from providers.huggingface.hub import IMAGE_TO_IMAGE, Serving
from providers.huggingface.hub_fixes import body_of, path_of
from providers.payload import wired
from providers.schema import Done, GenerationRequest, Handle, Picture

NAME = "huggingface"
ENDED = ("failed", "canceled", "cancelled", "aborted", "timeout", "deleted")
SUCCEEDED = ("succeeded", "completed")
LONGEST_PATH = 500
SIDES = re.compile(r"(\d+)[x*](\d+)")


def route(server: Serving) -> str:
    """The path below the router; hf-inference alone keeps its own outside the SDK's routes."""
    if server.provider == "hf-inference":
        return f"hf-inference/models/{server.model}"
    return f"{server.provider}/{path_of(server.provider, server.task, server.model)}"


def body_for(server: Serving, request: GenerationRequest) -> Any:
    """The request in the serving provider's own form, as the SDK writes it."""
    parameters = wired(request)
    if server.task == IMAGE_TO_IMAGE:
        return _edit_body(server, request, parameters)
    if server.provider == "wavespeed" and "width" in parameters:
        # WaveSpeed's own form; the SDK would send two fields it does not list.
        parameters["size"] = f"{parameters.pop('width')}*{parameters.pop('height')}"
    return _sdk_body(server, request, request.prompt, parameters)


def _edit_body(server: Serving, request: GenerationRequest, parameters: dict[str, Any]) -> Any:
    """The form of an edit: the picture in the SDK's place for it, the prompt beside it."""
    (picture,) = request.pictures
    parameters = {"prompt": request.prompt, **parameters}
    if server.provider == "wavespeed":  # the SDK would call every picture a JPEG
        return {"image": picture.data_uri, **parameters}
    return _sdk_body(server, request, picture.data_uri, parameters)


def _sdk_body(
    server: Serving, request: GenerationRequest, inputs: str, parameters: dict[str, Any]
) -> Any:
    """The request as the SDK writes it."""
    names = (server.provider, server.task, server.model, request.model.endpoint)
    return body_of(*names, inputs, parameters)


def dropped(server: Serving, request: GenerationRequest, body: object) -> list[str]:
    """What the SDK leaves out for this serving provider, told rather than kept silent."""
    sent = set(_values(body))
    lost = [key for key, value in wired(request).items() if str(value) not in sent]
    return [say("note.dropped", name=key, server=server.provider) for key in lost]


def result(body: dict[str, Any], server: Serving, upstream_id: str = "") -> Handle | Done:
    """The picture in any serving provider's answer, or a handle where it is not ready."""
    envelope = record(body.get("data")) or body
    state, words = name(envelope.get("status")), sentence(envelope.get("error"))
    job = job_id(envelope.get("id")) or upstream_id
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job, "created": True}
    if state in ENDED and refused(words):
        raise Refused(say("error.refused", who=server.provider, said=said(words)), **about)
    if state in ENDED:
        text = say("error.failed", who=server.provider, said=said(words or state))
        raise ProviderFailed(text, **about)
    if server.provider == "fal-ai" and (queued := _queued(body)):
        return queued
    pictures = _pictures(body, envelope, job)
    unsafe = body.get("has_nsfw_concepts") or envelope.get("has_nsfw_contents")
    if pictures and any(flags(unsafe, 1)):
        raise Refused(say("error.unsafe", who=server.provider), **about)
    if pictures:
        return Done(pictures[:1], seed=whole(body.get("seed")), upstream_id=job)
    path = _path(name(record(envelope.get("urls")).get("get")), server.provider)
    if job_id(envelope.get("id")) and f"/{job}" in path and state not in SUCCEEDED:
        return Handle(job, {"get": f"/{server.provider}{path}", "server": server.provider})
    if state in SUCCEEDED or _emptied(body):
        raise Refused(say("error.no_picture", who=server.provider, said="."), **about)
    raise UnknownOutcome(
        say("error.unreadable", who=server.provider), provider=NAME, upstream_id=job
    )


def _queued(body: dict[str, Any]) -> Handle | None:
    """The job fal put in its queue, by the path at which the router knows it."""
    job, path = job_id(body.get("request_id")), _plain_path(name(body.get("response_url")))
    if not job or not path.endswith(f"/requests/{job}"):
        return None
    return Handle(job, {"get": f"/fal-ai{path}", "server": "fal-ai"})


def _pictures(body: dict[str, Any], envelope: dict[str, Any], job: str) -> tuple[Picture, ...]:
    """Every picture in the answer, by address or as base64."""
    found: list[Picture] = []
    entries = [*rows(body.get("images")), *rows(body.get("data"))]
    for field in ("output", "outputs"):
        output = envelope.get(field)
        entries += output if isinstance(output, list) else [output]
    for entry in entries:
        item = {"url": entry} if isinstance(entry, str) else record(entry)
        text = item.get("b64_json") or item.get("image")
        if url := name(item.get("url")):
            found.append(Picture(url=url))
        elif text:
            found.append(Picture(data=picture_bytes(text, NAME, job)))
    return tuple(found)


def _emptied(body: dict[str, Any]) -> bool:
    """Whether there is a place for pictures in the answer, and nothing in it."""
    return any(field in body and not body[field] for field in ("images", "data", "outputs"))


def _path(url: str, provider: str) -> str:
    """The path by which the router knows a job, out of the serving provider's own address."""
    path = _plain_path(url)
    start = path.find("/v1/" if provider == "replicate" else "/api/v3/")
    return path[start:] if start >= 0 else ""


def _plain_path(url: str) -> str:
    """The path of an address, "" where it could lead anywhere else."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    plain = path.isascii() and path.isprintable() and len(path) <= LONGEST_PATH
    steps = any(each in path for each in (" ", "..", "\\", "%", "//"))
    return path if plain and not steps else ""


def _values(body: object) -> Iterator[str]:
    """Every value in a request, the sides of a size such as 512x768 one by one."""
    if isinstance(body, dict):
        for value in body.values():
            yield from _values(value)
    elif size := SIDES.fullmatch(str(body)):
        yield from size.groups()
    else:
        yield str(body)
