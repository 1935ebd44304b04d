"""The public API of jobs: where one stands, what became of it, how models do."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import gradio as gr

from studio.session import Session
from studio.storage.records import public_record
from ui.api.boxes import Boxes
from ui.context import AppContext
from ui.export import public, root_of
from ui.failures import as_gradio


def build_jobs_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoints."""
    _status(context, boxes)
    _check(context, boxes)
    _statistics(context, boxes)


def _status(context: AppContext, boxes: Boxes) -> None:
    async def status(id: str, session: Any = None, request: gr.Request = None) -> Any:
        """Tell where a job of this session stands, without asking its provider.

        Args:
            id: The job's id, from a receipt or an error's text.

        Raises:
            An error when this session has no such job.

        Returns:
            The job: state, the moments of its states, who was asked, price, upstream id, error,
            and its pictures when it is completed.
        """
        with as_gradio():
            context.keys(session, request)
            return _shown(context, session, str(id), request)

    _endpoint(context, boxes, status, "status")


def _check(context: AppContext, boxes: Boxes) -> None:
    async def check(
        id: str,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """Ask the provider again after a job whose outcome is open. Never submits anything.

        Args:
            id: The job's id, from a receipt or an error's text.

        Raises:
            An error when this session has no such job, or what is known when it is still open.

        Returns:
            The job as /status tells it, completed when its pictures could be fetched.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            async with aclosing(context.studio.check(session, str(id), keys)) as steps:
                async for _ in steps:
                    pass
            return _shown(context, session, str(id), request)

    _endpoint(context, boxes, check, "check")


def _statistics(context: AppContext, boxes: Boxes) -> None:
    async def statistics(session: Session) -> Any:
        """Tell how each model has done, in this process and in this session.

        Returns:
            Per model: tries, successes, refusals, failures by kind, mean and 95th percentile
            seconds, mean bytes, spend. No prompts, no pictures, no keys.
        """
        return {
            "process": context.studio.statistics.as_data(),
            "session": session.statistics.as_data(),
        }

    boxes.endpoint(
        statistics,
        context.session,
        boxes(gr.JSON, "statistics"),
        api_name="statistics",
        concurrency_limit=None,
    )


def _endpoint(context: AppContext, boxes: Boxes, handler: Any, name: str) -> None:
    """An endpoint that takes a job's id and returns the job."""
    boxes.endpoint(
        handler,
        [boxes(gr.Textbox, "id"), context.session],
        boxes(gr.JSON, "job"),
        api_name=name,
        concurrency_limit=None,
    )


def _shown(context: AppContext, session: Session, job_id: str, request: gr.Request) -> Any:
    record = public_record(context.studio.status(session, job_id))
    return public(record, root_of(request))
