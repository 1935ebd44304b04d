"""OpenAI's image API: generations and edits, answered at once with base64."""

from __future__ import annotations

import asyncio
import re
import secrets
import time

from aiohttp import web

from .chat import Chat, Wrong
from .ledger import Call, Fault, Job, Json, Ledger
from .openai_edits import Refused, closest, read_edit, tokens
from .openai_wire import ERRORS, invalid, marked, worded, wrong
from .pictures import paint
from .schema import problems, size_fault
from .service import Handler, Service, answer

SIZE = re.compile(r"^(\d{1,5})x(\d{1,5})$")
TOKENS = {"low": 272, "medium": 1056, "high": 4160, "auto": 1056}
REFUSAL = (
    "Your request was rejected by the safety system. If you believe this is an error, contact us "
    "at help.openai.com and include the request ID {id}."
)


class OpenAI(Service):
    """Images are made while the request is open; there is nothing to poll and nothing to cancel."""

    name = "openai"
    early_refusal = True
    forms = True

    def __init__(self, ledger: Ledger, origin: str, host: Service | None = None) -> None:
        super().__init__(ledger, origin, host)
        self.chat = Chat(self)

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        return [
            ("POST", "/openai/v1/images/generations", self.generate, "submit"),
            ("POST", "/openai/v1/images/edits", self.edit, "submit"),
            ("POST", "/openai/v1/chat/completions", self.complete, "submit"),
            ("GET", "/openai/v1/models", self.list, ""),
        ]

    def error(self, status: int, details: Json) -> web.Response:
        """An HTTP error in the service's words."""
        text, kind, code = ERRORS[status]
        if status == 429 and details.get("form") == "quota":
            text = "You exceeded your current quota, please check your plan and billing details."
            kind = code = "insufficient_quota"
        if status == 400 and details.get("form") == "billing":
            text, kind, code = ERRORS[402]
        return wrong(status, details.get("detail", text), kind, None, code)

    def refuse(self, fault: Fault) -> web.Response:
        """The refusal of moderation."""
        text = REFUSAL.format(id=f"req_{secrets.token_hex(16)}")
        code = fault.details.get("code", "moderation_blocked")
        return wrong(400, text, "image_generation_user_error", None, code)

    async def generate(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a generation: 200 with the pictures in base64 and the tokens used."""
        if request.content_type == "multipart/form-data" or not isinstance(call.body, dict):
            return wrong(400, "We could not parse the JSON body of your request.")
        refused = self.check(call.body, self.table["input"], "dall-e-2")
        if refused:
            return refused
        return await self.finish(await self.accept(request, call, call.body["model"], call.body))

    async def edit(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST an edit, a form with files or JSON with addresses: answered like a generation."""
        try:
            form = read_edit(request.content_type, call.body, self.ledger)
        except Refused as refused:
            return refused.answer
        bad = self.check(form.given, self.table[form.table], "gpt-image-1.5")
        if bad:
            return bad
        try:
            received = form.pictures()
        except Refused as refused:
            return refused.answer
        model = form.given["model"]
        return await self.finish(
            await self.accept(request, call, model, form.given, received=received)
        )

    async def complete(self, request: web.Request, call: Call) -> web.StreamResponse:
        """POST a chat: 200 with the answer, as it is written or whole."""
        try:
            told, words, received = self.chat.check(call.body)
        except Wrong as wrong_field:
            field, said = wrong_field.args
            return invalid(field, said)
        row = self.table["chat_models"].get(call.body["model"])
        if row is None or row["status"] == "retired":
            gone = f"The model `{call.body['model']}` does not exist."
            return wrong(404, gone, "invalid_request_error", None, "model_not_found")
        if row.get("reasons") and "temperature" in call.body:
            return invalid("temperature", "not supported with this model")
        if "reasoning_effort" in call.body and not row.get("reasons"):
            return invalid("reasoning_effort", "not supported with this model")
        return await self.chat.complete(request, call, told, words, received)

    async def finish(self, job: Job | web.Response) -> web.StreamResponse:
        """Wait for the end of a job, and answer it; or the answer that came instead of a job."""
        if isinstance(job, web.Response):
            return job
        await asyncio.sleep(job.pace.delay)
        job.end()
        if job.outcome and job.outcome.kind == "refusal":
            return self.refuse(job.outcome)
        if job.state == "failed":
            return self.error(500, {})
        return await asyncio.to_thread(self.made, job)

    def check(self, given: Json, fields: Json, default: str) -> web.Response | None:
        """The refusal of a request that is not valid, or None; `default` is the default model."""
        model = given.get("model") or default
        row = self.table["models"].get(model) if isinstance(model, str) else None
        if row is None or row["status"] == "retired":
            gone = f"The model '{model}' does not exist or you do not have access to it."
            if row:
                gone = (f"The model `{model}` has been deprecated, learn more here: "
                        "https://platform.openai.com/docs/deprecations")  # fmt: skip
            return wrong(404, gone, "invalid_request_error", "model", "model_not_found")
        for problem in problems(given, fields):
            return worded(problem)
        size = given.get("size") or "auto"
        if size != "auto":
            found = SIZE.match(size)
            why = "Expected WIDTHxHEIGHT or auto"
            if found:
                why = size_fault(int(found[1]), int(found[2]), self.table["size"])
            if why:
                return invalid("size", f"Invalid value: '{size}'. {why}.")
        if given.get("background") == "transparent" and given.get("output_format") == "jpeg":
            return invalid("background", "Transparent background is not supported for jpeg.")
        if given.get("stream") or given.get("partial_images"):
            return invalid("stream", "This emulator does not stream.")
        return None

    def prepare(self, job: Job) -> None:
        """Paint what the job will make."""
        if job.outcome or "messages" in job.input:
            return
        size = job.input.get("size") or "auto"
        if size == "auto":
            size = closest(job.received)
        width, _, height = size.partition("x")
        form = job.input.get("output_format") or "png"
        seed = secrets.randbelow(2**31)
        paint(self.ledger, job, job.input.get("n") or 1, (int(width), int(height)), form, seed)

    def made(self, job: Job) -> web.Response:
        """The answer with every picture in it. Slow: encodes the pictures."""
        given = job.input
        quality = {"auto": "medium"}.get(given.get("quality") or "auto", given.get("quality"))
        first = job.pictures[0] if job.pictures else None
        spent = TOKENS[str(quality)] * len(job.pictures)
        told = max(1, len(given["prompt"]) // 4)
        shown = sum(tokens(picture) for picture in job.received)
        clear = given.get("background") == "transparent"
        return answer({
            "created": int(time.time()),
            "background": "transparent" if clear else "opaque",
            "data": [{"b64_json": picture.base64()} for picture in job.pictures],
            "output_format": given.get("output_format") or "png",
            "quality": quality,
            "size": f"{first.width}x{first.height}" if first else "1024x1024",
            "usage": {
                "input_tokens": told + shown,
                "input_tokens_details": {"image_tokens": shown, "text_tokens": told},
                "output_tokens": spent,
                "output_tokens_details": {"image_tokens": spent, "text_tokens": 0},
                "total_tokens": told + shown + spent,
            },
        }, headers=marked(f"req_{job.id}"))  # fmt: skip

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the models that still live."""
        rows = [
            {"id": name, "object": "model", "created": 0, "owned_by": "system"}
            for name, row in self.table["models"].items() if row["status"] == "live"
        ]  # fmt: skip
        return answer({"object": "list", "data": rows})
