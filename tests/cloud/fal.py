"""fal's queue (and its synchronous twin): submit, status, result, cancel."""

from __future__ import annotations

import asyncio
import secrets
import uuid

from aiohttp import web

from .fal_sizes import pixels
from .fal_storage import Storage
from .fal_wire import ERRORS, NO_MEDIA, POLICY, logs, unreadable, worded, written
from .inputs import Unreadable, fetch, pictures_in
from .ledger import Call, Job, Json, Ledger
from .pictures import Picture, paint
from .schema import problems
from .service import Handler, Service, answer
from .writer import write


class Fal(Service):
    """The queue. Any JSON object is accepted; the model checks it when it runs, so an invalid
    request ends in a result of 422, not in a refused submission. A data URI that is no picture is
    refused at the door: 400 is recorded for it, from the synchronous host alone."""

    name = "fal"
    scheme = "Key"

    def __init__(self, ledger: Ledger, origin: str, host: Service | None = None) -> None:
        super().__init__(ledger, origin, host)
        self.storage = Storage(ledger)

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        job = "/fal/{owner}/{alias}/requests/{id}"
        return [
            ("GET", job + "/status", self.status, "poll"),
            ("GET", job, self.result, "result"),
            ("PUT", job + "/cancel", self.cancel, "cancel"),
            ("POST", "/fal/{endpoint:(?!.*/requests/).+}", self.submit, "submit"),
            ("POST", "/fal-run/{endpoint:.+}", self.run, "submit"),
            *self.storage.routes(),
        ]

    def authorized(self, request: web.Request) -> bool:
        """The key everywhere but at the CDN, which takes tokens of its own."""
        if request.path.startswith("/fal-cdn/"):
            return self.storage.knows(request.headers.get("Authorization", ""))
        return super().authorized(request)

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
        if self.strange_data(call.body, fields):
            return self.error(400, {"detail": "Unsupported data URL"})
        self.ledger.ignore(self.name, endpoint, [name for name in call.body if name not in fields])
        return await self.accept(request, call, endpoint, call.body, str(uuid.uuid4()))

    def strange_data(self, given: Json, fields: Json) -> bool:
        """Whether a field for a picture holds a data URI that is not one of a picture."""
        for _, _, text in pictures_in(given, fields):
            try:
                fetch(self.ledger, self.origin, self.name, text)
            except ValueError as wrong:
                if str(wrong) == "media":
                    return True
        return False

    def check(self, job: Job) -> list[Json]:
        """What the model finds wrong; its pictures are on the job when that is nothing."""
        row = self.table[job.model]
        wrong = [p for p in problems(job.input, row["input"]) if p.kind != "unknown"]
        if wrong:
            return [worded(problem) for problem in wrong]
        last = row.get("last", 0)  # of more pictures than this, the first ones are dropped
        given = {k: v[-last:] if k == "image_urls" and last else v for k, v in job.input.items()}
        dropped = len(job.input.get("image_urls") or []) - last if last else 0
        self.ledger.ignore(self.name, job.model, [f"image_urls[{n}]" for n in range(dropped)])
        try:
            job.received = self.receive(given, row["input"])
            for picture in job.received:
                if picture.format not in row.get("takes", [picture.format]):
                    raise Unreadable("format", picture.name, None, "")
        except Unreadable as missing:
            return [unreadable(missing)]
        return []

    def prepare(self, job: Job) -> None:
        """Check the request as the model will, and paint what it will make."""
        row = self.table[job.model]
        fields = row["input"]
        job.notes["detail"] = self.check(job)
        if job.notes["detail"]:
            job.invalid = True
            return
        kind = job.outcome.kind if job.outcome else ""
        form = job.outcome.details.get("form") if job.outcome and kind == "refusal" else None
        value = {k: rule.get("default") for k, rule in fields.items()} | job.input
        job.notes["seed"] = seed = value.get("seed") or secrets.randbelow(2**32)
        if row.get("text"):
            told, words = job.input.get("system_prompt", ""), job.input["prompt"]
            job.notes["text"] = "" if job.outcome else write(self.ledger, told, words)
            return
        if kind in ("failed", "aborted", "empty_result") or (kind == "refusal" and form != "nsfw"):
            return
        count = (value.get("num_images") or 1) * (value.get("max_images") or 1)
        shown = value.get("output_format") or row.get("format", "jpeg")
        shown = "png" if kind == "wrong_content_type" else shown
        size = pixels(value, row, job.received)
        paint(self.ledger, job, count, size, shown, seed, form == "nsfw")

    def mark(self, job: Job) -> dict[str, str]:
        """The header that names the job."""
        return {"x-fal-request-id": job.id}

    def links(self, job: Job) -> dict[str, str]:
        """The addresses of a job: the endpoint's sub-path is dropped.

        A client of the router is given the queue's own host (here: the server's root); it must
        take the path and ask the router."""
        owner, alias = job.model.split("/")[:2]
        base = "/fal" if self.voice is self else ""
        at = self.url(f"{base}/{owner}/{alias}/requests/{job.id}")
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
        if self.table[job.model].get("text"):
            return written(job)
        inline = bool(job.input.get("sync_mode"))
        images = [self.file(picture, wrong_type, inline) for picture in job.pictures]
        if self.table[job.model].get("file"):  # a File, which has no size in pixels
            images = [
                {k: v for k, v in it.items() if k not in ("width", "height")} for it in images
            ]
        everything: Json = {
            "images": images, "image": images[0] if images else None,
            "description": "", "seed": job.notes["seed"], "prompt": job.input.get("prompt"),
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
