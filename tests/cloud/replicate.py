"""Replicate's HTTP API: predictions, models, account, as recorded against the live service."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from typing import Any

from aiohttp import web

from .inputs import Unreadable, pictures_in
from .ledger import Call, Job, Json
from .pictures import paint
from .replicate_files import Files
from .replicate_list import chosen, page
from .replicate_sizes import count, pixels
from .replicate_wire import (
    ERRORS,
    EXTRA,
    RATE,
    TOLERANCE,
    UNREADABLE,
    VERSION,
    addressless,
    card,
    invalid,
    new_id,
    prediction,
    problem,
    typed,
    worded,
)  # fmt: skip
from .schema import problems
from .service import Handler, Service, answer
from .writer import pieces, write

WAIT = re.compile(r"^wait(=([1-9]|[1-5][0-9]|60))?$")
CANCEL_AFTER = re.compile(r"^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$")


class Replicate(Service):
    """Predictions of official models by name and of community models by version."""

    name = "replicate"

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        base = "/replicate/v1"
        return [
            ("POST", base + "/models/{owner}/{name}/predictions", self.create, "submit"),
            ("POST", base + "/predictions", self.create, "submit"),
            ("GET", base + "/predictions", self.list, ""),
            ("GET", base + "/predictions/{id}", self.get, "poll"),
            ("POST", base + "/predictions/{id}/cancel", self.cancel, "cancel"),
            ("GET", base + "/models/{owner}/{name}", self.model, ""),
            ("GET", base + "/models/{owner}/{name}/versions/{version}", self.model, ""),
            ("GET", base + "/account", self.account, ""),
            *Files(self.ledger, self.origin).routes(),
        ]

    def authorized(self, request: web.Request) -> bool:
        """The key may come as Bearer, or as Token like years ago."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return scheme in ("Bearer", "Token") and key in self.ledger.good[self.name]

    def error(self, status: int, details: Json) -> web.Response:
        """An HTTP error in the service's words."""
        if status == 429:
            wait = details.get("retry_after") or 30
            text = f"Request was throttled. Your rate limit resets in ~{wait}s."
            return answer({"detail": text, "status": 429, "retry_after": wait}, 429)
        title, detail = ERRORS[status]
        return problem(status, title, details.get("detail", detail))

    async def create(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a prediction: 201, or 202 when `Prefer: wait` ran out."""
        found = self.resolve(request, call.body)
        if isinstance(found, web.Response):
            return found
        row, wanted = self.table[found], call.body["input"]
        wrong = [worded(p) for p in problems(wanted, row["input"]) if p.kind != "unknown"]
        wrong += [
            addressless(name, at) for name, at, text in pictures_in(wanted, row["input"])
            if not text.startswith(("data:", "http://", "https://"))
        ]  # fmt: skip
        if wrong:
            return invalid(wrong)
        prefer = request.headers.get("Prefer", "")
        if prefer and not WAIT.match(prefer):
            return problem(400, "Bad request", f"Prefer: {prefer} is not supported")
        lifetime = CANCEL_AFTER.match(request.headers.get("Cancel-After", "1h"))
        if not lifetime or seconds(lifetime) < 5:
            return problem(400, "Bad request", "Cancel-After must be at least 5 seconds")
        self.ledger.ignore(self.name, found, [k for k in wanted if k not in row["input"]])
        job = await self.accept(request, call, found, wanted, new_id())
        if isinstance(job, web.Response):
            return job
        job.notes["deadline"] = time.time() + seconds(lifetime)
        if prefer:
            return await self.waited(job, int(prefer.partition("=")[2] or 60))
        return answer(self.wire(job), 201, RATE)

    def resolve(self, request: web.Request, body: Any) -> str | web.Response:
        """The model asked for, or the answer that says what is wrong with the request."""
        official = "owner" in request.match_info
        if official:
            name = "{owner}/{name}".format(**request.match_info)
            if name not in self.table or "version" in self.table[name]:
                return self.error(404, {})
        if not isinstance(body, dict):
            return problem(400, "Bad request", "The request body is not valid JSON.")
        allowed = {"input", "stream", "webhook", "webhook_events_filter"}
        allowed |= set() if official else {"version"}
        extra = [name for name in body if name not in allowed]
        if extra:
            return invalid([("additional_property_not_allowed", "", EXTRA.format(extra[0]))])
        needed = [name for name in ("input", *allowed & {"version"}) if name not in body]
        if needed:
            return invalid([("required", "", f"{needed[0]} is required")])
        if not isinstance(body["input"], dict):
            return invalid([("invalid_type", "input", typed("object", body["input"]))])
        if official:
            return name
        found = self.named(str(body["version"]))
        return found or problem(422, "Invalid version or not permitted", VERSION)

    def named(self, version: str) -> str | None:
        """The model of a version: 64 hex digits, owner/name:digits, or an official owner/name."""
        name, _, digits = version.rpartition(":")
        if not name and "/" in digits:
            return digits if "version" not in self.table.get(digits, {"version": ""}) else None
        found = [
            model for model, row in self.table.items()
            if digits in (row.get("version"), *row.get("versions", []))
        ]  # fmt: skip
        return found[0] if found and name in ("", found[0]) else None

    def prepare(self, job: Job) -> None:
        """Read the pictures given, then paint as many as asked, in the size and format asked."""
        row, given = self.table[job.model], job.input
        value = {k: rule.get("default") for k, rule in row["input"].items()} | given
        job.notes.update(output=row["output"], version=row.get("version", "hidden"))
        job.notes["seed"] = value.get("seed") or secrets.randbelow(2**31)
        try:
            job.received = self.receive(given, row["input"])
        except Unreadable as wrong:
            job.invalid, job.notes["error"] = True, UNREADABLE[wrong.kind].format(wrong.value[:80])
            return
        if job.received and value.get("safety_tolerance", 0) > 2:
            job.invalid, job.notes["error"] = True, TOLERANCE
            return
        if row["output"] == "text":
            told = value.get("system_prompt") or value.get("system_instruction") or ""
            text = "" if job.outcome else write(self.ledger, told, value["prompt"])
            job.notes.update(pieces=pieces(text), counts=row.get("counts", False))
            return
        if job.outcome and job.outcome.kind in ("refusal", "failed", "aborted", "empty_result"):
            return
        form = value.get("output_format") or row.get("format", "png")
        size = pixels(value, row, job.received)
        paint(self.ledger, job, count(value), size, form, job.notes["seed"])

    async def waited(self, job: Job, seconds: int) -> web.Response:
        """Hold the request until the output is there or the wait has run out."""
        deadline = time.monotonic() + min(seconds, job.pace.total)
        while time.monotonic() < deadline and not job.over:
            await asyncio.sleep(min(0.05, max(deadline - time.monotonic(), 0.001)))
        applied = {"Preference-Applied": f"wait={seconds}", **RATE}
        if not job.over and job.pace.total > seconds:
            at = self.url(f"/replicate/v1/predictions/{job.id}")
            return answer({**self.wire(job), "output": None}, 202, {"Location": at, **applied})
        job.end()
        body = self.wire(job)
        if job.state == "succeeded":
            body["status"] = "processing"
            for late in ("completed_at", "started_at", "metrics"):
                body.pop(late)
            body["logs"] = ""
        return answer(body, 201, applied)

    def wire(self, job: Job, strange: bool = False) -> Json:
        """The prediction as JSON."""
        return prediction(job, self.origin, strange)

    async def get(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET a prediction: each poll shows it a step further."""
        job = self.ledger.find(self.name, request.match_info["id"])
        if job is None:
            return self.error(404, {})
        call.job = job.id
        strange = self.turn(job)
        if not job.over and time.time() > job.notes.get("deadline", time.time()):
            job.cancel("aborted" if job.state == "queued" else "cancelled")
        return answer(self.wire(job, strange), headers=RATE)

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the predictions, newest first, by the page."""
        with self.ledger.lock:
            jobs = [job for job in self.ledger.jobs.values() if job.service == self.name]
        try:
            found = chosen(jobs, request.query)
            body = page(found, request.query, self.url(request.path))
        except ValueError as wrong:
            return problem(400, "Bad request", str(wrong))
        return answer({**body, "results": [self.wire(job) for job in body["results"]]},
                      headers=RATE)  # fmt: skip

    async def cancel(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a cancellation: 200 and the prediction, canceled unless it was over."""
        job = self.ledger.find(self.name, request.match_info["id"])
        if job is None:
            return self.error(404, {})
        call.job = job.id
        if not job.over and not call.runs_on:
            job.cancel()
        return answer(self.wire(job), headers=RATE)

    async def account(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the account of the key."""
        who = {"type": "user", "username": "easel-tests", "name": "Easel Tests"}
        return answer({**who, "github_url": "https://github.com/easel-tests"}, headers=RATE)

    async def model(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET a model with the schema of its latest version, or one version."""
        name = "{owner}/{name}".format(**request.match_info)
        row = self.table.get(name)
        wanted = request.match_info.get("version")
        if row is None or (wanted and wanted != row.get("version")):
            return self.error(404, {})
        return answer(
            card(name, row)["latest_version"] if wanted else card(name, row), headers=RATE
        )


def seconds(lifetime: re.Match[str]) -> int:
    """A Cancel-After header in seconds."""
    hours, minutes, rest = (int(part or 0) for part in lifetime.groups())
    return hours * 3600 + minutes * 60 + rest
