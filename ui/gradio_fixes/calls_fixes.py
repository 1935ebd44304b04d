"""Gradio's queue: every call by REST has messages of its own, and a call that names no session is
marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import gradio as gr
from gradio.queueing import Event, Queue
from gradio.server_messages import (
    EventMessage,
    ProcessCompletedMessage,
    ProcessGeneratingMessage,
)

from i18n import say
from studio.runner import LISTENER_GONE
from ui.gradio_fixes.requests_fixes import mark_nameless
from ui.http.call_streams import Call, Calls


class CallQueue(Queue):  # type: ignore[misc]
    """Gradio's queue, with a line of messages for each call by REST.

    Why: gradio sends all messages of a session into one line, and whoever follows one of its calls
    by `/call/{name}/{event_id}` reads them all, takes another call's answer for his, and hangs up.
    When one stream is dropped, gradio ends every event of the session, and that only at its next
    step. Here a dropped call is ended at once, and no other.

    `adopt_queue` makes one of gradio's. Can go when gradio's own streams carry their own call's
    messages alone (`queue_data_helper` in routes.py).
    """

    calls: Calls
    ended: Callable[[str], None]
    closing = False  # `stopped` may also be a fault, after which the queue is started again

    def close(self) -> None:
        """As gradio has it."""
        self.closing = True
        super().close()

    def send_message(self, event: Event, event_message: EventMessage) -> None:
        """To the call's own line, or the session's if the page or gradio_client called."""
        if not _by_rest(event):
            if event.session_hash in self.pending_messages_per_session:
                super().send_message(event, event_message)
            return
        call = self.calls.open(event._id)
        if isinstance(event_message, ProcessCompletedMessage | ProcessGeneratingMessage):
            output, good = event_message.model_dump()["output"], event_message.success
            over = isinstance(event_message, ProcessCompletedMessage)
            kind = ("complete" if over else "generating") if good else "error"
            call.tell(kind, output.get("data") if good else output, over=over)

    async def push(self, body: Any, request: Any, username: str | None) -> Any:
        """Mark a call that names no session; leave nothing in the session's line for a call that
        has its own."""
        if not body.session_hash:
            mark_nameless(request)
        known = body.session_hash in self.pending_messages_per_session
        answer = await super().push(body, request, username)
        if answer[0] and body.simple_format:
            self.pending_event_ids_session[body.session_hash].discard(answer[1])
            if not known:
                self.pending_event_ids_session.pop(body.session_hash)
                self.pending_messages_per_session.pop(body.session_hash)
        return answer

    async def process_events(self, events: list[Event], *rest: Any, **more: Any) -> None:
        """See that every call is told an end, and forget the session of one that brought none."""
        for event in events:
            if _by_rest(event):
                self.calls.open(event._id).begun = True
        try:
            await super().process_events(events, *rest, **more)
        finally:
            for event in events:
                if _by_rest(event):
                    self._finish(event)

    def _finish(self, event: Event) -> None:
        call = self.calls.open(event._id)
        call.tell("error", {"error": say("api.call.stopped")}, over=True)
        if event.session_hash == event._id:
            self.ended(event._id)

    def end_session(self, session_hash: str) -> None:
        """End every event of a session."""
        for event in [*self.event_ids_to_events.values()]:
            if event.session_hash == session_hash and _end(self, event) and _by_rest(event):
                self._finish(event)

    def drop(self, call: Call) -> None:
        """Nobody follows this call any more: end it, at once where it runs."""
        event = self.event_ids_to_events.get(call.id)
        if event is None:
            return
        _end(self, event)
        if not call.begun:  # a task that is cancelled before its first step would keep its place
            self._finish(event)
            return
        for task in [*self._asyncio_tasks]:
            if task.get_name().endswith(f"<gradio-sep>{call.id}"):
                task.cancel(LISTENER_GONE)


def _by_rest(event: Event) -> bool:
    """Whether an event came by `/call/…`, not from a page or gradio_client."""
    return event.data is not None and bool(event.data.simple_format)


def adopt_queue(demo: gr.Blocks, look_for_work: float, look_for_progress: float) -> CallQueue:
    """Make gradio's queue, which `Blocks.queue` has just made, a `CallQueue`, that looks for work
    and for progress every so many seconds.

    Why: gradio looks every millisecond, which costs an app that nobody uses 7 % of a processor. Can
    go when its queue waits for work instead.
    """
    queue = queue_of(demo)
    queue.__class__ = CallQueue
    queue.calls = Calls()
    queue.ended = lambda session_hash: None
    queue.sleep_when_free = look_for_work
    queue.progress_update_sleep_when_free = look_for_progress
    return queue


def queue_of(blocks: gr.Blocks) -> CallQueue:
    """The queue of a page, a `CallQueue` once it is adopted.

    Why: gradio hands it to nobody. Can go when it does.
    """
    return cast(CallQueue, blocks._queue)


def _end(queue: Queue, event: Event) -> bool:
    """Let an event send nothing more, and take it out of the line where it still waits. Returns
    whether it did."""
    event.alive = False
    line = queue.event_queue_per_concurrency_id.get(event.concurrency_id)
    if not line or event not in line.queue:
        return False
    line.queue.remove(event)
    queue.event_ids_to_events.pop(event._id, None)
    return True
