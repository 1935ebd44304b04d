"""Who is here: heartbeats, the grace after them, idle callers of the plain API."""

from __future__ import annotations

import pytest

from studio.session import Session
from tests.unit.pretending import Clock, Left
from ui.visitors import GRACE_SECONDS, IDLE_SECONDS, Visitors


def here(visitors: Visitors) -> set[str]:
    return set(visitors._present)


async def test_gone_cancels_at_once_and_ends_after_the_grace(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    session = Session(keys={"fal": "secret"})
    visitors.arrive("h")
    visitors.meet("h", session)
    visitors.depart("h")
    assert studio.left == [session]
    await clock.pass_(GRACE_SECONDS - 0.1)
    assert session.keys
    assert studio.ended == []
    await clock.pass_(0.2)
    assert studio.ended == [session]
    assert session.keys == {}
    assert here(visitors) == set()


async def test_back_within_the_grace_keeps_the_session(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    session = Session(keys={"fal": "secret"})
    visitors.arrive("h")
    visitors.meet("h", session)
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS / 2)
    visitors.arrive("h")
    await clock.pass_(GRACE_SECONDS * 5)
    assert studio.ended == []
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS)
    assert studio.ended == [session]


async def test_a_line_that_blinks_twice_gets_the_whole_grace_twice(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    visitors.arrive("h")
    visitors.meet("h", Session())
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS * 0.8)
    visitors.arrive("h")
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS * 0.8)
    assert studio.ended == []
    await clock.pass_(GRACE_SECONDS * 0.3)
    assert len(studio.ended) == 1


async def test_a_call_after_the_heartbeat_prolongs_by_one_grace_not_an_hour(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    session = Session()
    visitors.arrive("h")
    visitors.meet("h", session)
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS * 0.9)
    visitors.meet("h", session)
    await clock.pass_(GRACE_SECONDS * 0.2)
    assert studio.ended == []
    await clock.pass_(GRACE_SECONDS)
    assert studio.ended == [session]


async def test_two_heartbeats_two_departures(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    visitors.arrive("h")
    visitors.arrive("h")
    visitors.meet("h", Session())
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS * 2)
    assert studio.left == studio.ended == []
    visitors.depart("h")
    await clock.pass_(GRACE_SECONDS)
    assert len(studio.left) == len(studio.ended) == 1


async def test_several_sessions_under_one_hash_all_end(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    sessions = [Session(), Session()]
    visitors.arrive("h")
    for session in [*sessions, sessions[0]]:
        visitors.meet("h", session)
    visitors.depart("h")
    assert studio.left == sessions
    await clock.pass_(GRACE_SECONDS)
    assert studio.ended == sessions


async def test_others_stay(visitors: Visitors, studio: Left, clock: Clock) -> None:
    for name in ("a", "b"):
        visitors.arrive(name)
        visitors.meet(name, Session())
    visitors.depart("a")
    await clock.pass_(GRACE_SECONDS)
    assert here(visitors) == {"b"}
    assert len(studio.ended) == 1


@pytest.mark.parametrize("nameless", [None, ""])
async def test_callers_without_a_hash_are_visitors_of_their_own(
    visitors: Visitors, studio: Left, clock: Clock, nameless: str | None
) -> None:
    early, late = Session(), Session()
    visitors.meet(nameless, early)
    await clock.pass_(IDLE_SECONDS)
    visitors.meet(nameless, late)
    await clock.pass_(1)
    await visitors.sweep()
    assert studio.ended == [early]


async def test_idle_callers_of_the_plain_api_end_after_an_hour(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    session = Session()
    visitors.meet("rest", session)
    await clock.pass_(IDLE_SECONDS - 1)
    visitors.meet("rest", session)
    await clock.pass_(IDLE_SECONDS)
    await visitors.sweep()
    assert studio.ended == []
    await clock.pass_(1)
    await visitors.sweep()
    assert studio.ended == [session]
    assert here(visitors) == set()


async def test_a_heartbeat_is_never_idle(visitors: Visitors, studio: Left, clock: Clock) -> None:
    visitors.arrive("h")
    visitors.meet("h", Session())
    await clock.pass_(IDLE_SECONDS * 3)
    await visitors.sweep()
    assert studio.ended == []


async def test_a_departure_nobody_knows_of_is_nothing(visitors: Visitors) -> None:
    visitors.depart("stranger")
    assert here(visitors) == set()


async def test_what_gradio_holds_goes_with_the_session(
    visitors: Visitors, studio: Left, clock: Clock
) -> None:
    forgotten: list[str] = []
    visitors.forget = forgotten.append
    for name in ("browser", "rest"):
        visitors.meet(name, Session())
    visitors.arrive("browser")
    visitors.depart("browser")
    await clock.pass_(GRACE_SECONDS)
    assert forgotten == ["browser"]
    asked: list[set[str]] = []
    visitors.forget_idle = lambda present: asked.append({*present})  # type: ignore[misc]
    await visitors.sweep()
    assert asked == [{"rest"}], "whom nobody here knows is left to gradio's own clock"
    await visitors.end_all()
    assert forgotten == ["browser", "rest"]
