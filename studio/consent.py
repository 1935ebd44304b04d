"""What may be done only with the consent of the people in the pictures."""

from __future__ import annotations

from typing import Final

from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.session import Session

NEEDED_FOR: Final = frozenset({Task.FACE_SWAP})


def check_consent(task: Task, session: Session) -> None:
    """Raises `InvalidInput` when a task needs consent and the visitor has not confirmed it.

    It is said once a session.
    """
    if task in NEEDED_FOR and not session.consent:
        text, advice = say("studio.consent"), say("studio.consent.advice")
        raise InvalidInput(text, field="consent", advice=advice)
