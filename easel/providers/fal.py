"""fal: a queue. Submit, ask for the status, fetch the result; a job can be cancelled.

fal_client re-sends a submission up to ten times, so the one POST is ours; its
`AsyncRequestHandle` carries the rest of the protocol, through our transport (which leaves it
nothing to retry). Source: fal_client 1.0.3 and docs.fal.ai, read 2026-11-21.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx
from fal_client.client import AsyncRequestHandle, Completed, InProgress
from fal_client.client import Queued as InQueue

from easel.providers.client import Access, Answer, read_json
from easel.providers.errors import (
    InvalidInput,
    NoCredit,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from easel.providers.models.fal import MODELS
from easel.providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Progress,
    Provider,
    Queued,
    Running,
)
from easel.providers.wire import wired

NAME = "fal"
BASE = "FAL_BASE_URL"
LATE_REFUSAL = "Change it and try again; fal may charge for the time the job ran."
OWN_DOMAINS = (".fal.run", ".falrun.com")
# Results lie on a public CDN; fal is asked to drop them after a day instead of its usual week.
# https://docs.fal.ai/model-apis/media-expiration, read 2026-11-21.
LIFECYCLE = {"X-Fal-Object-Lifecycle-Preference": '{"expiration_duration_seconds": 86400}'}


def payload(request: GenerationRequest) -> dict[str, Any]:
    """The model's arguments as fal names them; width and height become image_size."""
    size = {side: v for side, v in request.settings.items() if side in ("width", "height")}
    packed = {"image_size": size} if size else {}
    return {"prompt": request.prompt, **wired(request, packed="image_size"), **packed}


def progress(status: object) -> Progress | None:
    """Where a job stands, or None when its result can be fetched."""
    if isinstance(status, InQueue):
        return Queued(status.position)
    if isinstance(status, InProgress):
        lines = status.logs or [{}]
        return Running(str(lines[-1].get("message", "")))
    if isinstance(status, Completed) and status.error:
        raise ProviderFailed(
            f"fal could not finish the job: {status.error}.",
            provider=NAME,
            advice="fal does not charge for failures of its own; try again.",
        )
    return None


def images(body: dict[str, Any], handle: Handle) -> Done:
    """The pictures of a finished job; a blacked-out or missing one is a refusal."""
    found = body.get("images") or ([body["image"]] if body.get("image") else [])
    pictures = tuple(Picture(url=str(image["url"])) for image in found if image.get("url"))
    if any(body.get("has_nsfw_concepts") or ()):
        raise Refused("fal blacked the picture out as unsafe.", provider=NAME, created=True)
    if not pictures:
        words = str(body.get("description") or "").strip()
        raise Refused(f"fal made no picture{_said(words)}", provider=NAME, created=True)
    seed = body.get("seed")
    return Done(
        pictures,
        seed=seed if isinstance(seed, int) else None,
        upstream_id=handle.id,
        warnings=_text_beside(body),
    )


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Put the job in fal's queue, with one POST."""
    url = f"{access.bases[BASE]}/{request.model.endpoint}"
    answer = await _client(access).post(url, json=payload(request), headers=LIFECYCLE)
    body = read_json(answer, NAME, paid=True)
    if not body.get("request_id"):
        raise UnknownOutcome("fal took the request and named no job.", provider=NAME)
    kinds = ("status", "response", "cancel")
    urls = {kind: str(body[f"{kind}_url"]) for kind in kinds if body.get(f"{kind}_url")}
    return Handle(str(body["request_id"]), urls)


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the job stands; when it is complete, fetch its result."""
    job = _job(request, handle, access)
    try:
        where = progress(await job.status(with_logs=True))
    except (KeyError, ValueError):
        # A status or a shape this SDK does not know: the job may well be running.
        return Running()
    if where is not None:
        return where
    answer = await job.client.get(job.response_url)
    return images(read_json(answer, NAME, paid=False), handle)


async def cancel(request: GenerationRequest, handle: Handle, access: Access) -> str:
    """Ask fal to stop the job; fal's word for what became of it."""
    try:
        await _job(request, handle, access).cancel()
    except InvalidInput as late:
        return late.message
    return "fal took the cancellation."


def explain(answer: Answer) -> StudioError | None:
    """fal's own failures: moderation, an exhausted balance, a model's error on a result."""
    detail = answer.body.get("detail")
    first = detail[0] if isinstance(detail, list) and detail else {}
    kind = str(first.get("type", "")) if isinstance(first, dict) else ""
    kind = kind or str(answer.body.get("error_type") or answer.headers.get("x-fal-error-type", ""))
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    created = True if answer.method == "GET" else None
    if kind in ("content_policy_violation", "no_media_generated"):
        return Refused(f"fal's moderation refused{_said(answer.words)}", created=created, **about)
    if answer.status == 403 and "balance" in answer.words.lower():
        return NoCredit(f"fal says: {answer.words}", **about)
    if answer.method == "GET" and kind and answer.status >= 499:
        free = "fal does not charge for failures of its own; try again."
        return ProviderFailed(f"fal's job failed{_said(answer.words)}", advice=free, **about)
    if answer.method == "GET" and answer.status == 404:
        return ResultLost("fal no longer knows this job.", **about)
    if answer.status == 422:
        where = first.get("loc", ()) if isinstance(first, dict) else ()
        field = str(where[-1]) if where else ""
        message = f"fal does not take {field or 'this'}{_said(answer.words)}"
        advice = LATE_REFUSAL if answer.method == "GET" else ""
        return InvalidInput(message, field=field, created=created, advice=advice, **about)
    return None


def _client(access: Access) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Key {access.key}"})


def _job(request: GenerationRequest, handle: Handle, access: Access) -> AsyncRequestHandle:
    """The SDK's handle; an address that leads off fal is replaced by the documented one."""
    owner, alias = request.model.endpoint.split("/")[:2]
    usual = f"{access.bases[BASE]}/{owner}/{alias}/requests/{handle.id}"
    paths = {"status": f"{usual}/status", "response": usual, "cancel": f"{usual}/cancel"}
    home = urlsplit(access.bases[BASE]).netloc
    for kind, url in handle.urls.items():
        host = urlsplit(url).netloc
        if host == home or (url.startswith("https:") and host.endswith(OWN_DOMAINS)):
            paths[kind] = url
    return AsyncRequestHandle(
        handle.id, paths["response"], paths["status"], paths["cancel"], client=_client(access)
    )


def _text_beside(body: dict[str, Any]) -> tuple[str, ...]:
    words = str(body.get("description") or "").strip()
    return (f"The model adds: {words}",) if words else ()


def _said(words: str) -> str:
    return f": {words}" if words else "."


PROVIDER = Provider(
    name=NAME,
    title="fal",
    models=MODELS,
    payload=payload,
    submit=submit,
    poll=poll,
    cancel=cancel,
    explain=explain,
    key_names=("FAL_KEY", "FAL_API_KEY"),
    key_header="X-Fal-Key",
    key_url="https://fal.ai/dashboard/keys",
    bases={BASE: "https://queue.fal.run"},
    keeps="Results lie on fal's public CDN, open to anyone who has the address; Easel asks fal to "
    "drop them after one day (fal's usual time is at least seven). fal keeps the request itself.",
)
