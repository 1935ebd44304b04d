"""Where Easel holds on to what gradio does not promise. Each says what, why, of which version, and
when it can go; `tests/integration/test_gradio_fixes.py` fails when gradio changes under it.
"""

from __future__ import annotations

from typing import Any

import gradio as gr

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
