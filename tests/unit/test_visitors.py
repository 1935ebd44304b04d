"""Who is here: heartbeats, the grace after them, idle callers of the plain API, the sweeper."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import time
from typing import Any

import pytest
from starlette.types import Message

from easel.studio.service import Studio
from easel.studio.session import LINGER_SECONDS, Session
from easel.ui import visitors as module
from easel.ui.visitors import GRACE_SECONDS, IDLE_SECONDS, Heartbeats, Visitors, sweep


class Clock:
    """Time under the test's thumb: `pass_` moves it and wakes who sleeps until then."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleepers: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.sleepers.append((self.now + seconds, woken))
        await woken.wait()

    async def pass_(self, seconds: float) -> None:
        await settle()
        self.now += seconds
        due = [each for each in self.sleepers if each[0] <= self.now]
        self.sleepers = [each for each in self.sleepers if each not in due]
        for _, woken in due:
            woken.set()
        await settle()


class Left:
    """A studio that only notes who left and who was ended."""

    def __init__(self) -> None:
        self.left: list[Session] = []
        self.ended: list[Session] = []

    def leave(self, session: Session) -> None:
        self.left.append(session)

    async def end(self, session: Session) -> None:
        session.end()
        self.ended.append(session)


async def settle() -> None:
    for _ in range(5):
        await _real_sleep(0)


_real_sleep = asyncio.sleep


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "monotonic", found)
    monkeypatch.setattr("easel.studio.session.monotonic", found)
    monkeypatch.setattr(module.asyncio, "sleep", found.sleep)
    return found


@pytest.fixture
def studio() -> Left:
    return Left()


@pytest.fixture
async def visitors(studio: Left, clock: Clock, tmp_path: Path) -> AsyncIterator[Visitors]:
    yield Visitors(studio, tmp_path)  # type: ignore[arg-type]
    await clock.pass_(10 * IDLE_SECONDS)


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


async def test_the_sweeper_takes_what_left_the_history(
    visitors: Visitors, clock: Clock, tmp_path: Path
) -> None:
    session, path = Session(), tmp_path / "a" / "p.png"
    path.parent.mkdir()
    path.write_bytes(b"x")
    visitors.meet("h", session)
    session.remember({"id": "1", "images": [{"path": str(path)}]}, 1)
    session.remember({"id": "2", "images": []}, 1)
    await visitors.sweep()
    assert path.exists()
    await clock.pass_(LINGER_SECONDS)
    await visitors.sweep()
    assert not path.exists()


async def test_the_sweeper_runs_every_minute(visitors: Visitors, clock: Clock) -> None:
    swept: list[float] = []

    async def note() -> None:
        swept.append(clock.now)

    visitors.sweep = note  # type: ignore[method-assign]
    task = asyncio.create_task(visitors.sweep_for_ever())
    for _ in range(3):
        await clock.pass_(module.SWEEP_SECONDS)
    task.cancel()
    assert swept == [1060.0, 1120.0, 1180.0]


async def test_when_the_app_stops_nothing_stays(visitors: Visitors, studio: Left) -> None:
    visitors.arrive("a")
    visitors.meet("a", Session())
    visitors.meet(None, Session())
    await visitors.end_all()
    assert len(studio.ended) == 2
    assert here(visitors) == set()


def test_sweep_deletes_by_age_only(tmp_path: Path) -> None:
    for name, age in (("old", 100), ("new", 1)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "x.png").write_bytes(b"x")
        (tmp_path / f"{name}.txt").write_bytes(b"x")
        for place in (folder, tmp_path / f"{name}.txt"):
            os.utime(place, (time() - age, time() - age))
    os.utime(tmp_path, (0, 0))
    sweep(tmp_path, 50)
    assert {path.name for path in tmp_path.iterdir()} == {"new", "new.txt"}
    assert tmp_path.stat().st_mtime > time() - 60, "a sign that the folder is in use"
    sweep(tmp_path / "nowhere", 50)


@pytest.mark.parametrize("fails", [False, True])
async def test_heartbeats_are_heard(visitors: Visitors, fails: bool) -> None:
    heard: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        heard.extend(here(visitors))
        if fails:
            raise ConnectionError

    middle = Heartbeats(app, visitors)
    for path in ("/gradio_api/heartbeat/abc", "/gradio_api/queue/data", "/heartbeat/"):
        try:
            await middle({"type": "http", "path": path}, _never, _nowhere)
        except ConnectionError:
            assert fails
    await middle({"type": "lifespan"}, _never, _nowhere) if not fails else None
    assert heard[0] == "abc"
    assert visitors._present["abc"].heartbeats == 0


async def _never() -> Message:
    raise AssertionError


async def _nowhere(message: Message) -> None:
    raise AssertionError


async def test_with_the_real_studio(make_studio: Callable[..., Studio], tmp_path: Path) -> None:
    visitors, session = Visitors(make_studio(), tmp_path), Session(keys={"fal": "x"})
    visitors.meet("h", session)
    await visitors.end_all()
    assert session.keys == {}
