"""Chat completions, at OpenAI and behind Hugging Face's router: streamed, or whole in the end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from . import faults
from .inputs import Received, decode, fetch
from .ledger import Call, Fault, Job, Json
from .schema import load, problems
from .service import Service, answer, dumps
from .writer import pieces, tokens, write

PARTS = {"text": "text", "image_url": "image_url"}


class Wrong(Exception):
    """A request that is not valid: the field and what is wrong with it."""


class Chat:
    """The chat of one service. `input`: the fields it knows, with their rules."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.input: Json = load("chat")[type(service).name]

    def check(self, body: Any) -> tuple[str, str, list[Received]]:
        """The instruction, the user's words and the pictures. Raises `Wrong`."""
        if not isinstance(body, dict):
            raise Wrong("", "We could not parse the JSON body of your request.")
        for problem in problems(body, self.input):
            raise Wrong(problem.field, f"{problem.kind}: '{problem.field}' ({problem.limit})")
        if body.get("stream_options") and not body.get("stream"):
            raise Wrong("stream_options", "only allowed when 'stream' is true")
        told, words, received = "", "", []
        for message in body["messages"]:
            if not isinstance(message, dict) or set(message) != {"role", "content"}:
                raise Wrong("messages", "a message has a role and a content")
            if message["role"] not in ("system", "user"):
                raise Wrong("messages", f"no such role: {message['role']}")
            text, pictures = self.content(message["content"])
            received += pictures
            if message["role"] == "system":
                told += text
            else:
                words += text
        if not words:
            raise Wrong("messages", "there is no message of the user")
        return told, words, received

    def content(self, content: Any) -> tuple[str, list[Received]]:
        """The text and the pictures of a message: a string, or a list of parts."""
        if isinstance(content, str):
            return content, []
        text, received = "", []
        for part in content:
            kind = part.get("type")
            if kind not in PARTS or set(part) != {"type", PARTS[kind]}:
                raise Wrong("messages", f"no such part: {kind}")
            if kind == "text":
                text += part["text"]
                continue
            service, ledger = self.service, self.service.ledger
            try:
                data, claimed, way = fetch(
                    ledger, service.origin, service.name, part["image_url"]["url"]
                )
                received.append(decode("image_url", data, claimed, way))
            except ValueError as wrong:
                raise Wrong("messages", f"invalid image: {wrong}") from wrong
        return text, received

    async def complete(
        self, request: web.Request, call: Call, told: str, words: str, received: list[Received]
    ) -> web.StreamResponse:
        """Take the job and write: as events where that was asked, else at once."""
        body = call.body
        made = await self.service.accept(request, call, body["model"], body, received=received)
        if isinstance(made, web.Response):
            return made
        text = write(self.service.ledger, told, words)
        made.notes["text"] = text
        kind = made.outcome.kind if made.outcome else ""
        if kind == "refusal" and made.outcome:
            made.end()
            return self.service.refuse(made.outcome)
        if kind in ("failed", "aborted"):
            made.end()
            return self.service.error(500, {})
        text = "" if kind == "empty_result" else text
        if body.get("stream"):
            return await self.stream(request, made, text)
        await asyncio.sleep(made.pace.delay)
        made.end()
        choice = {"index": 0, "message": {"role": "assistant", "content": text}}
        return answer({
            "id": f"chatcmpl-{made.id}", "object": "chat.completion", "created": int(time.time()),
            "model": body["model"], "choices": [{**choice, "finish_reason": "stop"}],
            "usage": usage(made, text),
        }, headers={"x-request-id": f"req_{made.id}"})  # fmt: skip

    async def stream(self, request: web.Request, job: Job, text: str) -> web.StreamResponse:
        """Server-sent events. Whoever hangs up is noticed: the job is cancelled then."""
        fault = self.service.ledger.take(self.service.name, "stream")
        head = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache",
                "x-request-id": f"req_{job.id}"}  # fmt: skip
        response = web.StreamResponse(headers=head)
        job.state = "running"
        try:
            await response.prepare(request)
            for number, event in enumerate(self.events(job, text, fault)):
                if fault and number == fault.details.get("after", 3):
                    if fault.kind == "cut_after":
                        faults.cut(request)
                        return response
                    if fault.kind == "hang":
                        await faults.hang(request)
                        raise ConnectionResetError
                await response.write(f"data: {event}\n\n".encode())
                await asyncio.sleep(job.pace.delay)
                if request.transport is None or request.transport.is_closing():
                    raise ConnectionResetError
            await response.write_eof()
        except (ConnectionError, asyncio.CancelledError):
            job.cancel()
            return response
        job.end()
        return response

    def events(self, job: Job, text: str, fault: Fault | None) -> Iterator[str]:
        """The data of each event, as recorded: role first, pieces, the end, usage, [DONE]."""
        kind = str(fault.kind) if fault else ""
        yield self.event(job, {"delta": {"role": "assistant", "content": ""}})
        for number, piece in enumerate(pieces(text)):
            if fault and number == fault.details.get("after", 3) and kind in ENDS:
                yield from ENDS[kind](self, job)
                return
            yield self.event(job, {"delta": {"content": piece}})
        yield self.event(job, {"delta": {}, "finish_reason": "stop"})
        if (job.input.get("stream_options") or {}).get("include_usage"):
            yield self.event(job, None, usage=usage(job, text))
        yield "[DONE]"

    def event(self, job: Job, choice: Json | None, **more: Any) -> str:
        """One event's JSON."""
        first = {"index": 0, "finish_reason": None, "logprobs": None, **(choice or {})}
        return dumps({
            "id": f"chatcmpl-{job.id}", "object": "chat.completion.chunk",
            "created": int(job.created), "model": job.input["model"],
            "choices": [first] if choice is not None else [], "usage": None, **more,
        })  # fmt: skip


def usage(job: Job, text: str) -> Json:
    """The tokens of a request: those of its messages, and of what was written."""
    told = tokens(dumps([m["content"] for m in job.input["messages"]])[:4000])
    spent = tokens(text)
    return {"prompt_tokens": told, "completion_tokens": spent, "total_tokens": told + spent}


def _short(chat: Chat, job: Job) -> Iterator[str]:
    """The most tokens were written."""
    yield chat.event(job, {"delta": {}, "finish_reason": "length"})
    yield "[DONE]"


def _filtered(chat: Chat, job: Job) -> Iterator[str]:
    """Moderation stopped it."""
    yield chat.event(job, {"delta": {}, "finish_reason": "content_filter"})
    yield "[DONE]"


def _error(chat: Chat, job: Job) -> Iterator[str]:
    """Something broke on the way."""
    yield dumps({"error": {"message": "The server had an error.", "type": "server_error"}})


def _no_end(chat: Chat, job: Job) -> Iterator[str]:
    """The body ends, and nothing says that the text has."""
    yield from ()


def _garbled(chat: Chat, job: Job) -> Iterator[str]:
    """An event that is no JSON."""
    yield '{"choices": [{"del'


ENDS = {
    "length": _short, "refusal": _filtered, "error": _error, "no_end": _no_end,
    "garbled": _garbled,
}  # fmt: skip
