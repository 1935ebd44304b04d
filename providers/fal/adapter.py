"""fal: a queue. Submit, ask for the status, fetch the result; a job can be cancelled.

fal_client re-sends a submission up to ten times, so the one POST is ours; its
`AsyncRequestHandle` carries the rest of the protocol, through our transport (which leaves it
nothing to retry), fed with the fields it breaks without. Source: fal_client 1.0.3 and
docs.fal.ai, read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import httpx
from fal_client import AsyncRequestHandle, Completed, InProgress
from fal_client import Queued as InQueue

from errors import (
    InvalidInput,
    NoCredit,
    NotAvailable,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from i18n import say
from providers.fal import edit_rows, face_rows, text_answers, upscale_rows, write_rows
from providers.fal.create_rows import MODELS
from providers.fal.fal_fixes import read_status
from providers.fal.files import LIFECYCLE, hand_in, is_own
from providers.http.answers import Answer
from providers.http.bounds import RESULT
from providers.http.client import Access
from providers.http.json_reading import (
    field_name,
    flags,
    job_id,
    name,
    record,
    rows,
    said,
    sentence,
    state,
    whole,
)
from providers.payload import briefed, pictured, prompted, wired
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Progress,
    Provider,
    Queued,
    Running,
    Task,
)

NAME = "fal"
BASE = "FAL_BASE_URL"
REFUSALS = ("content_policy_violation", "no_media_generated")


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The model's arguments as fal names them; width and height become image_size."""
    size = {side: v for side, v in request.settings.items() if side in ("width", "height")}
    packed = {"image_size": size} if size else {}
    pictures = pictured(request.model, addresses)
    said = {**prompted(request), **briefed(request)}
    return {**said, **pictures, **wired(request, packed="image_size"), **packed}


def progress(status: object) -> Progress | None:
    """Where a job stands, or None when its result can be fetched."""
    if isinstance(status, InQueue):
        return Queued(whole(status.position))
    if isinstance(status, InProgress):
        return Running()
    if isinstance(status, Completed) and status.error:
        raise _failed(sentence(status.error), name(status.error_type))
    return None


def images(body: dict[str, Any], handle: Handle) -> Done:
    """The pictures of a finished job; one blacked out is left out, none at all is a refusal."""
    about: dict[str, Any] = {"provider": NAME, "upstream_id": handle.id, "created": True}
    told = sentence(body.get("description"))
    found = rows(body.get("images")) or [one for one in [body.get("image")] if one]
    urls = [name(record(each).get("url")) for each in found]
    if not found:
        if not {"images", "image", "description"} & body.keys():
            raise ResultLost(say("error.unreadable", who="fal"), **about)
        raise Refused(say("error.no_picture", who="fal", said=said(told)), **about)
    if not any(urls):
        raise ResultLost(say("error.unreadable", who="fal"), **about)
    black = flags(body.get("has_nsfw_concepts"), len(urls))
    kept = [url for url, unsafe in zip(urls, black, strict=True) if url and not unsafe]
    if not kept:
        raise Refused(say("error.unsafe", who="fal"), **about)
    notes = [say("note.model_adds", words=told)] if told else []
    if any(black):
        notes.append(say("note.unsafe", who="fal", count=sum(black), total=len(urls)))
    return Done(
        tuple(Picture(url=url) for url in kept),
        seed=whole(body.get("seed")),
        upstream_id=handle.id,
        warnings=tuple(notes),
    )


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Put the job in fal's queue, with one POST."""
    url = f"{access.bases[BASE]}/{request.model.endpoint}"
    sent = payload(request, await hand_in(request.pictures, access))
    answer = await _client(access).post(url, json=sent, headers=LIFECYCLE)
    body = await access.json(answer, paid=True)
    job = job_id(body.get("request_id"))
    if not job:
        raise UnknownOutcome(say("error.no_job", who="fal"), provider=NAME)
    kinds = ("status", "response", "cancel")
    urls = {kind: name(body.get(f"{kind}_url")) for kind in kinds}
    return Handle(job, {kind: url for kind, url in urls.items() if url})


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the job stands; when it is complete, fetch its result."""
    job = _job(request, handle, access)
    # Without the log: a model may write megabytes of it, and fal sends all of it each time.
    answer = await job.client.get(job.status_url)
    # A status that the SDK does not know says that the job goes on.
    told = await access.json(answer, paid=False)
    try:
        where = progress(read_status(job, told))
    except ValueError:
        return Running(unknown=state(told.get("status")))
    if where is not None:
        return where
    answer = await job.client.get(job.response_url, extensions=RESULT.mark)
    body = await access.json(answer, paid=False)
    writing = request.model.task is Task.PROMPT_WRITING
    return text_answers.written(body, handle) if writing else images(body, handle)


async def cancel(request: GenerationRequest, handle: Handle, access: Access) -> str:
    """Ask fal to stop the job; fal's word for what became of it."""
    job = _job(request, handle, access)
    try:
        # The SDK's own call takes any page for a confirmation.
        answer = await access.json(await job.client.put(job.cancel_url), paid=False)
    except StudioError as error:
        if error.status == 400:
            return say("note.cancel.late", who="fal")
        if error.status == 404:
            return say("note.cancel.gone", who="fal")
        raise
    late = answer.get("status") == "ALREADY_COMPLETED"
    return say("note.cancel.late" if late else "note.cancel.taken", who="fal")


