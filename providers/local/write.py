"""Writing a prompt on this machine: composed from templates, not by a language model."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from engines.words.compose import LANGUAGES, LENGTH, compose
from errors import InvalidInput
from i18n import say
from providers.http.client import Access
from providers.local.worker import NAME, go_on
from providers.params import seed
from providers.schema import Done, GenerationRequest, Limits, Model, Price, Task

STYLE: Final = "photo"


def takes(request: GenerationRequest) -> None:
    """Raises `InvalidInput` for anything but writing, and for a language it has no sentences in."""
    brief = request.brief
    if brief is None:
        return
    if brief.kind != "write":
        raise InvalidInput(say("local.compose.kind"), provider=NAME)
    if brief.language not in LANGUAGES:
        told = {"language": brief.language, "languages": ", ".join(LANGUAGES)}
        raise InvalidInput(say("local.compose.language", **told), field="language", provider=NAME)


def composing(request: GenerationRequest) -> dict[str, Any]:
    """What the composer works from, besides the idea."""
    brief = request.brief
    if brief is None:
        return {"style": STYLE, "length": LENGTH}
    return {
        "style": brief.style or STYLE,
        "length": brief.length or LENGTH,
        "language": brief.language,
    }


def write(request: GenerationRequest, access: Access) -> Done:
    """Compose the prompt; the same seed, idea and style give the same one."""
    go_on(access)
    number = int(request.settings.get("seed", 0))
    made = compose(request.prompt, number, **composing(request))
    return Done(text=made.text, seed=number, warnings=(made.note,))


COMPOSE = Model(
    id="local/composer",
    title="Composer",
    endpoint="composer",
    task=Task.PROMPT_WRITING,
    params=(seed(),),
    price=Price(usd=Decimal(0), note="composed on this machine"),
    limits=Limits(prompt=2000),
    languages=LANGUAGES,
    licence="Yours: nothing of others is in it.",
    notes="Not AI: it keeps your idea as the first sentence and adds sentences of its own that "
    "suit it, in English, Russian or Ukrainian. It does not see pictures and does not translate.",
    source="Easel's own engine",
    seconds=60,
    takes=takes,
)
