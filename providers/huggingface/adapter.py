"""Hugging Face Inference Providers: the hub says who serves a model, the router passes it on.

huggingface_hub's `text_to_image` is not used: it looks models up with the operator's token and
caches the answer until restart, sends a key without the prefix "hf_" straight to third parties,
downloads without a deadline and decodes the picture. Answers are one picture, mostly at once;
there is no cancel. Source: huggingface_hub 2.4.0, read 2026-11-21.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx

from errors import (
    NoCredit,
    NotAvailable,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from i18n import say
from providers.http.answers import Answer
from providers.http.bounds import RESULT, STATUS, pictures_within
from providers.http.client import Access
from providers.http.json_reading import job_id, name, record, refused, rows, said, sentence, state
from providers.http.picture_uploads import check_going
from providers.huggingface import chat, edit_rows, write_rows
from providers.huggingface.create_rows import MODELS
from providers.huggingface.hub import HUB, Serving, serving
from providers.huggingface.router import body_for, dropped, result, route
from providers.payload import pictured, prompted, wired
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Model,
    Picture,
    Progress,
    Provider,
    Running,
    Task,
)

NAME = "huggingface"
WHO = "Hugging Face"
ROUTER = "HF_ROUTER_URL"
QUEUE = {"fal-ai": "?_subdomain=queue"}  # fal's jobs are asked after on a host of their own
# By which the serving providers say that a job waits or runs.
GOING = (
    "IN_QUEUE", "IN_PROGRESS", "starting", "processing", "created", "pending", "queued", "running",
)  # fmt: skip
MODERATED = ("content_policy_violation", "no_media_generated")
RESULT_PATH = re.compile(r"/fal-ai/.+/requests/[^/]+$")
MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The parameters by Hugging Face's names; the serving provider's form is made on sending."""
    if request.model.task is Task.PROMPT_WRITING:
        return chat.payload(request, addresses)
    if request.model.slots:
        parameters = {**prompted(request), **wired(request)}
        return {**pictured(request.model, addresses), "parameters": parameters}
    return {"inputs": request.prompt, "parameters": wired(request)}


async def serves(model: Model, access: Access) -> str:
    """Why the model cannot be had from Hugging Face right now, or "" when it can."""
    return "" if await serving(model, access) else say("error.huggingface.not_served")


async def served_by(model: Model, access: Access) -> tuple[str, str] | None:
    """Who serves a model now and its name there, None for nobody."""
    server = await serving(model, access)
    return (server.provider, server.model) if server else None


