"""Replicate on the wire: predictions, problems and model cards as JSON; pure functions."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from .ledger import Job, Json
from .schema import Problem
from .service import answer
from .writer import so_far, tokens

PROBLEM = "application/problem+json"
STATES = {
    "queued": "starting", "running": "processing", "succeeded": "succeeded", "failed": "failed",
    "cancelled": "canceled", "aborted": "aborted", "unknown": "paused",
}  # fmt: skip
REFUSAL = (
    "The input or output was flagged as sensitive. Please try again with different inputs. "
    "(E005) ({id})"
)
CREDIT = (
    "You have insufficient credit to run this model. Go to "
    "https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, "
    "please wait a few minutes before trying again."
)
ERRORS: dict[int, tuple[str, str]] = {
    400: ("Bad request", "The request could not be understood."),
    401: ("Unauthenticated", "You did not pass a valid authentication token"),
    402: ("Insufficient credit", CREDIT),
    403: ("Forbidden", "You do not have permission to perform this action."),
    404: ("", "The requested resource could not be found."),
    405: ("", "Method not allowed"),
    408: ("Request timeout", "The request took too long."),
    409: ("Conflict", "The request conflicts with the state of the resource."),
    422: ("Input validation failed", "- input: prompt is required\n"),
    500: ("Internal server error", "An unexpected error occurred."),
    503: ("Service unavailable", "The service is temporarily unavailable."),
    504: ("Gateway timeout", "The upstream server did not answer in time."),
}
# What a prediction fails with when a picture it was given cannot be had.
UNREADABLE = {
    "uri": "Not an address: {}", "gone": "Failed to download the input file: {}",
    "media": "cannot identify image file: {}", "picture": "cannot identify image file: {}",
}  # fmt: skip
TOLERANCE = "safety_tolerance can be at most 2 when an input image is used"
RATE = {"RateLimit-Remaining": "599", "RateLimit-Reset": "1"}
EXTRA = "Additional property {} is not allowed"
VERSION = "The specified version does not exist (or perhaps you don't have permission to use it?)"


def problem(status: int, title: str, detail: str, **more: Any) -> web.Response:
    """A problem+json answer; an empty title is left out, as recorded for 404."""
    body: Json = {"detail": detail, "status": status, **more}
    return answer({"title": title, **body} if title else body, status, kind=PROBLEM)


def invalid(fields: list[tuple[str, str, str]]) -> web.Response:
    """422 for (type, field, description) triples, worded as recorded."""
    lines = [f"- {field}: {text}\n" if field else f"- {text}\n" for _, field, text in fields]
    named = [{"type": kind, "field": field, "description": text} for kind, field, text in fields]
    return problem(422, "Input validation failed", "".join(lines), invalid_fields=named)


def typed(expected: str, value: Any) -> str:
    """The wording of a wrong type."""
    kinds = {bool: "boolean", str: "string", int: "integer", float: "number", list: "array"}
    given = kinds.get(type(value), "null" if value is None else "object")
    return f"Invalid type. Expected: {expected}, given: {given}"


def worded(wrong: Problem) -> tuple[str, str, str]:
    """One problem in the words of Replicate's validator."""
    at = f"input.{wrong.field}"
    if wrong.kind == "missing":
        return "required", "input", f"{wrong.field} is required"
    if wrong.kind == "enum":
        allowed = ", ".join(f'"{value}"' for value in wrong.limit)
        return "enum", at, f"{at} must be one of the following: {allowed}"
    if wrong.kind == "low":
        return "number_gte", at, f"Must be greater than or equal to {wrong.limit}"
    if wrong.kind == "high":
        return "number_lte", at, f"Must be less than or equal to {wrong.limit}"
    if wrong.kind == "few":
        return "array_min_items", at, f"Array must have at least {wrong.limit} items"
    if wrong.kind == "items":
        return "array_max_items", at, f"Array must have at most {wrong.limit} items"
    return "invalid_type", at, typed(str(wrong.limit), wrong.value)


def addressless(name: str, at: int | None) -> tuple[str, str, str]:
    """A picture that is neither a web address nor a data URI."""
    return (
        "format",
        f"input.{name}" + ("" if at is None else f".{at}"),
        "Does not match format 'uri'",
    )


