"""What is done to a chosen picture waits for the choice, in gradio's own queue."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from gradio.queueing import Event

from studio.service import Studio
from studio.session import Session
from ui.context import AppContext
from ui.forms.pictures import build_pictures, wire_pictures
from ui.stage import build_stage
from ui.tabs.history import build_history
from ui.visitors import Visitors

MANY = 20


def names(part: str) -> dict[str, Any]:
    return {"elem_id": part}


def taken_up(demo: gr.Blocks, *calls: str) -> tuple[str, ...]:
    """What the queue takes up, in its order, before one has ended; all were asked at once."""
    queue, found = demo._queue, []
    queue.default_concurrency_limit = None
    queue.event_queue_per_concurrency_id.clear()
    for call in calls:
        (fn,) = (each for each in demo.fns.values() if each.name == call)
        queue.create_event_queue_for_fn(fn)
        event = Event("visitor", fn, SimpleNamespace(), None)  # type: ignore[arg-type]
        queue.event_queue_per_concurrency_id[fn.concurrency_id].queue.append(event)
    while next_up := queue.get_events():
        (event,), _, line = next_up
        queue.event_queue_per_concurrency_id[line].current_concurrency += 1
        found.append(event.fn.name)
    return tuple(found)


@pytest.mark.parametrize("press", ["move_earlier", "move_later", "take_out"])
async def test_a_picture_is_moved_after_it_was_chosen(press: str) -> None:
    with gr.Blocks() as demo:
        wire_pictures(build_pictures(names, "Pictures"))
    assert {taken_up(demo, "choose", press) for _ in range(MANY)} == {("choose",)}


async def test_what_was_chosen_is_what_is_deleted(make_studio: Callable[..., Studio]) -> None:
    studio = make_studio()
    with gr.Blocks() as demo:
        context = AppContext(studio, Visitors(studio, studio.folder), gr.State(Session()))
        build_history(context, build_stage(gr.HTML()))
    assert {taken_up(demo, "pick", "delete") for _ in range(MANY)} == {("pick",)}
    assert {taken_up(demo, "pick_text", "delete") for _ in range(MANY)} == {("pick_text",)}


async def test_what_stands_in_no_line_comes_in_any_order() -> None:
    def choose() -> None: ...
    def later() -> None: ...

    with gr.Blocks() as demo:
        button = gr.Button()
        button.click(choose)
        button.click(later)
    both = {("choose", "later"), ("later", "choose")}
    assert {taken_up(demo, "choose", "later") for _ in range(MANY)} == both