async def submit(request: GenerationRequest, access: Access) -> Handle | Done:
    """Send the request through the router, with one POST."""
    server = await serving(request.model, access)
    if server is None:
        text = say("error.huggingface.not_served")
        raise NotAvailable(text, provider=NAME, created=False)
    check_going(access)
    headers = {"Accept": "image/png"} | (
        {"Prefer": "wait"} if server.provider == "replicate" else {}
    )
    client = _client(access, request.model.seconds, headers)
    body = body_for(server, request)
    url, marks = (
        f"{access.bases[ROUTER]}/{route(server)}",
        pictures_within(request.model.seconds).mark,
    )
    answer = await client.post(url, json=body, extensions=marks)
    found = await _read(answer, server, access)
    if isinstance(found, Handle):
        return found
    notes = [say("note.served_by", server=server.provider), *dropped(server, request, body)]
    return replace(found, warnings=(*found.warnings, *notes))


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask after a job that the serving provider queued."""
    server = Serving(handle.urls["server"], "")
    place = access.bases[ROUTER] + handle.urls["get"]
    try:
        if server.provider == "fal-ai" and (going := await _goes_on(place, access)):
            return going
        # What repeats its input repeats the picture in it, and fal's result may hold one too.
        marks = (RESULT if request.model.slots or server.provider == "fal-ai" else STATUS).mark
        url = f"{place}{QUEUE.get(server.provider, '')}"
        answer = await _client(access).get(url, extensions=marks)
    except StudioError as error:
        if error.status in (404, 405):
            raise ResultLost(
                say("error.job_gone", who=WHO), provider=NAME, status=error.status
            ) from error
        raise
    body = await access.json(answer, paid=False)
    word = state((record(body.get("data")) or body).get("status"))
    going = Running(unknown="" if word in GOING else word)
    try:
        found = await asyncio.to_thread(result, body, server)
    except UnknownOutcome:
        return going  # an answer that says nothing; the job may well go on
    if isinstance(found, Handle):
        return going
    note = say("note.served_by", server=server.provider)
    return replace(found, warnings=(note,), upstream_id=handle.id)


async def _goes_on(place: str, access: Access) -> Running | None:
    """Where a job in fal's queue stands, None when it is over. Raises how it ended, where that was
    without a result."""
    answer = await _client(access).get(f"{place}/status{QUEUE['fal-ai']}")
    body = await access.json(answer, paid=False)
    word = state(body.get("status"))
    if word != "COMPLETED":
        return Running(unknown="" if word in GOING else word)
    if words := sentence(body.get("error")):
        raise _failed(words, name(body.get("error_type")))
    return None


def _failed(words: str, kind: str, status: int | None = None) -> StudioError:
    """A job that fal could not finish, or would not."""
    about: dict[str, Any] = {"provider": NAME, "status": status, "created": True}
    if kind in MODERATED or refused(words):
        return Refused(say("error.refused", who="fal-ai", said=said(words)), **about)
    return ProviderFailed(say("error.failed", who="fal-ai", said=said(words)), **about)


def explain(answer: Answer) -> StudioError | None:
    """The router's own failures, and those it passes on from the serving provider."""
    words, more = answer.words.lower(), said(answer.words)
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    detail = record(next(iter(rows(answer.body.get("detail"))), None))
    moderated = name(detail.get("type")) in MODERATED
    if answer.status in (400, 422) and (moderated or refused(words)):
        created = True if answer.method == "GET" else None
        return Refused(say("error.refused", who=WHO, said=more), created=created, **about)
    ended = name(answer.body.get("error_type"))  # fal's, on a result: no outage that passes
    if (
        ended
        and answer.status >= 499
        and RESULT_PATH.search(answer.path)
        and answer.method == "GET"
    ):
        return _failed(answer.words, ended, answer.status)
    if answer.status in (402, 403, 429) and "monthly" in words and "credits" in words:
        return NoCredit(say("error.huggingface.no_credit"), **about)
    if answer.status == 503 and "loading" in words:
        text = say("error.huggingface.loading", said=more)
        return NotAvailable(text, created=False, **about)
    return None


async def _read(answer: httpx.Response, server: Serving, access: Access) -> Handle | Done:
    """The picture itself, whatever type the answer claims, or what the JSON says."""
    marks = (answer.headers.get(head, "") for head in ("x-request-id", "x-fal-request-id"))
    job = next(filter(None, map(job_id, marks)), "")
    if answer.content.startswith(MAGIC):
        return Done((Picture(data=answer.content),), upstream_id=job)
    if answer.headers.get("content-type", "").startswith("image/"):
        text = say("error.empty_picture", who=server.provider)
        raise ProviderFailed(text, provider=NAME, upstream_id=job)
    return await asyncio.to_thread(result, await access.json(answer, paid=True), server, job)


def _client(
    access: Access, seconds: float = 60.0, headers: Mapping[str, str] | None = None
) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Bearer {access.key}", **(headers or {})}, seconds)


PROVIDER = Provider(
    name=NAME,
    title="Hugging Face",
    models=(*MODELS, *edit_rows.MODELS, *write_rows.MODELS),
    payload=payload,
    submit=submit,
    write=chat.write,
    poll=poll,
    serves=serves,
    served_by=served_by,
    explain=explain,
    key_names=(
        "HF_TOKEN",
        "HF_API_KEY",
        "HF_API_TOKEN",
        "HUGGINGFACEHUB_API_TOKEN",
        "HUGGINGFACE_API_KEY",
    ),
    key_header="X-HF-Token",
    key_url="https://huggingface.co/settings/tokens",
    sign_in=True,
    bases={HUB: "https://huggingface.co", ROUTER: "https://router.huggingface.co"},
    keeps="Hugging Face passes the request on to the provider that serves the model, named in the "
    "receipt; that provider's own rules hold.",
)
