"""OpenAI's chat: a prompt written or translated by one of its language models, as it is written.

The Chat Completions API, which OpenAI goes on serving beside its newer one. Nothing can be asked
after and nothing be cancelled there: hanging up ends it. Source: OpenAI's API reference as quoted
by public repositories, read 2026-11-21; that a line hung up is not charged further is unverified.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from providers.chat_protocol import messages
from providers.chat_protocol import write as write_chat
from providers.http.client import Access
from providers.payload import briefed, wired
from providers.schema import Done, GenerationRequest, Running

BASE = "OPENAI_BASE_URL"
STREAMED = {"stream": True, "stream_options": {"include_usage": True}}


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The request as OpenAI names it; the answer is to come as it is written, usage last."""
    said = {"model": request.model.endpoint, "messages": messages(request, addresses)}
    return {**said, **briefed(request), **wired(request), **STREAMED}


async def write(request: GenerationRequest, access: Access) -> AsyncGenerator[Running | Done, None]:
    """Ask for the text, with one POST; pictures go inside the request."""
    client = access.client({"Authorization": f"Bearer {access.key}"}, request.model.seconds)
    body = payload(request, [picture.data_uri for picture in request.pictures])
    url = f"{access.bases[BASE]}/chat/completions"
    async with aclosing(write_chat(request, access, client, url, body)) as steps:
        async for step in steps:
            yield step
