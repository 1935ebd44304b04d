"""OpenAI on the wire: its errors and how it words what is wrong; pure functions."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web

from .schema import Problem
from .service import answer

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
