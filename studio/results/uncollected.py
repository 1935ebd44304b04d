"""Results that wait for a visitor who left and asked for his paid jobs to be finished.

Only what those jobs made waits, under a random ticket that the visitor's browser holds, for 15
minutes after the last of them has ended; then it is deleted.
"""

from __future__ import annotations

import asyncio
import secrets

from studio.background import spawn
from studio.service import Studio
from studio.session import Session

WAIT_SECONDS = 15 * 60.0


def new_ticket() -> str:
    """A ticket nobody can guess."""
    return secrets.token_urlsafe(32)


class UncollectedResults:
    """Sessions whose visitors have left, by ticket."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._waiting: dict[str, Session] = {}

    def take(self, session: Session) -> bool:
        """Let a session wait, when it asked for that and has something to wait for."""
        if not (session.limits.finish_when_gone and session.visitor.ticket):
            return False
        if not (self._studio.running(session) or session.results.since(session.visitor.left)):
            return False
        session.keep_only_late()
        session.keys.clear()
        self._waiting[session.visitor.ticket] = session
        spawn(self._end_in_time(session))
        return True

    def collect(self, ticket: str, session: Session) -> bool:
        """Give what waits under a ticket to the session of the visitor who is back."""
        old = self._waiting.pop(ticket, None) if ticket else None
        if old is None or old is session:
            return False
        self._studio.hand_over(old, session)
        session.results.history[:0] = old.results.history
        old.results.history.clear()
        session.limits.finish_when_gone, session.visitor.ticket = True, ticket
        spawn(self._studio.end(old))  # nothing of it is left but its records
        return True

    def sessions(self) -> list[Session]:
        """Those that wait."""
        return [*self._waiting.values()]

    async def end_all(self) -> None:
        """The app stops: nothing waits any more."""
        for session in [self._waiting.pop(ticket) for ticket in list(self._waiting)]:
            await self._studio.end(session)

    async def _end_in_time(self, session: Session) -> None:
        await self._studio.all_over(session)
        await asyncio.sleep(WAIT_SECONDS)
        if self._waiting.get(session.visitor.ticket) is session:
            del self._waiting[session.visitor.ticket]
            await self._studio.end(session)
