"""Time and a studio for the tests of who is here; jobs that run quickly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio import runner
from tests.unit.pretending import Clock, Left
from ui import visitors as module
from ui.visitors import IDLE_SECONDS, Visitors


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "monotonic", found)
    monkeypatch.setattr("studio.results.session_results.monotonic", found)
    monkeypatch.setattr(module.asyncio, "sleep", found.sleep)
    return found


@pytest.fixture
def studio() -> Left:
    return Left()


@pytest.fixture
async def visitors(studio: Left, clock: Clock, tmp_path: Path) -> AsyncIterator[Visitors]:
    yield Visitors(studio, tmp_path)  # type: ignore[arg-type]
    await clock.pass_(10 * IDLE_SECONDS)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(runner, "STOP_SECONDS", 1.0)


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    yield
    async with asyncio.timeout(2):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0.01)
