"""What Easel has to change inside gradio so that a visitor weighs little and calls stay apart.

Each says what it changes, why, in which version that was read, and when it can go.
`tests/integration/test_gradio_session_fixes.py` fails when gradio changes under one of them.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any
from weakref import WeakValueDictionary

import gradio as gr
from fastapi.routing import APIRoute
from gradio import blocks as gradio_blocks
from gradio import caching, route_utils, state_holder
from gradio.blocks import BlocksConfig
from gradio.queueing import Event, Queue
from gradio.routes import App, ORJSONResponse
from gradio.server_messages import (
    EventMessage,
    ProcessCompletedMessage,
    ProcessGeneratingMessage,
)
from gradio.state_holder import SessionState
from gradio.utils import get_heartbeat_rate
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from i18n import say
from studio.runner import LISTENER_GONE
from ui.http.call_streams import Call, Calls, follow
from ui.http.compressed import CompressedAnswers, Kept

API = "/gradio_api"
PLAIN = (str, int, float, bool, type(None))


# -- Sessions ---------------------------------------------------------------------------------


class LightSession(SessionState):  # type: ignore[misc]
    """What gradio keeps for a visitor, without a description of the whole page.

    Gradio describes every component for every new session (0.15 s of the event loop, 1.3 MB for
    Easel's 603), and again whatever an event changes, for deep links alone (`config_values`,
    read by `components`, read by the route `/deep_link`). Easel closes that route. It also copies
    the tables of all components and listeners; here they are shared, and what a session changes
    lies above them. The listeners are the same for everyone as long as nothing uses gr.render.

    Read in gradio 6.31.0. Can go when gradio builds a session's config on demand.
    """

    def __init__(self, blocks: gr.Blocks) -> None:
        usual = blocks.default_config
        config = BlocksConfig(blocks)
        config.blocks = ChainMap({}, usual.blocks)
        config.fns, config.fn_id, config.renderables = usual.fns, usual.fn_id, usual.renderables
        self.blocks_config = config
        self.config_values: dict[int, Any] = {}
        self.state_data: dict[int, Any] = {}
        self._state_ttl: dict[int, tuple[Any, datetime]] = {}
        self.is_closed = False
        self.STATE_TTL_WHEN_CLOSED = 3600

    def __setitem__(self, key: int, value: Any) -> None:
        block = self.blocks_config.blocks.get(key)
        if isinstance(block, gr.State):
            self._state_ttl[key] = (block.time_to_live, datetime.now())
            self.state_data[key] = value
        elif value is not block:
            self.blocks_config.blocks[key] = _shared(key, value)

    def _update_config(self, key: int) -> None:
        """Nothing reads it."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Nor this."""


_changed: WeakValueDictionary[Any, Any] = WeakValueDictionary()


def _shared(key: int, block: Any) -> Any:
    """A changed component, one for all the sessions that have it the same: after a page load each
    session has two dozen, of 3 kB."""
    settings = getattr(block, "constructor_args", None)
    if settings is None or not _is_plain(settings):
        return block
    return _changed.setdefault((key, type(block), repr(sorted(settings.items()))), block)


def _is_plain(value: Any) -> bool:
    """Whether two values that are written alike are alike."""
    if isinstance(value, dict):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return type(value) in PLAIN


def use_light_sessions() -> None:
    """Have gradio make `LightSession`s, wherever it makes a session."""
    for module in (state_holder, route_utils, gradio_blocks):
        module.SessionState = LightSession


