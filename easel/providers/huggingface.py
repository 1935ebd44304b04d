"""Hugging Face Inference Providers: the hub says who serves a model, the router passes it on.

huggingface_hub knows each serving provider's payload and route, and those are used; its
`text_to_image` is not, because it looks models up with the operator's token and caches the
answer until restart, sends a key without the prefix "hf_" straight to third parties, downloads
without a deadline and decodes the picture. Answers are one picture, at once; there is no queue
and no cancel. Source: huggingface_hub 2.4.0 and its recordings, read 2026-11-21.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
from huggingface_hub.hf_api import InferenceProviderMapping
from huggingface_hub.inference._providers import PROVIDERS as SERVING
from huggingface_hub.inference._providers._common import TaskProviderHelper

from easel.providers.client import Access, Answer, read_json
from easel.providers.errors import (
    NoCredit,
    NotAvailable,
    ProviderFailed,
    Refused,
    StudioError,
    UnknownOutcome,
)
from easel.providers.models.huggingface import MODELS
from easel.providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Model,
    Picture,
    Progress,
    Provider,
    Running,
)
from easel.providers.wire import wired

NAME = "huggingface"
HUB = "HF_ENDPOINT"
ROUTER = "HF_ROUTER_URL"
TASK = "text-to-image"
MAPPING_SECONDS = 300.0
REFUSAL = ("content_policy", "nsfw", "safety", "moderation")


@dataclass(frozen=True, slots=True)
class Serving:
    """Who serves a model now, and the name it has there."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """The hub's answer and when it was given, in seconds of the monotonic clock."""

    at: float
    serving: Serving | None


def payload(request: GenerationRequest) -> dict[str, Any]:
    """The parameters by Hugging Face's names; the serving provider's form is made on sending."""
    return {"inputs": request.prompt, "parameters": wired(request)}


async def serving(model: Model, access: Access) -> Serving | None:
    """Who serves the model, read from the hub with the caller's own token; None for nobody.

    Remembered for five minutes per model and caller. Raises `StudioError` when the hub cannot
    be asked.
    """
    caller = hashlib.sha256(access.key.encode()).hexdigest()
    known: LookUp | None = access.memory.get((NAME, model.endpoint, caller))
    if known and monotonic() - known.at < MAPPING_SECONDS:
        return known.serving
    url = f"{access.bases[HUB]}/api/models/{model.endpoint}"
    answer = await _client(access, 15).get(url, params={"expand": "inferenceProviderMapping"})
    found = pick(read_json(answer, NAME, paid=False))
    access.memory[NAME, model.endpoint, caller] = LookUp(monotonic(), found)
    return found


def pick(body: dict[str, Any]) -> Serving | None:
    """The first provider that serves the model live and whose protocol is known here."""
    mapping = body.get("inferenceProviderMapping") or {}
    if isinstance(mapping, list):
        mapping = {entry.get("provider"): entry for entry in mapping}
    for provider, entry in mapping.items():
        live = entry.get("status") == "live" and entry.get("task") == TASK
        if live and TASK in SERVING.get(provider, {}):
            return Serving(provider, str(entry["providerId"]))
    return None


async def serves(model: Model, access: Access) -> str:
    """Why the model cannot be had from Hugging Face right now, or "" when it can."""
    if await serving(model, access) is None:
        return "No provider serves this model on Hugging Face at present."
    return ""


async def submit(request: GenerationRequest, access: Access) -> Handle | Done:
    """Send the request through the router, with one POST."""
    server = await serving(request.model, access)
    if server is None:
        raise NotAvailable(await serves(request.model, access), provider=NAME, created=False)
    helper = SERVING[server.provider][TASK]  # type: ignore[index]
    headers = {"Accept": "image/png"} | (
        {"Prefer": "wait"} if server.provider == "replicate" else {}
    )
    client = _client(access, request.model.seconds, headers)
    url = f"{access.bases[ROUTER]}/{server.provider}/{_route(helper, server)}"
    answer = await client.post(url, json=_body(helper, server, request))
    if answer.headers.get("content-type", "").startswith("image/"):
        return Done((Picture(data=answer.content),))
    return result(read_json(answer, NAME, paid=True), server)


async def poll(request: GenerationRequest, handle: Handle, access: Access) -> Progress:
    """Ask after a job that the serving provider queued."""
    answer = await _client(access).get(access.bases[ROUTER] + handle.urls["get"])
    found = result(read_json(answer, NAME, paid=False), Serving(handle.urls["server"], ""))
    return found if isinstance(found, Done) else Running()


