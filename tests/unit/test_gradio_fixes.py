"""What Easel holds on to in gradio is still as it was read there."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import gradio as gr
from gradio import blocks, oauth, routes
from gradio.queueing import Event, Queue
from starlette.requests import Request

from easel.ui.gradio_fixes import (
    STARTUP,
    is_nameless,
    is_signed_in,
    mark_nameless_calls,
    scope_of,
)


async def test_a_call_without_a_session_is_marked() -> None:
    """`Queue.push` gets the body as it came, and the request that handlers get."""
    pushed: list[str | None] = []

    async def push(body: Any, request: Any, username: str | None) -> None:
        pushed.append(body.session_hash)

    demo: Any = SimpleNamespace(_queue=SimpleNamespace(push=push))
    mark_nameless_calls(demo)
    for name, expected in ((None, True), ("", True), ("abc", False)):
        request = Request({"type": "http", "headers": [], "path": "/"})
        body = SimpleNamespace(session_hash=name)
        await demo._queue.push(body=body, request=request, username=None)
        assert is_nameless(gr.Request(request, session_hash="event")) is expected
        assert scope_of(gr.Request(request))["path"] == "/"
    assert pushed == [None, "", "abc"]


def test_gradio_still_names_a_call_after_its_event() -> None:
    assert list(inspect.signature(Queue.push).parameters) == ["self", "body", "request", "username"]
    assert "session_hash or self._id" in inspect.getsource(Event.__init__)
    assert "session_hash" in inspect.getsource(Queue.push)


def test_gradio_still_calls_itself_to_start() -> None:
    assert "startup-events" in inspect.getsource(blocks.Blocks.launch)
    assert f'"/{STARTUP.rpartition("/")[2]}"' in inspect.getsource(routes)


def test_gradio_still_keeps_a_sign_in_in_its_session() -> None:
    soon = 4_000_000_000
    for session, expected in (
        ({}, False),
        ({"oauth_info": None}, False),
        ({"oauth_info": {"expires_at": 1}}, False),
        ({"oauth_info": {"expires_at": soon}}, True),
    ):
        assert is_signed_in({"session": session}) is expected
    assert is_signed_in({}) is False
    source = inspect.getsource(oauth)
    assert 'request.session["oauth_info"] = oauth_info' in source
    assert "SessionMiddleware" in source
