"""Each private hook of gradio still fits, and is still needed."""

from __future__ import annotations

import asyncio
import inspect
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from gradio import blocks, oauth, queueing, route_utils, routes
from gradio.queueing import Event, Queue
from gradio.server_messages import ProcessStartsMessage
from starlette.requests import Request

from ui.gradio_fixes import tracebacks_fixes as tracebacks
from ui.gradio_fixes.blocks_fixes import number_of
from ui.gradio_fixes.calls_fixes import adopt_queue
from ui.gradio_fixes.keeper_fixes import QueueKeeper
from ui.gradio_fixes.places_fixes import BUILT_FILES, upload_folder
from ui.gradio_fixes.requests_fixes import (
    PATIENT,
    STARTUP,
    is_nameless,
    is_signed_in,
    root_url,
    scope_of,
)
from ui.gradio_fixes.routes_fixes import wrap_outermost
from ui.gradio_fixes.tracebacks_fixes import log_tracebacks

TELLS = "gradio has changed; read ui/gradio_fixes anew"


def a_queue(**more: Any) -> Any:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(lambda text: text, box, box, **more)
    demo.queue(api_open=False)
    return adopt_queue(demo, 0.001, 0.001)


async def until(done: Any, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not done():
            await asyncio.sleep(0.002)


def tasks_of(queue: Any) -> list[asyncio.Task[Any]]:
    """The task that takes calls from the line; none while it has ended."""
    return [
        each
        for each in asyncio.all_tasks()
        if getattr(each.get_coro(), "__qualname__", "") == "Queue.start_processing"
        and not each.done()
    ]


def test_the_queue_is_as_it_was_read() -> None:
    starts = inspect.getsource(queueing.Queue.start)
    for name in ("start_processing", "start_progress_updates", "notify_clients", "active_jobs"):
        assert name in starts, TELLS
    assert starts.count("run_coro_in_background") == 3, TELLS
    works = inspect.getsource(queueing.Queue.start_processing)
    assert "self.stopped = True" in works and "self._cancel_asyncio_tasks()" in works, TELLS
    assert "self.pending_messages_per_session[event.session_hash]" in inspect.getsource(
        queueing.Queue.send_message
    ), TELLS
    assert "traceback.print_exc()" in inspect.getsource(queueing.Queue.process_events), TELLS


async def test_gradio_alone_still_stops() -> None:
    """When this fails, `QueueKeeper` can go."""
    queue = a_queue()
    queue.start()
    await asyncio.sleep(0)
    tasks_of(queue)[0].cancel()
    await until(lambda: queue.stopped)


@pytest.mark.parametrize("how", ["cancelled", "raised"])
async def test_a_queue_that_ended_is_started_again(
    how: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue = a_queue()
    keeper = QueueKeeper(queue)
    assert not keeper.running
    queue.start()
    await asyncio.sleep(0.01)
    assert keeper.running
    job = asyncio.create_task(asyncio.sleep(30), name="s_0<gradio-sep>a-job")
    queue._asyncio_tasks.add(job)
    for _ in range(3):
        (before,) = tasks_of(queue)
        if how == "cancelled":
            before.cancel()
        else:
            with monkeypatch.context() as patched:
                patched.setattr(type(queue), "__len__", lambda self: 1 // 0)
                await until(before.done)
        await until(lambda old=before: old.done() and keeper.running and tasks_of(queue))
    assert not job.cancelled() and not job.done(), "jobs under way go on"
    assert "started again" in caplog.text
    queue.close()
    await until(lambda: not keeper._tasks)
    assert not keeper.running
    job.cancel()


async def test_who_was_taken_from_the_line_is_answered() -> None:
    queue = a_queue()
    keeper = QueueKeeper(queue)
    queue.start()
    lines = SimpleNamespace(current_concurrency=1)
    queue.event_queue_per_concurrency_id["line"] = lines
    event = SimpleNamespace(
        _id="lost", session_hash="mine", alive=True, concurrency_id="line", queue=[], data=None
    )
    queue.pending_messages_per_session["mine"] = asyncio.Queue()
    queue.active_jobs[0] = [event]
    keeper._answer_lost()
    message = queue.pending_messages_per_session["mine"].get_nowait()
    assert message.event_id == "lost" and not message.success
    assert queue.active_jobs[0] is None and lines.current_concurrency == 0
    queue.close()


async def test_a_message_for_nobody_ends_nothing() -> None:
    queue = a_queue()
    event = SimpleNamespace(_id="x", session_hash="nobody", alive=True, data=None)
    with pytest.raises(KeyError):
        Queue.send_message(queue, event, ProcessStartsMessage(eta=None))  # gradio's own
    queue.send_message(event, ProcessStartsMessage(eta=None))


async def test_ours_stands_around_gradio() -> None:
    app, met = FastAPI(), []

    def around(inner: Any) -> Any:
        async def outer(scope: Any, receive: Any, send: Any) -> None:
            met.append(scope["type"])
            await inner(scope, receive, send)

        return outer

    with pytest.raises(RuntimeError):
        wrap_outermost(app, around)
    app.middleware_stack = app.build_middleware_stack()
    wrap_outermost(app, around)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    await app({**scope, "root_path": ""}, None, send)  # type: ignore[arg-type]
    assert met == ["http"]
    assert sent[0]["status"] == 404


def test_gradios_own_middleware_still_comes_first() -> None:
    """When this fails, `app_kwargs` may be enough."""
    source = inspect.getsource(routes.App.create_app)
    assert "app.add_middleware(\n            CustomCORSMiddleware" in source, TELLS


def test_tracebacks_become_lines(caplog: pytest.LogCaptureFixture) -> None:
    real = [module.traceback for module in (queueing, routes, route_utils)]
    try:
        log_tracebacks()
        with caplog.at_level(logging.ERROR, tracebacks.log.name):
            try:
                raise ValueError("a secret prompt")
            except ValueError:
                queueing.traceback.print_exc()
        assert queueing.traceback.format_exc is not None
    finally:
        for module, was in zip((queueing, routes, route_utils), real, strict=True):
            module.traceback = was
    assert [record.message for record in caplog.records] == ["A call failed."]


async def test_a_call_without_a_session_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Queue.push` gets the body as it came, and the request that handlers get."""
    pushed: list[str | None] = []

    async def push(self: Any, body: Any, request: Any, username: str | None) -> tuple[bool, str]:
        pushed.append(body.session_hash)
        return False, "full"

    queue = a_queue()
    monkeypatch.setattr(Queue, "push", push)
    for name, expected in ((None, True), ("", True), ("abc", False)):
        request = Request({"type": "http", "headers": [], "path": "/"})
        body = SimpleNamespace(session_hash=name)
        await queue.push(body=body, request=request, username=None)
        assert is_nameless(gr.Request(request, session_hash="event")) is expected
        assert scope_of(gr.Request(request))["path"] == "/"
    assert pushed == [None, "", "abc"]


def test_gradio_still_names_a_call_after_its_event() -> None:
    assert list(inspect.signature(Queue.push).parameters) == ["self", "body", "request", "username"]
    assert "session_hash or self._id" in inspect.getsource(Event.__init__)
    assert "session_hash" in inspect.getsource(Queue.push)


def test_gradio_still_calls_itself_to_start() -> None:
    assert set(PATIENT) <= set(inspect.signature(blocks.Blocks.launch).parameters)
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


def test_gradio_still_hands_every_call_through_what_page_overrides() -> None:
    """When a `Page` overrides what nobody calls, it checks nothing."""
    process = inspect.signature(blocks.Blocks.process_api).parameters
    assert list(process)[:5] == ["self", "block_fn", "inputs", "state", "request"]
    assert "iterator" in process
    source = inspect.getsource(blocks.Blocks.process_api)
    assert "self.preprocess_data(" in source and "self.call_function(" in source, TELLS
    prepare = inspect.getsource(blocks.Blocks.preprocess_data)
    assert "self.validate_inputs(block_fn, inputs)" in prepare, TELLS
    assert "process_api(" in inspect.getsource(route_utils.call_process_api), TELLS
    assert "get_config_file" in inspect.getsource(blocks.Blocks), TELLS


async def test_gradio_still_refuses_a_call_with_fewer_values() -> None:
    """When this fails, `Page.validate_inputs` need not complete them."""
    with gr.Blocks() as demo:
        boxes = [gr.Textbox(), gr.Textbox("b")]
        demo.load(lambda a, b: None, boxes)
    (fn,) = demo.fns.values()
    with pytest.raises(ValueError, match="needed: 2, got: 1"):
        demo.validate_inputs(fn, ["a"])


async def test_gradio_still_numbers_its_parts() -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
    assert demo.blocks[number_of(box)] is box
    assert number_of(demo) not in demo.blocks


def test_gradio_still_works_in_these_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", "/somewhere")
    assert upload_folder() == Path("/somewhere")
    assert any(BUILT_FILES.rglob("*.js")), TELLS


def test_the_address_a_call_came_to() -> None:
    scope = {
        "type": "http", "scheme": "http", "server": ("easel.example", 80), "path": "/gradio_api/x",
        "headers": [(b"host", b"easel.example")], "query_string": b"", "root_path": "",
    }  # fmt: skip
    assert root_url(gr.Request(Request(scope))).startswith("http://easel.example")
