"""WaveSpeed: predictions. Submit one, ask for its result. There is no cancel call."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from json import dumps
from typing import Any
from urllib.parse import quote

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
from providers.http.address import NOBODY, PrivateAddress, check_open, read_address
from providers.http.answers import Answer, explain_status
from providers.http.client import Access
from providers.http.json_reading import (
    flags,
    job_id,
    name,
    record,
    refused,
    rows,
    said,
    sentence,
    told_price,
)
from providers.http.json_reading import state as stated
from providers.http.picture_uploads import upload_each
from providers.inputs import InputPicture
from providers.payload import pictured, prompted, wired
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Progress,
    Provider,
    Queued,
    Running,
)
from providers.wavespeed.create_rows import MODELS

NAME = "wavespeed"
BASE = "WAVESPEED_BASE_URL"
WHO = "WaveSpeed"
GOING = ("processing", "pending", "queued", "starting", "running")
ENDED = ("failed", "cancelled", "timeout", "deleted")
PRICE_SECONDS = 10.0
HEADER, PLAIN = re.compile(r"[\w-]{1,100}", re.ASCII), re.compile(r"[ -~]{0,4000}")


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The request as WaveSpeed names it; width and height become size "W*H"."""
    pictures = pictured(request.model, addresses)
    body = {**prompted(request), **pictures, **wired(request, packed="size")}
    if "width" in request.settings:
        body["size"] = f"{request.settings['width']}*{request.settings['height']}"
    return body


def status(data: dict[str, Any]) -> Progress:
    """Where a job stands; raises when it ended without a picture."""
    state, words = name(data.get("status")), sentence(data.get("error"))
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job_id(data.get("id"))}
    if state == "completed":
        return images(data)
    if state == "failed" and (any(flags(data.get("has_nsfw_contents"), 1)) or refused(words)):
        raise Refused(say("error.refused", who=WHO, said=said(words)), created=True, **about)
    if state in ENDED:
        text = say("error.failed", who=WHO, said=said(words or state))
        raise ProviderFailed(text, advice=say("error.wavespeed.failed.advice"), **about)
    if state == "created":
        return Queued(message="created")
    return Running(state) if state in GOING else Running(unknown=stated(state))


def images(data: dict[str, Any]) -> Done:
    """The pictures of a completed job; one marked unsafe is left out, none at all is a refusal."""
    job = job_id(data.get("id"))
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job, "created": True}
    found = rows(data.get("outputs"))
    urls = [name(each) for each in found]
    if found and not any(urls):
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    unsafe = flags(data.get("has_nsfw_contents"), max(len(urls), 1))
    if not urls and not any(unsafe):
        raise Refused(say("error.no_picture", who=WHO, said="."), **about)
    kept = [url for url, bad in zip(urls, unsafe, strict=False) if url and not bad]
    if not kept:
        raise Refused(say("error.unsafe", who=WHO), **about)
    left_out = say("note.unsafe", who=WHO, count=sum(unsafe), total=len(urls))
    warnings = (left_out,) if any(unsafe) else ()
    return Done(tuple(Picture(url=url) for url in kept), upstream_id=job, warnings=warnings)


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Create the job, with one POST; pictures are uploaded before."""

    async def put(picture: InputPicture, number: int) -> str:
        return await _put(picture, number, access)

    access.addresses[:] = await upload_each(request.pictures, put, access)
    sent = payload(request, access.addresses)
    url = f"{access.bases[BASE]}/api/v3/{request.model.endpoint}"
    answer = await _client(access).post(url, json=sent)
    job = job_id(_data(await access.json(answer, paid=True), "POST").get("id"))
    if not job:
        raise UnknownOutcome(say("error.no_job", who=WHO), provider=NAME)
    return Handle(job)


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the job stands."""
    job = quote(handle.id, safe="")
    answer = await _client(access).get(f"{access.bases[BASE]}/api/v3/predictions/{job}/result")
    found = status(_data(await access.json(answer, paid=False), "GET"))
    if isinstance(found, Done):
        return replace(found, charged=await charged(request, access), upstream_id=handle.id)
    return found


