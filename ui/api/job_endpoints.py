"""The public API of jobs: where one stands, what became of it, how models do."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import gradio as gr

from studio.results.receipts import public_record
from studio.session import Session
from ui.api.boxes import Boxes
from ui.desk import Desk
from ui.export import public, root_of
from ui.failures import as_gradio


def build_jobs_api(desk: Desk, boxes: Boxes) -> None:
    """Register the endpoints."""
    _status(desk, boxes)
    _check(desk, boxes)
    _statistics(desk, boxes)


def _status(desk: Desk, boxes: Boxes) -> None:
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
            desk.keys(session, request)
            return _shown(desk, session, str(id), request)

    _endpoint(desk, boxes, status, "status")


def _check(desk: Desk, boxes: Boxes) -> None:
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
            keys = desk.keys(session, request, token)
            async with aclosing(desk.studio.check(session, str(id), keys)) as steps:
                async for _ in steps:
                    pass
            return _shown(desk, session, str(id), request)

    _endpoint(desk, boxes, check, "check")


def _statistics(desk: Desk, boxes: Boxes) -> None:
    async def statistics(session: Session) -> Any:
        """Tell how each model has done, in this process and in this session.

        Returns:
            Per model: tries, successes, refusals, failures by kind, mean and 95th percentile
            seconds, mean bytes, spend. No prompts, no pictures, no keys.
        """
        return {
            "process": desk.studio.statistics.as_data(),
            "session": session.statistics.as_data(),
        }

    boxes.endpoint(
        statistics,
        desk.session,
        boxes(gr.JSON, "statistics"),
        api_name="statistics",
        concurrency_limit=None,
    )


def _endpoint(desk: Desk, boxes: Boxes, handler: Any, name: str) -> None:
    """An endpoint that takes a job's id and returns the job."""
    boxes.endpoint(
        handler,
        [boxes(gr.Textbox, "id"), desk.session],
        boxes(gr.JSON, "job"),
        api_name=name,
        concurrency_limit=None,
    )


def _shown(desk: Desk, session: Session, job_id: str, request: gr.Request) -> Any:
    record = public_record(desk.studio.status(session, job_id))
    return public(record, root_of(request))
