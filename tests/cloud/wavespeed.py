"""WaveSpeed: submit and poll, in one envelope; the account's calls are in wavespeed_account.py."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from datetime import UTC, datetime

from aiohttp import web

from .inputs import Unreadable, pictures_in
from .ledger import Call, Job, Json
from .pictures import paint
from .schema import Problem, problems, size_fault
from .service import Handler, Service, answer
from .wavespeed_account import Account

SIZE = re.compile(r"^(\d{2,5})\*(\d{2,5})$")
MODEL = r"(?!predictions/|balance$|models$|model/|media/).+"
STATES = {
    "queued": "created", "running": "processing", "succeeded": "completed", "failed": "failed",
    "cancelled": "cancelled", "aborted": "timeout", "unknown": "paused",
}  # fmt: skip
ERRORS = {
    400: "invalid request", 401: "Unauthorized: invalid API key", 402: "Insufficient credits. "
    "Please top up your account.", 403: "Forbidden", 404: "product not found",
    405: "method not allowed", 408: "request timeout", 409: "conflict", 422: "invalid parameters",
    429: "Too many requests. Please slow down.", 500: "internal server error",
    503: "service unavailable", 504: "gateway timeout",
}  # fmt: skip
REFUSAL = "Content flagged as potentially sensitive. Please try different prompts or images."
UNREADABLE = "Failed to load the image in {}. Please check that it is a valid, accessible image."
SYNC_LIMIT = 60.0


class WaveSpeed(Service):
    """Predictions by POST and polling; there is no call to cancel.

    To a client of the router it gives the address at its own host (here: the server's root),
    as the real one does; the router's client must take its path and ask the router.
    """

    name = "wavespeed"
    base = "/wavespeed"

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        api = self.base + "/api/v3"
        return [
            ("GET", api + "/predictions/{id}/result", self.get, "poll"),
            ("GET", "/api/v3/predictions/{id}/result", self.get, "poll"),
            *Account(self).routes(),
            ("POST", api + "/{model:" + MODEL + "}", self.create, "submit"),
        ]

    def error(self, status: int, details: Json) -> web.Response:
        """An HTTP error in the service's words."""
        return answer({"code": status, "message": details.get("detail", ERRORS[status])}, status)

    async def create(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a prediction: 200 and the envelope with its id and address."""
        model = request.match_info["model"]
        if model not in self.table:
            return self.error(404, {})
        if not isinstance(call.body, dict):
            return self.error(400, {"detail": "invalid JSON body"})
        wrong = self.wrong(model, call.body)
        if wrong:
            return self.error(400, {"detail": wrong})
        job = await self.accept(request, call, model, call.body)
        if isinstance(job, web.Response):
            return job
        if not call.body.get("enable_sync_mode"):
            return answer(self.wire(job))
        await asyncio.sleep(min(job.pace.total, SYNC_LIMIT))
        if job.pace.total > SYNC_LIMIT:
            return answer(self.wire(job) | {"code": 5004, "message": "sync mode timed out"})
        job.end()
        return answer(self.wire(job))

    def wrong(self, model: str, given: Json) -> str:
        """What is wrong with the request, in words, or ""."""
        row = self.table[model]
        for problem in problems(given, row["input"]):
            return worded(problem)
        for name, _, text in pictures_in(given, row["input"]):
            if not text.startswith(("data:", "http://", "https://")):
                return f"{name}: value must be a URL or a data URI"
        if "size" not in given and row["default"] == "input":
            return ""
        size = SIZE.match(str(given.get("size", row["default"])))
        if not size:
            return f"size: {given['size']!r} is not like 1024*1024"
        fault = size_fault(int(size[1]), int(size[2]), row)
        return f"size: {fault}" if fault else ""

    def cost(self, model: str, given: Json) -> float:
        """What a run costs in dollars."""
        return round(float(self.table[model]["price"]) * int(given.get("num_images", 1)), 6)

    def prepare(self, job: Job) -> None:
        """Read the pictures given, and paint what the job will make."""
        row, given = self.table[job.model], job.input
        kind = job.outcome.kind if job.outcome else ""
        job.notes["cost"] = self.cost(job.model, given)
        job.notes["seed"] = given.get("seed", -1)
        if job.notes["seed"] < 0:
            job.notes["seed"] = secrets.randbelow(2**31)
        try:
            job.received = self.receive(given, row["input"])
        except Unreadable as wrong:
            job.invalid, job.notes["error"] = True, UNREADABLE.format(wrong.field)
            return
        if kind in ("refusal", "failed", "aborted", "empty_result"):
            return
        asked = str(given.get("size", row["default"]))
        first = job.received[0] if job.received else None
        if asked == "input" and first:
            asked = f"{first.width}*{first.height}"
        width, _, height = asked.partition("*")
        form = str(given.get("output_format", row["format"]))
        size = int(width), int(height)
        paint(self.ledger, job, given.get("num_images", 1), size, form, job.notes["seed"])

    def wire(self, job: Job, strange: bool = False) -> Json:
        """The envelope with the prediction in it."""
        refused = job.outcome is not None and job.outcome.kind == "refusal"
        base = "" if self.voice is not self else self.base
        at = self.url(f"{base}/api/v3/predictions/{job.id}/result")
        said = REFUSAL if refused else "The model failed while it made the picture."
        data: Json = {
            "id": job.id, "model": job.model, "outputs": [], "urls": {"get": at},
            "has_nsfw_contents": [], "status": "paused" if strange else STATES[job.state],
            "created_at": datetime.fromtimestamp(job.created, UTC).isoformat(), "error": "",
            "executionTime": 0, "timings": {"inference": 0},
        }  # fmt: skip
        if job.state == "failed":
            data["error"] = job.notes.get("error", said)
            data["has_nsfw_contents"] = [True] if refused else []
        if job.state == "succeeded":
            inline = job.input.get("enable_base64_output")
            data["outputs"] = [p.base64() if inline else self.url(p.path) for p in job.pictures]
            data["has_nsfw_contents"] = [False] * len(job.pictures)
            spent = int(((job.finished or time.time()) - job.created) * 1000)
            data |= {"executionTime": spent, "timings": {"inference": spent}}
        return {"code": 200, "message": "success", "data": data}

    async def get(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the result: each poll shows it a step further."""
        job = self.ledger.find(self.name, request.match_info["id"])
        if job is None:
            return self.error(404, {"detail": "prediction not found"})
        call.job = job.id
        strange = self.turn(job)
        return answer(self.wire(job, strange))


def worded(wrong: Problem) -> str:
    """One problem in words."""
    said = {
        "missing": "property is required",
        "unknown": "property is not supported",
        "type": f"value must be of type {wrong.limit}",
        "enum": f"value must be one of {wrong.limit}",
        "low": f"number must be at least {wrong.limit}",
        "high": f"number must be at most {wrong.limit}",
        "length": f"string is longer than {wrong.limit}",
        "few": f"at least {wrong.limit} items are required",
        "items": f"at most {wrong.limit} items are allowed",
    }[wrong.kind]
    return f"{wrong.field}: {said}"
