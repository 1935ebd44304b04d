"""OpenAI's image API: POST /v1/images/generations, answered at once with base64."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from typing import Any

from aiohttp import web

from .ledger import Call, Fault, Job, Json
from .pictures import paint
from .schema import Problem, problems, size_fault
from .service import Handler, Service, answer

SIZE = re.compile(r"^(\d{1,5})x(\d{1,5})$")
TOKENS = {"low": 272, "medium": 1056, "high": 4160, "auto": 1056}
ERRORS: dict[int, tuple[str, str, str | None]] = {
    400: ("Your request was malformed.", "invalid_request_error", None),
    401: ("Incorrect API key provided. You can find your API key at "
          "https://platform.openai.com/account/api-keys.",
          "invalid_request_error", "invalid_api_key"),
    402: ("Billing hard limit has been reached.", "billing_limit_user_error",
          "billing_hard_limit_reached"),
    403: ("Your organization must be verified to use this model.", "invalid_request_error", None),
    404: ("Unknown request URL.", "invalid_request_error", "unknown_url"),
    405: ("Not allowed: wrong method.", "invalid_request_error", "method_not_supported"),
    408: ("Request timed out.", "invalid_request_error", None),
    409: ("Conflict.", "invalid_request_error", None),
    422: ("Unprocessable entity.", "invalid_request_error", None),
    429: ("Rate limit reached for images per minute.", "rate_limit_exceeded",
          "rate_limit_exceeded"),
    500: ("The server had an error while processing your request.", "server_error", None),
    503: ("The engine is currently overloaded, please try again later.", "server_error", None),
    504: ("The request timed out upstream.", "server_error", None),
}  # fmt: skip
REFUSAL = (
    "Your request was rejected by the safety system. If you believe this is an error, contact us "
    "at help.openai.com and include the request ID {id}."
)


class OpenAI(Service):
    """Images are made while the request is open; there is nothing to poll and nothing to cancel."""

    name = "openai"
    early_refusal = True

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        """The calls the service knows."""
        return [
            ("POST", "/openai/v1/images/generations", self.generate, "submit"),
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
        if not isinstance(call.body, dict):
            return wrong(400, "We could not parse the JSON body of your request.")
        refused = self.check(call.body)
        if refused:
            return refused
        job = await self.accept(request, call, call.body["model"], call.body)
        if isinstance(job, web.Response):
            return job
        await asyncio.sleep(job.pace.delay)
        job.end()
        if job.outcome and job.outcome.kind == "refusal":
            return self.refuse(job.outcome)
        if job.state == "failed":
            return self.error(500, {})
        return await asyncio.to_thread(self.made, job)

    def check(self, given: Json) -> web.Response | None:
        """The refusal of a request that is not valid, or None."""
        model = given.get("model") or "dall-e-2"
        row = self.table["models"].get(model) if isinstance(model, str) else None
        if row is None or row["status"] == "retired":
            gone = f"The model '{model}' does not exist or you do not have access to it."
            if row:
                gone = (f"The model `{model}` has been deprecated, learn more here: "
                        "https://platform.openai.com/docs/deprecations")  # fmt: skip
            return wrong(404, gone, "invalid_request_error", "model", "model_not_found")
        for problem in problems(given, self.table["input"]):
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
        if job.outcome:
            return
        size = job.input.get("size") or "auto"
        width, _, height = ("1024x1024" if size == "auto" else size).partition("x")
        form = job.input.get("output_format") or "png"
        seed = secrets.randbelow(2**31)
        paint(self.ledger, job, job.input.get("n") or 1, (int(width), int(height)), form, seed)

    def made(self, job: Job) -> web.Response:
        """The answer with every picture in it. Slow: encodes the pictures."""
        given = job.input
        quality = {"auto": "medium"}.get(given.get("quality") or "auto", given.get("quality"))
        first = job.pictures[0] if job.pictures else None
        spent = TOKENS[str(quality)] * len(job.pictures)
        asked = max(1, len(given["prompt"]) // 4)
        clear = given.get("background") == "transparent"
        return answer({
            "created": int(time.time()),
            "background": "transparent" if clear else "opaque",
            "data": [{"b64_json": picture.base64()} for picture in job.pictures],
            "output_format": given.get("output_format") or "png",
            "quality": quality,
            "size": f"{first.width}x{first.height}" if first else "1024x1024",
            "usage": {
                "input_tokens": asked,
                "input_tokens_details": {"image_tokens": 0, "text_tokens": asked},
                "output_tokens": spent,
                "output_tokens_details": {"image_tokens": spent, "text_tokens": 0},
                "total_tokens": asked + spent,
            },
        }, headers=marked(f"req_{job.id}"))  # fmt: skip

    async def list(self, request: web.Request, call: Call) -> web.StreamResponse:
        """GET the models that still live."""
        rows = [
            {"id": name, "object": "model", "created": 0, "owned_by": "system"}
            for name, row in self.table["models"].items() if row["status"] == "live"
        ]  # fmt: skip
        return answer({"object": "list", "data": rows})


def wrong(
    status: int, text: str, kind: str = "invalid_request_error",
    param: str | None = None, code: str | None = None,
) -> web.Response:  # fmt: skip
    """An error in OpenAI's shape."""
    body = {"message": text, "type": kind, "param": param, "code": code}
    return answer({"error": body}, status, marked(f"req_{secrets.token_hex(16)}"))


def marked(request_id: str) -> dict[str, str]:
    """The headers of every answer."""
    return {"openai-version": "2020-10-01", "x-request-id": request_id}


def invalid(param: str, text: str, code: str = "invalid_value") -> web.Response:
    """400 for one parameter."""
    return wrong(400, text, "invalid_request_error", param, code)


def worded(problem: Problem) -> web.Response:
    """400 for one problem, in OpenAI's words."""
    name, limit, value = problem.field, problem.limit, problem.value
    if problem.kind == "missing":
        return invalid(name, f"Missing required parameter: '{name}'.", "missing_required_parameter")
    if problem.kind == "unknown":
        return invalid(name, f"Unknown parameter: '{name}'.", "unknown_parameter")
    if problem.kind == "type":
        return invalid(name, f"Invalid type for '{name}': expected {limit}, but got "
                       f"{json_type(value)} instead.", "invalid_type")  # fmt: skip
    if problem.kind == "enum":
        allowed = ", ".join(f"'{choice}'" for choice in limit)
        return invalid(name, f"Invalid value: '{value}'. Supported values are: {allowed}.")
    if problem.kind == "length":
        return invalid(name, f"Invalid '{name}': string too long. Expected a string with maximum "
                       f"length {limit}, but got a string with length {len(value)} instead.",
                       "string_above_max_length")  # fmt: skip
    word, sign, code = {
        "low": ("below minimum", ">=", "integer_below_min_value"),
        "high": ("above maximum", "<=", "integer_above_max_value"),
    }[problem.kind]
    return invalid(name, f"Invalid '{name}': integer {word} value. Expected a value {sign} {limit},"
                   f" but got {value} instead.", code)  # fmt: skip


def json_type(value: Any) -> str:
    """The JSON name of a value's type, with an article."""
    if isinstance(value, bool):
        return "a boolean"
    names = {str: "a string", int: "an integer", float: "a decimal", list: "an array"}
    return names.get(type(value), "null" if value is None else "an object")
