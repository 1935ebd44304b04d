"""Replicate: predictions. Create one, ask after it, cancel it; one POST creates it.

The SDK's own waiting returns None for unfinished and cancelled jobs, so it is used only for the
single calls, through our transport; the raw answer is read because the SDK's type lacks the
status "aborted". Source: replicate 1.0.7 and Replicate's OpenAPI description of 2026-04.
"""

from __future__ import annotations

import re
from typing import Any

from replicate.client import Client

from easel.providers.client import Access, Answer, read_json, timeouts
from easel.providers.errors import (
    InvalidInput,
    ProviderFailed,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from easel.providers.models.replicate import MODELS
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

NAME = "replicate"
BASE = "REPLICATE_BASE_URL"
REFUSAL = re.compile(r"\(E005\)|flagged as sensitive|nsfw|safety|moderation", re.IGNORECASE)
STEP = re.compile(r"(\d{1,3})%\|")


def payload(request: GenerationRequest) -> dict[str, Any]:
    """The model's input as Replicate names it; exact pixels need size "custom" beside them."""
    body = {"prompt": request.prompt, **wired(request)}
    resolution = request.model.param("resolution")
    if "width" in request.settings and resolution and resolution.wire == "size":
        body["size"] = "custom"
    return body


def status(body: dict[str, Any]) -> Progress:
    """Where a prediction stands; raises when it ended without a picture."""
    state, words = body.get("status"), str(body.get("error") or "").strip()
    about: dict[str, Any] = {"provider": NAME, "upstream_id": str(body.get("id", ""))}
    if state == "succeeded":
        return images(body)
    if state == "failed" and REFUSAL.search(words):
        raise Refused(f"Replicate's moderation refused: {words}", created=True, **about)
    if state in ("failed", "aborted"):
        said = f": {words}" if words else "."
        raise ProviderFailed(f"The prediction {state}{said}", **about)
    if state == "canceled":
        raise ProviderFailed("The prediction was canceled at Replicate.", **about)
    if state == "starting":
        return Queued(message="starting")
    lines = str(body.get("logs") or "").replace("\r", "\n").strip().splitlines()
    steps = STEP.findall(lines[-1]) if lines else []
    return Running(lines[-1].strip() if lines else "", int(steps[-1]) / 100 if steps else None)


def images(body: dict[str, Any]) -> Done:
    """The pictures of a finished prediction; a success without one is a refusal in words."""
    output = body.get("output")
    urls = [output] if isinstance(output, str) else list(output or [])
    about: dict[str, Any] = {"provider": NAME, "upstream_id": str(body.get("id", ""))}
    if body.get("data_removed"):
        raise ResultLost("Replicate has already deleted this result.", **about)
    if not urls:
        raise Refused("The model answered without a picture.", created=True, **about)
    pictures = tuple(Picture(url=str(url)) for url in urls)
    return Done(pictures, upstream_id=str(body.get("id", "")))


async def submit(request: GenerationRequest, access: Access) -> Handle:
    """Create the prediction, with one POST."""
    path = f"/v1/models/{request.model.endpoint}/predictions"
    answer = await _client(access)._async_request("POST", path, json={"input": payload(request)})
    body = read_json(answer, NAME, paid=True)
    if not body.get("id"):
        raise UnknownOutcome("Replicate took the request and named no job.", provider=NAME)
    return Handle(str(body["id"]))


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask where the prediction stands."""
    answer = await _client(access)._async_request("GET", f"/v1/predictions/{handle.id}")
    return status(read_json(answer, NAME, paid=False))


async def cancel(request: GenerationRequest, handle: Handle, access: Access) -> str:
    """Ask Replicate to stop the prediction; its word for what became of it."""
    path = f"/v1/predictions/{handle.id}/cancel"
    answer = await _client(access)._async_request("POST", path)
    state = read_json(answer, NAME, paid=False).get("status", "unknown")
    return f"Replicate's status is now {state!r}; the time it ran may be charged."


def explain(answer: Answer) -> StudioError | None:
    """Replicate's own failures: an input that does not validate, a prediction that is gone."""
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    if answer.status == 422:
        fields = answer.body.get("invalid_fields") or [{}]
        field = str(fields[0].get("field", "")).rpartition(".")[2] if fields else ""
        return InvalidInput(
            f"Replicate does not take {field or 'this'}: {answer.words}", field=field, **about
        )
    if answer.status == 404 and answer.method == "GET":
        return ResultLost("Replicate no longer knows this prediction.", **about)
    return None


def _client(access: Access) -> Client:
    """The SDK's client over our way out."""
    return Client(
        api_token=access.key,
        base_url=access.bases[BASE],
        timeout=timeouts(),
        transport=access.transport,
    )


PROVIDER = Provider(
    name=NAME,
    title="Replicate",
    models=MODELS,
    payload=payload,
    submit=submit,
    poll=poll,
    cancel=cancel,
    explain=explain,
    key_names=("REPLICATE_API_TOKEN",),
    key_header="X-Replicate-Token",
    key_url="https://replicate.com/account/api-tokens",
    bases={BASE: "https://api.replicate.com"},
    keeps="Replicate deletes prompts, pictures and logs of API predictions after one hour.",
)
