"""From our settings to a provider's fields: the part every payload shares."""

from __future__ import annotations

from typing import Any

from easel.providers.schema import GenerationRequest


def wired(request: GenerationRequest, *, packed: str = "") -> dict[str, Any]:
    """The settings by their wire names, in the provider's words, with the model's fixed fields.

    `packed` names the field that holds width and height together; the caller writes that one.
    """
    body: dict[str, Any] = dict(request.model.fixed)
    for name, value in request.settings.items():
        param = request.model.param(name)
        if param is None:
            raise LookupError(f"{request.model.id} has no {name}")
        if param.wire != packed:
            body[param.wire] = param.to_wire(value)
    return body
