"""What every test may use: a studio over a fake provider, and a cloud that answers on loopback."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from quiet import SILENCE
from settings import Settings
from studio import runner, service
from studio.jobs import executor
from studio.service import Studio
from tests.cloud import Cloud
from tests.making import Bench
from ui.gradio_fixes.import_fixes import import_gradio

os.environ.update(SILENCE)  # before anything here imports gradio or its client
import_gradio()


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: most tests wait for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day all rows were read; what ends later ends later than these tests."""
    monkeypatch.setattr("studio.retired_models.now", lambda: date(2026, 11, 30))


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Every model is served by the bench."""
    found = Bench()
    for room in (executor, service, runner):
        monkeypatch.setattr(room, "provider_of", lambda model: found.provider())
    monkeypatch.setattr("studio.jobs.timing.FIRST_POLL", 0.01)
    monkeypatch.setattr("studio.jobs.timing.SLOWEST_POLL", 0.02)
    return found


@pytest.fixture
def make_studio(tmp_path: Path) -> Callable[..., Studio]:
    """A studio with the settings named, writing under the test's own folder."""
    return lambda **settings: Studio(Settings(**settings), tmp_path / "cache")


@pytest.fixture(scope="session")
def shared_cloud() -> Iterator[Cloud]:
    """One cloud for the whole run; a test that counts takes it from a fixture that resets it."""
    with Cloud() as found:
        yield found
