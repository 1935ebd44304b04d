"""OpenAI images: one request, answered with the pictures themselves. There is no cancel call.

What is written by its language models is asked for in `openai_chat`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from i18n import say
from providers.http.answers import Answer, explain_status
from providers.http.bounds import pictures_within
from providers.http.client import Access
from providers.http.json_reading import (
    amount,
    field_name,
    job_id,
    name,
    picture_bytes,
    record,
    rows,
    said,
)
from providers.openai import chat, write_rows
from providers.openai.create_rows import MODELS
from providers.payload import pictured, prompted, wired
from providers.schema import Done, GenerationRequest, Picture, Price, Provider, Task

NAME = "openai"
BASE = "OPENAI_BASE_URL"
WHO = "OpenAI"
REFUSALS = ("moderation_blocked", "content_policy_violation")
UNPAID = ("insufficient_quota", "billing_hard_limit_reached")
ZERO, MILLION = Decimal(0), Decimal(1_000_000)


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The request as OpenAI names it; width and height become size "WxH"."""
    if request.model.task is Task.PROMPT_WRITING:
        return chat.payload(request, addresses)
    body = {
        "model": request.model.endpoint,
        **prompted(request),
        **pictured(request.model, addresses),
        **wired(request, packed="size"),
    }
    if "width" in request.settings:
        body["size"] = f"{request.settings['width']}x{request.settings['height']}"
    return body


def charged(body: dict[str, Any], price: Price) -> Decimal | None:
    """What the answer's usage comes to in US dollars; None where either is not told."""
    usage = record(body.get("usage"))
    details = record(usage.get("input_tokens_details"))
    counts = {
        "text": amount(details.get("text_tokens")),
        "image": amount(details.get("image_tokens", 0)),
        "output": amount(usage.get("output_tokens")),
    }
    total = ZERO
    for kind, count in counts.items():
        if count is None or kind not in price.tokens:
            return None
        total += price.tokens[kind] * count
    return total / MILLION


def images(body: dict[str, Any], upstream_id: str = "") -> Done:
    """The pictures of an answer: base64, and nothing to fetch."""
    about: dict[str, Any] = {"provider": NAME, "upstream_id": upstream_id}
    if "data" not in body:
        raise UnknownOutcome(say("error.unreadable", who=WHO), **about)
    found = [record(item) for item in rows(body["data"])]
    if not found:
        raise Refused(say("error.no_picture", who=WHO, said="."), created=True, **about)
    pictures = tuple(
        Picture(data=picture_bytes(item["b64_json"], NAME, upstream_id))
        if item.get("b64_json")
        else Picture(url=name(item.get("url")))
        for item in found
        if item.get("b64_json") or name(item.get("url"))
    )
    if not pictures:
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    return Done(pictures, upstream_id=upstream_id)


async def submit(request: GenerationRequest, access: Access) -> Done:
    """Ask for the pictures, with one POST that is answered when they are made.

    Pictures to edit go along as files, the rest of the request as the form around them.
    """
    client = access.client({"Authorization": f"Bearer {access.key}"}, request.model.seconds)
    body = payload(request, ())
    marks = pictures_within(request.model.seconds).mark
    if request.pictures:
        form = {field: str(value) for field, value in body.items()}
        files = [
            (request.model.slots[0].wire, (each.file_name(number), each.data, each.media_type))
            for number, each in enumerate(request.pictures, 1)
        ]
        url = f"{access.bases[BASE]}/images/edits"
        answer = await client.post(url, data=form, files=files, extensions=marks)
    else:
        url = f"{access.bases[BASE]}/images/generations"
        answer = await client.post(url, json=body, extensions=marks)
    told = await access.json(answer, paid=True)
    mark = job_id(answer.headers.get("x-request-id"))
    done = await asyncio.to_thread(images, told, mark)
    return replace(done, charged=charged(told, request.model.price))


def explain(answer: Answer) -> StudioError | None:
    """OpenAI's failures, told by the code in its error object; each carries the request's id."""
    error = record(answer.body.get("error"))
    failure = _explain(answer, name(error.get("code")), field_name(error.get("param")))
    failure = failure or explain_status(answer)
    failure.upstream_id = job_id(answer.headers.get("x-request-id"))
    return failure


def _explain(answer: Answer, code: str, field: str) -> StudioError | None:
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    more = said(answer.words)
    if answer.status == 400 and code in REFUSALS:
        return Refused(say("error.refused", who=WHO, said=more), created=False, **about)
    if answer.status in (400, 402, 403, 429) and code in UNPAID:
        return NoCredit(say("error.no_credit", who=WHO, said=more), **about)
    if answer.status == 403:
        return KeyRefused(say("error.openai.not_allowed", said=more), **about)
    if answer.status == 400:
        text = say("error.field", who=WHO, field=field, said=more)
        text = text if field else say("error.input", who=WHO, said=more)
        return InvalidInput(text, field=field, **about)
    return None


PROVIDER = Provider(
    name=NAME,
    title="OpenAI",
    models=(*MODELS, *write_rows.MODELS),
    payload=payload,
    submit=submit,
    write=chat.write,
    explain=explain,
    key_names=("OPENAI_API_KEY",),
    key_header="X-OpenAI-Key",
    key_url="https://platform.openai.com/api-keys",
    bases={BASE: "https://api.openai.com/v1"},
    keeps="OpenAI answers with the picture or the text itself; its data policy for API requests "
    "holds.",
)