def explain(answer: Answer) -> StudioError | None:
    """fal's own failures: moderation, an exhausted balance, a model's error on a result."""
    first = record(next(iter(rows(answer.body.get("detail"))), None))
    kind = name(first.get("type")) or name(answer.body.get("error_type"))
    kind = kind or answer.headers.get("x-fal-error-type", "")
    more = said(answer.words)
    asked = answer.method == "GET"
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    if answer.status in (400, 422) and kind in REFUSALS:
        created = True if asked else None
        return Refused(say("error.refused", who="fal", said=more), created=created, **about)
    if answer.status == 403 and "balance" in answer.words.lower():
        return NoCredit(say("error.no_credit", who="fal", said=more), **about)
    if asked and answer.status == 404:
        return ResultLost(say("error.job_gone", who="fal"), **about)
    if asked and answer.status == 400 and "in progress" in answer.words:
        return NotAvailable(say("error.not_yet", who="fal"), **about)
    if asked and kind and answer.status >= 499 and not answer.path.endswith("/status"):
        return _failed(answer.words, kind, answer.status)
    if answer.status == 422:
        return _invalid(first, more, asked)
    return None


def _invalid(first: dict[str, Any], more: str, asked: bool) -> InvalidInput:
    """What the model finds wrong with the request; fal tells it with the result at the latest."""
    where = rows(first.get("loc"))
    field = field_name(where[-1]) if where else ""
    text = say("error.field", who="fal", field=field, said=more)
    return InvalidInput(
        text if field else say("error.input", who="fal", said=more),
        field=field,
        provider=NAME,
        status=422,
        created=True if asked else None,
        advice=say("error.fal.late.advice") if asked else "",
    )


def _failed(words: str, kind: str, status: int | None = None) -> StudioError:
    """A job that fal could not finish, or would not."""
    about: dict[str, Any] = {"provider": NAME, "status": status, "created": True}
    if kind in REFUSALS:
        return Refused(say("error.refused", who="fal", said=said(words)), **about)
    text = say("error.failed", who="fal", said=said(words))
    return ProviderFailed(text, free=True, advice=say("error.fal.failed.advice"), **about)


def _client(access: Access) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Key {access.key}"})


def _job(request: GenerationRequest, handle: Handle, access: Access) -> AsyncRequestHandle:
    """The SDK's handle; an address that leads off fal, or to anything else than this job, is
    replaced by the documented one."""
    owner, alias = request.model.endpoint.split("/")[:2]
    usual = f"{access.bases[BASE]}/{owner}/{alias}/requests/{quote(handle.id, safe='')}"
    paths = {"status": f"{usual}/status", "response": usual, "cancel": f"{usual}/cancel"}
    tails = {kind: url.removeprefix(usual.rpartition("/")[0]) for kind, url in paths.items()}
    paths |= {
        kind: url
        for kind, url in handle.urls.items()
        if is_own(url, access.bases[BASE]) and url.endswith(f"/requests{tails.get(kind, url)}")
    }
    return AsyncRequestHandle(
        handle.id, paths["response"], paths["status"], paths["cancel"], client=_client(access)
    )


PROVIDER = Provider(
    name=NAME,
    title="fal",
    models=(
        *MODELS,
        *edit_rows.MODELS,
        *face_rows.MODELS,
        *upscale_rows.MODELS,
        *write_rows.MODELS,
    ),
    payload=payload,
    submit=submit,
    poll=poll,
    cancel=cancel,
    explain=explain,
    also_called=("fal-ai",),
    key_names=("FAL_KEY", "FAL_API_KEY"),
    key_header="X-Fal-Key",
    key_url="https://fal.ai/dashboard/keys",
    bases={BASE: "https://queue.fal.run"},
    keeps="Results lie on fal's public CDN, open to anyone who has the address; Easel asks fal to "
    "drop them after one day (fal's usual time is at least seven). fal keeps the request itself, "
    "with the pictures in it; large pictures lie on the same CDN, for one hour.",
)
