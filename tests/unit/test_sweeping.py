"""What is left over is swept away; heartbeats are heard; when the app stops nothing stays."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import pytest
from starlette.types import Message

from studio.results.session_results import LINGER_SECONDS
from studio.service import Studio
from studio.session import Session
from tests.unit.pretending import Clock, Left
from ui import visitors as module
from ui.visitors import Heartbeats, Visitors, sweep


def here(visitors: Visitors) -> set[str]:
    return set(visitors._present)


async def test_the_sweeper_takes_what_left_the_history(
    visitors: Visitors, clock: Clock, tmp_path: Path
) -> None:
    session, path = Session(), tmp_path / "a" / "p.png"
    path.parent.mkdir()
    path.write_bytes(b"x")
    visitors.meet("h", session)
    session.results.remember({"id": "1", "images": [{"path": str(path)}]}, 1)
    session.results.remember({"id": "2", "images": []}, 1)
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
