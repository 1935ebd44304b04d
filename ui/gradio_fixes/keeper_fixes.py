"""Keeps gradio's queue running, whatever ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from gradio.server_messages import ProcessCompletedMessage

from i18n import say

log = logging.getLogger("easel")

RESTART_SECONDS = (0.0, 0.1, 0.5, 2.0, 5.0)
FORGIVEN_SECONDS = 60.0


class QueueKeeper:
    """Keeps gradio's queue running, whatever ends it.

    Why: its task lives in `Queue.start_processing` alone. Any exception there (a message for a
    session whose messages were dropped is enough) or a cancellation ends it for good, cancels the
    jobs under way, and every later call is "Queue is stopped.". Here the task is started again,
    jobs go on, and who had just been taken from the line is answered. Can go when gradio guards the
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
