"""Hugging Face: the Hub (which provider serves which model) and the router to the providers."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from . import faults
from .chat import Chat, Wrong
from .fal import Fal
from .huggingface_wire import ERRORS, read_edit, shaped, worded
from .inputs import Received
from .ledger import Call, Fault, Job, Json, Ledger
from .pictures import Picture, paint
from .replicate import Replicate
from .schema import problems
from .service import Handler, Service, answer
from .wavespeed import WaveSpeed

SIZE = re.compile(r"^(\d{2,4})x(\d{2,4})$")
B64 = {"together": "base64", "nscale": "b64_json"}


class HuggingFace(Service):
    """hf-inference, together and nscale are spoken here; fal-ai, replicate and wavespeed are the
    other emulators, run under this account's key."""

    name = "huggingface"
    early_refusal = True

    def __init__(self, ledger: Ledger, origin: str, host: Service | None = None) -> None:
        super().__init__(ledger, origin, host)
        self.chat = Chat(self)
        self.replicate = Replicate(ledger, origin, self)
        self.fal = Fal(ledger, origin, self)
        self.wavespeed = WaveSpeed(ledger, origin, self)
        for guest in (self.replicate, self.fal):
            guest.early_refusal = False

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        api = "/router/wavespeed/api/v3"
        queue = "/router/fal-ai/{owner}/{alias}/requests/{id}"
        return [
            ("GET", "/hub/api/agent-harnesses", self.harnesses, "open"),
            ("GET", "/hub/api/whoami-v2", self.whoami, ""),
            ("GET", "/hub/api/models/{owner}/{name}", self.model, "mapping"),
            ("POST", "/router/hf-inference/models/{owner}/{name}", self.infer, "submit"),
            ("POST", "/router/v1/chat/completions", self.complete, "submit"),
            ("POST", "/router/{provider:together|nscale}/v1/images/generations",
             self.b64, "submit"),
            ("GET", queue + "/status", self.fal.status, "poll"),
            ("GET", queue, self.fal.result, "poll"),
            ("PUT", queue + "/cancel", self.fal.cancel, "cancel"),
            ("POST", "/router/fal-ai/{endpoint:(?!.*/requests/).+}", self.run, "submit"),
            ("POST", "/router/replicate/v1/models/{owner}/{name}/predictions",
             self.replicate.create, "submit"),
            ("POST", "/router/replicate/v1/predictions", self.replicate.create, "submit"),
            ("GET", api + "/predictions/{id}/result", self.wavespeed.get, "poll"),
            ("POST", api + "/{model:(?!predictions/).+}", self.wavespeed.create, "submit"),
        ]  # fmt: skip

    def error(self, status: int, details: Json) -> web.Response:
        """An HTTP error in the service's words."""
        text = details.get("detail", ERRORS[status].format(model=details.get("model", "X")))
        body: Json = {"error": text}
        if status == 503:
            body["estimated_time"] = 20
        if status == 422:
            body["error_type"] = "validation"
        head = {"X-Error-Message": text}
        if status == 429:
            head["RateLimit"] = f'"inference";r=0;t={details.get("retry_after") or 60}'
        return answer(body, status, head)

    def refuse(self, fault: Fault) -> web.Response:
        """The refusal of moderation."""
        text = fault.details.get("message", "NSFW content detected in the prompt.")
        return answer({"error": text}, 400, {"X-Error-Message": text})

    async def handle(
        self, request: web.Request, call: Call, handler: Handler, stage: str
    ) -> web.StreamResponse:
        """The Hub's pages are open; a key that is sent must be good all the same."""
        keyless = "Authorization" not in request.headers
        if "/fal-ai/" in request.path and "/requests/" in request.path:
            handler = handler if queued(request) else self.unrouted
        if stage == "open" or (keyless and request.path.startswith("/hub/api/models")):
            call.stage = stage
            fault = self.ledger.take(self.name, "mapping") if stage == "mapping" else None
            if fault:
                return await faults.strike(request, call, fault, self)
            return await handler(request, call)
        return await super().handle(request, call, handler, stage)

    async def run(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST to fal: to its queue with `_subdomain=queue`, to the synchronous host without."""
        handler = self.fal.submit if queued(request) else self.fal.run
        return await handler(request, call)

    async def unrouted(self, request: web.Request, call: Call) -> web.StreamResponse:
        """The synchronous host knows no requests."""
        return self.error(404, {})

    async def harnesses(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET what huggingface_hub asks for once a day."""
        return answer({})

    async def whoami(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the account of the token."""
        return answer({"type": "user", "name": "easel-tests", "auth": {"type": "access_token"}})

    def providers(self, model: str) -> Json | None:
        """The mapping in force for a model; None when there is no such model."""
        with self.ledger.lock:
            known = {**self.table["mappings"], **self.table["chat"]}
            found: Any = known.get(model)
            if model in self.ledger.mappings:
                found = self.ledger.mappings[model]
        if found is None:
            return None
        if isinstance(found, list):
            found = {item["provider"]: item for item in found}
        task = {"status": "live", "providerId": model, "task": "text-to-image"}
        return {name: {**task, **item} for name, item in found.items()}

    async def model(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET a model; with expand=inferenceProviderMapping only that."""
        model = "{owner}/{name}".format(**request.match_info)
        mapping = self.providers(model)
        if mapping is None and "Authorization" not in request.headers:
            return self.error(401, {})
        if mapping is None:
            head = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}
            return answer({"error": "Repository not found"}, 404, head)
        body: Json = {"_id": f"{abs(hash(model)):024x}"[:24], "id": model}
        expand = request.query.getall("expand", [])
        if "inferenceProviderMapping" in expand:
            if isinstance(self.ledger.mappings.get(model), list):
                return answer({**body, "inferenceProviderMapping": list((mapping or {}).values())})
            return answer({**body, "inferenceProviderMapping": mapping})
        task = next((row["task"] for row in (mapping or {}).values()), "text-to-image")
        return answer({**body, "modelId": model, "private": False, "gated": False,
                       "tags": ["diffusers", task], "pipeline_tag": task,
                       "library_name": "diffusers"})  # fmt: skip

    async def infer(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST to hf-inference: the picture's bytes, a JPEG whatever was asked, as recorded."""
        model = "{owner}/{name}".format(**request.match_info)
        served = (self.providers(model) or {}).get("hf-inference")
        if served is None:
            return self.error(404, {"detail": f"Model {model} is not supported by hf-inference"})
        given, received, said = call.body, [], ""
        if served["task"] == "image-to-image":
            try:
                given, picture = read_edit(call.body, request.content_type, self.table["edit"])
                received = [picture]
            except ValueError as wrong:
                said = str(wrong)
        else:
            said = self.check(call.body)
        if said:
            return self.error(422, {"detail": f"Input validation error: {said}"})
        job = await self.done(request, call, model, given, received)
        if isinstance(job, web.Response):
            return job
        made: Picture | None = job.pictures[0] if job.pictures else None
        body = await asyncio.to_thread(made.encode) if made else b""
        headers = {"x-compute-type": "gpu", "x-compute-time": f"{job.pace.delay:.3f}",
                   "x-request-id": job.id}  # fmt: skip
        return web.Response(body=body, content_type="image/jpeg", headers=headers)

    def check(self, body: Any) -> str:
        """What is wrong with a payload for hf-inference, or ""."""
        if not isinstance(body, dict) or not isinstance(body.get("inputs"), str):
            return "`inputs` must be a string"
        extra = [name for name in body if name not in ("inputs", "parameters")]
        given = body.get("parameters") or {}
        if extra or not isinstance(given, dict):
            return f"unknown field `{extra[0]}`" if extra else "`parameters` must be an object"
        for problem in problems(given, self.table["parameters"]):
            return worded(problem)
        return ""

    async def complete(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a chat to whoever serves the model: org/name, or org/name:server."""
        try:
            told, words, received = self.chat.check(call.body)
        except Wrong as wrong:
            field, said = wrong.args
            return shaped(said, field)
        model, _, server = call.body["model"].partition(":")
        serving = [
            name for name, row in (self.providers(model) or {}).items()
            if row["status"] == "live" and row["task"] == "conversational"
        ]  # fmt: skip
        if not serving or (server and server not in serving):
            said = f"The requested model '{call.body['model']}' is not supported by any provider "
            return shaped(f"{said}you have enabled.", "model")
        return await self.chat.complete(request, call, told, words, received)

    async def b64(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST to together or nscale: JSON with the pictures in base64."""
        provider = request.match_info["provider"]
        body: Any = call.body if isinstance(call.body, dict) else {}
        for problem in problems(body, self.table[provider]):
            return shaped(worded(problem), problem.field)
        with self.ledger.lock:
            known = {**self.table["mappings"], **self.ledger.mappings}
        served = {(self.providers(m) or {}).get(provider, {}).get("providerId") for m in known}
        if body["model"] not in served:
            return shaped(f"Unable to access model {body['model']}", "model", 404)
        if body.get("response_format") != B64[provider]:
            return shaped(f"response_format: the emulator speaks {B64[provider]} only")
        if "size" in body and not SIZE.match(body["size"]):
            return shaped("size: expected WIDTHxHEIGHT", "size")
        job = await self.done(request, call, f"{provider}/{body['model']}", body)
        if isinstance(job, web.Response):
            return job
        data = [{"index": n, "b64_json": p.base64()} for n, p in enumerate(job.pictures)]
        made = {"id": job.id, "model": body["model"], "object": "list", "data": data}
        odd = {"retry-after": "2"} if provider == "together" else None  # as recorded, on success
        return answer(made, headers=odd)

    async def done(
        self, request: web.Request, call: Call, model: str, body: Json,
        received: Sequence[Received] = (),
    ) -> Job | web.Response:  # fmt: skip
        """Accept a job and wait for its end; or the answer that says what went wrong."""
        job = await self.accept(request, call, model, body, received=received)
        if isinstance(job, web.Response):
            return job
        await asyncio.sleep(job.pace.delay)
        job.end()
        if job.outcome and job.outcome.kind == "refusal":
            return self.refuse(job.outcome)
        return self.error(500, {}) if job.state in ("failed", "aborted") else job

    def prepare(self, job: Job) -> None:
        """Paint what the job will make."""
        if job.outcome or "messages" in job.input:
            return
        given = job.input.get("parameters") or job.input
        side = self.table["side"].get(job.model, 1024)
        size = given.get("width", side), given.get("height", side)
        if job.received:
            target = given.get("target_size", {})
            size = tuple(target.get(s, getattr(job.received[0], s)) for s in ("width", "height"))
        if found := SIZE.match(given.get("size", "")):
            size = int(found[1]), int(found[2])
        seed = given.get("seed", secrets.randbelow(2**31))
        paint(self.ledger, job, given.get("n", 1), size, "jpeg", seed)


def queued(request: web.Request) -> bool:
    """Whether the router is asked for fal's queue."""
    return request.query.get("_subdomain") == "queue"