async def charged(request: GenerationRequest, access: Access) -> Decimal | None:
    """What WaveSpeed says that such a request costs this account; None when it does not say.
    Source: POST /api/v3/model/price in WaveSpeedAI/mcp-server, read 2026-11-21."""
    if len(request.pictures) != len(access.addresses):
        return None  # an old job asked after again: where its pictures lay is forgotten
    inputs = payload(request, access.addresses)
    asked = {"model_id": request.model.endpoint, "inputs": inputs}
    with suppress(StudioError, TimeoutError):
        async with asyncio.timeout(PRICE_SECONDS):
            answer = await _client(access).post(
                f"{access.bases[BASE]}/api/v3/model/price", json=asked
            )
        told = _data(await access.json(answer, paid=False), "POST")
        discounted = told_price(told.get("discounted_price"))
        return told_price(told.get("price")) if discounted is None else discounted
    return None


def explain(answer: Answer) -> StudioError | None:
    """WaveSpeed's own failures: an empty account, a refusal, a job that is gone."""
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    more = said(answer.words)
    if answer.status == 404 and answer.method == "GET":
        return ResultLost(say("error.job_gone", who=WHO), **about)
    if answer.status in (400, 403) and "balance" in answer.words.lower():
        return NoCredit(say("error.no_credit", who=WHO, said=more), **about)
    if answer.status in (400, 422) and refused(answer.words):
        return Refused(say("error.refused", who=WHO, said=more), **about)
    return None


async def _put(picture: InputPicture, number: int, access: Access) -> str:
    """The address of an uploaded picture. WaveSpeed names a place to put it, which may be another
    host's and is sent no key."""
    told = {
        "filename": picture.file_name(number),
        "size": picture.size,
        "content_type": picture.media_type,
    }
    url = f"{access.bases[BASE]}/api/v3/media/uploads"
    answer = await _client(access).post(url, json=told)
    ticket = _data(await access.json(answer, paid=False), "POST")
    place, address = record(ticket.get("upload")), name(ticket.get("download_url"))
    target = name(place.get("url"))
    if not address or not await _is_safe(target, access.bases[BASE]):
        raise NotAvailable(say("error.upload.storage", who=WHO), provider=NAME)
    headers = dict(filter(_is_header, record(place.get("headers")).items()))
    try:
        answer = await access.client(headers).put(target, content=picture.data)
    except StudioError as error:  # the storage's own words would read like WaveSpeed's
        text = say("error.upload.storage", who=WHO)
        raise NotAvailable(text, provider=NAME, status=error.status) from error
    if "html" in answer.headers.get("content-type", ""):  # a page of somebody in between
        raise NotAvailable(say("error.upload.storage", who=WHO), provider=NAME)
    return address


async def _is_safe(url: str, base: str) -> bool:
    """Whether a picture may be put there: over https to a host that is no part of a network inside,
    or on the base's own host."""
    try:
        there, home = httpx.URL(url), httpx.URL(base)
        if (there.scheme, there.host, there.port) == (home.scheme, home.host, home.port):
            return bool(there.host)
        await check_open(read_address(url, NOBODY, NAME), NOBODY)
    except (httpx.InvalidURL, UnicodeError, ResultLost, PrivateAddress):
        return False
    return True


def _is_header(field: tuple[str, Any]) -> bool:
    """Whether a header that WaveSpeed wants for its storage can be sent."""
    name, value = field
    return bool(HEADER.fullmatch(name)) and isinstance(value, str) and bool(PLAIN.fullmatch(value))


def _data(body: dict[str, Any], method: str) -> dict[str, Any]:
    """What is inside the envelope; its own code may tell a failure although the HTTP one is 200."""
    data, code = record(body.get("data")), name(body.get("code"))
    known = int(code) if code.isdecimal() and len(code) <= 4 else 200
    if 400 <= known <= 599:
        answer = Answer(NAME, WHO, method, "", known, {}, dumps(body))
        raise explain(answer) or explain_status(answer)
    if data:
        return data
    # Neither a job nor a failure: a paid request may have made one all the same.
    kind = UnknownOutcome if method == "POST" else NotAvailable
    raise kind(say("error.no_job", who=WHO), provider=NAME)


def _client(access: Access) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Bearer {access.key}"})


PROVIDER = Provider(
    name=NAME,
    title="WaveSpeed",
    models=MODELS,
    payload=payload,
    submit=submit,
    poll=poll,
    explain=explain,
    key_names=("WAVESPEED_API_KEY",),
    key_header="X-WaveSpeed-Key",
    key_url="https://wavespeed.ai/accesskey",
    bases={BASE: "https://api.wavespeed.ai"},
    keeps="WaveSpeed keeps results and uploaded pictures for a time it does not state in what we "
    "have read.",
)
