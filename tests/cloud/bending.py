"""Jobs that end well, and are told of in odd ways: bends every answer about one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from .ledger import Job, Json

MANY = 1000
ELSEWHERE = "/elsewhere"  # a path no key is for, under a name of this machine that no setting has
PICTURES = ("images", "output", "outputs")
ADDRESSES = ("status_url", "response_url", "cancel_url", "get", "cancel", "web", "stream")
# None of these decides anything; each was seen to break a client.
ODD: Json = {
    "queue_position": -5, "seed": 10**400, "timings": {"inference": float("nan")},
    "metrics": {"predict_time": float("inf"), "inference_time": -1}, "executionTime": 10**400,
    "has_nsfw_concepts": "no", "has_nsfw_contents": {"0": False}, "logs": ["x", None],
    "description": ["\ud800"],
}  # fmt: skip


def bend(answer: web.Response, job: Job) -> web.Response:
    """The answer as a job with such an outcome gives it."""
    kind = str(job.outcome.kind) if job.outcome else ""
    if kind not in BENDS or answer.status >= 300 or answer.content_type != "application/json":
        return answer
    body = BENDS[kind](json.loads(answer.text or "{}"))
    # NaN and a lone surrogate stand in it as they would on the wire; duplicate names too.
    text = json.dumps(body).replace('{"', '{"twice": 1, "twice": 2, "', 1)
    headers = {k: v for k, v in answer.headers.items() if not k.startswith("Content-")}
    return web.Response(
        status=answer.status, text=text, headers=headers, content_type="application/json"
    )


def each_object(body: Any, change: Callable[[Json], None]) -> Any:
    """The body with every object in it changed."""
    if isinstance(body, dict):
        change(body)
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    for value in inner:
        each_object(value, change)
    return body


def many(body: Any) -> Any:
    """A thousand addresses in place of those asked for, the right ones first."""

    def change(found: Json) -> None:
        for field in PICTURES:
            given = found.get(field)
            if isinstance(given, list) and given:
                more = (again(given[n % len(given)], n) for n in range(MANY - len(given)))
                found[field] = [*given, *more]

    return each_object(body, change)


def again(picture: Any, number: int) -> Any:
    """The same picture at one more address."""
    if isinstance(picture, dict):
        return {**picture, "url": f"{picture['url']}?again={number}"}
    return f"{picture}?again={number}"


def odd_values(body: Any) -> Any:
    """Numbers nobody counts to, and other kinds than documented, where nothing hangs on them."""
    return each_object(body, lambda found: found.update({k: ODD[k] for k in ODD if k in found}))


def foreign_url(body: Any) -> Any:
    """The job's own addresses lead to another host."""

    def change(found: Json) -> None:
        for field in ADDRESSES:
            if isinstance(text := found.get(field), str) and text.startswith("http"):
                parts = urlsplit(text)
                found[field] = f"http://localhost:{parts.port}{ELSEWHERE}{parts.path}"

    return each_object(body, change)


BENDS: dict[str, Callable[[Any], Any]] = {
    "many": many, "odd_values": odd_values, "foreign_url": foreign_url, "black": lambda body: body,
}  # fmt: skip
