"""WaveSpeed: submit, poll, balance, models and price, all in one envelope."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from .ledger import Call, Job, Json
from .pictures import paint
from .schema import Problem, problems, size_fault
from .service import Handler, Service, answer

SIZE = re.compile(r"^(\d{2,5})\*(\d{2,5})$")
MODEL = r"(?!predictions/|balance$|models$|model/).+"
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
            ("GET", api + "/balance", self.balance, ""),
            ("GET", api + "/models", self.list, ""),
            ("POST", api + "/model/price", self.price, ""),
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
        size = SIZE.match(str(given.get("size", row["default"])))
        if not size:
            return f"size: {given['size']!r} is not like 1024*1024"
        fault = size_fault(int(size[1]), int(size[2]), row)
        return f"size: {fault}" if fault else ""

    def prepare(self, job: Job) -> None:
        """Paint what the job will make."""
        row, given = self.table[job.model], job.input
        kind = job.outcome.kind if job.outcome else ""
        job.notes["seed"] = given.get("seed", -1)
        if job.notes["seed"] < 0:
            job.notes["seed"] = secrets.randbelow(2**31)
        if kind in ("refusal", "failed", "aborted", "empty_result"):
            return
        width, _, height = str(given.get("size", row["default"])).partition("*")
        size = int(width), int(height)
        form = str(given.get("output_format", row["format"]))
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
            data["error"] = said
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

    async def balance(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the credit of the account."""
        return answer({"code": 200, "message": "success", "data": {"balance": 10.0}})

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the models with their schemas and base prices."""
        rows = [
            {"model_id": name, "name": name, "type": "text-to-image", "base_price": row["price"],
             "api_schema": {"api_schemas": [{"type": "model_run", "method": "POST",
                            "api_path": f"/api/v3/{name}", "request_schema": schema(row)}]}}
            for name, row in self.table.items()
        ]  # fmt: skip
        return answer({"code": 200, "message": "success", "data": rows})

    async def price(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST model_id and inputs: what a run would cost. Creates nothing."""
        body: Any = call.body
        if not isinstance(body, dict) or body.get("model_id") not in self.table:
            return self.error(400, {"detail": "model_id: unknown model"})
        given = body.get("inputs", {})
        wrong = self.wrong(body["model_id"], given)
        if wrong:
            return self.error(400, {"detail": wrong})
        cost = self.table[body["model_id"]]["price"] * given.get("num_images", 1)
        # The fields are those of WaveSpeedAI/mcp-server, src/lib/api.ts, read 2026-11-21.
        told = {"price": cost, "discounted_price": cost, "discount_rate": 1, "currency": "USD"}
        data = {"model_id": body["model_id"], **told}
        return answer({"code": 200, "message": "success", "data": data})


def schema(row: Json) -> Json:
    """The fields as JSON schema."""
    fields = {k: {n: v for n, v in f.items() if n != "required"} for k, f in row["input"].items()}
    needed = [name for name, field in row["input"].items() if field.get("required")]
    return {"type": "object", "properties": fields, "required": needed}


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
        "items": f"at most {wrong.limit} items are allowed",
    }[wrong.kind]
    return f"{wrong.field}: {said}"
