"""The chat protocol that OpenAI began and others speak: messages in, a text out, piece by piece.

Pure functions for the messages and for what an answer says; `write` sends the request, once.
Source: OpenAI's API reference and recordings of eight services behind Hugging Face's router, read
2026-11-21.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx

from errors import ProviderFailed, Refused, UnknownOutcome
from i18n import say
from providers.http.answers import scrub
from providers.http.bounded_json import parse
from providers.http.bounds import MEGABYTE, TEXT_BYTES, text_within
from providers.http.client import Access
from providers.http.json_reading import amount, job_id, record, refused, rows, said, sentence, state
from providers.http.stream import AS_IT_COMES, LAST, events, is_stream
from providers.http.unpacking import TooLarge
from providers.payload import spoken
from providers.schema import Done, GenerationRequest, Price, Running

REFUSED = "content_filter"
CUT_SHORT = "length"
MILLION = Decimal(1_000_000)
LONGEST = 100_000  # characters that are read of a text, whatever was asked for
STEP = 64  # a step is told when the text has grown by a 64th, so that long ones cost no more

Charged = Callable[[dict[str, Any], Price], Decimal | None]


@dataclass
class ChatAnswer:
    """What a model has said so far. `ended`: why it stopped, "" while it goes on; `usage`: the
    tokens, where they are told; `wrong`: an error in the middle of the answer."""

    text: str = ""
    ended: str = ""
    refusal: str = ""
    wrong: str = ""
    id: str = ""
    usage: dict[str, Any] = field(default_factory=dict)

    def hear(self, event: dict[str, Any]) -> None:
        """One event of a stream, or a whole answer."""
        self.id = job_id(event.get("id")) or self.id
        self.usage = record(event.get("usage")) or self.usage
        if event.get("error"):
            self.wrong = sentence(event["error"]) or "?"
        choice = record(next(iter(rows(event.get("choices"))), None))
        piece = record(choice.get("delta")) or record(choice.get("message"))
        self.text += _text(piece.get("content"))
        self.refusal = (self.refusal + _text(piece.get("refusal")))[:LONGEST]
        reason = choice.get("finish_reason")
        self.ended = state(reason) if reason else self.ended
        if len(self.text) >= LONGEST:
            self.text, self.ended = self.text[:LONGEST], CUT_SHORT


def messages(request: GenerationRequest, addresses: Sequence[str]) -> list[dict[str, Any]]:
    """The instruction, then the user's words with the pictures beside them."""
    told = request.brief.told if request.brief else ""
    first = [{"role": "system", "content": told}] if told else []
    words: Any = spoken(request)
    if addresses:
        seen = [{"type": "image_url", "image_url": {"url": each}} for each in addresses]
        words = [{"type": "text", "text": words}, *seen]
    return [*first, {"role": "user", "content": words}]


def charged(usage: dict[str, Any], price: Price) -> Decimal | None:
    """What the tokens come to in US dollars; None where either is not told."""
    counts = {
        "text": amount(usage.get("prompt_tokens")),
        "output": amount(usage.get("completion_tokens")),
    }
    total = Decimal(0)
    for kind, count in counts.items():
        if count is None or kind not in price.tokens:
            return None
        total += price.tokens[kind] * count
    return total / MILLION


def finished(heard: ChatAnswer, request: GenerationRequest, access: Access) -> Done:
    """The text of an answer that has ended. Raises why there is none."""
    who, title = access.provider.name, access.provider.title
    about: dict[str, Any] = {"provider": who, "upstream_id": heard.id, "created": True}
    if heard.ended == REFUSED or heard.refusal or (heard.wrong and refused(heard.wrong)):
        words = said(sentence(heard.refusal or heard.wrong))
        raise Refused(say("error.refused", who=title, said=words), **about)
    if heard.wrong:
        raise ProviderFailed(say("error.failed", who=title, said=said(heard.wrong)), **about)
    if not heard.text.strip():
        raise ProviderFailed(say("error.no_text", who=title), **about)
    short = heard.ended == CUT_SHORT
    return Done(
        text=scrub(heard.text, access.key),
        upstream_id=heard.id,
        warnings=(say("note.text.cut", who=title),) if short else (),
        charged=charged(heard.usage, request.model.price),
    )


async def write(
    request: GenerationRequest, access: Access, client: httpx.AsyncClient, url: str, body: Any
) -> AsyncGenerator[Running | Done, None]:
    """Send the request with one POST; what is written so far, then `Done`.

    Raises `UnknownOutcome` when the line is cut, or ends before the answer does; what came until
    then was yielded. Closing this generator hangs up.
    """
    heard = ChatAnswer()
    extensions = AS_IT_COMES | text_within(request.model.seconds).mark
    asked = client.stream("POST", url, json=body, extensions=extensions)
    async with asked as answer:
        mark = job_id(answer.headers.get("x-request-id"))
        if is_stream(answer):
            async with aclosing(_listen(answer, heard, access)) as steps:
                async for step in steps:
                    yield step
        else:  # who does not stream answers when all is written
            await answer.aread()
            heard.hear(await access.json(answer, paid=True))
            heard.ended = heard.ended or "?"
    heard.id = mark or heard.id
    if not (heard.ended or heard.wrong):
        raise UnknownOutcome(
            say("error.cut.text", who=access.provider.title),
            provider=access.provider.name,
            upstream_id=heard.id,
        )
    yield finished(heard, request, access)


async def _listen(
    answer: httpx.Response, heard: ChatAnswer, access: Access
) -> AsyncGenerator[Running, None]:
    """What is written so far, each time enough has come, and before it breaks off."""
    told = 0
    try:
        async with aclosing(events(answer)) as found:
            async for data in found:
                if data == LAST:
                    heard.ended = heard.ended or "?"
                    break
                heard.hear(_event(data, access))
                if len(heard.text) - told > len(heard.text) // STEP:
                    told = len(heard.text)
                    yield Running(text=scrub(heard.text, access.key))
                if len(heard.text) >= LONGEST:
                    break
    except (UnknownOutcome, TooLarge) as error:
        if len(heard.text) > told:
            yield Running(text=scrub(heard.text, access.key))
        if isinstance(error, UnknownOutcome):
            raise
        who, name = access.provider.title, access.provider.name
        text = say("error.answer.large", who=who, most=TEXT_BYTES // MEGABYTE)
        raise UnknownOutcome(text, provider=name) from error
    if len(heard.text) > told:
        yield Running(text=scrub(heard.text, access.key))


def _event(data: str, access: Access) -> dict[str, Any]:
    try:
        found = parse(data.encode(errors="replace"))
    except ValueError as error:
        who = access.provider
        raise UnknownOutcome(say("error.not_json", who=who.title), provider=who.name) from error
    return record(found)


def _text(value: object) -> str:
    """A string without half characters, which nothing could write down."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""