def result(body: dict[str, Any], server: Serving) -> Handle | Done:
    """The picture in any serving provider's answer, or a handle where it is not ready."""
    data = body.get("data")
    envelope = data if isinstance(data, dict) else body
    state, words = str(envelope.get("status", "")), str(envelope.get("error") or "")
    job = str(envelope.get("id", ""))
    if state in ("failed", "canceled", "cancelled", "aborted"):
        kind = Refused if any(word in words.lower() for word in REFUSAL) else ProviderFailed
        raise kind(
            f"{server.provider} {state}: {words}", provider=NAME, upstream_id=job, created=True
        )
    pictures = _pictures(body, envelope)
    if pictures:
        seed = body.get("seed")
        return Done(pictures[:1], seed=seed if isinstance(seed, int) else None, upstream_id=job)
    path = urlsplit(str((envelope.get("urls") or {}).get("get", ""))).path
    if job and path and state not in ("succeeded", "completed"):
        start = path.find("/v1/") if server.provider == "replicate" else path.find("/api/v3/")
        urls = {"get": f"/{server.provider}{path[max(start, 0) :]}", "server": server.provider}
        return Handle(job, urls)
    if state in ("succeeded", "completed") or "images" in body or "data" in body:
        raise Refused(f"{server.provider} made no picture.", provider=NAME, created=True)
    raise UnknownOutcome(f"{server.provider} answered without a picture.", provider=NAME)


def explain(answer: Answer) -> StudioError | None:
    """The router's own failures, and those it passes on from the serving provider."""
    words = answer.words.lower()
    about: dict[str, Any] = {"provider": NAME, "status": answer.status}
    if answer.method == "POST" and any(word in answer.text.lower() for word in REFUSAL):
        return Refused(f"The serving provider refused: {answer.words}", **about)
    if "monthly" in words and "credits" in words:
        return NoCredit("Hugging Face's monthly credits are used up.", **about)
    if answer.status == 503 and "loading" in words:
        return NotAvailable(f"Hugging Face: {answer.words}", created=False, **about)
    return None


def _pictures(body: dict[str, Any], envelope: dict[str, Any]) -> tuple[Picture, ...]:
    """Every picture in the answer, by address or as base64."""
    found: list[Picture] = []
    output = envelope.get("output") or envelope.get("outputs") or ()
    entries = [*(body.get("images") or ())]
    entries += body["data"] if isinstance(body.get("data"), list) else []
    entries += [output] if isinstance(output, str) else list(output)
    for entry in entries:
        item = {"url": entry} if isinstance(entry, str) else entry
        if item.get("url"):
            found.append(Picture(url=str(item["url"])))
        elif text := item.get("b64_json") or item.get("image"):
            found.append(Picture(data=base64.b64decode(str(text))))
    return tuple(found)


def _route(helper: TaskProviderHelper, server: Serving) -> str:
    """The path below the router; hf-inference alone keeps its own outside the SDK's routes."""
    if server.provider == "hf-inference":
        return f"models/{server.model}"
    return helper._prepare_route(server.model, "").lstrip("/")


def _body(helper: TaskProviderHelper, server: Serving, request: GenerationRequest) -> Any:
    """The request in the serving provider's own form, as the SDK writes it."""
    mapping = InferenceProviderMapping(  # type: ignore[no-untyped-call]
        provider=server.provider,
        hf_model_id=request.model.endpoint,
        providerId=server.model,
        status="live",
        task=TASK,
    )
    return helper._prepare_payload_as_dict(
        request.prompt, wired(request), provider_mapping_info=mapping
    )


def _client(
    access: Access, seconds: float = 60.0, headers: dict[str, str] | None = None
) -> httpx.AsyncClient:
    return access.client({"Authorization": f"Bearer {access.key}", **(headers or {})}, seconds)


PROVIDER = Provider(
    name=NAME,
    title="Hugging Face",
    models=MODELS,
    payload=payload,
    submit=submit,
    poll=poll,
    serves=serves,
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
    bases={HUB: "https://huggingface.co", ROUTER: "https://router.huggingface.co"},
    keeps="Hugging Face passes the request on to the provider that serves the model, named in the "
    "receipt; that provider's own rules hold.",
)
