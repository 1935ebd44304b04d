"""What every tab is given: the studio, the visitor's session, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from studio.keys import Keyring
from studio.service import Studio
from studio.session import Session
from studio.storage.journal import digest
from ui.gradio_fixes.requests_fixes import is_nameless, scope_of
from ui.http.addresses import address_of
from ui.visitors import Visitors


@dataclass(frozen=True)
class AppContext:
    """`session` is the gr.State that holds the visitor's `Session`, changed in place."""

    studio: Studio
    visitors: Visitors
    session: gr.State

    def meet(self, session: Session, request: gr.Request) -> None:
        """Note that the visitor is here: what is kept for him is deleted when he has gone. Jobs of
        his that a restart cut off are his again."""
        scope = scope_of(request)
        session.visitor.address = address_of(scope, self.studio.settings) if scope else ""
        self.visitors.meet(request.session_hash, session, nameless=is_nameless(request))
        if not session.visitor.caller:
            session.visitor.caller = digest(request.session_hash or "")
            self.studio.recall(session)

    def keys(
        self, session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Keyring:
        """The keys this call may use; notes that the visitor is here."""
        self.meet(session, request)
        headers = {str(name): str(value) for name, value in dict(request.headers).items()}
        return self.studio.keyring(session, headers, token.token if token else "")
