"""Editing by instruction on this machine: a small grammar and plain picture work, no model."""

from __future__ import annotations

from decimal import Decimal

from engines.edit import EditError, Understood, abilities, understand
from engines.edit.abilities import language_of
from errors import InvalidInput
from i18n import say
from providers.http.client import Access
from providers.local.files import AS_IT_IS, opened, stored
from providers.local.worker import NAME, go_on
from providers.schema import Done, GenerationRequest, Model, Picture, Price, Slot, Task

MOST = 9
# How many of its abilities an error names.
FEW = 4


def takes(request: GenerationRequest) -> None:
    """Raises `InvalidInput` unless every word of the instruction is understood."""
    _understood(request)


def _understood(request: GenerationRequest) -> Understood:
    found = understand(request.prompt, len(request.pictures))
    if found.operations:
        return found
    words = ", ".join(f"“{each}”" for each in found.unknown)
    message = say("local.edit.unknown", words=words) if words else say("local.edit.nothing")
    can = "; ".join(abilities(language_of(request.prompt))[:FEW])
    advice = say("local.edit.can", abilities=can)
    raise InvalidInput(message, field="prompt", provider=NAME, advice=advice)


def edit(request: GenerationRequest, access: Access) -> Done:
    """Do what the instruction says, all of it or nothing."""
    # Late: OpenCV is needed only when somebody edits.
    from engines.edit.apply import apply

    asked = _understood(request)
    images = []
    for each in request.pictures:
        go_on(access)
        images.append(opened(each).image)
    try:
        made = apply(asked.operations, images, own=True)
    except EditError as error:
        raise InvalidInput(str(error), provider=NAME, advice=say("local.untouched")) from error
    go_on(access)
    return Done((Picture(data=stored(made.image, request.pictures[0])),), warnings=made.notes)


EDIT = Model(
    id="local/edit",
    title="Plain Editor",
    endpoint="edit",
    task=Task.IMAGE_EDIT,
    params=(),
    price=Price(usd=Decimal(0), note="made on this machine"),
    limits=AS_IT_IS,
    slots=(Slot("picture", "pictures", 1, MOST, many=True),),
    languages=("en", "ru", "uk"),
    licence="As your pictures allow: nothing of others is added.",
    notes="Not AI: it understands a fixed set of instructions, such as crop, brighter, side by "
    "side, blur the background, and does all of one or nothing.",
    source="Easel's own engine",
    seconds=1800,
    takes=takes,
)
