"""What the five services share: keys, planned faults, and the moment a job is accepted."""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from . import faults
from .bending import bend
from .inputs import Received, gather
from .ledger import OUTCOMES, Call, Fault, Job, Json, Ledger
from .schema import load

Handler = Callable[[web.Request, Call], Awaitable[web.StreamResponse]]

POLLS = frozenset({"poll", "result"})


class Service:
    """One service. `name` is the account: whose keys, faults and pace are in force.

    The Hugging Face router runs the other services inside under its own name, and words their
    HTTP errors as its own: that is `voice`. `table` is the service's data file. `forms` tells
    whether a job may be asked for with a form instead of JSON.
    """

    name = ""
    scheme = "Bearer"
    early_refusal = False
    forms = False

    def __init__(self, ledger: Ledger, origin: str, host: Service | None = None) -> None:
        self.ledger = ledger
        self.origin = origin
        self.voice: Service = host or self
        self.table: Json = load(type(self).name)
        if host:
            self.name = host.name

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """Method, path, handler and stage of every call the service knows."""
        raise NotImplementedError

    def error(self, status: int, details: Json) -> web.Response:
        """The service's own answer for an HTTP error."""
        raise NotImplementedError

    def authorized(self, request: web.Request) -> bool:
        """Whether the request carries a good key in the service's own scheme."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return scheme == self.scheme and key in self.ledger.good[self.name]

    async def handle(
        self, request: web.Request, call: Call, handler: Handler, stage: str
    ) -> web.StreamResponse:
        """Key, planned faults of the stage, then the handler."""
        call.stage = stage
        if not self.authorized(request):
            return self.error(401, {"path": request.path})
        form = request.content_type == "multipart/form-data"
        if form and stage == "submit" and not self.forms:
            return self.error(400, {})
        if stage in POLLS or stage in ("cancel", "mapping"):
            fault = self.ledger.take(self.name, stage, outcome=False)
            if fault and fault.kind != "runs_on":
                return await faults.strike(request, call, fault, self)
            call.runs_on = fault is not None
        late = self.ledger.take(self.name, stage) if stage in ("upload", "put") else None
        if late and late.kind != "cut_after":
            return await faults.strike(request, call, late, self)
        made = await handler(request, call)
        job = self.ledger.find(self.name, call.job) if call.job else None
        if job and isinstance(made, web.Response):
            made = bend(made, job)
        return await faults.strike(request, call, late, self) if late else made

    async def accept(
        self,
        request: web.Request,
        call: Call,
        model: str,
        wanted: Json,
        job_id: str = "",
        received: Sequence[Received] = (),
    ) -> Job | web.Response:
        """Create the job, unless a planned fault forbids it; or the fault's answer.

        The caller has checked the request, and decoded the pictures that came as parts of a form.
        After this the job exists, and is paid for.
        """
        fault, outcome = self.ledger.take(self.name, "submit"), None
        if fault and fault.kind in OUTCOMES and not (
            self.early_refusal and fault.kind == "refusal"
        ):  # fmt: skip
            fault, outcome = None, fault
        if fault and fault.kind == "refusal":
            call.fault = "refusal"
            return self.refuse(fault)
        if fault and fault.kind != "cut_after":
            return await faults.strike(request, call, fault, self.voice)
        late = fault or self.ledger.take(self.name, "accepted", outcome=False)
        outcome = outcome or self.ledger.take(self.name, "accepted", outcome=True)
        pace = self.ledger.pace(self.name)
        job = Job(job_id or secrets.token_hex(16), self.name, model, wanted, pace, outcome)
        job.received = list(received)
        if outcome:
            call.fault = str(outcome.kind)
        self.prepare(job)
        self.ledger.create(job, call)
        return await faults.strike(request, call, late, self.voice) if late else job

    def prepare(self, job: Job) -> None:
        """Decide what the job will have made in the end (its pictures)."""
        raise NotImplementedError

    def receive(self, given: Json, fields: Json) -> list[Received]:
        """The pictures in a request, decoded. Raises Unreadable."""
        return gather(self.ledger, self.origin, self.name, given, fields)

    def refuse(self, fault: Fault) -> web.Response:
        """The refusal of a service that refuses before it starts."""
        raise NotImplementedError

    def turn(self, job: Job) -> bool:
        """Move the job for a poll; True when this one answer must show a strange status."""
        fault = self.ledger.take(self.name, "poll", outcome=True)
        with self.ledger.lock:
            if fault and fault.kind == "unknown_status":
                return True
            if fault and not job.over:
                job.outcome = fault
                job.end()
            job.poll()
        return job.state == "unknown"

    def url(self, path: str) -> str:
        """A full address on this server."""
        return self.origin + path


def dumps(value: Any) -> str:
    """JSON as the services write it: compact, with letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(
    value: Any,
    status: int = 200,
    headers: dict[str, str] | None = None,
    kind: str = "application/json",
) -> web.Response:
    """A JSON answer."""
    return web.Response(status=status, text=dumps(value), content_type=kind, headers=headers)
