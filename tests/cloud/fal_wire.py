"""fal on the wire: sizes, problems, errors and logs in fal's words; pure functions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .inputs import Unreadable
from .ledger import Job, Json
from .schema import Problem
from .writer import tokens

NO_KEY = "Cannot access application '{app}'. Authentication is required to access this application."
LOCKED = (
    "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."
)
ERRORS: dict[int, tuple[str, str]] = {
    400: ("Bad request", "bad_request"),
    401: (NO_KEY, ""),
    402: (LOCKED, ""),
    403: (LOCKED, ""),
    404: ("Not Found", ""),
    405: ("Method Not Allowed", ""),
    408: ("Request timed out", "request_timeout"),
    409: ("Conflict", ""),
    429: ("Too many requests", ""),
    500: ("Internal server error", "runner_server_error"),
    503: ("No runner available", "runner_scheduling_failure"),
    504: ("Request timed out", "request_timeout"),
}
POLICY = {
    "loc": ["body", "prompt"],
    "msg": "The content could not be processed because it was flagged by a content checker.",
    "type": "content_policy_violation",
    "url": "https://docs.fal.ai/errors#content_policy_violation",
}
NO_MEDIA = {
    "loc": ["body", "prompt"],
    "msg": "The model did not generate the expected output.",
    "type": "no_media_generated",
    "url": "https://docs.fal.ai/errors#no_media_generated",
}


UNREADABLE = {
    "uri": ("file_download_error", "Failed to download the file. Please check if the URL is "
            "accessible and try again."),
    "gone": ("file_download_error", "Failed to download the file. Please check if the URL is "
             "accessible and try again."),
    "picture": ("image_load_error", "Failed to load the image. Please ensure the image file is "
                "not corrupted and is in a supported format."),
    "format": ("unsupported_image_format", "Unsupported image format. Please use another one."),
}  # fmt: skip


def unreadable(wrong: Unreadable) -> Json:
    """A picture that cannot be had, as fal's model errors have it."""
    kind, said = UNREADABLE[wrong.kind]
    at = ["body", wrong.field] + ([] if wrong.at is None else [wrong.at])
    return {"loc": at, "msg": said, "type": kind, "url": f"https://docs.fal.ai/errors#{kind}",
            "input": wrong.value[:200]}  # fmt: skip


def worded(wrong: Problem) -> Json:
    """One problem in the words of the model's validator (pydantic, as recorded)."""
    at = ["body", wrong.field]
    if wrong.kind == "missing":
        return {"loc": at, "msg": "field required", "type": "value_error.missing"}
    if wrong.kind == "type":
        kind = {"string": "str", "number": "float", "boolean": "bool"}.get(wrong.limit, wrong.limit)
        return {"loc": at, "msg": f"{kind} type expected", "type": f"type_error.{kind}"}
    if wrong.kind == "enum":
        allowed = ", ".join(repr(value) for value in wrong.limit)
        ctx = {"given": wrong.value, "permitted": wrong.limit}
        msg = f"unexpected value; permitted: {allowed}"
        return {"loc": at, "msg": msg, "type": "value_error.const", "ctx": ctx}
    if wrong.kind in ("low", "high"):
        word, end = {"low": ("greater", "ge"), "high": ("less", "le")}[wrong.kind]
        msg = f"ensure this value is {word} than or equal to {wrong.limit}"
        ctx = {"limit_value": wrong.limit}
        return {"loc": at, "msg": msg, "type": f"value_error.number.not_{end}", "ctx": ctx}
    if wrong.kind in ("few", "items"):
        word, end = {"few": ("least", "min"), "items": ("most", "max")}[wrong.kind]
        msg = f"ensure this value has at {word} {wrong.limit} items"
        ctx = {"limit_value": wrong.limit}
        return {"loc": at, "msg": msg, "type": f"value_error.list.{end}_items", "ctx": ctx}
    return {"loc": at, "msg": str(wrong.limit), "type": "value_error"}


def written(job: Job) -> Json:
    """The answer of a language model behind fal's router."""
    text = job.notes["text"]
    usage = {"input_tokens": tokens(job.input["prompt"]), "output_tokens": tokens(text)}
    times = {"prefill_time_ms": 10.0, "decode_time_ms": 100.0, "ttft_ms": 20.0}
    return {"output": text, "usage": {**usage, **times}}


def logs(job: Job) -> list[dict[str, Any]]:
    """The whole log so far, one INFO item per step; fal returns all of it each time."""
    said = [f"step {done} of {job.pace.steps}" for done in range(1, job.step + 1)]
    return [
        {"message": text, "level": "INFO", "source": "USER",
         "timestamp": datetime.fromtimestamp(job.created + n, UTC).isoformat()}
        for n, text in enumerate(["loading model", *said])
    ]  # fmt: skip
