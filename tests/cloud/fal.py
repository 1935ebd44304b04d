"""fal's queue (and its synchronous twin): submit, status, result, cancel."""

from __future__ import annotations

import asyncio
import secrets
import uuid

from aiohttp import web

from .fal_wire import ERRORS, NO_MEDIA, POLICY, logs, pixels, worded
from .ledger import Call, Job, Json
from .pictures import Picture, paint
from .schema import problems
from .service import Handler, Service, answer


class Fal(Service):
    """The queue. Any JSON object is accepted; the model checks it when it runs, so an invalid
    request ends in a result of 422, not in a refused submission."""

    name = "fal"
    scheme = "Key"

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        job = "/fal/{owner}/{alias}/requests/{id}"
        return [
            ("GET", job + "/status", self.status, "poll"),
            ("GET", job, self.result, "result"),
            ("PUT", job + "/cancel", self.cancel, "cancel"),
            ("POST", "/fal/{endpoint:(?!.*/requests/).+}", self.submit, "submit"),
            ("POST", "/fal-run/{endpoint:.+}", self.run, "submit"),
        ]

    def error(self, status: int, details: Json) -> web.Response:
        """An HTTP error in the service's words."""
        if status == 422:
            return answer({"detail": details.get("detail", [POLICY])}, 422)
        text, kind = ERRORS[status]
        app = "/".join(details.get("path", "").split("/")[2:4])
        text = details.get("detail", text.format(app=app))
        if not kind:
            return answer({"detail": text}, status)
        return answer({"detail": text, "error_type": kind}, status, {"X-Fal-Error-Type": kind})

    async def submit(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST to the queue: 200 with the id and the three addresses."""
        job = await self.start(request, call, request.match_info["endpoint"])
        if isinstance(job, web.Response):
            return job
        return answer({"status": "IN_QUEUE", "request_id": job.id, **self.links(job),
                       "queue_position": job.position}, headers=self.mark(job))  # fmt: skip

    async def run(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST to the synchronous host: the result itself."""
        job = await self.start(request, call, request.match_info["endpoint"])
        if isinstance(job, web.Response):
            return job
        await asyncio.sleep(job.pace.delay)
        job.end()
        return self.ended(job)

    async def start(self, request: web.Request, call: Call, endpoint: str) -> Job | web.Response:
        """Accept a job for the endpoint, or the answer that says why not."""
        if "/" not in endpoint:
            return web.Response(status=404, text="404: Not Found")
        if endpoint not in self.table:
            app = endpoint.partition("/")[2] or endpoint
            return self.error(404, {"detail": f"Application '{app}' not found"})
        if not isinstance(call.body, dict):
            return self.error(400, {"detail": "Invalid JSON body"})
        fields = self.table[endpoint]["input"]
        self.ledger.ignore(self.name, endpoint, [name for name in call.body if name not in fields])
        return await self.accept(request, call, endpoint, call.body, str(uuid.uuid4()))

    def prepare(self, job: Job) -> None:
        """Check the request as the model will, and paint what it will make."""
        fields = self.table[job.model]["input"]
        wrong = [p for p in problems(job.input, fields) if p.kind != "unknown"]
        if wrong:
            job.notes["detail"] = [worded(problem) for problem in wrong]
            job.invalid = True
            return
        kind = job.outcome.kind if job.outcome else ""
        form = job.outcome.details.get("form") if job.outcome and kind == "refusal" else None
        value = {k: rule.get("default") for k, rule in fields.items()} | job.input
        job.notes["seed"] = seed = value.get("seed") or secrets.randbelow(2**32)
        if kind in ("failed", "aborted", "empty_result") or (kind == "refusal" and form != "nsfw"):
            return
        count = (value.get("num_images") or 1) * (value.get("max_images") or 1)
        shown = value.get("output_format") or ("png" if "seedream" in job.model else "jpeg")
        shown = "png" if kind == "wrong_content_type" else shown
        paint(self.ledger, job, count, pixels(value, fields), shown, seed, form == "nsfw")

    def mark(self, job: Job) -> dict[str, str]:
        """The header that names the job."""
        return {"x-fal-request-id": job.id}

    def links(self, job: Job) -> dict[str, str]:
        """The addresses of a job: the endpoint's sub-path is dropped."""
        owner, alias = job.model.split("/")[:2]
        at = self.url(f"/fal/{owner}/{alias}/requests/{job.id}")
        return {"response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}

    def find(self, request: web.Request, call: Call) -> Job | None:
        """The job the path names, if it is one of this application's."""
        job = self.ledger.find(self.name, request.match_info["id"])
        app = "{owner}/{alias}/".format(**request.match_info)
        if job is None or not f"{job.model}/".startswith(app):
            return None
        call.job = job.id
        return job

    async def status(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the status: 202 until COMPLETED, then 200. Logs only when asked for."""
        job = self.find(request, call)
        if job is None:
            return self.error(404, {"detail": "Request not found"})
        strange = self.turn(job)
        body: Json = {"status": "IN_QUEUE", "request_id": job.id, **self.links(job)}
        if strange:
            return answer({**body, "status": "PAUSED", "logs": None}, 202)
        if job.state == "queued":
            return answer({**body, "queue_position": job.position}, 202)
        shown = request.query.get("logs", "").lower() in ("true", "1")
        body["logs"] = logs(job) if shown else None
        if job.state == "running":
            return answer({**body, "status": "IN_PROGRESS"}, 202)
        body |= {"status": "COMPLETED", "metrics": {"inference_time": job.pace.steps * 0.1}}
        if job.state == "cancelled":
            body |= {"error": "Request was cancelled", "error_type": "client_cancelled"}
        if job.outcome and job.outcome.kind == "failed":
            body |= {"error": "Runner failed", "error_type": "runner_server_error"}
        return answer(body)

    async def result(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the result: the model's JSON or its error; 400 before the end."""
        job = self.find(request, call)
        if job is None:
            return self.error(404, {"detail": "Request not found"})
        if not job.over or job.state == "unknown":
            return answer({"detail": "Request is still in progress"}, 400)
        return self.ended(job)

    def ended(self, job: Job) -> web.Response:
        """What a job that is over answers."""
        if job.state == "cancelled":
            kind = "client_cancelled"
            body = {"detail": "Request was cancelled", "error_type": kind}
            return answer(body, 499, {"X-Fal-Error-Type": kind})
        if job.outcome and job.outcome.kind in ("failed", "aborted", "unknown_status"):
            return self.error(500, {"detail": "The runner failed while it made the picture."})
        if job.invalid:
            return answer({"detail": job.notes["detail"]}, 422, headers=self.mark(job))
        form = job.outcome.details.get("form", "policy") if job.outcome else ""
        refused = job.outcome is not None and job.outcome.kind == "refusal"
        if refused and form in ("policy", "no_media"):
            said = {"policy": POLICY, "no_media": NO_MEDIA}[form]
            return answer({"detail": [{**said, "input": job.input.get("prompt")}]}, 422,
                          headers=self.mark(job))  # fmt: skip
        wrong_type = job.outcome is not None and job.outcome.kind == "wrong_content_type"
        made = self.made(job, wrong_type)
        if refused and form == "nsfw":
            made["has_nsfw_concepts"] = [True] * len(job.pictures)
        if refused and form == "text" and "description" in made:
            made["description"] = "I cannot make this picture."
        return answer(made, headers={**self.mark(job), "x-fal-billable-units": "1"})

    def made(self, job: Job, wrong_type: bool) -> Json:
        """The model's JSON, with the keys its schema has."""
        inline = bool(job.input.get("sync_mode"))
        everything: Json = {
            "images": [self.file(picture, wrong_type, inline) for picture in job.pictures],
            "description": "", "seed": job.notes["seed"], "prompt": job.input["prompt"],
            "timings": {"inference": job.pace.steps * 0.1},
            "has_nsfw_concepts": [False] * len(job.pictures),
        }  # fmt: skip
        return {name: everything[name] for name in self.table[job.model]["output"]}

    def file(self, picture: Picture, wrong_type: bool, inline: bool) -> Json:
        """A picture in an answer: an address, or a data URI in sync mode."""
        kind = "image/jpeg" if wrong_type else picture.mime
        url = picture.data_uri() if inline else self.url(picture.path)
        return {"url": url, "content_type": kind, "file_name": picture.path.split("/")[-1],
                "file_size": None, "width": picture.width, "height": picture.height}  # fmt: skip

    async def cancel(self, request: web.Request, call: Call) -> web.StreamResponse:
        """PUT a cancellation: 202, 400 when the job is over, 404 when there is none."""
        job = self.find(request, call)
        if job is None:
            return answer({"status": "NOT_FOUND"}, 404)
        if job.over:
            return answer({"status": "ALREADY_COMPLETED"}, 400)
        if not call.runs_on:
            job.cancel()
        return answer({"status": "CANCELLATION_REQUESTED"}, 202)
