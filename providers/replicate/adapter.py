"""Replicate: predictions. Create one, ask after it, cancel it; one POST creates it.

The SDK's own waiting returns None for unfinished and cancelled jobs, so it is used only for the
single calls, through our transport; the raw answer is read because the SDK's type lacks the
status "aborted". Source: replicate 1.0.7 and Replicate's OpenAPI description of 2026-04.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from errors import (
    InvalidInput,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from i18n import say
from providers.http.answers import Answer
from providers.http.bounds import LIST
from providers.http.client import Access
from providers.http.json_reading import (
    amount,
    field_name,
    job_id,
    name,
    record,
    refused,
    rows,
    said,
    sentence,
)
from providers.http.json_reading import state as stated
from providers.payload import briefed, pictured, prompted, wired
from providers.replicate import edit_rows, face_rows, text_answers, upscale_rows, write_rows
from providers.replicate.create_rows import MODELS
from providers.replicate.files import (
    NAME,
    WHO,
    bounds,
    forget,
    hand_in,
    places,
)
from providers.replicate.replicate_fixes import BASE, call
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Price,
    Progress,
    Provider,
    Queued,
    Running,
    Task,
)

GOING = ("processing", "queued")
STEP = re.compile(r"(\d{1,3})%\|")
ADDRESS = ("https:", "http:", "data:")
LOG_END = 2000  # characters
CLOCK_SKEW = timedelta(seconds=30)


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The model's input as Replicate names it; exact pixels need size "custom" beside them."""
    said = {**prompted(request), **briefed(request)}
    body = {**said, **pictured(request.model, addresses), **wired(request)}
    resolution = request.model.param("resolution")
    if "width" in request.settings and resolution and resolution.wire == "size":
        body["size"] = "custom"
    return body


def status(body: dict[str, Any], task: Task = Task.TEXT_TO_IMAGE) -> Progress:
    """Where a prediction stands; raises when it ended without a result."""
    writing = task is Task.PROMPT_WRITING
    state, words = body.get("status"), sentence(body.get("error"))
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job_id(body.get("id"))}
    if state == "succeeded":
        return text_answers.written(body) if writing else images(body)
    if state == "failed" and refused(words):
        raise Refused(say("error.refused", who=WHO, said=said(words)), created=True, **about)
    if state in ("failed", "aborted"):
        raise ProviderFailed(say("error.failed", who=WHO, said=said(words)), **about)
    if state == "canceled":
        raise ProviderFailed(say("error.canceled", who=WHO), **about)
    if state == "starting":
        return Queued(message="starting")
    unknown = "" if state in GOING else stated(state)
    if writing:
        return Running(text=text_answers.so_far(body), unknown=unknown)
    return replace(_running(body.get("logs")), unknown=unknown)


def images(body: dict[str, Any]) -> Done:
    """The pictures of a finished prediction; a success without one is a refusal in words."""
    output = body.get("output")
    found = [name(each) for each in (output if isinstance(output, list) else [output])]
    urls = [each for each in found if each.startswith(ADDRESS)]
    about: dict[str, Any] = {"provider": NAME, "upstream_id": job_id(body.get("id"))}
    if body.get("data_removed") is True:
        raise ResultLost(say("error.job_gone", who=WHO), **about)
    if not urls and record(output):
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    if not urls:
        words = said(sentence(output))
        raise Refused(say("error.no_picture", who=WHO, said=words), created=True, **about)
    return Done(tuple(Picture(url=url) for url in urls), upstream_id=about["upstream_id"])


