"""Where Easel holds on to what gradio does not promise. Each says what, why, of which version, and
when it can go; `tests/unit/test_gradio_fixes.py` fails when gradio changes under it.
"""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.oauth import _get_valid_oauth_info_from_session

NAMELESS = "easel.nameless"


def mark_nameless_calls(demo: gr.Blocks) -> None:
    """Note of a call that it names no session.

    Why: gradio gives such a call the id of its event as the name of its session, so that a handler
    cannot tell it from one with a session of its own; together they have one budget. Read in
    gradio 6.31 (`Queue.push`). Can go when `gr.Request.session_hash` is None for them.
    """
    queue: Any = demo._queue
    push = queue.push

    async def marked(body: Any, request: Any, *rest: Any, **more: Any) -> Any:
        if not body.session_hash:
            request.scope[NAMELESS] = True
        return await push(body, request, *rest, **more)

    queue.push = marked


def is_nameless(request: gr.Request) -> bool:
    """Whether a call named no session."""
    return bool(scope_of(request).get(NAMELESS))


def scope_of(request: gr.Request) -> dict[str, Any]:
    """The ASGI scope of the call behind a handler's request.

    Why: a handler's `gr.Request` gives headers as one value each, and a header may come twice.
    Read in gradio 6.31 (`gr.Request.request`). Can go when it hands the scope through.
    """
    inner = request.request
    return dict(inner.scope) if inner is not None else {}


# Gradio calls this address of its own once, while it launches, and does not start where it fails.
# Read in gradio 6.31 (`Blocks.launch`). Can go when launching needs no request.
STARTUP = "/gradio_api/startup-events"


def is_signed_in(scope: Any) -> bool:
    """Whether a request comes from somebody who has signed in with Hugging Face.

    Why: what asks before a route is run has no `gr.OAuthProfile`. The session is gradio's signed
    cookie, read by its own middleware, which stands before ours. Read in gradio 6.31
    (`gradio.oauth`). Can go when gradio can close an app by itself.
    """
    return _get_valid_oauth_info_from_session(scope.get("session") or {}) is not None
