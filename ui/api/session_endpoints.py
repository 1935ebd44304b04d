"""The public API over one session: its history, and what may be deleted or saved of it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.values import is_blank
from ui.api.boxes import Boxes
from ui.context import AppContext
from ui.export import public, root_of, write_history
from ui.failures import as_gradio


def build_session_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoints; nothing of them is seen on the page."""

    async def history(session: Any, request: gr.Request) -> Any:
        """List the receipts of this session, oldest first, with the addresses of the pictures.

        Returns:
            A list of receipts. Jobs whose outcome is open are among them, by their "state"; /check
            asks after them again.
        """
        context.meet(session, request)
        return [public(each, root_of(request)) for each in context.studio.history(session)]

    async def delete_result(id: str, session: Any = None, request: gr.Request = None) -> Any:
        """Delete one result of this session: its receipt and its pictures.

        Args:
            id: The receipt's id.

        Raises:
            An error when this session has no such result.

        Returns:
            The id deleted and how many results are left.
        """
        context.meet(session, request)
        with as_gradio():
            if not context.studio.forget_open(session, str(id) or "none"):
                session.results.delete(str(id))
        return {"deleted": id, "left": len(context.studio.history(session))}

    async def clear_history(session: Any, request: gr.Request) -> Any:
        """Delete every result of this session.

        Returns:
            How many were deleted.
        """
        context.meet(session, request)
        number = len(session.results.history) + context.studio.forget_open(session)
        session.clear()
        return {"deleted": number}

    async def export_history(
        format: str = "json", session: Any = None, request: gr.Request = None
    ) -> str:
        """Save the receipts of this session as a file.

        Args:
            format: "json".

        Raises:
            An error for any other format.

        Returns:
            The file history.json.
        """
        context.meet(session, request)
        with as_gradio():
            kind = "" if is_blank(format) else str(format).strip().lower().lstrip(".")
            if kind not in ("", "json"):
                raise InvalidInput(say("api.format", value=repr(kind[:40])), field="format")
            return str(
                await write_history(session, context.studio.folder, context.studio.history(session))
            )

    state = context.session
    quick: dict[str, Any] = {"concurrency_limit": None}
    boxes.endpoint(history, state, boxes(gr.JSON, "receipts"), api_name="history", **quick)
    boxes.endpoint(
        delete_result,
        [boxes(gr.Textbox, "id"), state],
        boxes(gr.JSON, "deleted"),
        api_name="delete_result",
        **quick,
    )
    boxes.endpoint(
        clear_history,
        state,
        boxes(gr.JSON, "deleted"),
        api_name="clear_history",
        **quick,
    )
    boxes.endpoint(
        export_history,
        [boxes(gr.Textbox, "format", value="json"), state],
        boxes(gr.File, "file"),
        api_name="export_history",
        **quick,
    )
