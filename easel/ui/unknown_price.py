"""Before the first job whose price nobody knows: that is said, once a session."""

from __future__ import annotations

from easel.providers.errors import OverBudget
from easel.providers.schema import Task
from easel.studio.ask import Asked
from easel.studio.keys import Keyring
from easel.studio.service import Studio
from easel.studio.session import Session
from easel.studio.terms import Terms
from easel.ui.money import verb
from easel.words import say


async def ask_once(
    studio: Studio,
    task: Task,
    name: str,
    asked: Asked,
    session: Session,
    keys: Keyring,
    terms: Terms,
) -> None:
    """Raises `OverBudget` the first time that the price of a job is unknown; a second press goes
    on."""
    if session.price_seen:
        return
    first = await studio.choose(task, name, asked, keys, terms, session)
    if first.whole is None:
        session.price_seen = True
        unsure = first if first.price is None else first.translator or first
        raise OverBudget(
            say("price.ask", model=unsure.model.title),
            provider=unsure.model.provider,
            advice=say("price.ask.advice", verb=verb(task)),
        )
