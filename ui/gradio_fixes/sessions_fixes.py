"""What gradio keeps of a session: less of it, and dropped when the session ends."""

from __future__ import annotations

from collections import ChainMap
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import gradio as gr
from gradio import blocks as gradio_blocks
from gradio import caching, route_utils, state_holder
from gradio.blocks import BlocksConfig
from gradio.routes import App
from gradio.state_holder import SessionState

from ui.gradio_fixes.calls_fixes import queue_of

PLAIN = (str, int, float, bool, type(None))


class LightSession(SessionState):  # type: ignore[misc]
    """What gradio keeps for a visitor, without a description of the whole page.

    Why: gradio describes every component for every new session (0.15 s of the event loop, 1.3 MB
    for Easel's 603), and again whatever an event changes, for deep links alone (`config_values`,
    read by `components`, read by the route `/deep_link`). Easel closes that route. It also copies
    the tables of all components and listeners; here they are shared, and what a session changes
    lies above them. The listeners are the same for everyone as long as nothing uses gr.render.

    Can go when gradio builds a session's config on demand.
    """

    def __init__(self, blocks: gr.Blocks) -> None:
        shared = blocks.default_config
        config = BlocksConfig(blocks)
        config.blocks = ChainMap({}, shared.blocks)
        config.fns, config.fn_id = shared.fns, shared.fn_id
        config.renderables = shared.renderables
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

    Why: gradio keeps a session until 10 000 others have come (`state_session_capacity`), and a
    queue of messages until 2 000. Can go when gradio drops a session whose heartbeat ended, and one
    that never had any.
    """
    blocks = app.get_blocks()
    queue, holder = queue_of(blocks), app.state_holder
    queue.end_session(session_hash)
    holder.session_data.pop(session_hash, None)
    holder.time_last_used.pop(session_hash, None)
    queue.pending_messages_per_session.pop(session_hash, None)
    queue.pending_event_ids_session.pop(session_hash, None)
    for stream in blocks.pending_streams.pop(session_hash, {}).values():
        for part in stream.values():
            part.end_stream()
    blocks.pending_diff_streams.pop(session_hash, None)
    caching.clear_session_caches(session_hash)


def idle_sessions(app: App, seconds: float) -> list[str]:
    """The names under which gradio holds anything, that run nothing and were not used for so many
    seconds."""
    queue, holder = queue_of(app.get_blocks()), app.state_holder
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
    """Drop the lists of files that gradio has seen, and what was cancelled and has long ended.

    Why: they only serve its `delete_cache`, which Easel does not use, and grow for ever. Can go
    when gradio fills them only where `delete_cache` is set.
    """
    blocks = app.get_blocks()
    for paths in blocks.temp_file_sets:
        paths.clear()
    app.iterators_to_reset &= queue_of(blocks).event_ids_to_events.keys()
