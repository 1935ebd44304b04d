"""What a handler's or a route's request does not say by itself: its scope, whether it names a
session, whether its sender has signed in, the address it came to."""

from __future__ import annotations

from typing import Any, Final

import gradio as gr
from gradio.oauth import _get_valid_oauth_info_from_session
from gradio.route_utils import get_root_url

# Gradio calls this address of its own once, while it launches, and does not start where it fails
# (`Blocks.launch`). Can go when launching needs no request.
STARTUP: Final = "/gradio_api/startup-events"
# An argument of `launch`. Why: gradio otherwise asks for its own page while it launches, and gives
# up on a machine that needs more than 3 s for it. Can go when gradio waits.
PATIENT: Final = {"_frontend": False}
NAMELESS: Final = "easel.nameless"


def scope_of(request: gr.Request) -> dict[str, Any]:
    """The ASGI scope of the call behind a handler's request.

    Why: a handler's `gr.Request` gives headers as one value each, and a header may come twice
    (`gr.Request.request`). Can go when it hands the scope through.
    """
    inner = request.request
    return dict(inner.scope) if inner is not None else {}


def mark_nameless(request: Any) -> None:
    """Note of a call's request that it names no session; asked by `is_nameless`.

    Why: gradio gives such a call the id of its event as the name of its session (`Event`), so that
    a handler cannot tell it from one with a session of its own; together they have one budget.
    Can go when `gr.Request.session_hash` is None for them.
    """
    request.scope[NAMELESS] = True


def is_nameless(request: gr.Request) -> bool:
    """Whether a call named no session."""
    return bool(scope_of(request).get(NAMELESS))


def is_signed_in(scope: Any) -> bool:
    """Whether a request comes from somebody who has signed in with Hugging Face.

    Why: what asks before a route is run has no `gr.OAuthProfile`. The session is gradio's signed
    cookie, read by its own middleware, which stands before ours (`gradio.oauth`). Can go when
    gradio can close an app by itself.
    """
    return _get_valid_oauth_info_from_session(scope.get("session") or {}) is not None


def root_url(request: gr.Request) -> str:
    """The address a call came to, root path and proxies heeded.

    Why: gradio writes the addresses of files in its answers itself, but not those inside a JSON
    answer. Can go when `gr.Request` has it.
    """
    return str(get_root_url(request.request, route_path="", root_path=None))
