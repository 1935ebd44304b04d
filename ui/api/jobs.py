"""The public API of jobs and of a session's history: where a job stands, what became of it, and
what may be deleted or saved."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.session import Session
from studio.storage.records import public_record
from studio.values import is_blank
from ui.context import AppContext
from ui.export import public, root_of, write_history
from ui.failures import as_gradio


@dataclass(frozen=True)
class Jobs:
    """The handlers."""

    context: AppContext

    async def status(self, id: str, session: Any = None, request: gr.Request = None) -> Any:
        """Tell where a job of this session stands, without asking its provider.

        Raises:
            An error when this session has no such job.

        Returns:
            The job: state, the moments of its states, who was asked, price, upstream id, error,
            and its pictures when it is completed.
        """
        with as_gradio():
            self.context.keys(session, request)
            return self._shown(session, id, request)

    async def check(
        self,
        id: str,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """Ask the provider again after a job whose outcome is open. Never submits anything.

        Raises:
            An error when this session has no such job, or what is known when it is still open.

        Returns:
            The job as /status tells it, completed when its pictures could be fetched.
        """
        with as_gradio():
            keys = self.context.keys(session, request, token)
            async with aclosing(self.context.studio.check(session, str(id), keys)) as steps:
                async for _ in steps:
                    pass
            return self._shown(session, id, request)

    async def history(self, session: Any, request: gr.Request) -> Any:
        """List the receipts of this session, oldest first, with the addresses of the pictures.

        Returns:
            A list of receipts. Jobs whose outcome is open are among them, by their "state"; /check
            asks after them again.
        """
        self.context.meet(session, request)
        return [public(each, root_of(request)) for each in self.context.studio.history(session)]

    async def delete_result(self, id: str, session: Any = None, request: gr.Request = None) -> Any:
        """Delete one result of this session: its receipt and its pictures.

        Args:
            id: The receipt's id.

        Raises:
            An error when this session has no such result.

        Returns:
            The id deleted and how many results are left.
        """
        self.context.meet(session, request)
        studio = self.context.studio
        with as_gradio():
            if not studio.forget_open(session, str(id) or "none"):
                session.results.delete(str(id))
        return {"deleted": id, "left": len(studio.history(session))}

    async def clear_history(self, session: Any, request: gr.Request) -> Any:
        """Delete every result of this session.

        Returns:
            How many were deleted.
        """
        self.context.meet(session, request)
        number = len(session.results.history) + self.context.studio.forget_open(session)
        session.clear()
        return {"deleted": number}

    async def export_history(
        self, format: str = "json", session: Any = None, request: gr.Request = None
    ) -> str:
        """Save the receipts of this session as a file.

        Args:
            format: "json".

        Raises:
            An error for any other format.

        Returns:
            The file history.json.
        """
        self.context.meet(session, request)
        studio = self.context.studio
        with as_gradio():
            kind = "" if is_blank(format) else str(format).strip().lower().lstrip(".")
            if kind not in ("", "json"):
                raise InvalidInput(say("api.format", value=repr(kind[:40])), field="format")
            return str(await write_history(session, studio.folder, studio.history(session)))

    async def statistics(self, session: Session) -> Any:
        """Tell how each model has done, in this process and in this session.

        Returns:
            Per model: tries, successes, refusals, failures by kind, mean and 95th percentile
            seconds, mean bytes, spend. No prompts, no pictures, no keys.
        """
        return {
            "process": self.context.studio.statistics.as_data(),
            "session": session.statistics.as_data(),
        }

    def _shown(self, session: Session, job_id: str, request: gr.Request) -> Any:
        """A job as callers see it."""
        record = public_record(self.context.studio.status(session, str(job_id)))
        return public(record, root_of(request))
