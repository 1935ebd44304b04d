"""One click that has the contradictions taken out of a prompt, at a price that is said first."""

from __future__ import annotations

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from providers.catalogue import MODELS, provider_of
from providers.schema import Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.writing import read_repair
from studio.request import UserRequest
from studio.results.text_checks import look_at
from studio.routing import AUTO
from studio.service import Studio
from studio.session import Session
from ui import cards
from ui.money import label_at_most
from ui.stage import Update
from ui.tabs.write_stage import Shown, TextStage


async def offer_repair(
    studio: Studio, stage: TextStage, shown: Shown, text: str, session: Session, keys: Keyring
) -> Update:
    """The button that asks for it, with its price; where nobody can, what a person can do himself.
    Neither where there is nothing to repair."""
    hidden = {stage.repair: gr.update(visible=False), stage.advice: gr.update(visible=False)}
    try:
        name, user_request = read_offered(shown, text)
    except InvalidInput:
        return hidden
    try:
        policy = Policy(session.limits.max_price, session.limits.patience)
        found = await studio.choose(Task.PROMPT_WRITING, name, user_request, keys, policy)
    except StudioError:
        told = cards.note(say("write.repair.self"))
        return hidden | {stage.advice: gr.update(value=told, visible=True)}
    label = label_at_most(say("write.repair"), found.whole)
    return hidden | {stage.repair: gr.update(value=label, visible=True)}


def read_offered(shown: Shown, text: str) -> tuple[str, UserRequest]:
    """Who is asked and what for a repair of a text as it now stands. Raises `InvalidInput` where
    nothing in it contradicts itself."""
    clashes = look_at(shown.idea, text)["contradictions"]
    if shown.brief is None or not clashes:
        raise InvalidInput(say("write.repair.none"), field="prompt")
    return repairer(shown), read_repair(text, clashes, shown.brief)


def repairer(shown: Shown) -> str:
    """Who is asked: who wrote it, unless that was Easel's own composer."""
    row = MODELS.get(shown.model)
    return row.id if row and provider_of(row).needs_key else AUTO


def is_repair(user_request: UserRequest) -> bool:
    """Whether a text that is there is to be freed of contradictions."""
    return user_request.brief is not None and user_request.brief.kind == "repair"
