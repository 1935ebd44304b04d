"""Chat behind Hugging Face's router: a text by whoever serves the model now, as it is written.

The router chooses among the servers by itself where none is named; Easel names the first that the
hub lists, so that it can say who got the words. Source: hub-docs, "chat completion", and recordings
of huggingface_hub, read 2026-11-21; that `model:server` chooses a server is from hub-docs' index.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from errors import NotAvailable
from i18n import say
from providers.chat_protocol import messages
from providers.chat_protocol import write as write_chat
from providers.http.client import Access
from providers.http.picture_uploads import check_going
from providers.huggingface.hub import serving
from providers.payload import briefed, wired
from providers.schema import Done, GenerationRequest, Running

NAME = "huggingface"
ROUTER = "HF_ROUTER_URL"


def payload(request: GenerationRequest, addresses: Sequence[str]) -> dict[str, Any]:
    """The request as the router takes it; who serves the model is added on sending."""
    said = {"model": request.model.endpoint, "messages": messages(request, addresses)}
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    return {**said, **briefed(request), **wired(request), **streamed}


async def write(request: GenerationRequest, access: Access) -> AsyncGenerator[Running | Done, None]:
    """Ask for the text, with one POST; pictures go inside the request."""
    server = await serving(request.model, access)
    if server is None:
        text = say("error.huggingface.not_served")
        raise NotAvailable(text, provider=NAME, created=False)
    check_going(access)
    client = access.client({"Authorization": f"Bearer {access.key}"}, request.model.seconds)
    body = payload(request, [picture.data_uri for picture in request.pictures])
    body["model"] = f"{request.model.endpoint}:{server.provider}"
    url = f"{access.bases[ROUTER]}/v1/chat/completions"
    note = say("note.served_by", server=server.provider)
    async with aclosing(write_chat(request, access, client, url, body)) as steps:
        async for step in steps:
            if isinstance(step, Done):
                step = replace(step, warnings=(*step.warnings, note))
            yield step
