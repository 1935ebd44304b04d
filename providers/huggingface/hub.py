"""Asks the Hugging Face hub who serves a model now. The caller's own token is used, the answer is
remembered for five minutes, per model and caller. Source: huggingface_hub 2.4.0, read 2026-11-21.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from time import monotonic
from typing import Any

from errors import StudioError
from providers.http.bounds import LOOK_UP
from providers.http.client import Access
from providers.http.json_reading import name, record, rows
from providers.schema import Model, Task

HUB = "HF_ENDPOINT"
TEXT_TO_IMAGE, IMAGE_TO_IMAGE = "text-to-image", "image-to-image"
CHAT = "conversational"
# The hub's word for what a user came for.
TASKS = {
    Task.TEXT_TO_IMAGE: TEXT_TO_IMAGE,
    Task.IMAGE_EDIT: IMAGE_TO_IMAGE,
    Task.PROMPT_WRITING: CHAT,
}
MAPPING_SECONDS = 300.0
SERVER = re.compile(r"[\w-]{1,60}", re.ASCII)
PLAIN = re.compile(r"\w[\w.:/-]{0,200}", re.ASCII)  # a name that may stand in a path
# Whose answers `router.result` can read; the SDK knows more, in protocols of their own. Chat is
# spoken alike by all, so anybody will do.
KNOWN = {
    TEXT_TO_IMAGE: ("hf-inference", "fal-ai", "replicate", "together", "nscale", "wavespeed"),
    # hf-inference serves no model of this task in hub-docs of 2026-08.
    IMAGE_TO_IMAGE: ("fal-ai", "replicate", "together", "wavespeed"),
}


@dataclass(frozen=True, slots=True)
class Serving:
    """Who serves a model now."""

    # As the hub calls it, such as "fal-ai".
    provider: str
    # The model's name there.
    model: str
    # What for, in the hub's word.
    task: str = TEXT_TO_IMAGE


@dataclass(frozen=True, slots=True)
class LookUp:
    """The hub's answer."""

    # When it was given, by the monotonic clock.
    at: float
    # None where nobody serves the model.
    serving: Serving | None


async def serving(model: Model, access: Access) -> Serving | None:
    """Who serves the model, read from the hub with the caller's own token; None for nobody.

    Remembered for five minutes per model and caller. Raises `StudioError` when the hub cannot
    be asked.
    """
    caller = hashlib.sha256(access.key.encode()).hexdigest()
    place = (HUB, model.endpoint, caller)
    _forget_old(access)
    if known := access.memory.get(place):
        return known.serving  # type: ignore[no-any-return]
    url = f"{access.bases[HUB]}/api/models/{model.endpoint}"
    try:
        client = access.client({"Authorization": f"Bearer {access.key}"}, LOOK_UP.seconds)
        asked = {"expand": "inferenceProviderMapping"}
        answer = await client.get(url, params=asked, extensions=LOOK_UP.mark)
        found = pick(await access.json(answer, paid=False), TASKS[model.task])
    except StudioError as error:
        error.created = False  # nothing was asked for yet
        raise
    access.memory[place] = LookUp(monotonic(), found)
    return found


def pick(body: dict[str, Any], task: str) -> Serving | None:
    """The first provider that serves the model live and whose protocol is known here."""
    mapping = body.get("inferenceProviderMapping")
    entries = [(name(each.get("provider")), each) for each in map(record, rows(mapping))]
    entries += [(provider, record(entry)) for provider, entry in record(mapping).items()]
    for provider, entry in entries:
        live = entry.get("status") == "live" and entry.get("task") == task
        live = live and (task not in KNOWN or provider in KNOWN[task])
        model = name(entry.get("providerId"))
        if live and SERVER.fullmatch(provider) and PLAIN.fullmatch(model) and ".." not in model:
            return Serving(provider, model, task)
    return None


def _forget_old(access: Access) -> None:
    """Drop every look-up that is older than five minutes, whosever it was."""
    now = monotonic()
    for place, known in list(access.memory.items()):
        if isinstance(known, LookUp) and now - known.at >= MAPPING_SECONDS:
            del access.memory[place]
