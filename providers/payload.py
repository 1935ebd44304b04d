"""From our settings to a provider's fields: the part every payload shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from providers.schema import GenerationRequest, Model

WISH = "{guard}\n\nWithin these limits, the wish: {words}"
# What a language model is asked where there is a picture and no word beside it.
LOOK = "Describe the picture."


def full_prompt(model: Model, words: str) -> str:
    """The prompt that goes out: the user's words, behind Easel's own where the model has some."""
    if not model.guard:
        return words
    return WISH.format(guard=model.guard, words=words) if words else model.guard


def prompted(request: GenerationRequest) -> dict[str, str]:
    """The prompt field, left out where there is nothing to say."""
    prompt = full_prompt(request.model, spoken(request))
    return {"prompt": prompt} if prompt else {}


def spoken(request: GenerationRequest) -> str:
    """The user's words, or what stands for them where a picture is to be described."""
    return request.prompt or (LOOK if request.brief and request.pictures else "")


def briefed(request: GenerationRequest) -> dict[str, Any]:
    """What a language model is told to do with the words, and how long the answer may get."""
    brief, fields = request.brief, request.model.brief
    if brief is None:
        return {}
    told = {"told": brief.told, "tokens": brief.most_tokens}
    return {field: told[name] for name, field in fields.items()}


def pictured(model: Model, addresses: Sequence[str]) -> dict[str, Any]:
    """The addresses of the pictures in the fields of the model's slots, filled in their order.

    A slot takes all it can, as long as enough is left for the slots behind it.
    """
    body: dict[str, Any] = {}
    left = list(addresses)
    for number, slot in enumerate(model.slots, 1):
        spare = len(left) - sum(behind.least for behind in model.slots[number:])
        count = max(0, min(slot.most, spare))
        mine, left = left[:count], left[count:]
        if slot.many and mine:
            body.setdefault(slot.wire, []).extend(mine)
        elif mine:
            body[slot.wire] = mine[0]
    return body


def wired(request: GenerationRequest, *, packed: str = "") -> dict[str, Any]:
    """The settings by their wire names, in the provider's words, with the model's fixed fields.

    `packed` names the field that holds width and height together; the caller writes that one.
    """
    body: dict[str, Any] = dict(request.model.fixed)
    for name, value in request.settings.items():
        param = request.model.param(name)
        if param is None:
            raise LookupError(f"{request.model.id} has no {name}")
        if param.wire and param.wire != packed:
            body[param.wire] = param.to_wire(value)
    return body