def forget_session(app: App, session_hash: str) -> None:
    """Drop all that gradio holds under a session's name; its running events end at their next step.

    Gradio keeps a session until 10 000 others have come (`state_session_capacity`), and a queue of
    messages until 2 000. Read in gradio 6.31.0. Can go when gradio drops a session whose heartbeat
    ended, and one that never had any.
    """
    blocks = app.get_blocks()
    queue, holder = blocks._queue, app.state_holder
    for event in [each for each in queue.event_ids_to_events.values() if _of(each, session_hash)]:
        waiting = end_event(queue, event)
        if waiting and _by_rest(event) and isinstance(queue, CallQueue):
            queue._finish(event)
    holder.session_data.pop(session_hash, None)
    holder.time_last_used.pop(session_hash, None)
    queue.pending_messages_per_session.pop(session_hash, None)
    queue.pending_event_ids_session.pop(session_hash, None)
    for stream in blocks.pending_streams.pop(session_hash, {}).values():
        for part in stream.values():
            part.end_stream()
    blocks.pending_diff_streams.pop(session_hash, None)
    caching.clear_session_caches(session_hash)


def end_event(queue: Queue, event: Event) -> bool:
    """Let an event send nothing more, and take it out of the line where it still waits. Returns
    whether it did."""
    event.alive = False
    line = queue.event_queue_per_concurrency_id.get(event.concurrency_id)
    if not line or event not in line.queue:
        return False
    line.queue.remove(event)
    queue.event_ids_to_events.pop(event._id, None)
    return True


def _of(event: Event, session_hash: str) -> bool:
    return bool(event.session_hash == session_hash)


def idle_sessions(app: App, seconds: float) -> list[str]:
    """The names under which gradio holds anything, that run nothing and were not used for so many
    seconds."""
    queue, holder = app.get_blocks()._queue, app.state_holder
    busy = {each.session_hash for each in queue.event_ids_to_events.values()}
    names = {*holder.session_data, *queue.pending_messages_per_session}
    names |= {*queue.pending_event_ids_session}
    now, used = datetime.now(), holder.time_last_used
    return [
        name
        for name in names - busy
        if name not in used or (now - used[name]).total_seconds() > seconds
    ]


def forget_paths(app: App) -> None:
    """Drop the lists of files that gradio has seen: they only serve its `delete_cache`, which Easel
    does not use, and grow for ever. Likewise what was cancelled and has long ended.

    Read in gradio 6.31.0. Can go when gradio fills them only where `delete_cache` is set.
    """
    blocks = app.get_blocks()
    for paths in blocks.temp_file_sets:
        paths.clear()
    app.iterators_to_reset &= blocks._queue.event_ids_to_events.keys()


# -- Calls by REST ----------------------------------------------------------------------------


class CallQueue(Queue):  # type: ignore[misc]
    """Gradio's queue, with a line of messages for each call by REST.

    Gradio sends all messages of a session into one line, and whoever follows one of its calls by
    `/call/{name}/{event_id}` reads them all, takes another call's answer for his, and hangs up.
    When one stream is dropped, gradio ends every event of the session, and that only at its next
    step. Here a dropped call is ended at once, and no other.

    `adopt_queue` makes one of gradio's. Read in gradio 6.31.0. Can go when gradio's own streams
    carry their own call's messages alone (`queue_data_helper` in routes.py).
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
            told, good = event_message.model_dump()["output"], event_message.success
            over = isinstance(event_message, ProcessCompletedMessage)
            kind = ("complete" if over else "generating") if good else "error"
            call.tell(kind, told.get("data") if good else told, over=over)

    async def push(self, body: Any, request: Any, username: str | None) -> Any:
        """Leave nothing in the session's line for a call that has its own."""
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

    def drop(self, call: Call) -> None:
        """Nobody follows this call any more: end it, at once where it runs."""
        event = self.event_ids_to_events.get(call.id)
        if event is None:
            return
        end_event(self, event)
        if not call.begun:  # a task that is cancelled before its first step would keep its place
            self._finish(event)
            return
        for task in [*self._asyncio_tasks]:
            if task.get_name().endswith(f"<gradio-sep>{call.id}"):
                task.cancel(LISTENER_GONE)


def _by_rest(event: Event) -> bool:
    """Whether an event came by `/call/…`, not from a page or gradio_client."""
    return event.data is not None and bool(event.data.simple_format)


