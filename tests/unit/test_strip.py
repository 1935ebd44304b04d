"""The strip of a session: what stands in it, in which order, and what of it is on the stage."""

from __future__ import annotations

from typing import Any

from errors import Cancelled, ProviderFailed
from providers.schema import Task
from studio.session import Session
from tests.making import fake_job
from ui.results.recovery import WayOut
from ui.strip import MOST_FAILED, Item, choose_last, chosen_result, drawn, key_of, strip_of


def receipt(name: str, images: int = 1, text: str = "") -> dict[str, Any]:
    return {
        "id": name,
        "created": "2026-11-30T12:00:00+00:00",
        "title": "Sketch",
        "asked": {"prompt": f"<b>{name}</b>"},
        "images": [{"path": f"/t/{name}_{place}.png"} for place in range(images)],
        "text": text,
    }


def keys(session: Session) -> list[str]:
    """What stands in the strip, in order."""
    return [part.split('"')[0] for part in drawn(session)["value"].split('data-item="')[1:]]


def test_a_press_is_chosen_and_its_result_takes_its_place() -> None:
    session = Session()
    strip = strip_of(session)
    item = strip.add(Item(Task.TEXT_TO_IMAGE, "A fox"))
    assert strip.item() is item and item.state == "waiting" and keys(session) == [item.id]
    session.results.history.append(receipt("one", images=2))
    item.made.append("one")
    strip.end(item)
    assert item.state == "done" and strip.item() is None
    assert chosen_result(session) == (session.results.history[0], 0)
    assert keys(session) == [key_of("one", 0), key_of("one", 1)]
    assert "<b>one" not in drawn(session)["value"]


def test_what_is_not_on_the_stage_does_not_come_there_by_ending() -> None:
    session = Session()
    strip = strip_of(session)
    first = strip.add(Item(Task.UPSCALE, "First"))
    second = strip.add(Item(Task.UPSCALE, "Second"))
    session.results.history.append(receipt("one"))
    first.made.append("one")
    strip.end(first)
    assert strip.item() is second and keys(session) == [second.id, key_of("one")]


def test_each_end_has_its_name() -> None:
    item = Item(Task.UPSCALE, "A picture")
    item.ended = True
    assert item.state == "failed", "a fault of Easel's own"
    ends = (
        (Cancelled("Stopped."), WayOut(), "stopped"),
        (ProviderFailed("No."), WayOut(), "failed"),
        (ProviderFailed("Lost."), WayOut("unknown", "job"), "unknown"),
    )
    for error, way, state in ends:
        item.fail(error, way)
        assert item.state == state
    item.resume()
    item.follow(fake_job())
    assert item.state == "waiting"


def test_failures_do_not_pile_up_and_running_ones_stay() -> None:
    strip = strip_of(Session())
    running = strip.add(Item(Task.UPSCALE, "Runs on"))
    for number in range(MOST_FAILED + 5):
        failed = strip.add(Item(Task.UPSCALE, str(number)))
        failed.fail(ProviderFailed("No."), WayOut())
        strip.end(failed)
    assert running in strip.items
    assert len(strip.items) <= MOST_FAILED + 2
    assert strip.item() is failed


def test_what_was_made_last_is_shown_after_a_deletion() -> None:
    session = Session()
    session.results.history += [receipt("one"), receipt("two")]
    strip_of(session).chosen = key_of("gone")
    choose_last(session)
    assert chosen_result(session) == (session.results.history[1], 0)
    session.results.history.clear()
    choose_last(session)
    assert strip_of(session).chosen == "" and not drawn(session)["visible"]