def prediction(job: Job, origin: str, strange: bool = False) -> Json:
    """The prediction as JSON: no `output` key while it runs, as recorded."""
    at = f"{origin}/replicate/v1/predictions/{job.id}"
    body: Json = {
        "id": job.id, "model": job.model, "version": job.notes["version"],
        "input": job.input, "logs": logs(job), "error": None,
        "status": "paused" if strange else STATES[job.state], "created_at": stamp(job.created),
        "urls": {"cancel": f"{at}/cancel", "get": at, "web": f"https://replicate.com/p/{job.id}"},
    }  # fmt: skip
    if job.state != "queued":
        body["started_at"] = stamp(job.created + 0.01)
    if job.state == "running" and "pieces" in job.notes:
        body["output"] = so_far(job)
    if not job.over or job.state == "unknown":
        return body
    body |= {"output": output(job, origin), "data_removed": False, "source": "api"}
    body["completed_at"] = stamp(job.finished or time.time())
    if job.state == "failed" and job.outcome:
        refused = job.outcome.kind == "refusal"
        text = REFUSAL.format(id=secrets.token_hex(5)) if refused else "CUDA out of memory"
        body["error"] = job.outcome.details.get("message", text)
    if job.invalid:
        body["error"] = job.notes["error"]
    total = (job.finished or time.time()) - job.created
    body["metrics"] = {"predict_time": round(total * 0.8, 6), "total_time": round(total, 6)}
    return body


def output(job: Job, origin: str) -> Any:
    """URLs as the model's schema has them: one string, or an array; None without pictures."""
    if job.state != "succeeded":
        return None
    if "pieces" in job.notes:
        return job.notes["pieces"]
    urls = [origin + picture.path for picture in job.pictures]
    if job.notes["output"] == "uri":
        return urls[0] if urls else None
    return urls


def logs(job: Job) -> str:
    """The log so far: a seed line, then one tqdm line for each step."""
    if job.state == "queued" or (job.cancelled and not job.step):
        return ""
    if "pieces" in job.notes:
        return counted(job) if job.over and job.notes["counts"] else ""
    lines = [f"Using seed: {job.notes['seed']}"]
    for done in range(job.step + 1):
        share = done / max(job.pace.steps, 1)
        bar = "█" * int(share * 10)
        lines.append(f"{share * 100:3.0f}%|{bar:<10}| {done}/{job.pace.steps} [00:0{done}<00:00]")
    return "\n".join(lines) + "\n"


def counted(job: Job) -> str:
    """The log of a language model that counts its tokens there, as its page shows it."""
    told, spent = tokens(str(job.input)[:4000]), tokens("".join(job.notes["pieces"]))
    return f"Text generation completed\nInput token count: {told}\nOutput token count: {spent}"


def stamp(at: float) -> str:
    """A time as Replicate writes it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_id() -> str:
    """26 letters and digits."""
    return "".join(secrets.choice("abcdefghjkmnpqrstvwxyz0123456789") for _ in range(26))


def card(name: str, row: Json) -> Json:
    """A model as GET /v1/models answers it, with its schema in the form that cog writes."""
    owner, _, short = name.partition("/")
    schemas: Json = {}
    properties: Json = {}
    for order, (field, rule) in enumerate(row["input"].items()):
        hidden = ("required", "enum", "min_items", "max_items")
        shown = {k: v for k, v in rule.items() if k not in hidden}
        if rule["type"] == "array":
            shown["items"] = {"type": "string", "format": "uri"}
        if rule["type"] == "picture":
            shown |= {"type": "string", "format": "uri"}
        if "enum" in rule:
            schemas[field] = {"enum": rule["enum"], "type": "string", "title": field}
            shown = {"allOf": [{"$ref": f"#/components/schemas/{field}"}]} | shown
            shown.pop("type")
        properties[field] = {**shown, "title": field.replace("_", " ").title(), "x-order": order}
    one = {"type": "string", "title": "Output", "format": "uri"}
    many = {"type": "array", "items": {"type": "string", "format": "uri"}, "title": "Output"}
    needed = [field for field, rule in row["input"].items() if rule.get("required")]
    schemas["Input"] = {"type": "object", "title": "Input", "properties": properties}
    schemas["Input"] |= {"required": needed} if needed else {}
    schemas["Output"] = one if row["output"] == "uri" else many
    if row["output"] == "text":
        words = {"type": "array", "items": {"type": "string"}, "title": "Output"}
        shown = {"x-cog-array-type": "iterator", "x-cog-array-display": "concatenate"}
        schemas["Output"] = {**words, **shown}
    version = row.get("version", "hidden")
    return {
        "url": f"https://replicate.com/{name}", "owner": owner, "name": short,
        "description": None, "visibility": "public", "github_url": None, "paper_url": None,
        "license_url": None, "run_count": 1, "cover_image_url": None, "default_example": None,
        "is_official": "version" not in row,
        "latest_version": {
            "id": version, "created_at": "2026-08-01T00:00:00.000000Z", "cog_version": "0.16.7",
            "openapi_schema": {"openapi": "3.0.2", "components": {"schemas": schemas}},
        },
    }  # fmt: skip
