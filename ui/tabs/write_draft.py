"""A written text as its reader has it, and what is asked of whoever repairs it."""

from __future__ import annotations

from dataclasses import dataclass

from errors import InvalidInput
from i18n import say
from providers.brief import Brief
from providers.catalogue import MODELS, provider_of
from studio.prompts.writing import read_repair
from studio.request import UserRequest
from studio.results.text_checks import look_at
from studio.routing import AUTO


@dataclass
class Draft:
    """A text as its reader has it."""

    # What it was written from.
    idea: str = ""
    # As it stands in the box.
    text: str = ""
    # What one click puts in its place: the idea, or the written text again.
    other: str = ""
    # Who wrote it, "" where it was never finished, and by which brief.
    model: str = ""
    brief: Brief | None = None


def read_offered(draft: Draft, text: str) -> tuple[str, UserRequest]:
    """Who is asked and what for a repair of a text as it now stands. Raises `InvalidInput` where
    nothing in it contradicts itself."""
    clashes = look_at(draft.idea, text)["contradictions"]
    if draft.brief is None or not clashes:
        raise InvalidInput(say("write.repair.none"), field="prompt")
    return repairer(draft), read_repair(text, clashes, draft.brief)


def repairer(draft: Draft) -> str:
    """Who is asked: who wrote it, unless that was Easel's own composer."""
    row = MODELS.get(draft.model)
    return row.id if row and provider_of(row).needs_key else AUTO
