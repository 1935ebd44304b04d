"""Hugging Face on the wire: its errors and how it words what is wrong; pure functions."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any

from aiohttp import web

from .inputs import Received, decode
from .ledger import Json
from .schema import Problem, problems
from .service import answer

ERRORS = {
    400: "Bad Request", 401: "Invalid username or password.",
    402: "You have exceeded your monthly included credits for Inference Providers. Subscribe to "
    "PRO to get 20x more monthly included credits.",
    403: "This authentication method does not have sufficient permissions to call Inference "
    "Providers on behalf of the user.",
    404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict",
    422: "Input validation error", 429: "Too Many Requests", 500: "Internal Server Error",
    503: "Model {model} is currently loading", 504: "Gateway Timeout",
}  # fmt: skip


def read_edit(body: Any, kind: str, fields: Json) -> tuple[Json, Received]:
    """A request to edit: a picture as the whole body, or base64 in `inputs` with `parameters`.

    Raises ValueError with what is wrong.
    """
    given: Any = {}
    data, way = body, "body"
    if isinstance(body, dict):
        given, way = body.get("parameters") or {}, "data"
        if set(body) - {"inputs", "parameters"} or not isinstance(given, dict):
            raise ValueError("only `inputs` and an object `parameters` are expected")
        try:
            data = base64.b64decode(str(body.get("inputs", "")), validate=True)
        except binascii.Error as wrong:
            raise ValueError("`inputs` is not base64") from wrong
    for problem in problems(given, fields):
        raise ValueError(worded(problem))
    size = given.get("target_size", {"width": 1, "height": 1})
    if set(size) != {"width", "height"} or not all(isinstance(v, int) for v in size.values()):
        raise ValueError("`target_size` must have a width and a height")
    try:
        return given, decode("inputs", data or b"", kind if way == "body" else "", way)
    except ValueError as wrong:
        raise ValueError("cannot identify image file") from wrong


def worded(wrong: Problem) -> str:
    """One problem in words."""
    said = {"missing": "is required", "unknown": "is not a parameter of this pipeline"}
    return f"`{wrong.field}` " + said.get(wrong.kind, f"must be {wrong.limit}, not {wrong.value!r}")


def shaped(text: str, param: str | None = None, status: int = 400) -> web.Response:
    """An error in the shape that together and nscale share (as recorded at together)."""
    body = {"message": text, "type": "invalid_request_error", "param": param, "code": None}
    return answer({"id": secrets.token_hex(8), "error": body}, status)