def adopt_queue(demo: gr.Blocks) -> None:
    """Make gradio's queue, which `Blocks.queue` has just made, a `CallQueue`."""
    queue = demo._queue
    queue.__class__ = CallQueue
    queue.calls = Calls()
    queue.ended = lambda session_hash: None


# -- Routes -----------------------------------------------------------------------------------


def replace_endpoint(app: App, path: str, replaced: Callable[[Any], Any]) -> None:
    """Put something of ours before what answers a path of gradio's, behind gradio's own check of
    the login. `replaced` is given what answered until now, whose parameters it must have. Raises
    `LookupError` where there is no such path.

    Gradio's endpoints and its check are closures, which only its routes know. Read in gradio 6.31.0
    and FastAPI 0.165.0, which keeps included routers whole. Can go when a route of ours can ask
    gradio who is logged in.
    """
    found = [route for route in _all_routes(app.routes) if getattr(route, "path", "") == path]
    if not found:
        raise LookupError(f"gradio has no route {path}")
    for route in found:
        ours = APIRoute(
            path,
            replaced(route.endpoint),
            methods=route.methods,
            dependencies=route.dependencies,
            response_model=None,
            include_in_schema=False,
        )
        app.router.routes.insert(0, ours)


def _all_routes(routes: Iterable[Any]) -> Iterator[Any]:
    """Every route, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from _all_routes(inner.routes) if inner else [route]


def own_streams(app: App) -> None:
    """Have streams of calls come from the call's own line."""
    queue: CallQueue = app.get_blocks()._queue

    async def stream(request: Request, event_id: str) -> Response:
        call = queue.calls.get(event_id)
        if call is None:
            return JSONResponse({"detail": say("api.call.none")}, status_code=404)

        def stopped() -> str:
            return say("api.call.ended") if queue.closing else ""

        beat = get_heartbeat_rate()
        text = follow(call, request.is_disconnected, stopped, beat, queue.drop)
        headers = {"cache-control": "no-store"}
        return StreamingResponse(text, media_type="text/event-stream", headers=headers)

    for path in ("/call/{api_name}/{event_id}", "/call/v2/{api_name}/{event_id}"):
        replace_endpoint(app, API + path, lambda _: stream)


def keep_compressed(app: App, kept: CompressedAnswers) -> None:
    """Build the page, its config and the description of the API once for each address it is
    reached at and each user who is signed in, and keep them compressed.

    Gradio builds them for every visitor and sends them plain, as its compression goes by the
    ending of a path (brotli_middleware.py). Read in gradio 6.31.0: what differs by request is the
    address, the user's name, the page, `all_endpoints`, and a deep link, of which Easel makes none.
    """
    blocks = app.get_blocks()

    def keeping(path: str) -> Callable[[Any], Any]:
        def replaced(make: Callable[..., Any]) -> Any:
            @wraps(make)
            def answer(**given: Any) -> Response:
                request, user = given["request"], given.get("user")
                if given.get("deep_link"):
                    given["deep_link"] = "-"  # there are none, so all are as good as this one
                if given.get("page") not in blocks.config["page"]:
                    given.pop("page", None)  # gradio takes its usual one
                root = app.root_path or request.scope.get("root_path") or blocks.custom_mount_path
                address = route_utils.get_root_url(request, path, root)
                user_request = tuple(sorted((k, v) for k, v in given.items() if k != "request"))
                every = bool(request.query_params.get("all_endpoints"))
                found = kept.get_or_make(
                    (path, address, user_request, every), lambda: _answered(make(**given))
                )
                if not isinstance(found, Kept):
                    return found
                fixed = {
                    "cache-control": "private, no-store" if user else "private, no-cache",
                    "vary": "Accept-Encoding, Cookie",
                }
                return found.answer(request.headers, fixed, again=not user)

            return answer

        return replaced

    for path in ("/", "/config", f"{API}/info"):
        replace_endpoint(app, path, keeping(path))


def _answered(found: Any) -> Response:
    """What an endpoint returned, as FastAPI would send it."""
    return found if isinstance(found, Response) else ORJSONResponse(found)
