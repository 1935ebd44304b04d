"""Private hooks of gradio that Easel needs: what for, until when; each has a contract test in
tests/unit/test_gradio_fixes.py. All read in gradio 6.31.0, starlette 1.10.0, uvicorn 0.54.0."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import gradio as gr
from gradio import queueing, route_utils, routes
from gradio.oauth import _get_valid_oauth_info_from_session
from gradio.server_messages import ProcessCompletedMessage
from starlette.applications import Starlette
from starlette.types import ASGIApp

from i18n import say

log = logging.getLogger("easel")

RESTART_SECONDS = (0.0, 0.1, 0.5, 2.0, 5.0)
FORGIVEN_SECONDS = 60.0


def wrap_outermost(app: Starlette, wrap: Callable[[ASGIApp], ASGIApp]) -> None:
    """Put a middleware around everything, gradio's own included.

    Why: `App.create_app` adds its CORS and compression in front of whatever `app_kwargs` names,
    so that a refused host or origin would still be answered with credentials. To be called from
    the lifespan, when the stack has been built. Goes when `launch` takes outer middleware.
    """
    if app.middleware_stack is None:
        raise RuntimeError("called before the middleware stack was built")
    app.middleware_stack = wrap(app.middleware_stack)


class QueueKeeper:
    """Keeps gradio's queue running, whatever ends it.

    Why: its task lives in `Queue.start_processing` alone. Any exception there (a message for a
    session whose messages were dropped is enough) or a cancellation ends it for good, cancels the
    jobs under way, and every later call is "Queue is stopped.". Here the task is started again,
    jobs go on, and who had just been taken from the line is answered. Goes when gradio guards the
    task itself.
    """

    def __init__(self, queue: Any) -> None:
        self._queue = queue
        self._closing = False
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ends: list[float] = []
        self._close = queue.close
        self._cancel_jobs = queue._cancel_asyncio_tasks
        queue.start = self.start
        queue.close = self.close
        queue._cancel_asyncio_tasks = self._cancel_jobs_at_the_end

    @property
    def running(self) -> bool:
        """Whether calls are taken and worked on."""
        works = self._queue.start_processing.__name__ in self._tasks
        return works and not self._queue.stopped and not self._closing

    def start(self) -> None:
        """As `Queue.start`, on the event loop."""
        self._queue.active_jobs = [None] * self._queue.max_thread_count
        self._closing = False
        self._run(self._queue.start_processing)
        self._run(self._queue.start_progress_updates)
        if not self._queue.live_updates:
            self._run(self._queue.notify_clients)

    def close(self) -> None:
        """As `Queue.close`: from now on it is meant to end."""
        self._closing = True
        self._close()

    def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        if work.__name__ == self._queue.start_processing.__name__:
            self._queue.stopped = False
        task: asyncio.Task[None] = asyncio.ensure_future(work())
        self._tasks[work.__name__] = task
        task.add_done_callback(partial(self._ended, work))

    def _ended(self, work: Callable[[], Awaitable[None]], task: asyncio.Task[None]) -> None:
        del self._tasks[work.__name__]
        loop = task.get_loop()
        if self._closing or loop.is_closed():
            return
        if work.__name__ != self._queue.start_processing.__name__:
            # It ends with the other one; what it does is asked for again in a moment.
            loop.call_later(RESTART_SECONDS[1], self._run_unless_closing, work)
            return
        why = None if task.cancelled() else task.exception()
        log.error("Gradio's queue ended and is started again.", exc_info=why)
        self._answer_lost()
        now = loop.time()
        self._ends = [each for each in self._ends if now - each < FORGIVEN_SECONDS] + [now]
        pause = RESTART_SECONDS[min(len(self._ends) // 5, len(RESTART_SECONDS) - 1)]
        if pause:
            loop.call_later(pause, self._run_unless_closing, work)
        else:
            self._run(work)

    def _run_unless_closing(self, work: Callable[[], Awaitable[None]]) -> None:
        if not self._closing:
            self._run(work)

    def _answer_lost(self) -> None:
        """Answer the calls that were taken from the line and given to no task."""
        names = {task.get_name() for task in self._queue._asyncio_tasks}
        for place, events in enumerate(self._queue.active_jobs):
            if not events or any(name.endswith(events[0]._id) for name in names):
                continue
            self._queue.active_jobs[place] = None
            self._queue.event_queue_per_concurrency_id[
                events[0].concurrency_id
            ].current_concurrency -= 1
            for event in events:
                self._queue.event_ids_to_events.pop(event._id, None)
                output = {"error": say("error.unexpected")}
                self._queue.send_message(
                    event, ProcessCompletedMessage(output=output, success=False)
                )

    def _cancel_jobs_at_the_end(self) -> None:
        if self._closing:
            self._cancel_jobs()


class _TracebackToLog:
    """Stands for the module `traceback` in gradio's: its tracebacks become lines of our log."""

    @staticmethod
    def print_exc() -> None:
        """Log the exception being handled."""
        log.error("A call failed.", exc_info=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


def log_tracebacks() -> None:
    """Have gradio log what it would print.

    Why: `traceback.print_exc()` writes the exception's message with it, and that repeats what was
    asked (pydantic's do); nothing bounds how often. Goes when gradio logs through `logging`.
    """
    for module in (queueing, routes, route_utils):
        module.traceback = _TracebackToLog()


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
