"""Before the first job whose price nobody knows: that is said, once a session."""

from __future__ import annotations

from errors import OverBudget
from i18n import say
from providers.schema import Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.service import Studio
from studio.session import Session
from ui.money import verb


async def ask_once(
    studio: Studio,
    task: Task,
    name: str,
    user_request: UserRequest,
    session: Session,
    keys: Keyring,
    policy: Policy,
) -> None:
    """Raises `OverBudget` the first time that the price of a job is unknown; a second press goes
    on."""
    if session.limits.price_seen:
        return
    first = await studio.choose(task, name, user_request, keys, policy, session)
    if first.whole is None:
        session.limits.price_seen = True
        unsure = first if first.price is None else first.translator or first
        raise OverBudget(
            say("price.ask", model=unsure.model.title),
            provider=unsure.model.provider,
            advice=say("price.ask.advice", verb=verb(task)),
        )