def charged(body: dict[str, Any], price: Price) -> Decimal | None:
    """What the tokens or the seconds of a prediction come to, where the model is priced by them."""
    if price.per == "token":
        return text_answers.charged(body, price)
    seconds = amount(record(body.get("metrics")).get("predict_time"))
    if price.per != "second" or price.usd is None or seconds is None:
        return None
    return price.usd * seconds


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Create the prediction, with one POST; large pictures are uploaded before, and deleted
    again where there is proof that nothing was created."""
    try:
        await hand_in(request.pictures, access)
        job = await _create(request, access)
    except StudioError as error:
        if error.created is False:
            await forget(places(access.addresses), access)
        raise
    return Handle(job, places(access.addresses))


async def _create(request: GenerationRequest, access: Access) -> str:
    """The id of the prediction that one POST creates."""
    body: dict[str, Any] = {"input": payload(request, access.addresses)}
    model, _, version = request.model.endpoint.partition(":")
    if version:  # a community model is asked for by its version
        path, body["version"] = "/v1/predictions", version
    else:
        path = f"/v1/models/{model}/predictions"
    answer = await call(access, "POST", path, json=body, extensions=bounds(request, 110.0))
    job = job_id((await access.json(answer, paid=True)).get("id"))
    if not job:
        raise UnknownOutcome(say("error.no_job", who=WHO), provider=NAME)
    return job


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the prediction stands; when it has ended, its uploads are deleted."""
    answer = await call(access, "GET", _path(handle), extensions=bounds(request, 30.0))
    body = await access.json(answer, paid=False)
    try:
        found = status(body, request.model.task)
    except (Refused, ProviderFailed, ResultLost):
        await forget(handle.urls, access)
        raise
    if isinstance(found, Done):
        await forget(handle.urls, access)
        paid = charged(body, request.model.price)
        return replace(found, charged=paid, upstream_id=handle.id)
    return found


async def cancel(request: GenerationRequest, handle: Handle, access: Access) -> str:
    """Ask Replicate to stop the prediction; its word for what became of it."""
    place, marks = f"{_path(handle)}/cancel", bounds(request, 30.0)
    answer = await call(access, "POST", place, extensions=marks)
    state = sentence((await access.json(answer, paid=False)).get("status"))
    await forget(handle.urls, access)
    if state == "succeeded":
        return say("note.cancel.late", who=WHO)
    return say("note.cancel.replicate", status=state or "?")


async def find(request: GenerationRequest, since: datetime, access: Access) -> Handle | None:
    """The one recent prediction of the account with this model and this input; None when
    there is none, or more than one, which nobody could tell apart. The addresses of pictures are
    part of the input: where they are forgotten, nothing is found."""
    if request.model.slots and not access.addresses:
        return None
    answer = await call(access, "GET", "/v1/predictions", extensions=LIST.mark)
    listed = rows((await access.json(answer, paid=False)).get("results"))
    wanted, oldest = payload(request, access.addresses), since - CLOCK_SKEW
    model = request.model.endpoint.partition(":")[0]
    fitting = [
        job_id(row.get("id"))
        for row in map(record, listed)
        if row.get("model") == model
        and _holds(record(row.get("input")), wanted)
        and _moment(row.get("created_at")) >= oldest
    ]
    if len(fitting) != 1 or not fitting[0]:
        return None
    return Handle(fitting[0], places(access.addresses))


def explain(answer: Answer) -> StudioError | None:
    """Replicate's own failures: an input that does not validate, a prediction that is gone."""
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    if answer.status == 422:
        first = record(next(iter(rows(answer.body.get("invalid_fields"))), None))
        field = field_name(name(first.get("field")).rpartition(".")[2])
        more = said(answer.words)
        text = say("error.field", who=WHO, field=field, said=more)
        text = text if field else say("error.input", who=WHO, said=more)
        return InvalidInput(text, field=field, **about)
    if answer.status == 404 and answer.method == "GET":
        return ResultLost(say("error.job_gone", who=WHO), **about)
    return None


def _running(logs: object) -> Running:
    """The last line of the log, and how far its progress bar has come. A log comes unasked, and
    however long it is: no more than its end is looked at."""
    lines = (
        (logs[-LOG_END:] if isinstance(logs, str) else "").replace("\r", "\n").strip().splitlines()
    )
    if not lines:
        return Running()
    steps = STEP.findall(lines[-1])
    return Running(sentence(lines[-1]), min(int(steps[-1]) / 100, 1.0) if steps else None)


def _holds(sent: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether all that was asked stands in an input; the service may add its own defaults."""
    return all(key in sent and sent[key] == value for key, value in wanted.items())


def _moment(text: object) -> datetime:
    """An ISO 8601 moment; the beginning of time where it is none."""
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _path(handle: Handle) -> str:
    return f"/v1/predictions/{quote(handle.id, safe='')}"


PROVIDER = Provider(
    name=NAME,
    title="Replicate",
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
    find=find,
    explain=explain,
    key_names=("REPLICATE_API_TOKEN",),
    key_header="X-Replicate-Token",
    key_url="https://replicate.com/account/api-tokens",
    bases={BASE: "https://api.replicate.com"},
    keeps="Replicate deletes prompts, pictures and logs of API predictions after one hour; Easel "
    "deletes uploaded pictures when the job has ended (Replicate would after 24 hours).",
)
